"""Everything the rules of casework can refuse. Each error carries one Chinese sentence for the user.

The sentence names the rule or the remedy and never a person, a number or a transcript.
`api/errors.py` maps classes to HTTP statuses, `cli/exits.py` to exit codes.
"""


class CaseworkError(Exception):
    """Base of every refusal. `sentence` is shown to the user as it stands."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class BadInputError(CaseworkError):
    """What was typed or uploaded cannot be used; nothing was written."""


class NotFoundError(CaseworkError):
    """There is no such case, lead, record or photo, or it is not visible to this user."""


class NotPermittedError(CaseworkError):
    """The user's roles or station do not allow this."""


class MinorProtectedError(NotPermittedError):
    """A child's file: this user may look only once the supervisor has agreed."""

    def __init__(self, case_id: str, *, is_asked: bool) -> None:
        waiting = "您的申请正在等站领导批准" if is_asked else "可在个案页面申请，查看会留痕"
        super().__init__(f"这是未成年人的档案，要站领导批准后才能查看；{waiting}。")
        self.case_id = case_id
        #: Whether a request of this user is waiting.
        self.is_asked = is_asked


class NotSignedInError(CaseworkError):
    """No session or token, or one that has ended."""


class TemporaryPasswordError(CaseworkError):
    """Signed in with a password that somebody else knows; it has to be changed first."""

    def __init__(self) -> None:
        super().__init__(
            "您的密码是管理员设的临时密码，请先登录网页或用 guitu user password 改成自己的。"
        )


class TooManyTriesError(CaseworkError):
    """Passwords or codes were guessed wrong too often; try again later."""


class TransitionRefusedError(CaseworkError):
    """The lead or case is in a state from which this step is not allowed."""


class StaleVersionError(CaseworkError):
    """Somebody else changed this first; read it again."""


class ChooseFaceError(BadInputError):
    """Several faces on an intake photo: the user must say which one."""

    def __init__(self, sentence: str, boxes: tuple[tuple[int, int, int, int], ...]) -> None:
        super().__init__(sentence)
        #: `[x, y, width, height]` of every face, biggest first.
        self.boxes = boxes


class UnavailableError(CaseworkError):
    """A part (face engine, index, database) is down; nothing was written."""
