from math import fsum

import pytest

from matching.compare.face import FaceMatch
from matching.evidence import Signal
from matching.fusion import Band
from matching.model import PersonFacts
from matching.ranking import RankedLead, rank
from tests.people import HEARD, TRUE, a_probe, a_setting, strangers

SETTING = a_setting()


def ranked(facts: PersonFacts = HEARD, **faces: FaceMatch) -> tuple[RankedLead, ...]:
    setting = a_setting(facts)
    return rank(a_probe(facts), [*strangers(), TRUE], faces, setting, 20_000)


def test_the_true_record_is_first_and_strong() -> None:
    first = ranked()[0]
    assert (first.record_id, first.rank, first.band) == ("true", 1, Band.STRONG)


def test_a_lead_can_be_added_up_by_hand() -> None:
    for lead in ranked():
        assert lead.prior_bits + fsum(e.bits for e in lead.evidence) == pytest.approx(lead.bits)


def test_a_face_alone_never_makes_a_strong_lead() -> None:
    face = FaceMatch(distance=0.2, bits=99.0, detail="很近")
    setting = a_setting(PersonFacts())
    (lead,) = rank(a_probe(PersonFacts()), [TRUE], {"true": face}, setting, 10)
    assert lead.probability > 0.9
    assert lead.band is Band.POSSIBLE


def test_who_agrees_in_nothing_is_no_lead() -> None:
    assert ranked(PersonFacts(names=("某人",))) == ()


def test_at_most_so_many_leads_as_the_policy_allows() -> None:
    faces = {
        each.record_id: FaceMatch(distance=0.4, bits=11.0, detail="近") for each in strangers()
    }
    leads = rank(a_probe(PersonFacts()), strangers(), faces, SETTING, 100)
    assert len(leads) == SETTING.policy.leads
    assert [lead.rank for lead in leads] == list(range(1, len(leads) + 1))
    assert [lead.record_id for lead in leads] == sorted(lead.record_id for lead in leads)


def test_every_lead_carries_every_signal() -> None:
    assert [each.signal for each in ranked()[0].evidence] == list(Signal)


def test_a_near_face_is_proposed_even_when_the_gallery_is_too_large_for_it_to_decide() -> None:
    near = FaceMatch(distance=0.35, bits=10.0, detail="近")
    far = FaceMatch(distance=0.6, bits=5.0, detail="远")
    setting = a_setting(PersonFacts())
    people = [TRUE, *strangers(1)]
    faces = {"true": near, "s0": far}
    (lead,) = rank(a_probe(PersonFacts()), people, faces, setting, 1_000_000)
    assert (lead.record_id, lead.band) == ("true", Band.WEAK)
