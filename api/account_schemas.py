"""Models of the JSON API about accounts and the set-up."""

from datetime import datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from casework.accounts.access import Role
from casework.accounts.keeping import LONGEST_NAME
from casework.accounts.managing import AccountChange, AccountRow
from casework.accounts.passwords import LONGEST
from casework.accounts.setup_view import RuleTable, StationRow
from casework.accounts.user import ApiToken, Session
from casework.windows.rules import WindowRule
from casework.windows.window import WindowOwner
from runtime.doctor import Health, PartHealth

Name = Annotated[str, Field(max_length=LONGEST_NAME)]
Secret = Annotated[str, Field(max_length=LONGEST)]


class AccountIn(BaseModel):
    """What an account shall be."""

    model_config = ConfigDict(extra="forbid")

    display_name: Name = ""
    roles: frozenset[Role]
    station: Name
    dialects: frozenset[str] = frozenset()

    def change(self) -> AccountChange:
        """As casework takes it."""
        return AccountChange(
            display_name=self.display_name,
            roles=self.roles,
            station=self.station,
            dialects=self.dialects,
        )


class NewAccountIn(AccountIn):
    """An account to be made."""

    name: Name


class AccountOut(BaseModel):
    """One account."""

    user_id: str
    name: str
    display_name: str
    roles: list[Role]
    station: str
    dialects: list[str]
    disabled: bool
    password_is_temporary: bool
    has_second_factor: bool
    last_seen: datetime | None

    @classmethod
    def of(cls, row: AccountRow) -> Self:
        """The public form of an account."""
        user = row.user
        return cls(
            user_id=user.user_id,
            name=user.name,
            display_name=user.display_name,
            roles=sorted(user.roles),
            station=user.station,
            dialects=sorted(user.dialects),
            disabled=user.disabled,
            password_is_temporary=user.password_is_temporary,
            has_second_factor=row.has_factor,
            last_seen=row.last_seen,
        )


class TemporaryPasswordOut(BaseModel):
    """A password that is shown this once."""

    user_id: str
    password: str


class PasswordIn(BaseModel):
    """The proof that the owner asks."""

    model_config = ConfigDict(extra="forbid")

    password: Secret


class PasswordChangeIn(BaseModel):
    """A new password and the current one."""

    model_config = ConfigDict(extra="forbid")

    current: Secret
    new: Secret


class CodeIn(BaseModel):
    """A one-time code."""

    model_config = ConfigDict(extra="forbid")

    code: Annotated[str, Field(max_length=20)]


class FactorKeyOut(BaseModel):
    """The key that the phone is to take over."""

    key: str
    address: str


class RecoveryCodesOut(BaseModel):
    """Recovery codes, shown this once."""

    codes: list[str]


class SessionOut(BaseModel):
    """A signed-in browser."""

    session_id: str
    device: str
    opened_at: datetime
    last_seen: datetime

    @classmethod
    def of(cls, session: Session) -> Self:
        """The public form of a session: nothing that signs in."""
        return cls(
            session_id=session.session_id,
            device=session.device,
            opened_at=session.opened_at,
            last_seen=session.last_seen,
        )


class TokenOut(BaseModel):
    """An API token."""

    token_id: str
    label: str
    issued_at: datetime
    expires_at: datetime
    revoked: bool

    @classmethod
    def of(cls, token: ApiToken) -> Self:
        """The public form of a token: nothing that signs in."""
        return cls(
            token_id=token.token_id,
            label=token.label,
            issued_at=token.issued_at,
            expires_at=token.expires_at,
            revoked=token.revoked,
        )


class StationOut(BaseModel):
    """A station or agency as its accounts make it."""

    name: str
    people: dict[Role, int]
    disabled: int
    overrides: dict[str, str]

    @classmethod
    def of(cls, row: StationRow) -> Self:
        """The public form of a station."""
        return cls(
            name=row.name,
            people=dict(row.people),
            disabled=row.disabled,
            overrides=dict(row.overrides),
        )


class RuleOut(BaseModel):
    """One row of the law as it holds at the station."""

    kind: str
    title: str
    explain: str
    source: str
    owner: WindowOwner
    due: str
    delay: str | None
    numbers: dict[str, int]
    house_default: bool
    overridden: bool

    @classmethod
    def of(cls, rule: WindowRule) -> Self:
        """The public form of a row."""
        return cls(
            kind=rule.kind,
            title=rule.title,
            explain=rule.explain,
            source=rule.source,
            owner=rule.owner,
            due=rule.due.written,
            delay=rule.delay.written if rule.delay else None,
            numbers=dict(rule.numbers),
            house_default=rule.house_default,
            overridden=rule.overridden,
        )


class RulesOut(BaseModel):
    """The table of the windows and the station's own values."""

    rows: list[RuleOut]
    overrides: dict[str, str]

    @classmethod
    def of(cls, table: RuleTable) -> Self:
        """The public form of the table."""
        rows = [RuleOut.of(rule) for rule in table.rules.rows]
        return cls(rows=rows, overrides=dict(table.overrides))


class OverrideIn(BaseModel):
    """A station's own value, or null for the shipped one."""

    model_config = ConfigDict(extra="forbid")

    value: Annotated[str, Field(max_length=40)] | None


class PartOut(BaseModel):
    """How a part of the program is."""

    part: str
    health: Health
    found: str
    remedy: str

    @classmethod
    def of(cls, part: PartHealth) -> Self:
        """The public form of a part's health."""
        return cls(part=part.part, health=part.health, found=part.found, remedy=part.remedy)
