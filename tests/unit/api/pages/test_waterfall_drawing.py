import pytest

from api.pages.waterfall_drawing import LABEL_WIDTH, PLOT_WIDTH, ROW_HEIGHT, BarKind, draw
from matching.evidence import Evidence, Signal
from matching.explain import Score

EVIDENCE = (
    Evidence(signal=Signal.HOME, bits=7.0, detail="家乡同音"),
    Evidence(signal=Signal.HEIGHT, bits=-1.0, detail="身高不同"),
    Evidence.silent(Signal.MARKS, "没有写"),
)


def test_bars_run_from_the_prior_through_what_speaks_to_the_sum() -> None:
    drawing = draw(Score(prior_bits=-10.0, evidence=EVIDENCE))
    kinds = [bar.kind for bar in drawing.bars]
    assert kinds == [BarKind.PRIOR, BarKind.FOR, BarKind.AGAINST, BarKind.SUM]
    assert [bar.bits for bar in drawing.bars] == [-10.0, 7.0, -1.0, -4.0]


def test_each_bar_begins_where_the_one_before_ended() -> None:
    prior, home, height, total = draw(Score(prior_bits=-10.0, evidence=EVIDENCE)).bars
    assert prior.end == home.x
    assert height.x + height.width == pytest.approx(home.end)
    assert total.x == pytest.approx(height.end)


def test_lengths_are_proportional_to_bits_and_fill_the_plot() -> None:
    drawing = draw(Score(prior_bits=-10.0, evidence=EVIDENCE))
    widths = [bar.width for bar in drawing.bars]
    assert widths == pytest.approx(
        [PLOT_WIDTH, 0.7 * PLOT_WIDTH, 0.1 * PLOT_WIDTH, 0.4 * PLOT_WIDTH]
    )
    assert drawing.bars[0].x == LABEL_WIDTH
    assert drawing.height == ROW_HEIGHT * 4


def test_nothing_to_draw_is_still_a_drawing() -> None:
    drawing = draw(Score(prior_bits=0.0, evidence=()))
    assert [bar.kind for bar in drawing.bars] == [BarKind.PRIOR, BarKind.SUM]
