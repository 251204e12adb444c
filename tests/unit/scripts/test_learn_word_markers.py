import os
from pathlib import Path

import pytest

from scripts import learn_word_markers as script

HEAD = "DOCULECT\tCONCEPT\tCHINESE\tBENZI\tBENZI_IN_SOURCE\tVALUE\n"
LEARNED = [
    thing for thing in ("家", "房子", "狗", "雨", "下雨", "娃娃") if not script.is_held_back(thing)
]


def words(tmp_path: Path, *rows: tuple[str, str, str]) -> script.Words:
    path = tmp_path / "words.tsv"
    lines = (f"{dialect}\tx\t{thing}\t\t{word}\tx\n" for dialect, thing, word in rows)
    path.write_text(HEAD + "".join(lines), encoding="utf-8")
    return script.read_words(path)


def runs(words: script.Words) -> dict[str, str]:
    lines = (line for line in script.table(words).splitlines() if not line.startswith("#"))
    return dict(line.split("\t") for line in lines)


def test_a_word_of_one_group_speaks_for_it(tmp_path: Path) -> None:
    thing = LEARNED[0]
    found = runs(words(tmp_path, ("Guangzhou", thing, "屋企"), ("Beijing", thing, "家")))
    assert found["屋企"].startswith("yue=")
    assert "家" not in found


def test_what_the_standard_says_too_is_no_marker(tmp_path: Path) -> None:
    thing = LEARNED[0]
    assert "家" not in runs(words(tmp_path, ("Meixian", thing, thing)))


def test_notes_and_missing_characters_are_left_out(tmp_path: Path) -> None:
    thing = LEARNED[0]
    found = words(tmp_path, ("Xi_an", thing, "屋裏〔頭〕"), ("Jinan", thing, "囗囗"))
    assert [word for word, _ in found["Xi_an"][thing]] == ["屋里"]
    assert not found["Jinan"][thing]


def test_held_back_things_are_not_read(tmp_path: Path) -> None:
    held = next(f"物{n}" for n in range(100) if script.is_held_back(f"物{n}"))
    assert runs(words(tmp_path, ("Guangzhou", held, "屋企"))) == {}


@pytest.mark.devdata
def test_the_shipped_table_is_learned_again() -> None:
    folder = os.environ.get("GUITU_DEVDATA")
    if folder is None:
        pytest.skip("GUITU_DEVDATA is not set")
    found = script.table(script.read_words(Path(folder) / "dialect" / "words_beida.tsv"))
    assert script.OUT.read_text(encoding="utf-8") == found
