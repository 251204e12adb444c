"""`guitu places`: place names in a sentence, and place names as they were heard. Needs no user."""

from pathlib import Path
from typing import Annotated

import typer

from cli.exits import Exit, refusals_as_exits
from cli.json_lines import Row, answer_batch
from cli.output import AsJson, print_json, print_words
from cli.sound import Dialect, WrittenBy, sound_of, sound_of_row, writer_of
from matching.text.place_resolver import Mention, PlaceResolver, ResolvedPlace
from matching.text.place_search import PlaceHit, PlaceSearch
from runtime.settings import Settings
from runtime.station_places import add_place, added_places, station_gazetteer

app = typer.Typer(help="地名 · places", no_args_is_help=True)

Within = Annotated[
    str | None,
    typer.Option("--within", help="限定省、市或县 · only inside this province, city, county"),
]
Limit = Annotated[int, typer.Option("--limit", min=1, max=200, help="最多几条 · at most")]


@app.command("resolve")
def resolve(
    text: Annotated[str, typer.Argument(help="一句话 · a sentence")],
    within: Within = None,
    dialect: Dialect = None,
    writer: WrittenBy = None,
    limit: Limit = 10,
    as_json: AsJson = False,
) -> None:
    """找出一句话里的地名，给出排好序的完整路径 · the places in a sentence as ranked full paths."""
    with refusals_as_exits():
        places = station_gazetteer(Settings().places_path)
        resolver = PlaceResolver(PlaceSearch(places), sound_of(dialect, writer))
    nodes, warning = _nodes(resolver.search, within)
    mentions = resolver.mentions(text, within=nodes, limit=limit)
    if as_json:
        print_json([_mention(each) for each in mentions])
    else:
        print_words(
            "\n".join((*filter(None, (warning,)), *map(_words, mentions))) or "没有听出地名。"
        )
    if not mentions:
        raise typer.Exit(Exit.REFUSED)


@app.command("search")
def search(
    batch: Annotated[
        Path, typer.Option("--batch", help="JSON Lines：{id, heard, within?, dialect?}")
    ],
    out: Annotated[Path, typer.Option("--out", help="结果 JSON Lines · answers")],
    limit: Limit = 10,
    writer: WrittenBy = None,
) -> None:
    """按听到的读音检索全国地名，逐行作答 · search all of China by sound, line by line."""
    with refusals_as_exits():
        writer_of(writer)
        places = PlaceSearch(station_gazetteer(Settings().places_path).load())
    answer_batch(batch, out, lambda row: _search(places, row, limit, writer))


@app.command("add")
def add(
    path: Annotated[
        str, typer.Argument(help="所在区划的完整路径，如 湖南省/邵阳市/隆回县/荷田乡 · full path")
    ],
    name: Annotated[str, typer.Argument(help="自然村、屯、寨的名字 · the village")],
) -> None:
    """把行政区划里没有的自然村加进本站的地名库 · add a natural village of the station's own."""
    with refusals_as_exits():
        place = add_place(Settings().places_path, path, name)
    print_words(f"已加入：{''.join((*place.inside, place.name))}")


@app.command("added")
def added(as_json: AsJson = False) -> None:
    """列出本站自己加的地名 · the station's own places."""
    with refusals_as_exits():
        rows = [(*each.inside, each.name) for each in added_places(Settings().places_path)]
    if as_json:
        print_json([list(each) for each in rows])
    else:
        print_words("\n".join(map("".join, rows)) or "本站还没有自己加的地名。")


def _search(places: PlaceSearch, row: Row, limit: int, writer: str | None) -> dict[str, object]:
    within = row.get("within")
    nodes, unknown_place = _nodes(places, within if isinstance(within, str) else None)
    sound, unknown_dialect = sound_of_row(row.get("dialect"), writer)
    hits = places.search(row["heard"], sound, within=nodes, limit=limit)
    found: dict[str, object] = {"candidates": [_hit(each) for each in hits]}
    warning = "".join(filter(None, (unknown_place, unknown_dialect)))
    return {**found, "warning": warning} if warning else found


def _nodes(places: PlaceSearch, within: str | None) -> tuple[tuple[int, ...], str | None]:
    """The divisions a name stands for; every one when it is ambiguous."""
    if not within:
        return (), None
    nodes = places.divisions_named(within)
    return nodes, None if nodes else "没有这个省、市或县，已在全国范围检索。"


def _mention(mention: Mention) -> dict[str, object]:
    return {
        "text": mention.text,
        "span": list(mention.span),
        "candidates": [_candidate(each) for each in mention.candidates],
    }


def _candidate(place: ResolvedPlace) -> dict[str, object]:
    return {
        "name": place.path[-1],
        "path": list(place.path),
        "code": place.code,
        "level": place.level,
        "score": round(place.score, 4),
        "bits": round(place.bits, 2),
        "rules": list(place.rules),
    }


def _hit(hit: PlaceHit) -> dict[str, object]:
    return {
        "name": hit.path[-1],
        "path": list(hit.path),
        "level": hit.level,
        "score": round(hit.score, 4),
        "bits": round(hit.bits, 2),
        "rules": list(hit.rules),
    }


def _words(mention: Mention) -> str:
    rows = (
        f"  {''.join(each.path)}（{each.score:.0%}，{'、'.join(each.rules)}）"
        for each in mention.candidates
    )
    return "\n".join((f"“{mention.text}”可能是：", *rows))
