"""Who may write which line of a file: one table of kinds, and the reach of other agencies."""

from collections.abc import Mapping, Sequence
from typing import Final

from casework.accounts.access import Permission, Role, require_station
from casework.cases.case import Case, Details, Entry
from casework.context import Context
from casework.errors import BadInputError, NotPermittedError, TransitionRefusedError

#: Lines that other use cases write together with their own effects.
NOT_BY_HAND: Final = frozenset(
    {
        "clue_sent_to_police",
        # A station's own lines stand in its own file (`casework.windows.station_duties`).
        "placement_summary_sent",
        "resident_team_sent",
        "quarter_figures_sent",
        "quarter_report_sent",
        "identity_confirmed",
        "identity_undone",
        "photo_taken",
        "audio_kept",
        "sight_asked",
        "sight_granted",
        "sight_refused",
        "sight_ended",
        "repeat_help_found",
        "same_person_found",
        "same_person_undone",
    }
)
#: Lines of which the police are the author; the station types them in when they come on paper.
POLICE_LINES: Final = frozenset(
    {
        "identity_request_received",
        "identity_answered",
        "dna_sampled",
        "dna_result",
        "abduction_finding",
        "foreigner_found_legal",
        "hukou_registered",
        "hukou_duplicate_cancelled",
    }
)
#: Of these, whoever types a scanned reply names who decided.
NAMED_ON_PAPER: Final = frozenset(
    {"identity_answered", "dna_sampled", "dna_result", "abduction_finding", "foreigner_found_legal"}
)
#: Lines of civil affairs and of institutions.
AGENCY_LINES: Final[Mapping[str, Role]] = {
    "incident_reported": Role.CIVIL_AFFAIRS,
    "resettlement_planned": Role.CIVIL_AFFAIRS,
    "placement_decided": Role.CIVIL_AFFAIRS,
    "hukou_applied": Role.CIVIL_AFFAIRS,
    "institution_reported": Role.INSTITUTION,
}
#: Only a supervisor lifts protection and stops a clock.
SUPERVISOR_LINES: Final = frozenset(
    {"withhold_lifted", "window_stopped", "window_withheld", "window_reopened"}
)


def check_writer(context: Context, case: Case, history: Sequence[Entry], details: Details) -> None:
    """Refuse a line that is not this user's to write.

    Raises:
        NotPermittedError: another role's line, another station's case, or another institution's.
        TransitionRefusedError: a line that only the program writes.
    """
    if details.kind in NOT_BY_HAND:
        raise TransitionRefusedError("这一项由系统自动登记，不能手工填写。")
    roles = context.actor.roles
    if details.kind in POLICE_LINES and Role.POLICE in roles:
        return
    agency = AGENCY_LINES.get(details.kind)
    if agency in roles:
        if agency is Role.INSTITUTION:
            _check_institution(context, history)
        return
    needed = (
        Permission.SUPERVISE_CASE if details.kind in SUPERVISOR_LINES else Permission.AMEND_CASE
    )
    context.require(needed)
    require_station(context.actor, case.station)


def check_named(context: Context, details: Details) -> None:
    """Whoever types in what the police wrote on paper names who decided there.

    Raises:
        BadInputError: nobody is named.
    """
    is_typed = details.kind in NAMED_ON_PAPER and Role.POLICE not in context.actor.roles
    if is_typed and not (getattr(details, "answered_by", None) or "").strip():
        raise BadInputError("代录公安的书面答复时，请在 answered_by 写明是谁答复的。")


def _check_institution(context: Context, history: Sequence[Entry]) -> None:
    """An institution writes about those who were last placed there, and about nobody else."""
    last = max(
        (entry for entry in history if entry.details.kind == "placed"),
        key=lambda entry: entry.happened_at,
        default=None,
    )
    if last is None or getattr(last.details, "institution", None) != context.actor.station:
        raise NotPermittedError("该人员不在贵机构托养，不能登记。")
