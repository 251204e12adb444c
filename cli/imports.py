"""`guitu import`: missing-person records from a table."""

from pathlib import Path
from typing import Annotated

import typer

from casework.jobs.job import AT_THE_DESK
from cli.acting import AsUser, acting
from cli.exits import Exit
from cli.output import AsJson, print_json, print_words, progress
from runtime.container import running
from runtime.import_missing import ImportReport, TableImport, import_missing
from runtime.settings import Settings

app = typer.Typer(help="导入 · import", no_args_is_help=True)


@app.callback()
def group() -> None:
    """导入走失人员数据 · import missing-person records."""


@app.command("missing")
def missing(
    table: Annotated[Path, typer.Argument(help="CSV 表格 · the table")],
    photos: Annotated[
        Path | None, typer.Option("--photos", help="照片文件夹 · photo folder")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查不写入 · check only")] = False,
    police_reports: Annotated[
        bool,
        typer.Option("--police-reports", help="公安转来的报案，逐条计时并与在站人员比对 · reports"),
    ] = False,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """导入走失人员登记表；重复导入不会产生重复记录 · import a table of missing people, idempotent."""
    task = TableImport(table=table, photos=photos, dry_run=dry_run, police_reports=police_reports)
    with running(Settings()) as services, progress() as bar:
        line = bar.add_task("导入登记表", total=None)
        report = import_missing(
            acting(services, as_user),
            task,
            services.face_reader,
            lambda done, total: bar.update(line, completed=done, total=total),
        )
        services.floor.run_due(AT_THE_DESK)
    if as_json:
        print_json(_document(report))
    else:
        _print(report, dry_run=dry_run)
    if not report.accepted and not report.updated:
        raise typer.Exit(int(Exit.REFUSED))


def _document(report: ImportReport) -> dict[str, object]:
    return {
        "accepted": report.accepted,
        "updated": report.updated,
        "rejected": [
            {"row": each.row, "column": each.column, "reason": each.reason}
            for each in report.rejected
        ],
        "warnings": list(report.warnings),
        "reports": [
            {"case_id": each.case.case_id, "number": each.case.number, "record_id": each.record_id}
            for each in report.reports
        ],
    }


def _print(report: ImportReport, *, dry_run: bool) -> None:
    lead = "检查完成，没有写入" if dry_run else "导入完成"
    print_words(
        f"{lead}：新增 {report.accepted} 条，更新 {report.updated} 条，退回 {len(report.rejected)} 条。"
    )
    for each in report.rejected:
        print_words(f"  第 {each.row} 行“{each.column}”：{each.reason}")
    for file in report.reports:
        print_words(f"  已为报案建档 {file.case.number}，24 小时内答复公安。")
    for warning in report.warnings:
        print_words(f"  提示：{warning}")
