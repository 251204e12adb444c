"""`guitu backup` and `guitu restore`."""

from pathlib import Path
from typing import Annotated

import typer

from casework.clock.station_time import in_station_time
from cli.acting import AsUser, acting
from cli.output import AsJson, print_json, print_words
from runtime.backups import back_up
from runtime.backups import restore as restore_all
from runtime.container import running
from runtime.settings import Settings
from storage.backup import BackupReport


def backup(
    output: Annotated[Path, typer.Option("--output", "-o", help="写到哪里 · file to write")],
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """把整个库备份成一个文件；个人信息仍是密文，密钥要另存 · everything into one file, keys apart."""
    with running(Settings()) as services:
        report = back_up(services, acting(services, as_user), output)
    _answer(report, as_json=as_json, words="已备份 {rows} 行。密钥文件不在里面，请另行保存。")


def restore(
    source: Annotated[Path, typer.Argument(help="备份文件 · the backup")],
    as_json: AsJson = False,
) -> None:
    """把备份恢复到空的数据目录或空库；要有原来的密钥 · fill an empty installation from a backup."""
    report = restore_all(Settings(), source)
    _answer(report, as_json=as_json, words="已恢复 {rows} 行（备份于 {made_at}）。请重新登录。")


def _answer(report: BackupReport, *, as_json: bool, words: str) -> None:
    made_at = in_station_time(report.made_at)
    if as_json:
        document = {
            "rows": report.rows,
            "made_at": made_at.isoformat(),
            "revision": report.revision,
        }
        print_json(document)
    else:
        print_words(words.format(rows=report.rows, made_at=f"{made_at:%Y-%m-%d %H:%M}"))
