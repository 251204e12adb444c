"""A part scored by notes of the rest, against the slow way: the whole registry scored again."""

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from matching.model import Candidate, Probe
from matching.policy import load_policy
from matching.ranking import Changed, Faces, RankedLead, Ranking, Search
from matching.registry.registry import Registry
from tests.people import TRUE, strangers
from tests.properties.test_ranking import probes, registries

POLICY = load_policy()
OLD = [TRUE, *strangers(300)]
BASE = Registry.build(OLD)
#: Which syllables are rare is counted over the names of whatever is scored: a few more change it.
DRIFT = 0.5


def by_record(ranking: Ranking) -> dict[str, RankedLead]:
    return {lead.record_id: lead for lead in ranking.leads}


@given(registries, probes)
@settings(max_examples=12, deadline=None, phases=[Phase.generate])
def test_new_records_have_the_evidence_that_the_whole_gives_them(
    further: list[Candidate], probe: Probe
) -> None:
    new = [
        Candidate(record_id=f"n{n}", facts=each.facts, missing_since=each.missing_since)
        for n, each in enumerate(further)
    ]
    noted = Search(BASE, POLICY).leads(probe).noted
    search = Search(Registry.build([*OLD, *new]), POLICY)
    whole = by_record(search.leads(probe, only={each.record_id for each in new}))
    changed = Changed.of(search.registry, [each.record_id for each in new], ())
    part = by_record(search.leads_of_changed(changed, probe, noted, Faces()))
    for record_id in whole.keys() & part.keys():
        mine, full = part[record_id], whole[record_id]
        assert abs(mine.bits - full.bits) < DRIFT
        assert mine.prior_bits == full.prior_bits
        said = [(e.signal, e.is_silent, e.candidate_value) for e in mine.evidence]
        assert said == [(e.signal, e.is_silent, e.candidate_value) for e in full.evidence]


@given(probes)
@settings(max_examples=12, deadline=None, phases=[Phase.generate])
def test_records_that_were_counted_before_are_not_counted_again(probe: Probe) -> None:
    search = Search(BASE, POLICY)
    whole = search.leads(probe)
    known = [TRUE.record_id, *(each.record_id for each in OLD[1:20])]
    changed = Changed.of(BASE, (), known)
    part = search.leads_of_changed(changed, probe, whole.noted, Faces())
    assert part.noted.chances == whole.noted.chances
    assert part.noted.outcomes == whole.noted.outcomes
    assert (part.noted.size, part.noted.added) == (len(OLD), len(known))
    full = by_record(search.leads(probe, only=known))
    for lead in part.leads:
        assert lead.record_id not in full or abs(lead.bits - full[lead.record_id].bits) < DRIFT


@given(registries, probes, st.integers(1, 4))
@settings(max_examples=6, deadline=None, phases=[Phase.generate])
def test_notes_go_on_from_night_to_night(
    further: list[Candidate], probe: Probe, nights: int
) -> None:
    search = Search(Registry.build(further), POLICY)
    noted = first = search.leads(probe).noted
    changed = Changed.of(search.registry, [each.record_id for each in further], ())
    for _ in range(nights):
        noted = search.leads_of_changed(changed, probe, noted, Faces()).noted
    assert (noted.size, noted.added) == (len(further), nights * len(further))
    assert noted.chances.keys() == first.chances.keys()
    for said, (total, count) in first.chances.items():
        assert noted.chances[said][1] == count * (nights + 1)
        assert abs(noted.chances[said][0] - total * (nights + 1)) <= 1e-6 * (1 + total)
    assert not noted.is_good_for(1)
