from matching.model import YearRange
from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.home import HomeCandidate
from matching.text.testimony.questions import next_questions

COUNTY = ("湖南省", "邵阳市", "隆回县")
OTHER = ("湖南省", "邵阳市", "洞口县")


def clue(kind: ClueKind, value: str, years: YearRange | None = None) -> Clue:
    return Clue(
        kind=kind,
        start=0,
        end=len(value),
        text=value,
        speaker=Speaker.RESIDENT,
        value=value,
        years=years,
    )


def home(path: tuple[str, ...], bits: float = 10.0) -> HomeCandidate:
    return HomeCandidate(path=path, bits=bits)


EVERYTHING = [
    clue(ClueKind.SELF_NAME, "刘福生"),
    clue(ClueKind.RELATIVE, "刘福贵"),
    clue(ClueKind.AGE_OR_BIRTH, "六十二", YearRange(earliest=1962, latest=1966)),
    clue(ClueKind.LANDMARK, "水泥厂"),
]


def test_nothing_known_asks_for_home_first_and_for_three_things_at_most() -> None:
    asked = next_questions((), ())
    assert len(asked) == 3
    assert len(set(asked)) == 3


def test_the_deeper_home_is_known_the_finer_the_question() -> None:
    depths = [home(path) for path in (COUNTY[:1], COUNTY, (*COUNTY, "荷田乡"))]
    asked = [next_questions(EVERYTHING, [each])[0] for each in depths]
    assert len(set(asked)) == 3


def test_two_counties_that_are_not_told_apart_are_asked_about() -> None:
    sure = next_questions(EVERYTHING, [home(COUNTY), home(OTHER, 2.0)])
    unsure = next_questions(EVERYTHING, [home(COUNTY), home(OTHER, 9.5)])
    assert unsure[0] not in sure


def test_a_surname_alone_asks_for_the_whole_name() -> None:
    only = next_questions(
        [clue(ClueKind.SELF_NAME, "刘"), *EVERYTHING[1:]], [home((*COUNTY, "荷田乡"))]
    )
    whole = next_questions(EVERYTHING, [home((*COUNTY, "荷田乡"))])
    assert set(only) - set(whole)


def test_no_question_names_an_answer() -> None:
    for asked in (next_questions((), ()), next_questions(EVERYTHING, [home(COUNTY)], limit=9)):
        assert all("隆回" not in each and "刘" not in each for each in asked)
