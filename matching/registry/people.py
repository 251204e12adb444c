"""The records themselves, packed: a million of them as objects would take gigabytes.

Only those that are shown are ever read again, a few for each search. What is packed is plain bytes in
arrays: other processes can map them and read the same records.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Self, overload

import numpy as np
from numpy.typing import NDArray

from matching.face.id_column import IdColumn, Rows
from matching.model import (
    BloodType,
    Candidate,
    Home,
    PersonFacts,
    Relation,
    Relative,
    Sex,
    YearRange,
)
from matching.text.runs import runs

#: Bytes of replaced records that are kept for each byte in use before all are written anew.
_STALE_AT_MOST: Final = 1.0
#: Records that are written anew at a time.
_BLOCK: Final = 65_536


@dataclass(frozen=True, slots=True, eq=False)
class People(Sequence[Candidate]):
    """N records by row; their ids do not repeat."""

    ids: IdColumn
    #: Where each record begins in `packed`, and its length in bytes; shape (N,).
    starts: NDArray[np.int64]
    lengths: NDArray[np.int64]
    packed: NDArray[np.uint8]

    @classmethod
    def of(cls, candidates: Sequence[Candidate]) -> Self:
        """Pack these; their ids do not repeat."""
        written = [_written(each) for each in candidates]
        lengths = np.array([len(each) for each in written], np.int64)
        return cls(
            ids=IdColumn.of([each.record_id for each in candidates]),
            starts=np.cumsum(lengths) - lengths,
            lengths=lengths,
            packed=np.frombuffer(b"".join(written), np.uint8),
        )

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, row: int) -> Candidate: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Candidate]: ...
    def __getitem__(self, row: int | slice) -> Candidate | Sequence[Candidate]:
        """One record, read again; a slice of rows by themselves."""
        if isinstance(row, slice):
            return self.kept(np.arange(len(self))[row])
        start, length = int(self.starts[row]), int(self.lengths[row])
        return _read(self.ids[row], self.packed[start : start + length].tobytes())

    def __iter__(self) -> Iterator[Candidate]:
        return (self[row] for row in range(len(self)))

    def rows_of(self, record_ids: Iterable[str]) -> dict[str, int]:
        """The rows of those that are here."""
        rows = self.ids.rows_of(record_ids)
        return dict(zip(self.ids.named(rows), rows.tolist(), strict=True))

    def kept(self, rows: Rows) -> "People":
        """These records only, in this order; no bytes are moved."""
        return People(self.ids.kept(rows), self.starts[rows], self.lengths[rows], self.packed)

    def followed_by(self, other: "People") -> "People":
        """These records, then the other's."""
        joined = People(
            ids=IdColumn.joined([self.ids, other.ids]),
            starts=np.concatenate((self.starts, other.starts + len(self.packed))),
            lengths=np.concatenate((self.lengths, other.lengths)),
            packed=np.concatenate((self.packed, other.packed)),
        )
        in_use = int(joined.lengths.sum())
        stale = len(joined.packed) - in_use
        return joined.compacted() if stale > _STALE_AT_MOST * in_use else joined

    def compacted(self) -> "People":
        """The same records without the bytes of those that are gone."""
        blocks = [
            self.packed[runs(self.starts[at : at + _BLOCK], self.lengths[at : at + _BLOCK])]
            for at in range(0, len(self), _BLOCK)
        ]
        starts = np.cumsum(self.lengths) - self.lengths
        packed = np.concatenate(blocks) if blocks else np.empty(0, np.uint8)
        return People(self.ids, starts, self.lengths, packed)


@dataclass(frozen=True, slots=True, eq=False)
class Some(Mapping[str, Candidate]):
    """Some of the records by id, each read when it is asked for."""

    people: People
    #: Record id -> row.
    rows: Mapping[str, int]

    def __getitem__(self, record_id: str) -> Candidate:
        """One of them."""
        return self.people[self.rows[record_id]]

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def _written(candidate: Candidate) -> bytes:
    facts, since = candidate.facts, candidate.missing_since
    row = [
        facts.names,
        facts.sex,
        _years(facts.birth),
        facts.height_cm,
        [(home.text, home.path) for home in facts.homes],
        [(each.relation, each.name, each.other_readings) for each in facts.relatives],
        facts.marks,
        _years(facts.apparent_birth),
        facts.blood_type,
        facts.id_digits,
        facts.phone_digits,
        facts.languages,
        facts.work,
        facts.landmarks,
        None if since is None else since.toordinal(),
        candidate.missing_place,
    ]
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()


def _read(record_id: str, written: bytes) -> Candidate:
    names, sex, birth, height, homes, relatives, marks, apparent, blood, *rest = json.loads(written)
    id_digits, phone_digits, languages, work, landmarks, since, place = rest
    return Candidate(
        record_id=record_id,
        facts=PersonFacts(
            names=tuple(names),
            sex=None if sex is None else Sex(sex),
            birth=_year_range(birth),
            height_cm=height,
            homes=tuple(Home(text=text, path=tuple(path)) for text, path in homes),
            relatives=tuple(
                Relative(relation=Relation(relation), name=name, other_readings=tuple(readings))
                for relation, name, readings in relatives
            ),
            marks=tuple(marks),
            apparent_birth=_year_range(apparent),
            blood_type=None if blood is None else BloodType(blood),
            id_digits=tuple(id_digits),
            phone_digits=tuple(phone_digits),
            languages=tuple(languages),
            work=tuple(work),
            landmarks=tuple(landmarks),
        ),
        missing_since=None if since is None else date.fromordinal(since),
        missing_place=place,
    )


def _years(years: YearRange | None) -> tuple[int, int] | None:
    return None if years is None else (years.earliest, years.latest)


def _year_range(years: Any) -> YearRange | None:
    return None if years is None else YearRange(earliest=years[0], latest=years[1])
