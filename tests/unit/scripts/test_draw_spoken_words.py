from scripts.draw_spoken_words import CASES, Field, draw
from scripts.learn_word_markers import GROUPS, is_held_back

THINGS = [
    thing
    for thing in (f"{a}{b}" for a in "山水石木火土金日月人" for b in "山水石木火土")
    if is_held_back(thing)
]
SOUNDS = dict(
    zip(
        "山水石木火土金日月人",
        ("san", "fei", "sak", "muk", "fo", "tʰu", "kim", "ȵit", "ȵyt", "ȵin"),
        strict=True,
    )
)


def test_each_group_gives_its_cases_of_twelve_words() -> None:
    value = "san⁵⁵fei²¹"
    words = {dialect: {thing: [("山水", value)] for thing in THINGS} for dialect in GROUPS}
    points = {group: [SOUNDS] for group in ("pinghua", "minbei", "leizhou", "qiongwen", "hui", "jin", "lanyin", "jiaoliao", "southwest-xishu", "southwest-huguang", "southwest-guiliu")}  # fmt: skip
    assert len(THINGS) >= 12
    rows = list(draw(Field(words, points)))
    assert len(rows) == 25 * CASES
    group, meant, heard = rows[0]
    assert group == "yue"
    assert meant.split() == ["山水"] * 12
    assert all(len(word) == 2 for word in heard.split())
    assert rows == list(draw(Field(words, points)))
