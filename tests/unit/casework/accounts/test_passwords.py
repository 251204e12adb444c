import pytest

from casework.accounts.passwords import LONGEST, check_password
from casework.errors import BadInputError


@pytest.mark.parametrize(
    "password",
    [
        "1234567",
        "88888888",
        "12345678",
        "87654321",
        "abababab",
        "password",
        "Woaini1314",
        "QWERTYUI",
        "wangfang2026",
        "x" * (LONGEST + 1),
    ],
)
def test_what_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(BadInputError):
        check_password(password, ("wangfang", "王芳"))


@pytest.mark.parametrize("password", ["correct horse battery", "山脚下第三棵树旁边", "k7#dPq2m"])
def test_what_is_long_and_own_is_taken(password: str) -> None:
    check_password(password, ("wangfang", "王芳"))


def test_a_short_name_inside_a_password_gives_nothing_away() -> None:
    check_password("yili-shan-chun-feng", ("li",))
