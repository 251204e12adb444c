"""`guitu names`: how alike two names are, and names searched by sound. Needs no user."""

from pathlib import Path
from typing import Annotated

import typer

from cli.exits import Exit, refusals_as_exits
from cli.files import read_text
from cli.json_lines import Row, answer_batch
from cli.output import AsJson, print_json, print_words
from cli.sound import Dialect, WrittenBy, sound_of, sound_of_row, writer_of
from matching.text.name_costs import NameOutcome, name_similarity
from matching.text.name_index import NameHit, NameIndex
from matching.text.sound_costs import SoundCosts

app = typer.Typer(help="姓名 · names", no_args_is_help=True)

_OUTCOMES = {
    NameOutcome.EXACT: "同名",
    NameOutcome.HOMOPHONE: "同音",
    NameOutcome.NEAR: "近音",
    NameOutcome.PET_NAME: "小名",
    NameOutcome.SURNAME: "只同姓",
    NameOutcome.DIFFERENT: "不同",
}


@app.command("compare")
def compare(
    a: Annotated[str, typer.Argument(help="姓名一 · first name")],
    b: Annotated[str, typer.Argument(help="姓名二 · second name")],
    dialect: Dialect = None,
    writer: WrittenBy = None,
    as_json: AsJson = False,
) -> None:
    """比较两个姓名的写法与读音 · compare two names by writing and by sound."""
    with refusals_as_exits():
        match = name_similarity(a, b, sound_of(dialect, writer))
    if as_json:
        print_json(
            {
                "similarity": round(match.similarity, 4),
                "bits": round(match.bits, 2),
                "outcome": match.outcome.value,
                "rules": list(match.rules),
            }
        )
    else:
        rules = "、".join(match.rules) or "无"
        print_words(f"{_OUTCOMES[match.outcome]}，相似度 {match.similarity:.2f}，依据：{rules}")
    if match.outcome is NameOutcome.DIFFERENT:
        raise typer.Exit(Exit.REFUSED)


@app.command("search")
def search(
    gallery: Annotated[Path, typer.Option("--gallery", help="每行一个姓名 · one name a line")],
    batch: Annotated[Path, typer.Option("--batch", help="JSON Lines：{id, heard, dialect?}")],
    out: Annotated[Path, typer.Option("--out", help="结果 JSON Lines · answers")],
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="最多几条 · at most")] = 50,
    rules: Annotated[
        bool, typer.Option("--rules", help="附上每个姓名的依据 · say what happened to each name")
    ] = False,
    writer: WrittenBy = None,
) -> None:
    """按听到的读音在名单里检索，逐行作答 · search a list of names by sound, line by line."""
    with refusals_as_exits():
        writer_of(writer)
    lines = (line.strip() for line in read_text(gallery).splitlines())
    index = NameIndex.build(line for line in lines if line)
    answer_batch(batch, out, lambda row: _search(index, row, limit, writer, rules=rules))


def _search(
    index: NameIndex, row: Row, limit: int, writer: str | None, *, rules: bool
) -> dict[str, object]:
    heard = row["heard"]
    sound, warning = sound_of_row(row.get("dialect"), writer)
    hits = index.nearest(heard, sound, limit)
    found: dict[str, object] = {
        "candidates": [
            _hit(index, each) | (_rules(heard, index.names[each.number], sound) if rules else {})
            for each in hits
        ]
    }
    return {**found, "warning": warning} if warning else found


def _hit(index: NameIndex, hit: NameHit) -> dict[str, object]:
    name = index.names[hit.number]
    return {"name": name, "score": round(hit.score, 4)}


def _rules(heard: str, name: str, sound: SoundCosts) -> dict[str, object]:
    return {"rules": list(name_similarity(heard, name, sound).rules)}
