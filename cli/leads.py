"""`guitu leads`: list, show, decide."""

from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from casework.cases.words import BAND_WORDS, STATE_WORDS, VERSION_WORDS
from casework.context import Context
from casework.leads.explaining import explain_lead
from casework.leads.lead import EvidenceClass, Lead, LeadState, LeadTask, RejectReason, Verdict
from casework.leads.package import export_lead
from casework.leads.review import DecideCommand
from casework.leads.undoing import decide_or_undo
from casework.leads.view import LeadFile, list_leads, view_lead
from casework.records.police_reports import candidates_in_care
from cli.acting import AsUser, SeenVersion, acting
from cli.exits import Exit
from cli.files import read_file, write_file
from cli.lead_rows import lead_row
from cli.output import AsJson, print_json, print_words
from cli.windows import parse_moment
from matching.explain import Explanation, odds_in_words, strength_in_words, without_details
from runtime.container import running
from runtime.settings import Settings

app = typer.Typer(help="疑似匹配线索 · leads", no_args_is_help=True)


@app.command("list")
def list_verb(
    state: Annotated[
        list[LeadState] | None, typer.Option("--state", help="只列这些状态，可重复 · by state")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=500, help="最多条数 · at most")] = 50,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """列出线索：先按到期，再按强度 · list leads by due time, then strength."""
    with running(Settings()) as services:
        page = list_leads(acting(services, as_user), states=state, limit=limit)
    if as_json:
        print_json([lead_row(row.lead) for row in page.items])
    else:
        print_words("\n".join(lead_line(row.lead, row.case_number) for row in page.items))
    if not page.items:
        raise typer.Exit(int(Exit.REFUSED))


@app.command("show")
def show(
    lead_id: Annotated[str, typer.Argument(help="线索编号 · lead id")],
    hide_details: Annotated[
        bool, typer.Option("--hide-details", help="不显示双方的具体内容 · no values of either side")
    ] = False,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """查看一条线索及其证据 · one lead with its evidence."""
    with running(Settings()) as services:
        file = view_lead(acting(services, as_user), lead_id)
        told = explain_lead(file.lead, services.matcher.policy, hide_details=hide_details)
    lead = file.lead
    if hide_details:
        lead = replace(lead, evidence=tuple(map(without_details, lead.evidence)))
    if as_json:
        decisions = {"decisions": _decisions(file), "explanation": asdict(told)}
        print_json(lead_row(lead) | decisions)
    else:
        print_words(_explained(lead, told))


@app.command("decide")
def decide_verb(
    lead_id: Annotated[str, typer.Argument(help="线索编号 · lead id")],
    verdict: Annotated[Verdict, typer.Argument(help="处理 · what is decided")],
    code: Annotated[
        RejectReason | None, typer.Option("--code", help="排除原因代码 · reason code")
    ] = None,
    reason: Annotated[str | None, typer.Option("--reason", help="原因 · why")] = None,
    task: Annotated[str | None, typer.Option("--task", help="要补充什么 · what is asked")] = None,
    until: Annotated[str | None, typer.Option("--until", help="到什么时候 · until when")] = None,
    answered_by: Annotated[
        str | None, typer.Option("--answered-by", help="书面答复人与单位 · officer and agency")
    ] = None,
    scan: Annotated[Path | None, typer.Option("--scan", help="书面答复扫描件 · scan")] = None,
    evidence_class: Annotated[
        EvidenceClass | None, typer.Option("--evidence", help="核实方式 · verified by")
    ] = None,
    version: SeenVersion = None,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """处理一条线索 · forward, reject, confirm, refute."""
    with running(Settings()) as services:
        context = acting(services, as_user)
        seen = view_lead(context, lead_id).lead.version if version is None else version
        lead = decide_or_undo(
            context,
            DecideCommand(
                lead_id=lead_id,
                verdict=verdict,
                reason_code=code,
                reason=reason,
                evidence_class=evidence_class,
                task=_task(context, task, until),
                answered_by=answered_by,
                scan=read_file(scan) if scan else None,
                read_version=seen,
            ),
        )
    if as_json:
        print_json(lead_row(lead))
    else:
        print_words(f"已处理，线索现为：{STATE_WORDS[lead.state]}。")


@app.command("to-record")
def to_record(
    record_id: Annotated[str, typer.Argument(help="走失记录编号 · record id")],
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """列出指向某条走失记录的在站人员，用于答复报案 · residents who may be a reported person."""
    with running(Settings()) as services:
        found = candidates_in_care(acting(services, as_user), record_id)
    if as_json:
        print_json([lead_row(lead) for lead in found])
    else:
        print_words(
            "\n".join(lead_line(lead, lead.case_id) for lead in found)
            or "在站人员中没有达到门槛的。"
        )
    if not found:
        raise typer.Exit(int(Exit.REFUSED))


@app.command("package")
def package(
    lead_id: Annotated[str, typer.Argument(help="线索编号 · lead id")],
    output: Annotated[Path, typer.Option("--output", "-o", help="写到哪里 · ZIP file")],
    as_user: AsUser = None,
) -> None:
    """导出已送核实线索的材料，供断网时交公安 · a forwarded lead as a file."""
    with running(Settings()) as services:
        data = export_lead(acting(services, as_user), lead_id)
    write_file(output, data)
    print_words("核实材料已导出；内含个人信息，请按规定交接，用后删除。")


def _task(context: Context, what: str | None, until: str | None) -> LeadTask | None:
    if what is None or until is None:
        return None
    return LeadTask(what=what, until=parse_moment(until, "--until"), who=context.actor.user_id)


def lead_line(lead: Lead, case_number: str) -> str:
    """One lead on one line for a person."""
    percent = f"{lead.probability:.0%}"
    words = (BAND_WORDS[lead.band], STATE_WORDS[lead.state], percent, f"{lead.bits:+.1f}")
    return "\t".join((lead.lead_id, case_number, f"第 {lead.rank} 位", *words))


def _explained(lead: Lead, told: Explanation) -> str:
    head = f"{BAND_WORDS[lead.band]}，{odds_in_words(lead.probability)}"
    versions = "；".join(
        f"{words} {lead.versions[key]}"
        for key, words in VERSION_WORDS.items()
        if key in lead.versions
    )
    return "\n".join((head, *sum_lines(told), f"评分版本：{versions}"))


def sum_lines(told: Explanation) -> tuple[str, ...]:
    """The sum row by row, what is not known, and what to find out next."""
    rows = [
        f"{row.bits:+6.1f}  {row.label}：{row.sentence}（{strength_in_words(row.bits)}）"
        for row in told.rows
    ]
    total = f"{told.rows[-1].running:+6.1f}  合计"
    missing = [f"{'不知道':>6}  {sentence}" for sentence in told.missing]
    steps = [f"{'下一步':>6}  {step.what}" for step in told.next_steps]
    return (*rows, total, *missing, *steps)


def _decisions(file: LeadFile) -> list[dict[str, object]]:
    return [
        {
            "verdict": each.verdict.value,
            "decided_at": each.decided_at.isoformat(),
            "decided_by": file.deciders[each.decided_by],
            "reason": each.reason,
            "evidence_class": each.evidence_class.value if each.evidence_class else None,
        }
        for each in file.decisions
    ]
