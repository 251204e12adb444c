"""Three months without a name: resettlement, household registration, and finding the name later."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class ResettlementApplied:
    """The station applied to civil affairs for resettlement."""

    kind: Literal["resettlement_applied"] = "resettlement_applied"


@dataclass(frozen=True, slots=True, kw_only=True)
class ResettlementPlanned:
    """Civil affairs put a plan to the government of the same level."""

    kind: Literal["resettlement_planned"] = "resettlement_planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementDecided:
    """The government decided where the person will live."""

    kind: Literal["placement_decided"] = "placement_decided"
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HukouApplied:
    """Household registration was applied for."""

    kind: Literal["hukou_applied"] = "hukou_applied"


@dataclass(frozen=True, slots=True, kw_only=True)
class HukouRegistered:
    """The person was entered into a collective household."""

    kind: Literal["hukou_registered"] = "hukou_registered"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnCoordinated:
    """Identity found after registration: relatives or the home station were contacted."""

    kind: Literal["return_coordinated"] = "return_coordinated"


@dataclass(frozen=True, slots=True, kw_only=True)
class HukouDuplicateReported:
    """The police were told that the person now has two registrations."""

    kind: Literal["hukou_duplicate_reported"] = "hukou_duplicate_reported"


@dataclass(frozen=True, slots=True, kw_only=True)
class HukouDuplicateCancelled:
    """The second registration was cancelled."""

    kind: Literal["hukou_duplicate_cancelled"] = "hukou_duplicate_cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatHelpFound:
    """The third admission in half a year (the program writes this line itself)."""

    kind: Literal["repeat_help_found"] = "repeat_help_found"
    admissions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatHelpReviewed:
    """Somebody looked whether help was obtained by deceit."""

    kind: Literal["repeat_help_reviewed"] = "repeat_help_reviewed"
    note: str | None = None


class StopReason(StrEnum):
    """Why a named person stopped, withheld or reopened a window; fixed words, never free ones."""

    NOT_APPLICABLE = "not_applicable"
    DONE_ELSEWHERE = "done_elsewhere"
    ORDERED = "ordered"
    MISTAKE = "mistake"


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowStopped:
    """A window was stopped by hand."""

    kind: Literal["window_stopped"] = "window_stopped"
    #: `kind` of the window, or `kind:subject` for one of several.
    window: str
    reason: StopReason


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowWithheld:
    """A window waits by hand."""

    kind: Literal["window_withheld"] = "window_withheld"
    window: str
    reason: StopReason


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowReopened:
    """A stopped or withheld window runs again with its original due time."""

    kind: Literal["window_reopened"] = "window_reopened"
    window: str
    reason: StopReason


RegistrationDetails = (
    ResettlementApplied
    | ResettlementPlanned
    | PlacementDecided
    | HukouApplied
    | HukouRegistered
    | ReturnCoordinated
    | HukouDuplicateReported
    | HukouDuplicateCancelled
    | RepeatHelpFound
    | RepeatHelpReviewed
    | WindowStopped
    | WindowWithheld
    | WindowReopened
)
