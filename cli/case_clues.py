"""`guitu case clues`: what every talk of a case says together."""

import typer

from casework.cases.merged_clues import MergedClue, merged_clues
from casework.cases.view import view_case
from casework.cases.words import CLUE_STATE_WORDS, CLUE_WORDS
from casework.clock.station_time import in_station_time
from cli.acting import AsUser, acting
from cli.cases import CaseId
from cli.exits import Exit
from cli.output import AsJson, print_json, print_words
from runtime.container import running
from runtime.settings import Settings


def case_clues(case_id: CaseId, as_user: AsUser = None, as_json: AsJson = False) -> None:
    """各次访谈合在一起的线索：说过几次、何时、是否矛盾、是否核实 · clues of all talks together."""
    with running(Settings()) as services:
        clues = merged_clues(view_case(acting(services, as_user), case_id).statements)
    if as_json:
        print_json([_row(each) for each in clues])
    else:
        print_words("\n".join(map(_line, clues)) if clues else "还没有口述线索。")
    if not clues:
        raise typer.Exit(Exit.REFUSED)


def _row(clue: MergedClue) -> dict[str, object]:
    kind, relation, value = clue.claim
    return {
        "kind": kind.value,
        "relation": relation.value if relation else None,
        "value": value,
        "candidates": list(clue.alternatives),
        "state": clue.state.value,
        "talks": clue.talks,
        "first_said": in_station_time(clue.first_said).isoformat(),
        "last_said": in_station_time(clue.last_said).isoformat(),
        "is_guess": clue.is_guess,
        "contradicted_by": list(clue.contradicted_by),
        "origins": [
            {"source_entry_id": each.talk_id, "span": [each.clue.start, each.clue.end]}
            for each in clue.statements
        ],
    }


def _line(clue: MergedClue) -> str:
    kind, _, value = clue.claim
    against = f"，又说过{'、'.join(clue.contradicted_by)}" if clue.contradicted_by else ""
    others = f"（也可能：{'、'.join(clue.alternatives)}）" if clue.alternatives else ""
    return (
        f"{CLUE_WORDS[kind]}：{value}{others}，{clue.talks} 次访谈说到，"
        f"{CLUE_STATE_WORDS[clue.state]}{against}"
    )
