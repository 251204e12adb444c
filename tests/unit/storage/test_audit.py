from dataclasses import replace

from casework.accounts.audit import AuditEntry, ChainedEntry
from storage.audit import GENESIS, link, verify
from tests.samples import NOW

KEY = b"k" * 32


def a_trail(length: int) -> list[ChainedEntry]:
    trail: list[ChainedEntry] = []
    before = GENESIS
    for sequence in range(1, length + 1):
        entry = AuditEntry(at=NOW, actor="u1", action="case.view", subject="c", extra={"n": "1"})
        before = link(KEY, before, sequence, entry)
        trail.append(ChainedEntry(sequence=sequence, entry=entry, mac=before))
    return trail


def test_a_whole_trail_verifies() -> None:
    report = verify(a_trail(5), KEY)
    assert (report.rows, report.first_broken) == (5, None)


def test_an_empty_trail_is_whole() -> None:
    assert verify([], KEY).first_broken is None


def test_a_changed_line_is_found() -> None:
    trail = a_trail(5)
    trail[2] = replace(trail[2], entry=replace(trail[2].entry, actor="u2"))
    assert verify(trail, KEY).first_broken == 3


def test_a_removed_line_is_found() -> None:
    trail = a_trail(5)
    del trail[1]
    assert verify(trail, KEY).first_broken == 3


def test_swapped_lines_are_found() -> None:
    trail = a_trail(4)
    trail[1], trail[2] = trail[2], trail[1]
    assert verify(trail, KEY).first_broken == 3


def test_a_trail_written_with_another_key_is_found() -> None:
    assert verify(a_trail(2), b"other").first_broken == 1
