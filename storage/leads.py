"""Leads and decisions in SQL: states and scores are plain, values and reasons are sealed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import (
    Connection,
    RowMapping,
    Select,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from typing_extensions import TypeVarTuple

from casework.errors import NotFoundError, StaleVersionError
from casework.leads.lead import Decision, Lead, LeadState
from casework.ports import LeadFilter, LeadTally, Page
from matching.fusion import Band
from storage import cursors
from storage.documents import CODES, DECISION, LEAD, DecisionDocument, LeadDocument
from storage.moments import microseconds
from storage.sealing import Place, Sealer
from storage.tables import cases, lead_decisions, leads

#: Sort key of a lead that nobody owes an answer for.
NEVER: Final = 2**62
#: Earliest due first, then strongest; the id makes the order total.
ORDER: Final = (leads.c.due_order, -leads.c.bits, leads.c.lead_id)
Columns = TypeVarTuple("Columns")


class SqlLeadStore:
    """Implements `casework.ports.LeadStore`."""

    def __init__(self, connection: Connection, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer

    def add(self, lead: Lead) -> None:
        """Keep a new lead; an open one of the same pair stands in the way."""
        try:
            with self._connection.begin_nested():
                self._connection.execute(insert(leads).values(self._columns(lead)))
        except StaleVersionError as error:
            raise StaleVersionError("这一对已经有一条线索，请刷新后再看。") from error

    def save(self, lead: Lead, *, read_version: int) -> None:
        """Replace a lead if nobody was faster."""
        done = self._connection.execute(
            update(leads)
            .where(leads.c.lead_id == lead.lead_id, leads.c.version == read_version)
            .values(self._columns(lead))
        )
        if done.rowcount != 1:
            raise StaleVersionError("这条线索刚被别人处理过，请刷新后再决定。")

    def get(self, lead_id: str) -> Lead:
        """One lead."""
        row = (
            self._connection.execute(select(leads).where(leads.c.lead_id == lead_id))
            .mappings()
            .first()
        )
        if row is None:
            raise NotFoundError("没有这条线索，或您无权查看。")
        return self._lead(row)

    def of_case(self, case_id: str) -> tuple[Lead, ...]:
        """All leads of a case by rank."""
        query = (
            select(leads)
            .where(leads.c.case_id == case_id)
            .order_by(leads.c.rank, leads.c.record_id)
        )
        return tuple(self._lead(row) for row in self._connection.execute(query).mappings())

    def of_record(self, record_id: str) -> tuple[Lead, ...]:
        """All leads to a record, whatever the case."""
        query = select(leads).where(leads.c.record_id == record_id).order_by(leads.c.lead_id)
        return tuple(self._lead(row) for row in self._connection.execute(query).mappings())

    def overdue(self, states: Sequence[LeadState], now: datetime, limit: int) -> tuple[Lead, ...]:
        """Leads in these states whose due time has come, earliest first."""
        query = (
            select(leads)
            .where(leads.c.state.in_([state.value for state in states]))
            .where(leads.c.due_order <= microseconds(now))
            .order_by(leads.c.due_order, leads.c.lead_id)
            .limit(limit)
        )
        return tuple(self._lead(row) for row in self._connection.execute(query).mappings())

    def page(self, wanted: LeadFilter, *, cursor: str | None, limit: int) -> Page[Lead]:
        """Leads, earliest due first, then strongest."""
        # The ids first: sorting thousands of rows with their sealed documents reads megabytes.
        query = narrowed(select(leads.c.lead_id), wanted).order_by(*ORDER)
        if cursor is not None:
            query = query.where(tuple_(*ORDER) > cursors.decode(cursor, (int, float, str)))
        ids = self._connection.execute(query.limit(limit + 1)).scalars().all()
        rows = self._connection.execute(select(leads).where(leads.c.lead_id.in_(ids[:limit])))
        found = sorted((self._lead(row) for row in rows.mappings()), key=sort_key)
        key = sort_key(found[-1]) if len(ids) > limit else None
        return Page(items=tuple(found), next_cursor=cursors.encode(key) if key else None)

    def beside(self, lead: Lead, wanted: LeadFilter) -> tuple[str | None, str | None]:
        """The ids before and after a lead in the order of `page`."""
        query = narrowed(select(leads.c.lead_id), wanted)
        here = tuple_(*(literal(value) for value in sort_key(lead)))
        backwards = [key.desc() for key in ORDER]
        before = query.where(tuple_(*ORDER) < here).order_by(*backwards).limit(1)
        after = query.where(tuple_(*ORDER) > here).order_by(*ORDER).limit(1)
        return (
            self._connection.execute(before).scalar_one_or_none(),
            self._connection.execute(after).scalar_one_or_none(),
        )

    def tally(self, wanted: LeadFilter, since: datetime) -> LeadTally:
        """How many are wanted, and how many decisions were made since then at the station."""
        waiting = narrowed(select(func.count()).select_from(leads), wanted)
        decided = (
            select(func.count())
            .select_from(lead_decisions)
            .join(leads, leads.c.lead_id == lead_decisions.c.lead_id)
            .where(lead_decisions.c.decided_at >= since)
        )
        if wanted.station is not None:
            decided = decided.where(leads.c.station == wanted.station)
        return LeadTally(
            waiting=int(self._connection.execute(waiting).scalar_one()),
            decided=int(self._connection.execute(decided).scalar_one()),
        )

    def recent_decisions(self, station: str | None, limit: int) -> tuple[Decision, ...]:
        """The latest decisions on a station's leads, newest first."""
        query = (
            select(lead_decisions)
            .join(leads, leads.c.lead_id == lead_decisions.c.lead_id)
            .order_by(lead_decisions.c.decided_at.desc(), lead_decisions.c.decision_id)
            .limit(limit)
        )
        if station is not None:
            query = query.where(leads.c.station == station)
        return tuple(self._decision(row) for row in self._connection.execute(query).mappings())

    def add_decision(self, decision: Decision) -> None:
        """Append a decision, its reason sealed."""
        document = DecisionDocument(
            verdict=decision.verdict,
            from_state=decision.from_state,
            decided_by=decision.decided_by,
            reason_code=decision.reason_code,
            reason=decision.reason,
            evidence_class=decision.evidence_class,
            task=decision.task,
            answered_by=decision.answered_by,
            scan_id=decision.scan_id,
            is_late=decision.is_late,
            undoes=decision.undoes,
        )
        position = select(func.coalesce(func.max(lead_decisions.c.position), 0) + 1).where(
            lead_decisions.c.lead_id == decision.lead_id
        )
        self._connection.execute(
            insert(lead_decisions).values(
                decision_id=decision.decision_id,
                lead_id=decision.lead_id,
                position=position.scalar_subquery(),
                decided_at=decision.decided_at,
                document=self._sealer.seal(
                    DECISION.dump(document), _decision_place(decision.decision_id)
                ),
            )
        )

    def decisions(self, lead_id: str) -> tuple[Decision, ...]:
        """All decisions on a lead, oldest first."""
        query = (
            select(lead_decisions)
            .where(lead_decisions.c.lead_id == lead_id)
            .order_by(lead_decisions.c.position)
        )
        return tuple(self._decision(row) for row in self._connection.execute(query).mappings())

    def _columns(self, lead: Lead) -> dict[str, object]:
        return {
            "lead_id": lead.lead_id,
            "case_id": lead.case_id,
            "record_id": lead.record_id,
            "station": lead.station,
            "rank": lead.rank,
            "probability": lead.probability,
            "bits": lead.bits,
            "prior_bits": lead.prior_bits,
            "band": lead.band.value,
            "document": self._sealer.seal(LEAD.dump(_document(lead)), _place(lead.lead_id)),
            "holder": lead.holder,
            "in_conflict": lead.in_conflict,
            "versions": CODES.dump(lead.versions).decode(),
            "found_at": lead.found_at,
            "state": lead.state.value,
            "due": lead.due,
            "due_order": due_order(lead),
            "version": lead.version,
        }

    def _lead(self, found: RowMapping) -> Lead:
        plain = self._sealer.open(found["document"], _place(found["lead_id"]))
        document = LEAD.load(plain)
        return Lead(
            lead_id=found["lead_id"],
            case_id=found["case_id"],
            record_id=found["record_id"],
            station=found["station"],
            rank=found["rank"],
            probability=found["probability"],
            bits=found["bits"],
            prior_bits=found["prior_bits"],
            band=Band(found["band"]),
            evidence=document.evidence,
            calibration_bits=document.calibration_bits,
            same_person_bits=document.same_person_bits,
            rival_bits=document.rival_bits,
            fingerprint=document.fingerprint,
            versions=CODES.load(found["versions"]),
            found_at=found["found_at"],
            state=LeadState(found["state"]),
            due=found["due"],
            holder=found["holder"],
            task=document.task,
            whats_new=document.whats_new,
            changes=document.changes,
            judged=document.judged,
            judged_at=document.judged_at,
            in_conflict=found["in_conflict"],
            version=found["version"],
        )

    def _decision(self, found: RowMapping) -> Decision:
        place = _decision_place(found["decision_id"])
        document = DECISION.load(self._sealer.open(found["document"], place))
        return Decision(
            decision_id=found["decision_id"],
            lead_id=found["lead_id"],
            decided_at=found["decided_at"],
            verdict=document.verdict,
            from_state=document.from_state,
            decided_by=document.decided_by,
            reason_code=document.reason_code,
            reason=document.reason,
            evidence_class=document.evidence_class,
            task=document.task,
            answered_by=document.answered_by,
            scan_id=document.scan_id,
            is_late=document.is_late,
            undoes=document.undoes,
        )


def narrowed(query: Select[*Columns], wanted: LeadFilter) -> Select[*Columns]:
    """The wanted part of a query over leads."""
    if wanted.station is not None:
        query = query.where(leads.c.station == wanted.station)
    if wanted.states is not None:
        query = query.where(leads.c.state.in_([state.value for state in sorted(wanted.states)]))
    if wanted.band is not None:
        query = query.where(leads.c.band == wanted.band.value)
    if wanted.for_user is not None:
        query = query.join(cases, cases.c.case_id == leads.c.case_id).where(
            or_(
                cases.c.assignee.is_(None),
                cases.c.assignee == wanted.for_user,
                leads.c.holder == wanted.for_user,
            )
        )
    return query


def _document(lead: Lead) -> LeadDocument:
    return LeadDocument(
        evidence=lead.evidence,
        task=lead.task,
        whats_new=lead.whats_new,
        changes=lead.changes,
        judged=dict(lead.judged),
        judged_at=lead.judged_at,
        calibration_bits=lead.calibration_bits,
        same_person_bits=lead.same_person_bits,
        rival_bits=lead.rival_bits,
        fingerprint=lead.fingerprint,
    )


def due_order(lead: Lead) -> int:
    """The due time in microseconds, or far in the future."""
    return NEVER if lead.due is None else microseconds(lead.due)


def sort_key(lead: Lead) -> tuple[int, float, str]:
    """Ascending order of the list: earliest due, then strongest."""
    return (due_order(lead), -float(lead.bits), lead.lead_id)


def _place(lead_id: str) -> Place:
    return Place("leads", lead_id, "evidence")


def _decision_place(decision_id: str) -> Place:
    return Place("lead_decisions", decision_id, "document")
