"""Writing into a file: the order of things, who may write, and what follows by itself."""

from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import get_args

import pytest

from casework.accounts.access import Actor, Role
from casework.cases.case import CaseState, Details
from casework.cases.happenings import care, knowledge, police, public, registration
from casework.cases.history import add_entry
from casework.cases.order_rules import order_rules
from casework.cases.protection import is_minor, reasons_to_protect
from casework.cases.recording import RecordCommand, Recorded, record
from casework.clock.events import ClockEventKind
from casework.errors import (
    BadInputError,
    NotPermittedError,
    StaleVersionError,
    TransitionRefusedError,
)
from casework.windows.case_windows import SUBJECTS, clock_events
from casework.windows.window import WindowState
from tests.office import Office
from tests.samples import NOW, a_case, a_lead, a_record, an_actor, an_admission

SPECIALIST = an_actor(Role.SPECIALIST)
SUPERVISOR = an_actor(Role.SUPERVISOR, user_id="u6")
POLICE = an_actor(Role.POLICE, station="清远市公安局", user_id="u2")
SENT = police.IdentityRequestSent(request_id="q1", agency="某分局")


@pytest.fixture
def office() -> Office:
    office = Office()
    with office.open_work() as work:
        work.cases.add(a_case())
        work.cases.append(an_admission())
        work.commit()
    office.now = NOW + timedelta(hours=2)
    return office


def write(
    office: Office, details: Details, actor: Actor = SPECIALIST, at: datetime | None = None
) -> Recorded:
    command = RecordCommand(case_id="c1", details=details, happened_at=at)
    return record(office.context(actor), command)


def state_of(office: Office, kind: str) -> WindowState:
    with office.open_work() as work:
        return next(w.state for w in work.windows.of_case("c1") if w.kind == kind)


def kinds(office: Office) -> list[str]:
    with office.open_work() as work:
        return [entry.details.kind for entry in work.cases.entries("c1")]


def test_a_request_meets_its_window_and_leaves_a_trace(office: Office) -> None:
    recorded = write(office, SENT)
    assert recorded.flags == ()
    assert state_of(office, "police_identity_request") is WindowState.MET
    assert office.trail() == ["case.record"]


IMPOSSIBLE: list[tuple[Details, str]] = [
    (police.IdentityAnswered(request_id="q9", answer=police.Answer.FOUND), "还没有发出"),
    (police.DnaSampled(request_id="d1"), "还没有提请"),
    (police.DnaResult(request_id="d1", answer=police.Answer.NOT_FOUND), "还没有采集"),
    (care.PlacementEnded(), "没有托养"),
    (care.IncidentReported(incident_id="i1"), "还没有通报"),
    (public.WithholdLifted(police_reference="x"), "没有暂缓"),
    (police.AbductionFinding(crime_likely=False), "没有登记疑似被拐"),
    (knowledge.HomeStationContacted(station="某站"), "还没有登记疑似户籍地"),
    (registration.HukouRegistered(), "还没有申请落户"),
    (registration.ReturnCoordinated(), "身份还没有确认"),
    (care.Admitted(), "已经在站"),
]


@pytest.mark.parametrize(("details", "rule"), IMPOSSIBLE, ids=[d.kind for d, _ in IMPOSSIBLE])
def test_impossible_orders_are_refused_with_the_rule_and_nothing_is_written(
    office: Office, details: Details, rule: str
) -> None:
    actor = SUPERVISOR
    with pytest.raises(TransitionRefusedError, match=rule):
        write(office, details, actor)
    assert kinds(office) == ["admitted"]
    assert office.trail() == []


def test_an_answer_belongs_to_its_own_request(office: Office) -> None:
    write(office, SENT)
    with pytest.raises(TransitionRefusedError):
        write(office, police.IdentityAnswered(request_id="q2", answer=police.Answer.FOUND))
    write(office, police.IdentityAnswered(request_id="q1", answer=police.Answer.NOT_FOUND), POLICE)
    with pytest.raises(TransitionRefusedError, match="已经答复过"):
        write(office, police.IdentityAnswered(request_id="q1", answer=police.Answer.FOUND))


def test_the_future_and_the_time_before_the_first_contact_are_refused(office: Office) -> None:
    for at in (office.now + timedelta(minutes=6), NOW - timedelta(minutes=1)):
        with pytest.raises(TransitionRefusedError):
            write(office, SENT, at=at)


def test_a_late_fact_is_accepted_and_flagged(office: Office) -> None:
    office.now = NOW + timedelta(days=3)
    recorded = write(office, SENT, at=NOW + timedelta(hours=5))
    assert recorded.flags == ("late_fact",)
    assert state_of(office, "police_identity_request") is WindowState.MET


def test_a_wrong_id_number_is_refused_without_being_repeated(office: Office) -> None:
    kind = knowledge.IdentifierKind.ID_NUMBER
    for number in ("110105194912310021", "123", "11010519491331002X", "not a number at all"):
        with pytest.raises(BadInputError) as caught:
            write(office, knowledge.IdentifierRecorded(identifier=kind, value=number))
        assert number not in caught.value.sentence
    write(office, knowledge.IdentifierRecorded(identifier=kind, value="11010519491231002X"))
    reference = knowledge.IdentifierKind.FINGERPRINT_REFERENCE
    write(office, knowledge.IdentifierRecorded(identifier=reference, value="FP-1"))


def test_lines_belong_to_their_authors(office: Office) -> None:
    write(office, SENT)
    answer = police.IdentityAnswered(request_id="q1", answer=police.Answer.UNCLEAR)
    write(office, answer, POLICE)
    with pytest.raises(NotPermittedError):
        write(office, SENT, POLICE)
    with pytest.raises(NotPermittedError):
        write(office, SENT, an_actor(Role.SPECIALIST, station="另一站"))
    stop = registration.WindowStopped(
        window="interview", reason=registration.StopReason.NOT_APPLICABLE
    )
    with pytest.raises(NotPermittedError):
        write(office, stop)
    write(office, stop, SUPERVISOR)


def test_what_the_program_writes_is_not_written_by_hand(office: Office) -> None:
    with pytest.raises(TransitionRefusedError):
        write(office, knowledge.IdentityConfirmed(lead_id="l1", record_id="r1"), SUPERVISOR)


def test_a_version_that_was_overtaken_is_refused(office: Office) -> None:
    write(office, SENT)
    stale = RecordCommand(case_id="c1", details=care.Departed(how=LEFT), read_version=0)
    with pytest.raises(StaleVersionError):
        record(office.context(), stale)


LEFT = care.DepartureKind.OWN_WISH


def test_nobody_leaves_while_a_lead_is_open(office: Office) -> None:
    with office.open_work() as work:
        work.records.add_many([a_record()])
        work.leads.add(a_lead())
        work.commit()
    with pytest.raises(TransitionRefusedError, match="未办结"):
        write(office, care.Departed(how=LEFT))


def test_leaving_closes_the_file_and_coming_back_opens_it(office: Office) -> None:
    write(office, care.Departed(how=LEFT))
    with office.open_work() as work:
        assert work.cases.get("c1").state is CaseState.CLOSED
    with pytest.raises(TransitionRefusedError, match="已经离站"):
        write(office, SENT)
    with pytest.raises(TransitionRefusedError):
        write(office, care.Departed(how=LEFT))
    office.now += timedelta(days=1)
    write(office, care.Admitted())
    with office.open_work() as work:
        assert work.cases.get("c1").state is CaseState.OPEN
        # In the records and among all residents.
        assert work.outbox.pending() == 2


def test_the_third_admission_in_half_a_year_opens_a_review(office: Office) -> None:
    for _ in range(2):
        write(office, care.Departed(how=LEFT))
        office.now += timedelta(days=10)
        write(office, care.Admitted())
    assert state_of(office, "repeat_help_review") is WindowState.OPEN
    write(office, registration.RepeatHelpReviewed())
    assert state_of(office, "repeat_help_review") is WindowState.MET


def test_suspected_abduction_withholds_the_notice_until_police_and_supervisor_agree(
    office: Office,
) -> None:
    write(office, police.AbductionSuspected(reason="被人带出来，证件被拿走"))
    assert kinds(office)[-1] == "notice_withheld"
    assert state_of(office, "search_notice") is WindowState.WITHHELD
    assert state_of(office, "suspected_abduction_check") is WindowState.OPEN
    lift = public.WithholdLifted(police_reference="粤公核〔2026〕1号")
    with pytest.raises(NotPermittedError):
        write(office, lift)
    write(office, police.AbductionFinding(crime_likely=False), POLICE)
    write(office, lift, SUPERVISOR)
    assert kinds(office)[-1] == "withhold_lifted"
    assert state_of(office, "search_notice") is WindowState.OPEN


def test_an_adult_who_does_not_want_to_be_found_and_a_risky_searcher_withhold_too(
    office: Office,
) -> None:
    write(office, public.WishRecorded(wish=public.ContactWish.NOT_WANTED))
    assert kinds(office)[-1] == "notice_withheld"
    claimant = public.ClaimantRecorded(
        name="某人", relation="自称丈夫", risk=public.Risk.POSSIBLE_THREAT
    )
    write(office, claimant)
    assert kinds(office).count("notice_withheld") == 1
    with office.open_work() as work:
        reasons = reasons_to_protect(work.cases.entries("c1"), office.now)
    assert {each.value for each in reasons} == {"own_wish", "searcher_at_risk"}


def test_an_age_that_may_be_under_eighteen_is_a_minors() -> None:
    child = replace(an_admission(), details=care.Admitted(apparent_age=17))
    adult = replace(an_admission(), details=care.Admitted(apparent_age=18))
    assert is_minor([child], NOW)
    assert not is_minor([adult], NOW)
    assert not is_minor([], NOW)


def test_a_talk_and_a_clue_are_searched_again(office: Office) -> None:
    write(office, knowledge.InterviewHeld(transcript="答：我叫刘福生。"))
    write(office, knowledge.ClueMarked(clue_id="k1", text="刘福生"))
    with office.open_work() as work:
        assert work.outbox.pending() == 4


def test_a_request_with_clues_sends_the_clues(office: Office) -> None:
    write(office, knowledge.ClueMarked(clue_id="k1", text="刘福生"))
    assert state_of(office, "clue_to_police") is WindowState.OPEN
    office.now += timedelta(hours=1)
    write(office, replace(SENT, clues=("刘福生",)))
    assert state_of(office, "clue_to_police") is WindowState.MET


def every_details_class() -> dict[str, set[str]]:
    """kind -> names of its fields."""
    return {
        next(str(field.default) for field in fields(each) if field.name == "kind"): {
            field.name for field in fields(each)
        }
        for each in get_args(Details)
    }


def test_every_event_that_the_clock_knows_of_a_case_can_be_written() -> None:
    missing = {kind.value for kind in ClockEventKind} - set(every_details_class())
    assert missing == set()


def test_every_table_names_kinds_that_exist() -> None:
    rules, known = order_rules(), set(every_details_class())
    named = set(rules.needs) | {need.after for need in rules.needs.values()} | set(rules.once)
    assert named | rules.allowed_after_leaving | set(SUBJECTS) <= known
    for kind, attribute in SUBJECTS.items():
        assert attribute in every_details_class()[kind]


def test_free_words_never_reach_the_clock() -> None:
    secret = "欧阳金丝雀说的话"
    entries = [
        replace(an_admission("e1"), details=knowledge.InterviewAttempted(reason=secret)),
        replace(
            an_admission("e2"),
            details=public.NoticeExcused(channel=public.Channel.TV, reason=secret),
        ),
        replace(an_admission("e3"), details=police.AbductionSuspected(reason=secret)),
    ]
    assert secret not in repr(clock_events(entries))


def test_nobody_is_handed_over_without_a_confirmed_identity_or_against_their_word(
    office: Office,
) -> None:
    home = care.Departed(how=care.DepartureKind.HANDED_TO_FAMILY)
    with pytest.raises(TransitionRefusedError, match="公安确认"):
        write(office, home)
    with office.open_work() as work:
        known = knowledge.IdentityConfirmed(lead_id="l1", record_id="r1")
        add_entry(office.context(), work, "c1", known)
        work.commit()
    write(office, public.WishRecorded(wish=public.ContactWish.NOT_WANTED))
    with pytest.raises(TransitionRefusedError, match="不愿"):
        write(office, home)
    write(office, public.WishRecorded(wish=public.ContactWish.WANTED))
    write(office, home)
