"""Runs of re-matching and their finds as the in-memory store keeps them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from casework.rematch.runs import Find, RematchRun, ScoredCase


class FindState(StrEnum):
    """Where a find stands."""

    STAGED = "staged"
    WAITING = "waiting"
    TOLD = "told"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFind:
    """One row of finds."""

    find: Find
    state: FindState = FindState.STAGED
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRun:
    """One run with its cases in order."""

    run: RematchRun
    case_ids: tuple[str, ...]
    scored: dict[str, ScoredCase] = field(default_factory=dict)
    applied: frozenset[str] = frozenset()
