"""The live matcher on a part of the registry: the same pairs, the same scores, less work."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fixtures.demo_registry import demo_registry
from fixtures.residents import sample_residents
from matching.model import Probe
from matching.text.testimony.facts import facts_from_transcript
from runtime.face_galleries import FaceGalleries
from runtime.matcher import LiveMatcher
from runtime.rule_digest import rule_digest
from storage.face_snapshots import SnapshotFolder
from tests.office import Office
from tests.samples import NOW


def a_probe() -> Probe:
    resident = next(each for each in sample_residents() if each.true_record)
    return Probe(case_id="c1", facts=facts_from_transcript(resident.transcript, on=NOW.date()))


@pytest.fixture
def matcher(tmp_path: Path) -> Iterator[LiveMatcher]:
    office = Office()
    galleries = FaceGalleries(office.open_work, SnapshotFolder(tmp_path / "snapshots"))
    with office.open_work() as work:
        work.records.add_many(demo_registry(300, seed=20200413))
        work.commit()
    made = LiveMatcher(office.open_work, galleries)
    made.refresh()
    yield made
    galleries.close()


def test_a_part_gives_the_same_scores_as_the_whole(matcher: LiveMatcher) -> None:
    probe = a_probe()
    whole = {lead.record_id: lead for lead in matcher.match(probe, []).leads}
    assert whole
    only = frozenset(whole) | {"no such record"}
    part = matcher.match(probe, [], only=only)
    assert {lead.record_id: lead for lead in part.leads} == whole
    assert part.pairs <= len(whole)
    assert part.gallery_size == matcher.match(probe, []).gallery_size


def test_records_outside_the_part_are_not_compared(matcher: LiveMatcher) -> None:
    probe = a_probe()
    first = matcher.match(probe, []).leads[0]
    assert first.record_id not in {
        lead.record_id for lead in matcher.match(probe, [], only=frozenset()).leads
    }
    assert matcher.match(probe, [], only=frozenset()).pairs == 0
    rest = matcher.match(probe, [], only=frozenset({first.record_id})).leads
    assert [lead.record_id for lead in rest] == [first.record_id]


def test_the_rules_are_fingerprinted_with_every_table(
    matcher: LiveMatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = matcher.rules([])
    assert matcher.rules([]) == before
    assert len(rule_digest()) == 64
    monkeypatch.setattr("runtime.matcher.rule_digest", lambda: "another gazetteer")
    assert matcher.rules([]) != before
