"""Reading a station's notices and putting them away."""

from casework.accounts.access import Permission
from casework.context import Context
from casework.errors import NotFoundError
from casework.jobs.notice import Notice

#: The newest so many are shown.
_SHOWN = 100


def list_notices(context: Context) -> tuple[Notice, ...]:
    """What nobody at the actor's station has put away, newest first.

    Raises:
        NotPermittedError: the role has no notices.
    """
    context.require(Permission.READ_CASE)
    with context.open_work() as work:
        return work.notices.unseen(context.actor.station, _SHOWN)


def put_away(context: Context, notice_id: str) -> None:
    """Put a notice away for the whole station.

    Raises:
        NotPermittedError: the role has no notices.
        NotFoundError: not there, not this station's, or put away already.
    """
    context.require(Permission.READ_CASE)
    with context.open_work() as work:
        if not work.notices.see(notice_id, context.actor.station, context.actor.user_id):
            raise NotFoundError("没有这条通知，或者已经有人处理过了。")
        context.trace(work, "notice.see", f"notice:{notice_id}")
        work.commit()
