from matching.text.testimony.clues import Clue, ClueKind, Speaker, in_order


def test_readings_begin_with_the_likeliest() -> None:
    clue = Clue(
        kind=ClueKind.SELF_NAME,
        start=2,
        end=5,
        text="刘福生",
        speaker=Speaker.RESIDENT,
        value="刘福生",
        alternatives=("刘胡生",),
    )
    assert clue.readings == ("刘福生", "刘胡生")
    assert in_order(clue) == (2, 5, "self_name")
