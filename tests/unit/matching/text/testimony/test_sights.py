import pytest

from matching.text.testimony.sights import read_landmarks, read_marks
from tests.clauses import clauses_of, values


@pytest.mark.parametrize(
    ("text", "landmarks"),
    [
        ("答：村口有个水泥厂。", ["水泥厂"]),
        ("答：家门口有条河叫乌江。", ["乌江"]),
        ("答：我在红星小学读书。", ["红星小学"]),
        ("答：种洋芋，种烟叶。", ["洋芋", "烟叶"]),
        ("答：我在厂里做工，上山砍柴。", []),
        ("问：是不是有个水库？\n答：不晓得。", []),
    ],
)
def test_landmarks_and_crops(text: str, landmarks: list[str]) -> None:
    assert values(read_landmarks(clauses_of(text))) == landmarks


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("记录：右手食指断了一节。", ["右手食指断了一节"]),
        ("记录：左眼下面有一颗黑痣，驼背。", ["左眼下面有一颗黑痣", "驼背"]),
        ("答：我少两个脚趾。", ["少两个脚趾"]),
        ("答：没有疤。", []),
        ("记录：不是哑巴。", []),
        ("答：我老弟左手有疤。", []),
        ("问：手上有疤吗？", []),
    ],
)
def test_marks_of_the_body(text: str, marks: list[str]) -> None:
    assert values(read_marks(clauses_of(text))) == marks
