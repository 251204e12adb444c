"""The labelled talks have the shape that the benchmark reads, and right is counted as it says."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from benchmarks.labelled_talks import (
    LATER,
    OWN,
    LabelledTalk,
    Tallies,
    Tally,
    development_talks,
    own_talks,
)
from matching.model import Relation, YearRange
from matching.text.testimony.clues import Clue, ClueKind, Speaker

FEWEST: Final = {"talks": 50, "regions": 12, "unreliable": 10, "nothing": 5}
MOST_OF_A_FRAME: Final = 3
STRETCHES: Final = (
    "home_heard", "other_places", "landmarks", "body_marks", "dialect_markers", "events", "abduction",
)  # fmt: skip


def rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def test_the_set_is_large_and_varied_enough() -> None:
    kinds = Counter(row["kind"] for row in rows(OWN))
    assert sum(kinds.values()) >= FEWEST["talks"]
    assert kinds["unreliable"] >= FEWEST["unreliable"]
    assert kinds["nothing"] >= FEWEST["nothing"]
    regions = {row["gold"]["dialect"] for row in rows(OWN)} - {None}
    assert len(regions) >= FEWEST["regions"]


@pytest.mark.parametrize("file", [OWN, LATER], ids=lambda file: file.stem)
def test_every_label_is_a_stretch_of_its_text(file: Path) -> None:
    for row in rows(file):
        for label in STRETCHES:
            assert all(stretch in row["text"] for stretch in row["gold"][label]), row["id"]
    assert len({row["id"] for row in rows(file)}) == len(rows(file))


def test_no_frame_of_a_sentence_stands_in_more_than_three_talks() -> None:
    counts = Counter(frame for row in rows(OWN) for frame in set(frames(row)))
    assert max(counts.values()) <= MOST_OF_A_FRAME


def frames(row: dict[str, Any]) -> Iterator[str]:
    """Sentences that say something, names, places and numbers left open."""
    gold, text = row["gold"], row["text"]
    words = {name for _, name in gold["relatives"]} | set(gold["self"])
    words |= {word for label in STRETCHES[:4] for word in gold[label]}
    for word in sorted(words, key=len, reverse=True):
        text = text.replace(word, "□")
    text = re.sub(r"[〇零一二三四五六七八九十百两几0-9]+", "#", text)
    for sentence in re.split(r"[。？！\n；?!]", text):
        said = re.sub(r"^\s*(?:问|答|记录)：", "", sentence.strip())
        if "□" in said and len(said) >= 6:
            yield said


def clue(kind: ClueKind, text: str, talk: str, **other: object) -> Clue:
    start = talk.index(text)
    values = {"value": text, "speaker": Speaker.RESIDENT} | other
    return Clue(kind=kind, start=start, end=start + len(text), text=text, **values)  # type: ignore[arg-type]


TEXT: Final = "我叫刘福生，老家隆回，老弟刘福贵，六十二"
TALK: Final = replace(
    own_talks()[0],
    text=TEXT,
    own_names=("刘福生", "刘福升"),
    relatives=((frozenset({Relation.YOUNGER_BROTHER}), "刘福贵"),),
    birth=YearRange(earliest=1962, latest=1966),
    stretches={ClueKind.HOME_PLACE: ("隆回",)},
)


def tally(talk: LabelledTalk, kind: ClueKind, *clues: Clue) -> tuple[int, int, int, int]:
    tallies = Tallies()
    tallies.add(talk, clues)
    found = tallies.of[kind]
    return found.right, found.said, found.found, found.labelled


def test_a_stretch_is_right_when_it_overlaps_and_the_worker_does_not_count() -> None:
    home, kind = clue(ClueKind.HOME_PLACE, "老家隆回", TEXT), ClueKind.HOME_PLACE
    assert tally(TALK, kind, home) == (1, 1, 1, 1)
    assert tally(TALK, kind, clue(kind, "老弟", TEXT)) == (0, 1, 0, 1)
    assert tally(TALK, kind, replace(home, speaker=Speaker.WORKER)) == (0, 0, 0, 1)


def test_of_names_that_sound_alike_either_may_be_written_and_a_surname_is_right() -> None:
    kind = ClueKind.SELF_NAME
    assert tally(TALK, kind, clue(kind, "刘福生", TEXT)) == (1, 1, 2, 2)
    assert tally(TALK, kind, clue(kind, "刘", TEXT)) == (1, 1, 0, 2)
    assert tally(TALK, kind, clue(kind, "隆回", TEXT)) == (0, 1, 0, 2)


def test_a_relative_needs_relation_and_name() -> None:
    kind = ClueKind.RELATIVE
    brother = clue(kind, "刘福贵", TEXT, relation=Relation.YOUNGER_BROTHER)
    assert tally(TALK, kind, brother) == (1, 1, 1, 1)
    assert tally(TALK, kind, replace(brother, relation=Relation.SON)) == (0, 1, 0, 1)


@pytest.mark.parametrize(
    ("first", "last", "right"), [(1962, 1966, 1), (1963, 1966, 1), (1900, 2000, 0), (1964, 1964, 0)]
)
def test_years_are_right_when_most_of_them_agree(first: int, last: int, right: int) -> None:
    kind = ClueKind.AGE_OR_BIRTH
    said = clue(kind, "六十二", TEXT, years=YearRange(earliest=first, latest=last))
    assert tally(TALK, kind, said) == (right, 1, right, 1)


def test_shares_of_nothing_are_whole() -> None:
    assert (Tally().precision, Tally().recall) == (1.0, 1.0)
    assert (Tally(right=1, said=2).precision, Tally(found=1, labelled=4).recall) == (0.5, 0.25)


def test_without_the_development_folder_there_is_no_development_set(tmp_path: Path) -> None:
    assert development_talks(tmp_path) == ()
