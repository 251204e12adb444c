"""A part scored by notes of the rest, against the slow way: the whole registry scored again."""

from dataclasses import replace
from datetime import date
from math import log2
from random import Random

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from fixtures.registry import synthetic_records
from matching.model import Candidate, Probe
from matching.policy import load_policy
from matching.ranking import Changed, Faces, RankedLead, Ranking, Search
from matching.registry.registry import Registry
from tests.people import TRUE, strangers
from tests.properties.test_ranking import probes, registries

POLICY = load_policy()
OLD = [TRUE, *strangers(300)]
BASE = Registry.build(OLD)
#: Records that changed are counted as they were, and a few more names change which syllables are rare.
DRIFT = 0.5
#: A registry of which a night changes a hundredth, and who comes in.
TOWN = Registry.build(each.candidate() for each in synthetic_records(3_000, seed=1))
MORE = [each.candidate() for each in synthetic_records(15, seed=2)]


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


@given(st.randoms(use_true_random=False))
@settings(max_examples=12, deadline=None, phases=[Phase.generate])
def test_a_night_finds_the_leads_that_a_full_run_finds(random: Random) -> None:
    meant, *others = random.sample(range(TOWN.size), 25)
    known = [
        *(replace(TOWN.candidates[row], missing_place="广州") for row in (meant, *others[:10])),
        *(
            replace(TOWN.candidates[row], record_id=TOWN.candidates.ids[row + 1])
            for row in others[10:]
            if row + 1 not in {meant, TOWN.size}
        ),
    ]
    new = [replace(each, record_id=f"n{n}") for n, each in enumerate(MORE)]
    probe = Probe(case_id="c1", facts=TOWN.candidates[meant].facts, found_on=date(2026, 3, 1))
    noted = Search(TOWN, POLICY).leads(probe).noted
    search = Search(TOWN.updated([*known, *new]), POLICY)
    ids = {each.record_id for each in (*known, *new)}
    full = by_record(search.leads(probe, only=ids))
    changed = Changed.of(search.registry, [each.record_id for each in new], TOWN.rows_of(ids))
    night = by_record(search.leads_of_changed(changed, probe, noted, Faces()))
    assert TOWN.candidates.ids[meant] in night
    for record_id in full.keys() ^ night.keys():
        assert is_at_the_edge(full.get(record_id) or night[record_id])
    for record_id in full.keys() & night.keys():
        assert abs(full[record_id].bits - night[record_id].bits) < DRIFT


def is_at_the_edge(lead: RankedLead) -> bool:
    """Whether it is a lead by no more than what a night may be off by."""
    limits = POLICY.limits
    odds = log2(lead.probability / (1 - lead.probability))
    least = log2(limits.least_probability / (1 - limits.least_probability))
    return min(odds - least, lead.bits - lead.prior_bits - limits.least_evidence) < DRIFT


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
