"""The tables of accounts and of signing in. Secrets are kept as hashes; what cannot be, sealed."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text

from storage.columns import BIG, ID, metadata
from storage.moments import Moment
from storage.sealing import Sealed

users = Table(
    "users",
    metadata,
    Column("user_id", ID, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("display_name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("station", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("dialects", Text, nullable=False),
    Column("password_is_temporary", Boolean, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("secret_sha256", Text, primary_key=True),
    Column("user_id", ID, ForeignKey("users.user_id"), nullable=False, index=True),
    Column("form_token", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("last_seen", Moment, nullable=False),
    Column("stage", Text, nullable=False),
    Column("device", Text, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("secret_sha256", Text, primary_key=True),
    Column("user_id", ID, ForeignKey("users.user_id"), nullable=False, index=True),
    Column("label", Text, nullable=False),
    Column("issued_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("revoked", Boolean, nullable=False),
)

#: Tries to sign in, in a row; names only as hashes, for a mistyped one may be a password.
sign_in_tries = Table(
    "sign_in_tries",
    metadata,
    Column("name_sha256", Text, primary_key=True),
    Column("count", Integer, nullable=False),
    Column("last_at", Moment, nullable=False, index=True),
)

second_factors = Table(
    "second_factors",
    metadata,
    Column("user_id", ID, ForeignKey("users.user_id"), primary_key=True),
    Column("confirmed", Boolean, nullable=False),
    Column("version", BIG, nullable=False),
    #: The key is needed in clear to check a code, so it cannot be a hash.
    Column("document", Sealed, nullable=False),
)
