"""Several talks of one person: counted, dated, contradictions beside each other."""

from datetime import timedelta

from casework.cases.case import Entry
from casework.cases.happenings.knowledge import ClueState
from casework.cases.merged_clues import MergedClue, merged_clues
from casework.cases.statements import statements_of
from matching.model import Relation
from matching.text.testimony.clues import ClueKind
from tests.samples import NOW
from tests.talks import TALK, a_talk, judged


def merged(*entries: Entry, kind: ClueKind) -> list[MergedClue]:
    return [each for each in merged_clues(statements_of(entries)) if each.claim[0] is kind]


def test_nothing_said_is_nothing_merged() -> None:
    assert merged_clues(()) == ()


def test_what_is_said_again_is_counted_with_its_dates() -> None:
    (name,) = merged(
        a_talk("答：我叫刘福生。刘福生。", "t1"),
        a_talk("答：我叫刘福生。", "t2", days=2),
        kind=ClueKind.SELF_NAME,
    )
    assert (name.claim[2], name.talks) == ("刘福生", 2)
    assert (name.first_said, name.last_said) == (NOW, NOW + timedelta(days=2))
    assert name.contradicted_by == ()


def test_contradictory_names_stand_beside_each_other() -> None:
    first, second = merged(
        a_talk("答：我叫刘福生。", "t1"),
        a_talk("答：我叫刘福生。", "t2", days=1),
        a_talk("答：我叫王大海。", "t3", days=2),
        kind=ClueKind.SELF_NAME,
    )
    assert (first.claim[2], first.talks, first.contradicted_by) == ("刘福生", 2, ("王大海",))
    assert (second.claim[2], second.talks, second.contradicted_by) == ("王大海", 1, ("刘福生",))


def test_a_surname_or_pet_name_contradicts_no_name_that_holds_it() -> None:
    names = merged(
        a_talk("答：我叫刘福生。", "t1"), a_talk("答：我姓刘。", "t2"), kind=ClueKind.SELF_NAME
    )
    assert {each.claim[2] for each in names} == {"刘福生", "刘"}
    assert all(each.contradicted_by == () for each in names)


def test_one_has_one_father_and_may_have_many_brothers() -> None:
    relatives = merged(
        a_talk("答：我爸叫刘大山。我弟弟叫刘福贵。", "t1"),
        a_talk("答：我爸叫刘小海。我弟弟叫刘福全。", "t2"),
        kind=ClueKind.RELATIVE,
    )
    against = {each.claim[1:]: each.contradicted_by for each in relatives}
    assert against == {
        (Relation.FATHER, "刘大山"): ("刘小海",),
        (Relation.FATHER, "刘小海"): ("刘大山",),
        (Relation.YOUNGER_BROTHER, "刘福贵"): (),
        (Relation.YOUNGER_BROTHER, "刘福全"): (),
    }


def test_ages_contradict_where_no_year_fits_both() -> None:
    ages = merged(
        a_talk("答：我今年六十二岁。", "t1"),
        a_talk("答：我今年六十三岁。", "t2"),
        a_talk("答：我今年四十岁。", "t3"),
        kind=ClueKind.AGE_OR_BIRTH,
    )
    against = {each.claim[2]: set(each.contradicted_by) for each in ages}
    assert against == {
        "六十二岁": {"四十岁"},
        "六十三岁": {"四十岁"},
        "四十岁": {"六十二岁", "六十三岁"},
    }


def test_a_refuted_claim_contradicts_nothing_and_comes_last() -> None:
    entries = (
        a_talk(),
        a_talk("答：我叫王大海。", "t2", days=1),
        judged("刘胡生", state=ClueState.REFUTED, text=TALK),
    )
    first, last = merged(*entries, kind=ClueKind.SELF_NAME)
    assert (first.claim[2], first.contradicted_by) == ("王大海", ())
    assert (last.claim[2], last.state) == ("刘胡生", ClueState.REFUTED)


def test_a_verified_claim_comes_first() -> None:
    entries = (
        a_talk("答：我叫王大海。", "t0"),
        a_talk(days=1),
        judged("刘胡生", state=ClueState.VERIFIED),
    )
    first, _ = merged(*entries, kind=ClueKind.SELF_NAME)
    assert (first.claim[2], first.state) == ("刘胡生", ClueState.VERIFIED)


def test_what_only_the_worker_named_is_a_guess() -> None:
    places = merged(a_talk("问：老家是湖南隆回吧？\n答：不晓得。"), kind=ClueKind.HOME_PLACE)
    assert [each.is_guess for each in places] == [True]
