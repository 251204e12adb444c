from api.pages.talk_marks import MarkedTalk, marked_talks, meaning
from casework.cases.case import Entry
from casework.cases.happenings.knowledge import ClueState
from casework.cases.statements import statements_of
from casework.cases.view import view_case
from matching.text.testimony.clues import ClueKind
from tests.office import Office
from tests.samples import a_case, an_admission
from tests.talks import TALK, a_talk, judged


def talks_of(*entries: Entry) -> tuple[MarkedTalk, ...]:
    office = Office()
    with office.open_work() as work:
        work.cases.add(a_case())
        for entry in (an_admission(), *entries):
            work.cases.append(entry)
        work.commit()
    return marked_talks(view_case(office.context(), "c1"))


def test_the_pieces_of_a_talk_join_up_to_its_text() -> None:
    (talk,) = talks_of(a_talk())
    assert "".join(piece.text for piece in talk.pieces) == TALK
    marked = [piece.text for piece in talk.pieces if piece.chip]
    assert marked == [chip.statement.clue.text for chip in talk.chips]
    assert "刘胡生" in marked


def test_of_clues_that_overlap_one_is_marked_and_both_have_chips() -> None:
    entries = (a_talk(), judged("叫刘胡生", ClueKind.EVENT))
    (talk,) = talks_of(*entries)
    assert "".join(piece.text for piece in talk.pieces) == TALK
    assert {"叫刘胡生", "刘胡生"} <= {chip.statement.clue.text for chip in talk.chips}
    assert len({chip.anchor for chip in talk.chips}) == len(talk.chips)


def test_talks_are_numbered_and_keep_their_clues_apart() -> None:
    first, second = talks_of(a_talk(), a_talk("答：我姓缪。", "t2", days=1))
    assert (first.number, second.number) == (1, 2)
    assert [chip.statement.clue.value for chip in second.chips] == ["缪"]


def test_what_is_meant_is_said_only_where_it_differs() -> None:
    entries = (
        a_talk("答：我叫刘胡生，今年六十二岁，身份证被老板收走了。"),
        judged("刘胡生", state=ClueState.VERIFIED, value="刘福生", text="答：我叫刘胡生"),
    )
    meanings = {s.clue.kind: meaning(s.clue) for s in statements_of(entries)}
    assert meanings[ClueKind.SELF_NAME] == "刘福生"
    assert meanings[ClueKind.AGE_OR_BIRTH] == "1962–1966 年"
    assert meanings[ClueKind.POSSIBLE_ABDUCTION] == "证件、手机被拿走"
    (plain,) = statements_of((a_talk("答：我叫刘胡生。"),))
    assert meaning(plain.clue) is None
