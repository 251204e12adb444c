"""The live matcher on a part of the registry: the same pairs, nearly the same scores, less work."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from casework.search.matcher import Part
from fixtures.demo_registry import demo_registry
from fixtures.residents import sample_residents
from matching.compare.notes import Noted
from matching.model import PersonFacts, Probe
from matching.text.cantonese_writer import Writer
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


def part(*record_ids: str, noted: Noted | None = None) -> Part:
    return Part(record_ids=frozenset(record_ids), noted=noted)


def test_of_a_part_nobody_else_becomes_a_lead(matcher: LiveMatcher) -> None:
    whole = matcher.match(a_probe(), [])
    first = whole.leads[0]
    again = matcher.match(a_probe(), [], only=part(first.record_id, "no such record"))
    assert again.leads == (first,)
    assert matcher.match(a_probe(), [], only=part("no such record")).leads == ()


def test_changed_records_are_scored_by_what_was_noted_as_the_whole_would(
    matcher: LiveMatcher,
) -> None:
    noted = matcher.match(a_probe(), []).noted
    changed = demo_registry(300, seed=20200413)[:20]
    with matcher._open_work() as work:
        for number, record in enumerate(changed):
            work.records.upsert(replace(record, missing_place=f"又查 {number}"))
        work.commit()
    matcher.refresh()
    only = frozenset(record.record_id for record in changed)
    by_whole = matcher.match(a_probe(), [], only=Part(record_ids=only))
    by_part = matcher.match(a_probe(), [], only=Part(record_ids=only, noted=noted))
    assert by_part.pairs == 20
    assert [lead.record_id for lead in by_part.leads] == [x.record_id for x in by_whole.leads]
    for mine, full in zip(by_part.leads, by_whole.leads, strict=True):
        assert abs(mine.bits - full.bits) < 0.5
        assert mine.evidence[0].detail == full.evidence[0].detail


def test_when_too_much_has_changed_the_whole_is_scored(matcher: LiveMatcher) -> None:
    noted = matcher.match(a_probe(), []).noted
    many = part(*(f"r{number}" for number in range(40)), noted=noted)
    assert matcher.match(a_probe(), [], only=many).noted.added == 0


def test_the_rules_are_fingerprinted_with_every_table(
    matcher: LiveMatcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = matcher.rules([])
    assert matcher.rules([]) == before
    assert len(rule_digest()) == 64
    monkeypatch.setattr("runtime.fixed_matcher.rule_digest", lambda: "another gazetteer")
    assert matcher.rules([]) != before


@pytest.mark.parametrize("table", ["gazetteer", "built_in_mergers", "rule_digest"])
def test_another_version_of_what_scores_is_another_rule(
    matcher: LiveMatcher, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    before = matcher.rules([])
    other = SimpleNamespace(date="2099", version="another")
    monkeypatch.setattr(f"runtime.fixed_matcher.{table}", lambda: other)
    assert matcher.rules([]) != before
    monkeypatch.undo()
    assert matcher.rules([]) == before
    stricter = replace(matcher.policy, version="another")
    assert replace(matcher.now(), policy=stricter).rules([]) != before


def test_a_station_that_writes_by_cantonese_scores_by_another_rule(matcher: LiveMatcher) -> None:
    plain = matcher.now()
    written = replace(plain, writer=Writer.CANTONESE)
    assert written.rules([]) != plain.rules([])
    assert written.versions([]) == plain.versions([]) | {"writer": "cantonese-1"}
    probe = Probe(case_id="c1", facts=PersonFacts(names=("欧建国",)))
    one, other = (each.match(probe, []).noted for each in (plain, written))
    assert one.chances.keys() == other.chances.keys()
    assert one.chances != other.chances
