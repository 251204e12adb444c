"""Every table. Ids, states, times and versions are plain; what is personal is sealed."""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage import account_tables, alike_tables, columns
from storage.columns import BIG, ID
from storage.moments import Moment
from storage.sealing import Sealed

#: Every table of the program.
metadata = columns.metadata
resident_facts = alike_tables.resident_facts
alike_pairs = alike_tables.alike_pairs
users = account_tables.users
sessions = account_tables.sessions
tokens = account_tables.tokens
sign_in_tries = account_tables.sign_in_tries
second_factors = account_tables.second_factors

cases = Table(
    "cases",
    metadata,
    Column("case_id", ID, primary_key=True),
    Column("number", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("assignee", ID, nullable=True),
    UniqueConstraint("station", "number"),
    Index("ix_cases_page", "station", "opened_at", "case_id"),
)

case_entries = Table(
    "case_entries",
    metadata,
    Column("entry_id", ID, primary_key=True),
    Column("case_id", ID, ForeignKey("cases.case_id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("happened_at", Moment, nullable=False),
    Column("recorded_at", Moment, nullable=False),
    Column("recorded_by", ID, nullable=False),
    Column("kind", Text, nullable=False),
    Column("details", Sealed, nullable=False),
    UniqueConstraint("case_id", "position"),
)

records = Table(
    "records",
    metadata,
    Column("record_id", ID, primary_key=True),
    Column("source", Text, nullable=False),
    Column("source_number", Text, nullable=False),
    Column("revision", BIG, nullable=False, index=True),
    #: The revision that the record came in with.
    Column("first_revision", BIG, nullable=False, index=True),
    Column("document", Sealed, nullable=False),
    UniqueConstraint("source", "source_number"),
)

photos = Table(
    "photos",
    metadata,
    Column("photo_id", ID, primary_key=True),
    Column("data", Sealed, nullable=False),
)

faces = Table(
    "faces",
    metadata,
    Column("face_id", ID, primary_key=True),
    Column("owner_kind", Text, nullable=False),
    Column("owner_id", ID, nullable=False),
    Column("photo_id", ID, nullable=True),
    Column("engine", Text, nullable=False),
    Column("model_id", Text, nullable=False),
    Column("revision", BIG, nullable=False),
    Column("vector", Sealed, nullable=False),
    #: Numbers about the picture, not about the person.
    Column("quality", Text, nullable=True),
    Column("picture_hash", Sealed, nullable=True),
    Index("ix_faces_owner", "owner_kind", "owner_id"),
    Index("ix_faces_model", "owner_kind", "model_id", "revision"),
    #: Holds all that the check of a gallery reads.
    Index("ix_faces_listed", "owner_kind", "model_id", "face_id", "owner_id"),
)

#: The snapshot of each gallery. The sealed manifest holds the key of the file.
face_snapshots = Table(
    "face_snapshots",
    metadata,
    Column("owner_kind", Text, primary_key=True),
    Column("model_id", Text, primary_key=True),
    Column("generation", BIG, nullable=False),
    Column("document", Sealed, nullable=False),
)

#: A pair may come back after a decision, but never twice at once.
IS_OPEN = (
    "state IN ('proposed', 'in_review', 'needs_more', 'deferred', 'rejection_proposed', "
    "'forwarded', 'received', 'no_answer')"
)

leads = Table(
    "leads",
    metadata,
    Column("lead_id", ID, primary_key=True),
    Column("case_id", ID, ForeignKey("cases.case_id"), nullable=False, index=True),
    Column("record_id", ID, ForeignKey("records.record_id"), nullable=False, index=True),
    Column("station", Text, nullable=False),
    Column("rank", Integer, nullable=False),
    Column("probability", Float(53), nullable=False),
    Column("bits", Float(53), nullable=False),
    Column("prior_bits", Float(53), nullable=False),
    Column("band", Text, nullable=False),
    #: Evidence, task, what is new, what was judged.
    Column("document", Sealed, nullable=False),
    Column("holder", Text, nullable=True),
    Column("in_conflict", Boolean, nullable=False),
    Column("versions", Text, nullable=False),
    Column("found_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("due", Moment, nullable=True),
    #: `due` in microseconds, far in the future when nobody owes an answer: the list's first key.
    Column("due_order", BIG, nullable=False),
    Column("version", Integer, nullable=False),
    Index("ix_leads_page", "station", "due_order", "bits"),
    Index("ix_leads_overdue", "state", "due_order"),
    Index(
        "uq_leads_open",
        "case_id",
        "record_id",
        unique=True,
        sqlite_where=text(IS_OPEN),
        postgresql_where=text(IS_OPEN),
    ),
)

lead_decisions = Table(
    "lead_decisions",
    metadata,
    Column("decision_id", ID, primary_key=True),
    Column("lead_id", ID, ForeignKey("leads.lead_id"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("document", Sealed, nullable=False),
    UniqueConstraint("lead_id", "position"),
    Index("ix_lead_decisions_recent", "decided_at"),
)

windows = Table(
    "windows",
    metadata,
    Column("case_id", ID, ForeignKey("cases.case_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("starts", Moment, nullable=True),
    Column("due", Moment, nullable=True),
    #: The whole window; its reason is somebody's words.
    Column("document", Sealed, nullable=False),
    Index("ix_windows_due", "state", "due"),
)

#: When the clock must look at a case again: the earliest next look of its windows.
looks = Table(
    "looks",
    metadata,
    Column("case_id", ID, ForeignKey("cases.case_id"), primary_key=True),
    Column("next_look", Moment, nullable=False, index=True),
)

alerts = Table(
    "alerts",
    metadata,
    Column("alert_id", ID, primary_key=True),
    Column("case_id", ID, ForeignKey("cases.case_id"), nullable=False),
    Column("station", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("starts", Moment, nullable=False),
    Column("level", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("case_id", "kind", "subject", "sequence", "starts", "level"),
    Index("ix_alerts_station", "station", "level", "at"),
)

audit = Table(
    "audit",
    metadata,
    Column("sequence", BIG, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("extra", Text, nullable=False),
    Column("mac", Text, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("job_id", ID, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject_id", ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    #: pending, finished or given_up.
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    #: Not to be claimed before: a lease, or the pause before another try.
    Column("not_before", Moment, nullable=False),
    Column("error", Text, nullable=True),
    Column("queue", Text, nullable=False),
    #: Attempts that ended with the death of their worker.
    Column("deaths", Integer, nullable=False),
    #: The worker that has it under lease; empty when nobody has.
    Column("holder", ID, nullable=True),
    #: When the broker was told last.
    Column("dispatched_at", Moment, nullable=True),
    Index("ix_outbox_due", "state", "not_before"),
    Index("ix_outbox_order", "state", "created_at", "job_id"),
)

workers = Table(
    "workers",
    metadata,
    Column("worker_id", ID, primary_key=True),
    Column("started_at", Moment, nullable=False),
    Column("beat_at", Moment, nullable=False),
)

notices = Table(
    "notices",
    metadata,
    Column("notice_id", ID, primary_key=True),
    Column("station", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("seen_by", ID, nullable=True),
    UniqueConstraint("station", "kind", "subject"),
    Index("ix_notices_unseen", "seen_by", "station", "at"),
)

rematch_runs = Table(
    "rematch_runs",
    metadata,
    Column("run_id", ID, primary_key=True),
    #: What was asked for, as one comparable text.
    Column("asked", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("budget", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment, nullable=True),
    Column("record_revision", BIG, nullable=False),
    Column("face_revision", BIG, nullable=False),
    Column("let_go_by", ID, nullable=False),
    Index("ix_rematch_runs_asked", "asked", "state"),
)

rematch_cases = Table(
    "rematch_cases",
    metadata,
    Column("run_id", ID, ForeignKey("rematch_runs.run_id"), primary_key=True),
    Column("case_id", ID, ForeignKey("cases.case_id"), primary_key=True),
    Column("position", Integer, nullable=False),
    #: waiting, scored or applied.
    Column("state", Text, nullable=False),
    Column("pairs", BIG, nullable=False),
    Column("in_reach", BIG, nullable=False),
    Column("hits", Integer, nullable=False),
    Column("reopened", Integer, nullable=False),
    #: Ids of records whose leads go, and the new basis: codes and ids only.
    Column("gone", Text, nullable=False),
    Column("basis", Text, nullable=False),
    #: What scoring noted of the person.
    Column("noted", Sealed, nullable=True),
    Index("ix_rematch_cases_next", "run_id", "state", "position"),
)

rematch_finds = Table(
    "rematch_finds",
    metadata,
    Column("run_id", ID, ForeignKey("rematch_runs.run_id"), primary_key=True),
    Column("case_id", ID, ForeignKey("cases.case_id"), primary_key=True),
    Column("record_id", ID, ForeignKey("records.record_id"), primary_key=True),
    Column("station", Text, nullable=False),
    Column("is_new", Boolean, nullable=False),
    Column("is_return", Boolean, nullable=False),
    #: staged, waiting or told.
    Column("state", Text, nullable=False),
    Column("bits", Float(53), nullable=False),
    Column("told_at", Moment, nullable=True),
    #: The explained pair.
    Column("document", Sealed, nullable=False),
    Index("ix_rematch_finds_waiting", "state", "station", "bits"),
    Index("ix_rematch_finds_pair", "case_id", "record_id"),
)

#: What everybody was scored with last.
match_bases = Table(
    "match_bases",
    metadata,
    Column("case_id", ID, ForeignKey("cases.case_id"), primary_key=True),
    Column("probe", Text, nullable=False),
    Column("rules", Text, nullable=False),
    Column("record_revision", BIG, nullable=False),
    Column("face_revision", BIG, nullable=False),
)

#: What scoring noted of everybody: their words, sealed.
match_notes = Table(
    "match_notes",
    metadata,
    Column("case_id", ID, ForeignKey("cases.case_id"), primary_key=True),
    Column("document", Sealed, nullable=False),
)

workspace = Table(
    "workspace",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

#: Running numbers: registry and gallery revisions, case numbers of a station and year.
counters = Table(
    "counters",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", BIG, nullable=False),
)
