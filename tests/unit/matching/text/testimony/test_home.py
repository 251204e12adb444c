from collections.abc import Sequence
from dataclasses import dataclass

from matching.text.testimony.clues import Clue, ClueKind, Speaker
from matching.text.testimony.home import HomeCandidate, place_lexicon, rank_homes


@dataclass(frozen=True, slots=True)
class Heard:
    """Knows a few phrases, and remembers what it was asked."""

    answers: dict[str, list[HomeCandidate]]
    asked: list[str]

    def resolve(self, phrase: str, *, limit: int) -> Sequence[HomeCandidate]:
        self.asked.append(phrase)
        return self.answers.get(phrase, [])[:limit]


HUNAN = HomeCandidate(path=("湖南省", "邵阳市", "隆回县"), bits=12.0, rules=("同音",))
ANHUI = HomeCandidate(path=("安徽省",), bits=5.0)
WEAK = HomeCandidate(path=("海南省",), bits=1.0)


def place(text: str, kind: ClueKind = ClueKind.HOME_PLACE, **other: object) -> Clue:
    values = {"speaker": Speaker.RESIDENT, "confidence": 0.8} | other
    return Clue(kind=kind, start=0, end=len(text), text=text, value=text, **values)  # type: ignore[arg-type]


def ranked(clues: list[Clue], answers: dict[str, list[HomeCandidate]]) -> list[tuple[str, float]]:
    heard = Heard(answers, [])
    return [("/".join(each.path), each.bits) for each in rank_homes(clues, heard)]


def test_stretches_of_several_answers_are_resolved_together() -> None:
    heard = Heard({"湖南，龙回": [HUNAN, ANHUI]}, [])
    homes = rank_homes([place("湖南"), place("龙回"), place("湖南")], heard)
    assert heard.asked == ["湖南，龙回"]
    assert homes == (HUNAN, ANHUI)


def test_what_hardly_fits_is_no_answer() -> None:
    assert ranked([place("海难")], {"海难": [WEAK]}) == []
    assert ranked([], {}) == []


def test_a_suggestion_that_was_taken_up_helps_for_less() -> None:
    agreed = place("安徽", speaker=Speaker.WORKER, confidence=0.5)
    assert ranked([agreed], {"安徽": [ANHUI]}) == [("安徽省", 2.0)]


def test_a_suggestion_that_was_refused_or_is_not_needed_counts_for_nothing() -> None:
    refused = place("安徽", speaker=Speaker.WORKER, confidence=0.1)
    assert ranked([refused], {"安徽": [ANHUI]}) == []
    agreed = place("安徽", speaker=Speaker.WORKER, confidence=0.5)
    heard = Heard({"龙回": [HUNAN]}, [])
    assert rank_homes([place("龙回"), agreed], heard) == (HUNAN,)
    assert heard.asked == ["龙回"]


def test_where_no_home_was_said_another_place_is_a_last_resort() -> None:
    mothers = place("龙回", ClueKind.OTHER_PLACE)
    assert ranked([mothers], {"龙回": [HUNAN]}) == [("湖南省/邵阳市/隆回县", 6.0)]
    assert ranked([mothers, place("不知处")], {"龙回": [HUNAN]}) == []


def test_the_home_somebody_was_born_into_stands_behind_the_own() -> None:
    mothers = place("安徽", ClueKind.OTHER_PLACE, is_mothers_home=True)
    answers = {"龙回": [HUNAN], "安徽": [HomeCandidate(path=("安徽省",), bits=9.0)]}
    assert ranked([place("龙回"), mothers], answers) == [
        ("湖南省/邵阳市/隆回县", 12.0),
        ("安徽省", 3.0),
    ]


def test_names_that_need_no_cue() -> None:
    assert place_lexicon(["隆回"]).is_in("在隆回")
