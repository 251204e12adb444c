from dataclasses import replace
from datetime import date
from math import fsum

import pytest

from matching.compare.face import FaceMatch
from matching.evidence import Signal
from matching.fusion import Band, probability
from matching.model import PersonFacts
from matching.policy import load_policy
from matching.ranking import Changed, Faces, RankedLead, Ranking, Search
from matching.registry.registry import Registry
from matching.text.cantonese_writer import Writer
from tests.people import HEARD, TRUE, a_candidate, a_probe, strangers

POLICY = load_policy()
#: Shows everybody, and takes the registry for all that there is.
EASY = replace(
    POLICY,
    whole_registry=1,
    limits=replace(POLICY.limits, least_evidence=-99.0, least_probability=1e-9),
)
SEARCH = Search(Registry.build([TRUE, *strangers()]), POLICY)


def ranked(facts: PersonFacts = HEARD, **faces: FaceMatch) -> tuple[RankedLead, ...]:
    return SEARCH.leads(a_probe(facts), Faces.known(faces)).leads


def among(*people: object, facts: PersonFacts = HEARD, **faces: FaceMatch) -> Ranking:
    registry = Registry.build(people)  # type: ignore[arg-type]  # candidates
    return Search(registry, POLICY).leads(a_probe(facts), Faces.known(faces))


def test_the_true_record_is_first_and_strong() -> None:
    first = ranked()[0]
    assert (first.record_id, first.rank, first.band) == ("true", 1, Band.STRONG)


def test_a_lead_can_be_added_up_by_hand() -> None:
    for lead in ranked(PersonFacts(names=("王伟",))):
        assert lead.prior_bits + fsum(e.bits for e in lead.evidence) == pytest.approx(lead.bits)
        final = lead.bits + lead.calibration_bits + lead.same_person_bits + lead.rival_bits
        assert probability(final) == pytest.approx(lead.probability)


def test_two_people_who_fit_equally_share_the_chance() -> None:
    one = replace(TRUE, facts=replace(TRUE.facts, relatives=()))
    namesake = replace(one, record_id="namesake", missing_since=date(2003, 2, 7))
    first, second = among(one, namesake, *strangers()).leads[:2]
    assert first.probability == pytest.approx(second.probability)
    assert 0.45 < first.probability < 0.5
    assert first.band is not Band.STRONG
    assert first.same_person_bits == 0


def test_two_records_of_one_person_are_no_rivals() -> None:
    alone = among(TRUE, *strangers()).leads[0]
    first, second = among(TRUE, replace(TRUE, record_id="twice"), *strangers()).leads[:2]
    assert {first.record_id, second.record_id} == {"true", "twice"}
    assert (first.band, second.band) == (Band.STRONG, Band.STRONG)
    assert first.probability == pytest.approx(second.probability)
    assert first.probability == pytest.approx(alone.probability, abs=0.005)
    assert first.same_person_bits == pytest.approx(1)
    final = first.bits + first.calibration_bits + first.same_person_bits + first.rival_bits
    assert probability(final) == pytest.approx(first.probability)


def test_a_record_filed_again_is_known_when_it_is_scored_by_itself() -> None:
    again = replace(TRUE, record_id="twice")
    search = Search(Registry.build([TRUE, *strangers(), again]), POLICY)
    noted = search.leads(a_probe(HEARD)).noted
    changed = Changed.of(search.registry, (), ["twice"])
    (part,) = search.leads_of_changed(changed, a_probe(HEARD), noted, Faces()).leads
    (whole,) = search.leads(a_probe(HEARD), only={"twice"}).leads
    assert (part.record_id, part.band) == ("twice", Band.STRONG)
    assert part.same_person_bits == pytest.approx(whole.same_person_bits) == pytest.approx(1)


def test_all_chances_with_nobodys_sum_to_one() -> None:
    people = [TRUE, *strangers(9)]
    answer = Search(Registry.build(people), EASY).leads(a_probe(PersonFacts(names=("王伟",))))
    assert fsum([answer.nobody, *(lead.probability for lead in answer.leads)]) == pytest.approx(1)


def test_a_face_alone_never_makes_a_strong_lead() -> None:
    face = FaceMatch(distance=0.2, bits=99.0, detail="很近")
    search = Search(Registry.build([TRUE]), EASY)
    (lead,) = search.leads(a_probe(PersonFacts()), Faces.known({"true": face})).leads
    assert lead.probability > 0.9
    assert lead.band is Band.POSSIBLE


def test_who_agrees_in_nothing_is_hardly_a_lead() -> None:
    answer = SEARCH.leads(a_probe(PersonFacts(names=("某人",))))
    assert answer.nobody > 0.9
    assert answer.leads == ()


def test_at_most_so_many_leads_as_the_policy_allows() -> None:
    faces = {
        each.record_id: FaceMatch(distance=0.4, bits=11.0, detail="近") for each in strangers()
    }
    leads = among(*strangers(), facts=PersonFacts(), **faces).leads
    assert len(leads) == POLICY.limits.leads
    assert [lead.rank for lead in leads] == list(range(1, len(leads) + 1))
    assert [lead.record_id for lead in leads] == sorted(lead.record_id for lead in leads)


def test_every_lead_carries_every_signal() -> None:
    assert [each.signal for each in ranked()[0].evidence] == list(Signal)


def test_a_near_face_is_proposed_even_when_the_gallery_is_too_large_for_it_to_decide() -> None:
    near = FaceMatch(distance=0.35, bits=10.0, detail="近")
    crowd = [a_candidate(f"c{n}", "王伟") for n in range(3000)]
    least = replace(POLICY, limits=replace(POLICY.limits, least_probability=0.5))
    search = Search(Registry.build([TRUE, *crowd]), least)
    (lead,) = search.leads(a_probe(PersonFacts()), Faces.known({"true": near})).leads
    assert (lead.record_id, lead.band) == ("true", Band.WEAK)


def test_a_record_with_the_very_photo_stays_whatever_it_is_worth() -> None:
    crowd = [a_candidate(f"c{n}", "王伟") for n in range(3000)]
    answer = among(TRUE, *crowd, facts=PersonFacts(names=("某人",)), true=FaceMatch.copy())
    assert "true" in [lead.record_id for lead in answer.leads]


def test_a_face_of_somebody_who_is_not_in_the_snapshot_is_passed_over() -> None:
    answer = among(*strangers(3), gone=FaceMatch(distance=0.3, bits=10.0, detail="近"))
    assert "gone" not in [lead.record_id for lead in answer.leads]


def test_an_empty_registry_answers_with_nobody() -> None:
    answer = among()
    assert (answer.leads, answer.nobody, answer.gallery_size) == ((), 1.0, 0)


def test_a_record_is_likelier_when_its_writer_goes_by_cantonese() -> None:
    """牛 is written 欧 by somebody who says au for both."""
    record = replace(TRUE, facts=replace(TRUE.facts, names=("牛福胜",)))
    registry = Registry.build([record, *strangers()])
    probe = a_probe(replace(HEARD, names=("欧福胜",)))
    plain, written = (
        Search(registry, POLICY, writer=writer).leads(probe).leads[0] for writer in Writer
    )
    assert plain.record_id == written.record_id == "true"
    assert written.bits > plain.bits
