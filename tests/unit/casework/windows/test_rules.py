from importlib.resources import files

import pytest

from casework.clock.events import LEAVINGS, ClockEventKind
from casework.clock.time_spans import TimeSpan
from casework.errors import BadInputError
from casework.windows.rules import load_rules, read_rules

TABLE = files("casework.windows").joinpath("rules.toml").read_text(encoding="utf-8")
RULES = load_rules()
#: Spans that the notice itself names; every other one must be marked as a house default.
BY_NOTICE = {
    "police_identity_request": "24 hours",
    "police_identity_feedback": "48 hours",
    "search_notice": "24 hours",
    "interview": "24 hours",
    "dna_request": "7 working days",
    "dna_feedback": "1 month",
    "placement_visit": "7 days",
}


def test_the_spans_of_the_notice_are_those_of_the_notice_and_all_others_are_house_defaults() -> (
    None
):
    legal = {rule.kind: rule.due for rule in RULES.rows if not rule.house_default}
    assert legal == {kind: TimeSpan.parse(text) for kind, text in BY_NOTICE.items()}


def test_every_row_has_a_title_an_explanation_and_a_section() -> None:
    for rule in RULES.rows:
        assert rule.title
        assert rule.explain.endswith("。")
        assert rule.source[0] in "二三"


def test_every_event_that_ends_a_row_has_its_words() -> None:
    enders = {kind for rule in RULES.rows for kind in rule.ended_by} | LEAVINGS
    assert enders <= RULES.reasons.keys()
    assert ClockEventKind.IDENTITY_CONFIRMED in RULES.reasons


def test_every_event_kind_is_used_by_the_table_or_by_the_planner() -> None:
    used = {ClockEventKind.IDENTITY_CONFIRMED, ClockEventKind.WITHHOLD_LIFTED}
    used |= {kind for kind in ClockEventKind if kind.value.startswith("window_")}
    for rule in RULES.rows:
        used |= {*rule.starts, *rule.met_by, *rule.ended_by, *rule.withheld_by}
        used |= {each for each in (rule.excused_by, rule.start_only_after) if each}
    assert used == set(ClockEventKind)


def test_an_unknown_row_is_refused() -> None:
    with pytest.raises(BadInputError, match="时限表"):
        RULES.row("no_such_row")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("no_such_row.due", "1 day"),
        ("dna_sampling.due", "soon"),
        ("dna_sampling.due", "0 days"),
        ("dna_sampling.delay", "1 day"),
        ("dna_sampling.owner", "police"),
        ("dna_sampling", "1 day"),
        ("interview.first_quota", "0"),
        ("interview.first_quota", "three"),
        ("interview.due", "1 working day"),
    ],
)
def test_an_override_that_makes_no_sense_is_refused(key: str, value: str) -> None:
    with pytest.raises(BadInputError):
        RULES.with_overrides({key: value})


def test_overrides_of_one_row_add_up_and_leave_the_shipped_table_alone() -> None:
    changed = RULES.with_overrides(
        {"resettlement_application.delay": "2 months", "resettlement_application.due": "5 days"}
    )
    row = changed.row("resettlement_application")
    assert (row.delay, row.due) == (TimeSpan.parse("2 months"), TimeSpan.parse("5 days"))
    assert row.overridden
    assert not RULES.row("resettlement_application").overridden
    assert [rule.kind for rule in changed.rows] == [rule.kind for rule in RULES.rows]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('owner = "police"', 'owner = "nobody"'),
        ('starts = ["clue_marked"]', 'starts = ["clue_lost"]'),
        ('due = "48 hours"', 'due = "two days"'),
        ('while = "unidentified"', 'while = "sometimes"'),
        ("house_default = true # 及时派员", "house_rule = true"),
        ('kind = "dna_sampling"', 'kind = "dna_request"'),
        ("[reasons]", "[reasons"),
        ('kind = "dna_sampling"\n', ""),
    ],
)
def test_a_spoilt_table_is_refused(old: str, new: str) -> None:
    assert old in TABLE
    with pytest.raises(BadInputError):
        read_rules(TABLE.replace(old, new, 1))
