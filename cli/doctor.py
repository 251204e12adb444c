"""`guitu doctor`: is every part well, and what to do if not."""

import typer

from cli.exits import Exit
from cli.output import AsJson, print_json, print_words
from runtime.doctor import Health, examine
from runtime.settings import Settings

_MARKS = {Health.OK: "✓", Health.DEGRADED: "△", Health.DOWN: "✗"}


def doctor(as_json: AsJson = False) -> None:
    """检查各部件是否正常并给出处理办法 · check every part and say what to do."""
    parts = examine(Settings())
    if as_json:
        print_json(
            [
                {
                    "part": each.part,
                    "state": each.health.value,
                    "found": each.found,
                    "remedy": each.remedy,
                }
                for each in parts
            ]
        )
    else:
        for each in parts:
            print_words(f"{_MARKS[each.health]} {each.part}\t{each.found}\t{each.remedy}")
    if any(each.health is Health.DOWN for each in parts):
        raise typer.Exit(int(Exit.UNAVAILABLE))
