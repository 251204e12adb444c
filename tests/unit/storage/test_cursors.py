import pytest

from casework.errors import BadInputError
from storage import cursors
from tests.samples import NOW


def test_a_cursor_gives_back_the_key_it_was_made_of() -> None:
    key = (NOW, 5, -1.5, "编号")
    shape = (type(NOW), int, float, str)
    assert cursors.decode(cursors.encode(key), shape) == key


def test_a_cursor_of_another_list_is_refused() -> None:
    with pytest.raises(BadInputError):
        cursors.decode(cursors.encode((1, 2.0)), (float, int))
    with pytest.raises(BadInputError):
        cursors.decode(cursors.encode((1, 2.0)), (int,))
