"""The trail: who looked at, searched for or decided what, written with the deed itself."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One line of the trail: ids and codes only, never a name, a number or a text."""

    at: datetime
    #: User id, or "system" for sweeps.
    actor: str
    #: verb of the trail, for example case.open, lead.view, lead.decide, search.run.
    action: str
    #: Kind and id of what was touched, for example case:3f2a….
    subject: str
    #: Further ids and codes: purpose, lead state, counts.
    extra: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainedEntry:
    """An audit entry as stored: numbered without gaps and bound to the one before it."""

    sequence: int
    entry: AuditEntry
    #: HMAC-SHA-256 over the previous mac and this entry, hex.
    mac: str
