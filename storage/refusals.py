"""The one place where database errors become casework errors."""

from typing import Final

from sqlalchemy.engine import ExceptionContext
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError

from casework.errors import BadInputError, CaseworkError, StaleVersionError, UnavailableError

#: Execution option of the connections whose errors are for casework. Listeners are per engine,
#: and migrations and checks of health want to see the database's own error.
FOR_CASEWORK: Final = "errors_for_casework"


def refuse(context: ExceptionContext) -> CaseworkError | None:
    """Listener of `handle_error`: what is returned is raised in place of the database's own error."""
    connection = context.connection
    if connection is None or FOR_CASEWORK not in connection.get_execution_options():
        return None
    return None if context.sqlalchemy_exception is None else refusal(context.sqlalchemy_exception)


def refusal(error: SQLAlchemyError) -> CaseworkError:
    """What the user is told. The database's own text may hold values and goes no further."""
    if isinstance(error, IntegrityError):
        return overtaken()
    if isinstance(error, DataError):
        return BadInputError("有一项内容数据库存不下（例如含有控制字符），请检查后重填。")
    return UnavailableError("数据库暂时不可用或正忙，没有写入任何内容，请稍后再试。")


def overtaken() -> StaleVersionError:
    """A row that must be unique is there already, or one that is referred to is not."""
    return StaleVersionError("数据刚被别人改动过，没有写入任何内容，请刷新后再试。")
