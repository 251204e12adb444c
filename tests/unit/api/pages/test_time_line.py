from dataclasses import replace
from datetime import timedelta
from typing import get_args

from api.pages.time_line import line_words, time_line
from casework.cases.case import Details
from casework.cases.happenings.knowledge import IntakeCaptured
from tests.samples import NOW, an_admission


def test_every_kind_of_line_has_a_name_and_no_name_is_left_over() -> None:
    kinds = {each.__dataclass_fields__["kind"].default for each in get_args(Details)}
    assert set(line_words()) == kinds


def test_the_latest_line_comes_first_and_says_who_wrote_it() -> None:
    admitted = an_admission()
    captured = replace(
        admitted,
        entry_id="e2",
        happened_at=NOW + timedelta(hours=1),
        recorded_by="system",
        details=IntakeCaptured(),
    )
    rows = time_line([admitted, captured], {admitted.recorded_by: "王芳"})
    assert [(row.words, row.by) for row in rows] == [
        ("采集姓名、家乡、照片并检索", "系统"),
        ("入站", "王芳"),
    ]
