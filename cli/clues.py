"""`guitu clues`: what records of talks say, clue by clue. Needs no user and keeps nothing."""

from typing import Final

import typer

from casework.clock.station_time import station_day
from cli.exits import Exit, refusals_as_exits
from cli.output import AsJson, print_json, print_words, progress
from cli.transcripts import GivenTranscript, TranscriptFiles, read_transcripts
from matching.dialect.inference import guess_groups
from matching.dialect.testimony import speech_in
from matching.text.place_resolver import PlaceResolver
from matching.text.place_search import PlaceSearch
from matching.text.testimony.births import birth_of
from matching.text.testimony.clues import Clue, ClueKind
from matching.text.testimony.home import HomeCandidate, rank_homes
from matching.text.testimony.known_places import known_places
from matching.text.testimony.questions import next_questions
from matching.text.testimony.reader import read_testimony
from runtime.clock import system_clock
from runtime.settings import Settings
from runtime.station_places import station_gazetteer

_HOMES = 10
#: Kinds beside those that scripts have always found in `clues`.
_FURTHER: Final = (ClueKind.WORK, ClueKind.ID_DIGITS, ClueKind.PHONE_DIGITS)


def clues(
    files: TranscriptFiles,
    as_json: AsJson = False,
) -> None:
    """从访谈记录里读出线索：家乡、姓名、亲属、年龄、体貌… · clues in records of talks."""
    given = read_transcripts(files)
    with refusals_as_exits():
        resolver = PlaceResolver(PlaceSearch(station_gazetteer(Settings().places_path)))
    with progress() as bar:
        rows = [_read(each, resolver) for each in bar.track(given, description="读取 · reading")]
    if as_json:
        print_json(rows)
    else:
        print_words("\n\n".join(map(_words, rows)))
    if len(rows) == 1 and not rows[0]["clues"]:
        raise typer.Exit(Exit.REFUSED)


def _read(given: GivenTranscript, resolver: PlaceResolver) -> dict[str, object]:
    today = station_day(system_clock())
    found = read_testimony(given.text, on=today, known=known_places())
    homes = rank_homes(found.clues, resolver, limit=_HOMES)
    birth = birth_of(found.clues)
    return {
        "id": given.id,
        "clues": [clue_row(clue) for clue in found.clues if clue.kind not in _FURTHER],
        "further": [clue_row(clue) for clue in found.of(*_FURTHER)],
        "home": [_home(each) for each in homes],
        "dialect": _speech(given.text),
        "birth": None if birth is None else {"earliest": birth.earliest, "latest": birth.latest},
        "possible_abduction": bool(found.of(ClueKind.POSSIBLE_ABDUCTION)),
        "next_questions": list(next_questions(found.clues, homes)),
    }


def _speech(text: str) -> list[dict[str, object]]:
    """How the person speaks; empty when nothing tells."""
    speech = speech_in(text)
    return [
        {"group": each.group, "probability": round(each.probability, 4)}
        for each in (guess_groups(speech) if speech else ())
    ]


def clue_row(clue: Clue) -> dict[str, object]:
    """A clue as CONTRACT prints it."""
    return {
        "kind": clue.kind.value,
        "text": clue.text,
        "span": [clue.start, clue.end],
        "speaker": clue.speaker.value,
        "value": _value(clue),
        "candidates": list(clue.alternatives),
        "confidence": clue.confidence,
    }


def _value(clue: Clue) -> object:
    if clue.relation is not None:
        return {"relation": clue.relation.value, "name": clue.value}
    if clue.years is not None:
        years = {"earliest": clue.years.earliest, "latest": clue.years.latest}
        return {"said": clue.value} | years
    return clue.value


def _home(home: HomeCandidate) -> dict[str, object]:
    return {"path": list(home.path), "bits": round(home.bits, 2), "rules": list(home.rules)}


def _words(row: dict[str, object]) -> str:
    homes, questions, found = row["home"], row["next_questions"], row["clues"]
    assert isinstance(homes, list)
    assert isinstance(questions, list)
    assert isinstance(found, list)
    lines = [f"{row['id']}：{len(found)} 条线索"]
    lines += [
        f"  可能的家乡：{''.join(each['path'])}（{each['bits']:+.1f} 比特）" for each in homes[:3]
    ]
    lines += [] if homes else ["  没有能用的地名。"]
    lines += (
        ["  ⚠ 话里有疑似被拐、被卖或强迫劳动的迹象，请按保护流程处理。"]
        if row["possible_abduction"]
        else []
    )
    return "\n".join([*lines, *(f"  下次可以问：{each}" for each in questions)])
