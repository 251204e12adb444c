"""What a use case gets from outside: a way to begin work, the clock, fresh ids, and who asks."""

from dataclasses import dataclass

from casework.accounts.access import Actor, Permission, require
from casework.accounts.audit import AuditEntry
from casework.jobs.job import Job, JobKind
from casework.jobs.notice import Notice, NoticeKind
from casework.ports import Clock, NewId, OpenWork, UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One request of one user."""

    open_work: OpenWork
    clock: Clock
    new_id: NewId
    actor: Actor

    def require(self, permission: Permission) -> None:
        """Raises NotPermittedError unless the actor holds `permission`."""
        require(self.actor, permission)

    def trace(self, work: UnitOfWork, action: str, subject: str, **extra: str) -> None:
        """Write one line of the trail into the transaction of the deed (ids and codes only)."""
        entry = AuditEntry(
            at=self.clock(),
            actor=self.actor.user_id,
            action=action,
            subject=subject,
            extra=extra,
        )
        work.audit.append(entry)

    def notify(self, work: UnitOfWork, station: str, kind: NoticeKind, subject: str) -> None:
        """Tell a station something, once for each kind and subject."""
        notice = Notice(
            notice_id=self.new_id(), station=station, kind=kind, subject=subject, at=self.clock()
        )
        work.notices.add(notice)

    def order_job(self, work: UnitOfWork, kind: JobKind, subject_id: str) -> None:
        """Put a job into the outbox of the transaction of its cause."""
        job = Job(job_id=self.new_id(), kind=kind, subject_id=subject_id, created_at=self.clock())
        work.outbox.put(job)
