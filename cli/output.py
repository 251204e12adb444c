"""What a verb prints: one JSON document on stdout, or words for a person. Progress goes to stderr."""

import json
import sys
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

#: Messages and progress; stdout stays clean for JSON.
STDERR = Console(stderr=True)

AsJson = Annotated[
    bool, typer.Option("--json", help="只在标准输出打印一份 JSON · print one JSON document")
]


def print_json(document: object) -> None:
    """One JSON document on stdout, UTF-8, Chinese readable."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")


def print_words(text: str) -> None:
    """One paragraph for a person on stdout."""
    sys.stdout.write(text + "\n")


def progress() -> Progress:
    """A progress bar on stderr for anything that may take over a second."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=STDERR,
        transient=True,
    )
