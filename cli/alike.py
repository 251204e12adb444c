"""`guitu case alike|alike-pair|judge-alike|repeat-help`: files that may be one person's."""

from dataclasses import asdict
from typing import Annotated

import typer

from casework.alike.judging import JudgeCommand, judge_alike
from casework.alike.pairs import AlikeVerdict
from casework.alike.view import AlikeFinding, alike_residents, alike_to_judge, view_alike
from casework.boards.station import REPEAT_HELP
from casework.cases.words import ALIKE_STATE_WORDS, WINDOW_STATE_WORDS
from casework.clock.station_time import in_station_time
from casework.windows.due_list import list_due
from casework.windows.ports import DueFilter
from cli.acting import AsUser, SeenVersion, acting
from cli.exits import Exit, leave
from cli.lead_rows import evidence_row
from cli.leads import sum_lines
from cli.output import AsJson, print_json, print_words
from cli.windows import window_row
from runtime.container import running
from runtime.settings import Settings

PairId = Annotated[str, typer.Argument(help="一对档案的编号 · pair id")]


def register(app: typer.Typer) -> None:
    """Add the verbs to `guitu case`."""
    app.command("alike")(alike)
    app.command("alike-pair")(alike_pair)
    app.command("judge-alike")(judge)
    app.command("repeat-help")(repeat_help)


def alike(
    case_id: Annotated[
        str | None, typer.Argument(help="个案编号，缺省为本站全部待核对的 · case id")
    ] = None,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """列出可能是同一人的其他档案：姓名、亲属、家乡、特征、人脸一并比对 · files of the same person."""
    with running(Settings()) as services:
        context = acting(services, as_user)
        found = alike_residents(context, case_id) if case_id else alike_to_judge(context)
    if as_json:
        print_json([_row(each) for each in found])
    else:
        print_words("\n".join(f"{each.pair.pair_id}\t{each.note}" for each in found))
    if not found:
        leave("没有发现可能是同一人的其他档案。", Exit.REFUSED)


def alike_pair(pair_id: PairId, as_user: AsUser = None, as_json: AsJson = False) -> None:
    """查看一对档案为什么可能是同一人 · why two files may be one person's."""
    with running(Settings()) as services:
        finding = view_alike(acting(services, as_user), pair_id)
        told = finding.explained(services.matcher.policy)
    if as_json:
        print_json(_row(finding) | {"explanation": asdict(told)})
    else:
        print_words("\n".join((finding.note, *sum_lines(told))))


def judge(
    pair_id: PairId,
    verdict: Annotated[AlikeVerdict, typer.Argument(help="same 同一人，different 不是，undo 撤销")],
    reason: Annotated[str | None, typer.Option("--reason", help="依据 · on what grounds")] = None,
    version: SeenVersion = None,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """认定两份档案是不是同一人；只作关联，不合并 · say whether two files are one person's."""
    with running(Settings()) as services:
        context = acting(services, as_user)
        seen = view_alike(context, pair_id).pair.version if version is None else version
        command = JudgeCommand(pair_id=pair_id, verdict=verdict, read_version=seen, reason=reason)
        judge_alike(context, command)
        finding = view_alike(context, pair_id)
    if as_json:
        print_json(_row(finding))
    else:
        print_words(f"已登记，这两份档案现为：{ALIKE_STATE_WORDS[finding.pair.state]}。")


def repeat_help(as_user: AsUser = None, as_json: AsJson = False) -> None:
    """列出半年内受助三次以上、待核查是否骗助的 · helped three times within half a year."""
    with running(Settings()) as services:
        wanted = DueFilter(kind=REPEAT_HELP)
        found = list_due(acting(services, as_user), wanted).windows
    if as_json:
        print_json(
            [
                {"case_id": each.case_id, "number": each.case_number} | window_row(each.window)
                for each in found
            ]
        )
    else:
        print_words(
            "\n".join(
                f"{each.case_number}\t{WINDOW_STATE_WORDS[each.window.state]}" for each in found
            )
        )
    if not found:
        leave("没有半年内受助三次以上待核查的人员。", Exit.REFUSED)


def _row(finding: AlikeFinding) -> dict[str, object]:
    pair, ranked = finding.pair, finding.pair.ranked
    return {
        "pair_id": pair.pair_id,
        "case_id": finding.case.case_id,
        "place": finding.place,
        "other_id": finding.other.case_id if finding.is_open else None,
        "probability": ranked.probability,
        "bits": ranked.bits,
        "prior_bits": ranked.prior_bits,
        "calibration_bits": ranked.calibration_bits,
        "rival_bits": ranked.rival_bits,
        "band": ranked.band.value,
        "state": pair.state.value,
        "found_at": in_station_time(pair.found_at).isoformat(),
        "version": pair.version,
        "evidence": [evidence_row(each) for each in finding.evidence],
        "versions": dict(pair.versions),
    }
