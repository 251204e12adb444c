import numpy as np
import pytest

from matching.dialect.matrices import costs_without_dialect, dialect_costs
from matching.text.cantonese_writer import (
    WRITER,
    by_cantonese_writer,
    chances_of_written,
    written_chances,
)
from matching.text.gazetteer import gazetteer
from matching.text.name_costs import name_similarity
from matching.text.name_index import NameIndex
from matching.text.place_search import PlaceSearch
from matching.text.sound_classes import sound_classes
from matching.text.sound_costs import built_in_costs
from matching.text.syllables import syllable_numbers

N = syllable_numbers()
PLAIN = costs_without_dialect()
WRITTEN = by_cantonese_writer(PLAIN)
HEARD_PLACES = (("王埔", "黄埔区"), ("蓝海", "南海区"))


def test_every_row_is_a_distribution() -> None:
    chances = written_chances()
    assert chances.shape == built_in_costs().costs.shape
    assert (chances > 0).all()
    assert chances.sum(1) == pytest.approx(np.ones(len(chances)))


@pytest.mark.parametrize(
    ("meant", "written", "chance"),
    [
        ("huang", "wang", 0.3),  # 黄/王, both wong
        ("niu", "ou", 0.1),  # 牛/区, ngau without its ng
        ("nan", "lan", 0.1),  # 南/蓝, naam as laam
        ("guo", "ge", 0.05),  # 国/各, gwok as gok
        ("jiang", "gang", 0.05),  # 江/岗, both gong
    ],
)
def test_one_sound_of_cantonese_is_written_for_another(
    meant: str, written: str, chance: float
) -> None:
    assert written_chances()[N[meant], N[written]] > chance
    assert WRITTEN.costs[N[meant], N[written]] < built_in_costs().costs[N[meant], N[written]]


def test_the_class_of_what_was_written_tells_more_than_its_syllable() -> None:
    """黄 is written 王, read wong too, and hardly 网, read mong."""
    classes = sound_classes()
    whole = chances_of_written(N["wang"])
    assert whole == pytest.approx(written_chances()[:, N["wang"]], rel=1e-5)
    wong, mong = (chances_of_written(classes.row(char, N["wang"])) for char in "王网")
    assert wong[classes.row("黄", N["huang"])] > 5 * mong[classes.row("黄", N["huang"])]


def test_what_differs_in_cantonese_is_kept_apart() -> None:
    """胡 wu and 福 fuk, which half of China mixes, are far from each other there."""
    chances = written_chances()[sound_classes().row("福", N["fu"])]
    assert chances[N["hu"]] < 0.05
    assert chances[N["fu"]] == chances.max()


@pytest.mark.parametrize(
    ("heard", "meant"), [("王志强", "黄志强"), ("欧建国", "牛建国"), ("牛小各", "欧小国")]
)
def test_a_name_written_by_its_cantonese_sound_is_found_first(heard: str, meant: str) -> None:
    index = NameIndex.build([meant, "张志强", "欧小国", "蓝海江", "刘建军", "王大力"])
    first = index.nearest(heard, WRITTEN, 1)[0]
    assert index.names[first.number] == meant
    by_number = {hit.number: hit.cost for hit in index.nearest(heard, PLAIN, 6)}
    assert first.cost < by_number[first.number]


def test_the_same_surname_in_cantonese_stays_so() -> None:
    for pair in (("吴志强", "伍志强"), ("梁志强", "梁志强"), ("黄志强", "王志强")):
        assert name_similarity(*pair, WRITTEN).bits > 8


def test_the_writer_is_named_when_cantonese_explains_the_name() -> None:
    """根 gan and 更 gang, as -ng is -n for many."""
    (_, rule) = name_similarity("李根华", "李更华", WRITTEN).rules
    assert rule.endswith(f"，{WRITER}）")


def test_a_place_written_by_its_cantonese_sound_is_found() -> None:
    inside = PlaceSearch().divisions_named("广东省")

    def place_of(heard: str, name: str, *, cantonese: bool) -> int:
        hits = PlaceSearch().search(heard, WRITTEN if cantonese else PLAIN, within=inside, limit=50)
        return next((at for at, hit in enumerate(hits) if hit.path[-1] == name), 50)

    for heard, name in HEARD_PLACES:
        assert place_of(heard, name, cantonese=True) <= place_of(heard, name, cantonese=False)


def test_the_writer_may_write_for_a_speaker_from_anywhere() -> None:
    speakers, own = WRITTEN.speakers, PLAIN.speakers
    assert speakers is not None
    assert own is not None
    assert speakers.weights.sum() == pytest.approx(1, abs=1e-5)
    assert speakers.names == (*own.names, WRITER)
    homes = speakers.homes(gazetteer())
    assert homes[:, -1] == pytest.approx(own.homes(gazetteer()) @ own.weights)
    assert speakers.chances(N["wang"]).shape == (len(speakers.names), len(WRITTEN.costs))


def test_a_matrix_of_nobody_stays_one() -> None:
    written = by_cantonese_writer(dialect_costs("beijing"))
    assert written.speakers is None
    assert written.dropped == pytest.approx(built_in_costs().dropped)
    assert written.version.endswith("+cantonese-1")
