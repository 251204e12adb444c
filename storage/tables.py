"""Every table. Ids, states, times and versions are plain; what is personal is sealed."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from storage.moments import Moment
from storage.sealing import Sealed

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)
ID = String(32)
#: 64-bit, but a plain INTEGER where SQLite wants one for its row id.
BIG = BigInteger().with_variant(Integer, "sqlite")

cases = Table(
    "cases",
    metadata,
    Column("case_id", ID, primary_key=True),
    Column("number", String(20), nullable=False),
    Column("station", String(100), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("state", String(10), nullable=False),
    Column("version", Integer, nullable=False),
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
    Column("kind", String(40), nullable=False),
    Column("details", Sealed, nullable=False),
    UniqueConstraint("case_id", "position"),
)

records = Table(
    "records",
    metadata,
    Column("record_id", ID, primary_key=True),
    Column("source", String(200), nullable=False),
    Column("source_number", String(100), nullable=False),
    Column("revision", BIG, nullable=False, index=True),
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
    Column("owner_kind", String(10), nullable=False),
    Column("owner_id", ID, nullable=False),
    Column("photo_id", ID, nullable=True),
    Column("engine", String(60), nullable=False),
    Column("model_id", String(120), nullable=False),
    Column("revision", BIG, nullable=False),
    Column("vector", Sealed, nullable=False),
    #: Numbers about the picture, not about the person.
    Column("quality", Text, nullable=True),
    Index("ix_faces_owner", "owner_kind", "owner_id"),
    Index("ix_faces_model", "owner_kind", "model_id", "revision"),
)

leads = Table(
    "leads",
    metadata,
    Column("lead_id", ID, primary_key=True),
    Column("case_id", ID, ForeignKey("cases.case_id"), nullable=False, index=True),
    Column("record_id", ID, ForeignKey("records.record_id"), nullable=False, index=True),
    Column("station", String(100), nullable=False),
    Column("rank", Integer, nullable=False),
    Column("probability", Float(53), nullable=False),
    Column("bits", Float(53), nullable=False),
    Column("prior_bits", Float(53), nullable=False),
    Column("band", String(10), nullable=False),
    Column("evidence", Sealed, nullable=False),
    Column("versions", Text, nullable=False),
    Column("found_at", Moment, nullable=False),
    Column("state", String(20), nullable=False),
    Column("due", Moment, nullable=True),
    #: `due` as a number, far in the future when nobody owes an answer: the list's first key.
    Column("due_order", BIG, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("case_id", "record_id"),
    Index("ix_leads_page", "station", "due_order", "bits"),
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
)

windows = Table(
    "windows",
    metadata,
    Column("case_id", ID, ForeignKey("cases.case_id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("owner", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("starts", Moment, nullable=True),
    Column("due", Moment, nullable=True),
    Column("next_look", Moment, nullable=True, index=True),
    Column("document", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("sequence", BIG, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(40), nullable=False),
    Column("action", String(40), nullable=False),
    Column("subject", String(80), nullable=False),
    Column("extra", Text, nullable=False),
    Column("mac", String(64), nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("job_id", ID, primary_key=True),
    Column("kind", String(40), nullable=False),
    Column("subject_id", ID, nullable=False),
    Column("created_at", Moment, nullable=False),
    #: pending, finished or given_up.
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False),
    #: Not to be claimed before: a lease, or the pause before another try.
    Column("not_before", Moment, nullable=False),
    Column("error", String(100), nullable=True),
    Index("ix_outbox_due", "state", "not_before"),
)

users = Table(
    "users",
    metadata,
    Column("user_id", ID, primary_key=True),
    Column("name", String(100), nullable=False, unique=True),
    Column("display_name", String(100), nullable=False),
    Column("roles", String(200), nullable=False),
    Column("station", String(100), nullable=False),
    Column("password_hash", String(200), nullable=False),
    Column("disabled", Boolean, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("secret_sha256", String(64), primary_key=True),
    Column("user_id", ID, ForeignKey("users.user_id"), nullable=False, index=True),
    Column("form_token", String(64), nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("secret_sha256", String(64), primary_key=True),
    Column("user_id", ID, ForeignKey("users.user_id"), nullable=False, index=True),
    Column("label", String(100), nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked", Boolean, nullable=False),
)

workspace = Table(
    "workspace",
    metadata,
    Column("key", String(60), primary_key=True),
    Column("value", Text, nullable=False),
)

#: Running numbers: registry and gallery revisions, case numbers of a station and year.
counters = Table(
    "counters",
    metadata,
    Column("name", String(140), primary_key=True),
    Column("value", BIG, nullable=False),
)
