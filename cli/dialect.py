"""`guitu dialect`: how a person speaks, by records of talks. Needs no user and keeps nothing."""

import typer

from cli.exits import Exit
from cli.output import AsJson, print_json, print_words, progress
from cli.transcripts import GivenTranscript, TranscriptFiles, read_transcripts
from matching.dialect.home_guess import guess_counties
from matching.dialect.inference import guess_groups, log_likelihood, speech_names
from matching.dialect.testimony import speech_in
from matching.text.gazetteer import gazetteer

app = typer.Typer(help="方言 · dialects", no_args_is_help=True)
_COUNTIES = 20


@app.callback()
def _verbs() -> None:
    """Verbs on dialects."""


@app.command("guess")
def guess(
    files: TranscriptFiles,
    as_json: AsJson = False,
) -> None:
    """从访谈记录里的用词和说法推测方言区与家乡 · groups and counties by words and names of speech."""
    given = read_transcripts(files)
    with progress() as bar:
        rows = [_guess(each) for each in bar.track(given, description="推测 · guessing")]
    if as_json:
        print_json(rows)
    else:
        print_words("\n\n".join(map(_words, rows)))
    if len(rows) == 1 and not rows[0]["has_evidence"]:
        raise typer.Exit(Exit.REFUSED)


def _guess(given: GivenTranscript) -> dict[str, object]:
    speech = speech_in(given.text)
    counties = guess_counties(log_likelihood(speech), gazetteer(), _COUNTIES)
    return {
        "id": given.id,
        "has_evidence": bool(speech),
        "groups": [
            {
                "group": each.group,
                "probability": round(each.probability, 4),
                "markers": list(each.markers),
            }
            for each in guess_groups(speech)
        ],
        "counties": [
            {"path": list(each.path), "probability": round(each.probability, 5)}
            for each in counties
        ],
    }


def _words(row: dict[str, object]) -> str:
    groups, counties = row["groups"], row["counties"]
    assert isinstance(groups, list)
    assert isinstance(counties, list)
    if not row["has_evidence"]:
        return f"{row['id']}：没有听出方言的用词或说法，哪里人都有可能。"
    names = speech_names()
    lines = [f"{row['id']}："]
    lines += [
        f"  {names[each['group']]} {each['probability']:.0%}{_because(each['markers'])}"
        for each in groups[:3]
    ]
    likely = "、".join("".join(each["path"]) for each in counties[:5])
    return "\n".join([*lines, f"  家乡较可能在：{likely}"])


def _because(markers: list[str]) -> str:
    return f"（{'、'.join(markers)}）" if markers else ""
