"""A talk that shows a sign of abduction starts the protected path by itself."""

from datetime import timedelta

import pytest

from casework.accounts.access import Actor, Role
from casework.cases.case import Details
from casework.cases.happenings import knowledge, police, public
from casework.cases.intake import IntakeCommand, open_case
from casework.cases.protecting import ABDUCTION_NOTE, POSSIBLE_ABDUCTION
from casework.cases.recording import RecordCommand, Recorded, record
from casework.windows.window import WindowState
from matching.text.testimony.clues import ClueKind
from tests.office import FakeFaceReader, Office
from tests.samples import NOW, a_case, an_actor, an_admission

SPECIALIST = an_actor(Role.SPECIALIST)
POLICE = an_actor(Role.POLICE, station="清远市公安局", user_id="u2")
SUPERVISOR = an_actor(Role.SUPERVISOR, user_id="u6")
SOLD = "答：我是被人骗出来的，卖给一个老头。"
HARMLESS = "答：我是自己走丢的，想回家。"


@pytest.fixture
def office() -> Office:
    office = Office()
    with office.open_work() as work:
        work.cases.add(a_case())
        work.cases.append(an_admission())
        work.commit()
    office.now = NOW + timedelta(hours=2)
    return office


def write(office: Office, details: Details, actor: Actor = SPECIALIST) -> Recorded:
    office.now += timedelta(minutes=10)
    return record(office.context(actor), RecordCommand(case_id="c1", details=details))


def talk(office: Office, text: str) -> Recorded:
    return write(office, knowledge.InterviewHeld(transcript=text))


def kinds(office: Office, case_id: str = "c1") -> list[str]:
    with office.open_work() as work:
        return [entry.details.kind for entry in work.cases.entries(case_id)]


def states(office: Office, case_id: str = "c1") -> dict[str, WindowState]:
    with office.open_work() as work:
        return {window.kind: window.state for window in work.windows.of_case(case_id)}


def test_a_sign_in_a_talk_is_suspected_withheld_and_told(office: Office) -> None:
    recorded = talk(office, SOLD)
    assert POSSIBLE_ABDUCTION in recorded.flags
    assert kinds(office)[-3:] == ["interview_held", "abduction_suspected", "notice_withheld"]
    assert states(office)["search_notice"] is WindowState.WITHHELD
    assert states(office)["suspected_abduction_check"] is WindowState.OPEN


def test_the_reason_names_signs_and_repeats_no_words(office: Office) -> None:
    talk(office, SOLD)
    with office.open_work() as work:
        details = [entry.details for entry in work.cases.entries("c1")]
    (suspected,) = [each for each in details if isinstance(each, police.AbductionSuspected)]
    assert "被拐卖" in suspected.reason
    assert "老头" not in suspected.reason


def test_a_harmless_talk_raises_nothing(office: Office) -> None:
    assert talk(office, HARMLESS).flags == ()
    assert "abduction_suspected" not in kinds(office)


def test_a_standing_suspicion_is_not_written_twice(office: Office) -> None:
    talk(office, SOLD)
    talk(office, SOLD)
    talk(office, "答：身份证被老板收走了，不让出门。")
    assert kinds(office).count("abduction_suspected") == 1


def test_after_the_police_found_nothing_only_new_words_are_suspicious(office: Office) -> None:
    talk(office, SOLD)
    write(office, police.AbductionFinding(crime_likely=False), POLICE)
    talk(office, SOLD)
    assert kinds(office).count("abduction_suspected") == 1
    write(office, public.WithholdLifted(police_reference="1号"), SUPERVISOR)
    talk(office, "答：身份证被老板收走了，不让出门。")
    assert kinds(office)[-2:] == ["abduction_suspected", "notice_withheld"]
    assert states(office)["search_notice"] is WindowState.WITHHELD


def test_refuting_the_words_lifts_no_protection(office: Office) -> None:
    held = talk(office, SOLD).entry
    start = SOLD.index("骗")
    refuted = knowledge.StatementJudged(
        source_entry_id=held.entry_id,
        start=start,
        end=start + 1,
        clue=ClueKind.POSSIBLE_ABDUCTION,
        state=knowledge.ClueState.REFUTED,
    )
    write(office, refuted)
    assert states(office)["search_notice"] is WindowState.WITHHELD


def test_intake_suspects_from_the_first_talk_and_tells_the_desk() -> None:
    office = Office()
    opened = open_case(office.context(), IntakeCommand(transcript=SOLD), FakeFaceReader())
    case_id = opened.case.case_id
    assert opened.notes[0] == ABDUCTION_NOTE
    assert kinds(office, case_id).count("abduction_suspected") == 1
    assert states(office, case_id)["search_notice"] is WindowState.WITHHELD


def test_intake_without_a_sign_says_nothing_of_it() -> None:
    office = Office()
    opened = open_case(office.context(), IntakeCommand(transcript=HARMLESS), FakeFaceReader())
    assert ABDUCTION_NOTE not in opened.notes
    assert "abduction_suspected" not in kinds(office, opened.case.case_id)
