import os
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from benchmarks.population.hearing import Clerk
from benchmarks.population.parameters import Hearing, Parameters, usual
from benchmarks.population.places import Origin
from benchmarks.population.tables import hearings, name_homophone, surname_homophone
from matching.text.pinyin import syllables
from scripts import draw_population_tables
from scripts.dialects.field_data import held_back, read_points

HOME = Origin(("湖南省", "邵阳市", "隆回县", "滩头镇", "狮子村"), 3, 0)
DEAF = {"隆": "龙", "滩": "摊", "罗": "落", "贤": "显"}


def world(**hearing: float) -> Parameters:
    silent = dict.fromkeys(Hearing.__dataclass_fields__, 0.0)
    return replace(usual(), hearing=Hearing(**{**silent, **hearing}))


def clerk(mishears: dict[str, str] | None = None, **hearing: float) -> Clerk:
    return Clerk(world(**hearing), mishears or {}, Random(3))


def test_what_is_said_clearly_is_written_down_rightly() -> None:
    assert clerk().name("罗", "贤桂") == "罗贤桂"
    assert clerk().place(HOME, 5) == "湖南省邵阳市隆回县滩头镇狮子村"


def test_levels_and_suffixes_are_left_out() -> None:
    listening = clerk(drops_province=1.0, drops_city=1.0, drops_suffix=1.0)
    assert listening.place(HOME, 4) == "隆回滩头"
    assert listening.place(HOME, 1) == "湖南"


def test_a_dialect_changes_counties_and_below_but_no_provinces() -> None:
    assert clerk(DEAF, by_dialect=1.0).place(HOME, 4) == "湖南省邵阳市龙回县摊头镇"


def test_a_misheard_surname_is_still_a_surname() -> None:
    heard = clerk(DEAF, by_dialect=1.0).name("罗", "贤")
    assert heard[0] in {"罗", "骆", "洛", "雒"}
    assert syllables(heard[1]) == syllables("显")


def test_homophones_sound_alike() -> None:
    rng = Random(5)
    assert syllables(name_homophone("福", rng)) == syllables("福")
    assert syllables(surname_homophone("张", rng)) == syllables("张")


def test_no_character_is_misheard_as_one_that_sounds_the_same_in_mandarin() -> None:
    for pairs in hearings().values():
        alike = [one for one, heard in pairs.items() if syllables(one) == syllables(heard)]
        assert not alike


@pytest.mark.devdata
@pytest.mark.slow
def test_the_tables_are_drawn_again_bit_for_bit_from_held_back_points() -> None:
    folder = os.environ.get("GUITU_DEVDATA")
    if folder is None:
        pytest.skip("GUITU_DEVDATA is not set")
    data = Path(folder)
    for file, rows in draw_population_tables.tables(data).items():
        drawn = draw_population_tables._text(rows)
        assert (draw_population_tables.OUT / file).read_text("utf-8") == drawn
    kept = held_back(read_points(data / "dialect" / "points.tsv"))
    assert set(hearings()) <= kept
