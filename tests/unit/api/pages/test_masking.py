import pytest

from api.pages.masking import mask_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("刘福生", "刘×生"),
        ("王芳", "王×"),
        ("欧阳建国", "欧××国"),
        ("胡", "×"),
        ("", ""),
        ("刘𬭼生", "刘×生"),
    ],
)
def test_a_listed_name_shows_only_its_ends(name: str, shown: str) -> None:
    assert mask_name(name) == shown
