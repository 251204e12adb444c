"""Twins of the stores of cases, windows and leads."""

from collections.abc import Sequence
from datetime import datetime

from casework.cases import Case, CaseState, Entry
from casework.errors import NotFoundError, StaleVersionError
from casework.leads import Decision, Lead, LeadState
from casework.ports import Page
from casework.windows import Window
from storage import cursors
from storage.leads import due_order
from storage.memory.state import State


class MemoryCaseStore:
    """Twin of `storage.cases.SqlCaseStore`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, case: Case) -> None:
        """Keep a new case."""
        self._state.cases[case.case_id] = case

    def get(self, case_id: str) -> Case:
        """The cover of a case."""
        if case_id not in self._state.cases:
            raise NotFoundError("没有这个个案，请核对编号。")
        return self._state.cases[case_id]

    def save(self, case: Case, *, read_version: int) -> None:
        """Replace the cover if nobody was faster."""
        stored = self._state.cases.get(case.case_id)
        if stored is None or stored.version != read_version:
            raise StaleVersionError("这个个案刚被别人更新过，请刷新后再试。")
        self._state.cases[case.case_id] = case

    def next_number(self, station: str, year: int) -> str:
        """The station's next free number of a year."""
        number = self._state.numbers.get((station, year), 0) + 1
        self._state.numbers[station, year] = number
        return f"{year}-{number:04d}"

    def append(self, entry: Entry) -> None:
        """Add one line to a file."""
        self._state.entries.setdefault(entry.case_id, []).append(entry)

    def entries(self, case_id: str) -> tuple[Entry, ...]:
        """The whole history."""
        return tuple(self._state.entries.get(case_id, ()))

    def page(
        self, *, station: str | None, state: CaseState | None, cursor: str | None, limit: int
    ) -> Page[Case]:
        """Cases, newest first."""
        wanted = [
            case
            for case in self._state.cases.values()
            if station in {None, case.station} and state in {None, case.state}
        ]
        wanted.sort(key=lambda case: (case.opened_at, case.case_id), reverse=True)
        if cursor is not None:
            opened_at, case_id = cursors.decode(cursor, (str, str))
            after = (datetime.fromisoformat(str(opened_at)), str(case_id))
            wanted = [case for case in wanted if (case.opened_at, case.case_id) < after]
        last = wanted[limit - 1] if len(wanted) > limit else None
        key = (last.opened_at.isoformat(), last.case_id) if last else None
        return Page(items=tuple(wanted[:limit]), next_cursor=cursors.encode(key) if key else None)


class MemoryLeadStore:
    """Twin of `storage.leads.SqlLeadStore`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, lead: Lead) -> None:
        """Keep a new lead, one per pair."""
        pair = (lead.case_id, lead.record_id)
        if any((old.case_id, old.record_id) == pair for old in self._state.leads.values()):
            raise StaleVersionError("这一对已经有一条线索，请刷新后再看。")
        self._state.leads[lead.lead_id] = lead

    def save(self, lead: Lead, *, read_version: int) -> None:
        """Replace a lead if nobody was faster."""
        stored = self._state.leads.get(lead.lead_id)
        if stored is None or stored.version != read_version:
            raise StaleVersionError("这条线索刚被别人处理过，请刷新后再决定。")
        self._state.leads[lead.lead_id] = lead

    def get(self, lead_id: str) -> Lead:
        """One lead."""
        if lead_id not in self._state.leads:
            raise NotFoundError("没有这条线索，或您无权查看。")
        return self._state.leads[lead_id]

    def of_case(self, case_id: str) -> tuple[Lead, ...]:
        """All leads of a case by rank."""
        mine = [lead for lead in self._state.leads.values() if lead.case_id == case_id]
        return tuple(sorted(mine, key=lambda lead: (lead.rank, lead.record_id)))

    def page(
        self,
        *,
        station: str | None,
        states: Sequence[LeadState] | None,
        cursor: str | None,
        limit: int,
    ) -> Page[Lead]:
        """Leads, earliest due first, then strongest."""
        wanted = [
            lead
            for lead in self._state.leads.values()
            if station in {None, lead.station} and (states is None or lead.state in states)
        ]
        wanted.sort(key=_order)
        if cursor is not None:
            due, bits, lead_id = cursors.decode(cursor, (int, float, str))
            after = (int(due), -float(bits), str(lead_id))
            wanted = [lead for lead in wanted if _order(lead) > after]
        last = wanted[limit - 1] if len(wanted) > limit else None
        key = (due_order(last), last.bits, last.lead_id) if last else None
        return Page(items=tuple(wanted[:limit]), next_cursor=cursors.encode(key) if key else None)

    def add_decision(self, decision: Decision) -> None:
        """Append a decision."""
        self._state.decisions.setdefault(decision.lead_id, []).append(decision)

    def decisions(self, lead_id: str) -> tuple[Decision, ...]:
        """All decisions on a lead, oldest first."""
        return tuple(self._state.decisions.get(lead_id, ()))


class MemoryWindowStore:
    """Twin of `storage.windows.SqlWindowStore`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def replace(self, case_id: str, planned: Sequence[Window]) -> None:
        """Store the windows of a case as planned now."""
        self._state.windows[case_id] = tuple(planned)

    def of_case(self, case_id: str) -> tuple[Window, ...]:
        """The stored windows of a case as they were planned."""
        return self._state.windows.get(case_id, ())


def _order(lead: Lead) -> tuple[int, float, str]:
    return (due_order(lead), -lead.bits, lead.lead_id)
