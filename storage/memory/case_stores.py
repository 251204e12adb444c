"""Twins of the stores of cases, windows and leads."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from casework.cases.case import Case, CaseState, Entry
from casework.errors import NotFoundError, StaleVersionError
from casework.leads.lead import OPEN_STATES, Decision, Lead, LeadState
from casework.ports import LeadFilter, LeadTally, LineFilter, Page
from storage import cursors
from storage.leads import sort_key
from storage.memory.state import State, refuse_repeat, require


class MemoryCaseStore:
    """Twin of `storage.cases.SqlCaseStore`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, case: Case) -> None:
        """Keep a new case."""
        cases = self._state.cases
        taken = any((c.station, c.number) == (case.station, case.number) for c in cases.values())
        refuse_repeat(taken or case.case_id in cases)
        cases[case.case_id] = case

    def get(self, case_id: str) -> Case:
        """The cover of a case."""
        if case_id not in self._state.cases:
            raise NotFoundError("没有这个个案，请核对编号。")
        return self._state.cases[case_id]

    def covers(self, case_ids: Collection[str]) -> Mapping[str, Case]:
        """The covers of several cases by id."""
        return {key: case for key, case in self._state.cases.items() if key in case_ids}

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

    def open_since(self, station: str, before: datetime, limit: int) -> tuple[Case, ...]:
        """Open cases of a station that were opened before some moment, oldest first."""
        old = [
            case
            for case in self._state.cases.values()
            if (case.station, case.state) == (station, CaseState.OPEN) and case.opened_at < before
        ]
        return tuple(sorted(old, key=lambda case: (case.opened_at, case.case_id))[:limit])

    def kind_counts(self, station: str, since: datetime, until: datetime) -> Mapping[str, int]:
        """How many cases have a line of each kind in a period."""
        seen = {
            (entry.details.kind, case_id)
            for case_id, entries in self._state.entries.items()
            if self._state.cases[case_id].station == station
            for entry in entries
            if since <= entry.happened_at < until
        }
        return Counter(kind for kind, _ in seen)

    def append(self, entry: Entry) -> None:
        """Add one line to a file."""
        require(self._state.cases, entry.case_id)
        before = self.entries(entry.case_id)
        refuse_repeat(any(old.entry_id == entry.entry_id for old in before))
        self._state.entries[entry.case_id] = (*before, entry)

    def entries(self, case_id: str) -> tuple[Entry, ...]:
        """The whole history."""
        return self._state.entries.get(case_id, ())

    def lines(self, wanted: LineFilter) -> tuple[Entry, ...]:
        """Lines of some kinds in the order they were recorded."""
        found = [
            entry
            for case_id, entries in sorted(self._state.entries.items())
            if wanted.case_id in {None, case_id}
            and wanted.station in {None, self._state.cases[case_id].station}
            for entry in entries
            if entry.details.kind in wanted.kinds
            and (wanted.since is None or entry.recorded_at >= wanted.since)
        ]
        return tuple(sorted(found, key=lambda entry: entry.recorded_at))

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
            after = cursors.decode(cursor, (datetime, str))
            wanted = [case for case in wanted if (case.opened_at, case.case_id) < after]
        last = wanted[limit - 1] if len(wanted) > limit else None
        key = (last.opened_at, last.case_id) if last else None
        return Page(items=tuple(wanted[:limit]), next_cursor=cursors.encode(key) if key else None)


class MemoryLeadStore:
    """Twin of `storage.leads.SqlLeadStore`."""

    def __init__(self, state: State) -> None:
        self._state = state

    def add(self, lead: Lead) -> None:
        """Keep a new lead; an open one of the same pair stands in the way."""
        require(self._state.cases, lead.case_id)
        require(self._state.records, lead.record_id)
        if lead.lead_id in self._state.leads or self._has_open_twin(lead):
            raise StaleVersionError("这一对已经有一条线索，请刷新后再看。")
        self._state.leads[lead.lead_id] = lead

    def save(self, lead: Lead, *, read_version: int) -> None:
        """Replace a lead if nobody was faster."""
        stored = self._state.leads.get(lead.lead_id)
        if stored is None or stored.version != read_version:
            raise StaleVersionError("这条线索刚被别人处理过，请刷新后再决定。")
        refuse_repeat(self._has_open_twin(lead))
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

    def of_record(self, record_id: str) -> tuple[Lead, ...]:
        """All leads to a record, whatever the case."""
        mine = [lead for lead in self._state.leads.values() if lead.record_id == record_id]
        return tuple(sorted(mine, key=lambda lead: lead.lead_id))

    def overdue(self, states: Sequence[LeadState], now: datetime, limit: int) -> tuple[Lead, ...]:
        """Leads in these states whose due time has come, earliest first."""
        late = [
            lead
            for lead in self._state.leads.values()
            if lead.state in states and lead.due is not None and lead.due <= now
        ]
        late.sort(key=lambda lead: (sort_key(lead)[0], lead.lead_id))
        return tuple(late[:limit])

    def page(self, wanted: LeadFilter, *, cursor: str | None, limit: int) -> Page[Lead]:
        """Leads, earliest due first, then strongest."""
        found = self._wanted(wanted)
        if cursor is not None:
            after = cursors.decode(cursor, (int, float, str))
            found = [lead for lead in found if sort_key(lead) > after]
        last = found[limit - 1] if len(found) > limit else None
        key = sort_key(last) if last else None
        return Page(items=tuple(found[:limit]), next_cursor=cursors.encode(key) if key else None)

    def beside(self, lead: Lead, wanted: LeadFilter) -> tuple[str | None, str | None]:
        """The ids before and after a lead in the order of `page`."""
        found, here = self._wanted(wanted), sort_key(lead)
        before = [each.lead_id for each in found if sort_key(each) < here]
        after = [each.lead_id for each in found if sort_key(each) > here]
        return (before[-1] if before else None, after[0] if after else None)

    def tally(self, wanted: LeadFilter, since: datetime) -> LeadTally:
        """How many are wanted, and how many decisions were made since then at the station."""
        decisions = self._decisions(wanted.station)
        return LeadTally(
            waiting=len(self._wanted(wanted)),
            decided=sum(each.decided_at >= since for each in decisions),
        )

    def recent_decisions(self, station: str | None, limit: int) -> tuple[Decision, ...]:
        """The latest decisions on a station's leads, newest first."""
        by_id = sorted(self._decisions(station), key=lambda each: each.decision_id)
        latest = sorted(by_id, key=lambda each: each.decided_at, reverse=True)
        return tuple(latest[:limit])

    def _decisions(self, station: str | None) -> list[Decision]:
        return [
            decision
            for lead_id, decisions in self._state.decisions.items()
            if station in {None, self._state.leads[lead_id].station}
            for decision in decisions
        ]

    def _wanted(self, wanted: LeadFilter) -> list[Lead]:
        found = [lead for lead in self._state.leads.values() if self._is_wanted(lead, wanted)]
        return sorted(found, key=sort_key)

    def _is_wanted(self, lead: Lead, wanted: LeadFilter) -> bool:
        if wanted.station not in {None, lead.station} or wanted.band not in {None, lead.band}:
            return False
        if wanted.states is not None and lead.state not in wanted.states:
            return False
        concerns = {self._state.cases[lead.case_id].assignee, lead.holder}
        is_free = self._state.cases[lead.case_id].assignee is None
        return wanted.for_user is None or is_free or wanted.for_user in concerns

    def add_decision(self, decision: Decision) -> None:
        """Append a decision."""
        require(self._state.leads, decision.lead_id)
        self._state.decisions[decision.lead_id] = (*self.decisions(decision.lead_id), decision)

    def decisions(self, lead_id: str) -> tuple[Decision, ...]:
        """All decisions on a lead, oldest first."""
        return self._state.decisions.get(lead_id, ())

    def _has_open_twin(self, lead: Lead) -> bool:
        pair = (lead.case_id, lead.record_id)
        return lead.state in OPEN_STATES and any(
            (old.case_id, old.record_id) == pair and old.state in OPEN_STATES
            for old in self._state.leads.values()
            if old.lead_id != lead.lead_id
        )
