"""Who may do what: one table of roles and permissions, and the station boundary.

Every use case calls `require` first, so the web, the command line and workers obey the same table.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from casework.errors import NotPermittedError


class Role(StrEnum):
    """Roles of CONTRACT; a user may hold several."""

    INTAKE = "intake"
    SPECIALIST = "specialist"
    SUPERVISOR = "supervisor"
    POLICE = "police"
    CIVIL_AFFAIRS = "civil_affairs"
    INSTITUTION = "institution"
    AUDITOR = "auditor"
    ADMIN = "admin"


class Permission(StrEnum):
    """One thing a user may be allowed to do."""

    OPEN_CASE = "case:open"
    READ_CASE = "case:read"
    AMEND_CASE = "case:amend"
    SEARCH = "case:search"
    #: Lift protection, stop and reopen windows.
    SUPERVISE_CASE = "case:supervise"
    READ_LEAD = "lead:read"
    #: ID number and phone of whoever reported; not needed to judge a likeness.
    READ_CONTACT = "record:read_contact"
    REVIEW_LEAD = "lead:review"
    ANSWER_LEAD = "lead:answer"
    #: Type in what the police answered on paper.
    RECORD_REPLY = "lead:record_reply"
    READ_WINDOWS = "window:read"
    IMPORT_RECORDS = "record:import"
    READ_AUDIT = "audit:read"
    MANAGE_USERS = "user:manage"
    #: Score everybody in care again, and let a braked run go on.
    REMATCH = "case:rematch"
    #: Write everything, sealed as it is, into a file.
    BACK_UP = "data:back_up"
    #: Read every photo again with another face engine; shows nobody's data.
    MOVE_FACES = "face:move"
    #: See how the program is set up: rules, versions, health, who does what where.
    READ_SETUP = "setup:read"


_R = Role
#: permission -> roles that hold it. `admin` sees no personal data.
GRANTS: dict[Permission, frozenset[Role]] = {
    Permission.OPEN_CASE: frozenset({_R.INTAKE, _R.SPECIALIST, _R.SUPERVISOR}),
    Permission.READ_CASE: frozenset({_R.INTAKE, _R.SPECIALIST, _R.SUPERVISOR}),
    Permission.AMEND_CASE: frozenset({_R.INTAKE, _R.SPECIALIST, _R.SUPERVISOR}),
    Permission.SEARCH: frozenset({_R.INTAKE, _R.SPECIALIST, _R.SUPERVISOR}),
    Permission.SUPERVISE_CASE: frozenset({_R.SUPERVISOR}),
    Permission.READ_LEAD: frozenset({_R.SPECIALIST, _R.SUPERVISOR, _R.POLICE}),
    Permission.READ_CONTACT: frozenset({_R.SPECIALIST, _R.SUPERVISOR}),
    Permission.REVIEW_LEAD: frozenset({_R.SPECIALIST, _R.SUPERVISOR}),
    Permission.ANSWER_LEAD: frozenset({_R.POLICE}),
    Permission.RECORD_REPLY: frozenset({_R.SPECIALIST, _R.SUPERVISOR}),
    Permission.READ_WINDOWS: frozenset(
        {_R.INTAKE, _R.SPECIALIST, _R.SUPERVISOR, _R.POLICE, _R.CIVIL_AFFAIRS}
    ),
    Permission.IMPORT_RECORDS: frozenset({_R.SPECIALIST, _R.SUPERVISOR}),
    Permission.READ_AUDIT: frozenset({_R.AUDITOR, _R.SUPERVISOR}),
    Permission.MANAGE_USERS: frozenset({_R.ADMIN}),
    Permission.REMATCH: frozenset({_R.SPECIALIST, _R.SUPERVISOR}),
    Permission.BACK_UP: frozenset({_R.ADMIN, _R.SUPERVISOR}),
    Permission.MOVE_FACES: frozenset({_R.SUPERVISOR}),
    Permission.READ_SETUP: frozenset({_R.ADMIN, _R.SUPERVISOR}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The user on whose behalf something happens."""

    user_id: str
    #: Sign-in name, for example wangfang.
    name: str
    #: Name shown to colleagues, for example 王芳.
    display_name: str
    roles: frozenset[Role]
    #: The station or agency the user belongs to, for example 清远市救助管理站.
    station: str

    def may(self, permission: Permission) -> bool:
        """Whether any of the actor's roles holds `permission`."""
        return bool(GRANTS[permission] & self.roles)


#: On whose behalf the clock and the jobs act: nobody's rights, and every line of the trail says so.
SYSTEM: Final = Actor(
    user_id="system", name="system", display_name="系统", roles=frozenset(), station=""
)


def require(actor: Actor, permission: Permission) -> None:
    """Refuse unless `actor` holds `permission`.

    Raises:
        NotPermittedError: none of the roles holds it.
    """
    if not actor.may(permission):
        sentence = "您的角色没有这项权限，请联系本站管理员。"
        raise NotPermittedError(sentence)


def require_station(actor: Actor, station: str) -> None:
    """Refuse when a station's file is opened from another station.

    Police see the leads forwarded to them, whatever the station (`casework.leads.review`).

    Raises:
        NotPermittedError: the file belongs to another station.
    """
    if actor.station != station and Role.POLICE not in actor.roles:
        sentence = "该个案属于其他救助站，本站无权查看。"
        raise NotPermittedError(sentence)
