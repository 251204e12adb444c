"""What re-matching needs from storage, as a protocol."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from casework.rematch.runs import (
    Find,
    LastMatch,
    RematchOrder,
    RematchRun,
    RunProgress,
    RunState,
    ScoredCase,
)
from casework.search.match_basis import MatchBasis
from matching.compare.notes import Noted


class RematchStore(Protocol):
    """Runs, their cases, their finds, and what everybody was scored with last."""

    def add(self, run: RematchRun, case_ids: Sequence[str]) -> None:
        """Keep a new run and its cases, first come first scored."""

    def get(self, run_id: str) -> RematchRun:
        """Raises NotFoundError."""

    def unfinished(self, order: RematchOrder) -> RematchRun | None:
        """The run of the same order that is not done."""

    def move(self, run: RematchRun, *, read_state: RunState) -> bool:
        """Replace a run; False when it is no longer in `read_state`."""

    def discard(self, run_id: str) -> None:
        """Forget a run that is not done, with all that it found."""

    def forget_done(self, before: datetime, keep: int) -> int:
        """Forget runs that were done before a moment, with all that they hold; returns how many.

        The latest `keep` that are done stay, and those of which a find still waits or was told since.
        """

    def unscored(self, run_id: str, limit: int) -> tuple[str, ...]:
        """Cases of a run that are not scored yet, in order."""

    def keep_scored(self, scored: ScoredCase) -> None:
        """Keep what scoring a case gave; a second time replaces the first."""

    def progress(self, run_id: str) -> RunProgress:
        """How far a run is."""

    def done_before(self, moment: datetime, limit: int) -> tuple[RematchRun, ...]:
        """Runs that were done by then, latest first."""

    def latest(self, station: str, limit: int) -> tuple[RematchRun, ...]:
        """The runs that concern a station, latest start first; an empty one means all."""

    def last_matches(self, case_ids: Collection[str]) -> Mapping[str, LastMatch]:
        """What the latest finished run came to for each of these people; nothing when none had any."""

    def unapplied(self, run_id: str, limit: int) -> tuple[str, ...]:
        """Scored cases of a run whose leads are not renewed yet, in order."""

    def scored(self, run_id: str, case_id: str) -> ScoredCase:
        """What was kept. Raises NotFoundError."""

    def mark_applied(self, run_id: str, case_id: str) -> bool:
        """The case's leads are renewed; False when they were already."""

    def open_finds(self, run_id: str) -> None:
        """The run is done: its new finds may be told, and older ones of the same pairs go.

        What only renewed known leads is forgotten.
        """

    def waiting_of(self, case_id: str) -> frozenset[str]:
        """Records of a case's new finds that wait to be told."""

    def drop_waiting(self, case_id: str, record_ids: Collection[str] | None = None) -> None:
        """Forget a case's finds that wait: those to these records, or all of them."""

    def waiting(self, station: str) -> int:
        """How many new finds of finished runs wait to be told."""

    def stations_waiting(self) -> tuple[str, ...]:
        """The stations for which any wait."""

    def best_waiting(self, station: str, limit: int) -> tuple[Find, ...]:
        """New finds of finished runs that are not told yet, strongest first."""

    def mark_told(self, find: Find, at: datetime) -> bool:
        """The find has become a lead; False when it was told already."""

    def told_since(self, station: str, moment: datetime) -> int:
        """How many new leads of re-matching a station got since then."""

    def basis(self, case_id: str) -> MatchBasis | None:
        """What a resident was scored with last; None when never."""

    def keep_basis(self, case_id: str, basis: MatchBasis, noted: Noted | None = None) -> None:
        """Remember what a resident was scored with; None leaves what was noted before."""

    def noted(self, case_id: str) -> Noted | None:
        """What was noted when a resident was scored last; None when nothing was."""
