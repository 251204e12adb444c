"""The reader against talks that were labelled by hand: the project's own set, and the development set."""

import ast
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest

from benchmarks.clues import Outcome, read_set
from benchmarks.labelled_talks import LabelledTalk, development_talks, later_talks, own_talks
from matching.text.testimony.clues import ClueKind

READER: Final = Path(__file__).parents[2] / "matching" / "text" / "testimony"
#: Kind -> least precision and recall on the project's own set, a little under the frozen figures.
FLOORS: Final = {
    ClueKind.HOME_PLACE: (0.81, 0.90),
    ClueKind.OTHER_PLACE: (0.66, 0.62),
    ClueKind.SELF_NAME: (0.94, 0.95),
    ClueKind.RELATIVE: (0.95, 0.95),
    ClueKind.AGE_OR_BIRTH: (0.90, 0.88),
    ClueKind.LANDMARK: (0.85, 0.74),
    ClueKind.BODY_MARK: (0.95, 0.95),
    ClueKind.DIALECT_MARKER: (0.95, 0.90),
    ClueKind.EVENT: (0.80, 0.95),
    ClueKind.POSSIBLE_ABDUCTION: (0.85, 1.0),
}


@pytest.fixture(scope="module")
def development() -> tuple[LabelledTalk, ...]:
    folder = os.environ.get("GUITU_DEVDATA")
    if not folder:
        pytest.skip("GUITU_DEVDATA is not set")
    return development_talks(Path(folder))


@pytest.fixture(scope="module")
def own() -> Outcome:
    return read_set(own_talks())


def among_first(ranks: Sequence[int | None], first: int) -> int:
    return sum(rank is not None and rank < first for rank in ranks)


@pytest.mark.devdata
def test_homes_names_and_relatives_of_the_development_set(
    development: tuple[LabelledTalk, ...],
) -> None:
    outcome = read_set(development)
    assert among_first(outcome.counties, 1) >= 9
    assert len(outcome.counties) == 10
    assert among_first(outcome.towns, 3) >= 8
    assert len(outcome.towns) == 9
    assert outcome.tallies.of[ClueKind.SELF_NAME].recall == 1.0
    assert outcome.tallies.of[ClueKind.RELATIVE].recall >= 0.85


@pytest.mark.parametrize("kind", FLOORS, ids=lambda kind: kind.value)
def test_every_kind_of_clue_in_the_own_set(own: Outcome, kind: ClueKind) -> None:
    tally = own.tallies.of[kind]
    assert tally.labelled > 0
    least_precision, least_recall = FLOORS[kind]
    assert tally.precision >= least_precision
    assert tally.recall >= least_recall


def test_homes_of_the_own_set_are_found_or_honestly_not(own: Outcome) -> None:
    assert among_first(own.counties, 1) >= 0.9 * len(own.counties)
    assert among_first(own.towns, 3) >= 0.85 * len(own.towns)
    assert own.homes_made_up == [False] * 5


def test_talks_that_no_rule_was_mended_with() -> None:
    outcome = read_set(later_talks(is_mended=False))
    assert among_first(outcome.counties, 1) >= 8
    assert len(outcome.counties) == 9
    assert outcome.tallies.of[ClueKind.SELF_NAME].recall >= 0.85
    assert outcome.tallies.of[ClueKind.RELATIVE].recall >= 0.75
    assert outcome.tallies.of[ClueKind.POSSIBLE_ABDUCTION].recall == 1.0
    assert sum(outcome.false_flags) == 0


def test_every_planted_sign_of_abduction_is_found_and_few_flags_are_false(own: Outcome) -> None:
    assert own.tallies.of[ClueKind.POSSIBLE_ABDUCTION].recall == 1.0
    assert sum(own.false_flags) <= 2
    assert len(own.false_flags) > 50


def test_no_rule_names_one_of_the_own_sets_people() -> None:
    assert named_in_rules(own_talks()) == set()


@pytest.mark.devdata
def test_no_rule_names_one_of_the_development_sets_people(
    development: tuple[LabelledTalk, ...],
) -> None:
    assert named_in_rules(development) == set()


def named_in_rules(talks: Sequence[LabelledTalk]) -> set[str]:
    """Names of the set's people in a table of the reader, or in a string of its code."""
    names = {name for talk in talks for name in people_of(talk) if len(name) > 1}
    assert names
    rules = "\n".join(rules_of(READER))
    assert "老家" in rules
    return {name for name in names if name in rules}


def people_of(talk: LabelledTalk) -> Iterator[str]:
    yield from talk.own_names
    yield from (name for _, name in talk.relatives)


def rules_of(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        if path.suffix in {".toml", ".tsv"}:
            yield from (line.partition("#")[0] for line in path.read_text("utf-8").splitlines())
        elif path.suffix == ".py":
            yield from strings_of(ast.parse(path.read_text("utf-8")))


def strings_of(tree: ast.Module) -> Iterator[str]:
    """Strings that do something; docstrings and comments may give examples."""
    said = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value
