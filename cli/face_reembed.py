"""`guitu face reembed`: move every face to another engine, then let it serve."""

import time
from typing import Annotated

import typer

from cli.acting import AsUser, acting
from cli.exits import Exit
from cli.output import AsJson, print_json, print_words, progress
from runtime.container import Services, running
from runtime.model_change import move_readers
from runtime.model_files import model_id_of
from runtime.reembed import Move, MoveReport, reembed
from runtime.settings import Settings


def face_reembed(
    engine: Annotated[str, typer.Option("--engine", help="换用的人脸引擎 · the new engine")],
    leave_behind: Annotated[
        bool,
        typer.Option("--leave-behind", help="有人脸转不过去也切换 · switch even if some are lost"),
    ] = False,
    as_user: AsUser = None,
    as_json: AsJson = False,
) -> None:
    """把库里的人脸换到另一个引擎；可中断续做，做完才切换 · move the gallery to another engine."""
    begun = time.monotonic()
    with running(Settings()) as services, progress() as bar:
        line = bar.add_task("重算人脸特征", total=None)
        with move_readers(services.settings, engine) as (new, old):
            report = reembed(
                acting(services, as_user),
                _move(services, engine, leave_behind=leave_behind),
                new,
                old,
                lambda done, total: bar.update(line, completed=done, total=total),
            )
        services.runner.run_pending()
    _answer(report, engine, time.monotonic() - begun, as_json=as_json)
    if not report.switched:
        raise typer.Exit(int(Exit.REFUSED))


def _move(services: Services, engine: str, *, leave_behind: bool) -> Move:
    model_id = model_id_of(engine, services.settings.models_path)
    return Move(engine=engine, model_id=model_id, leave_behind=leave_behind)


def _answer(report: MoveReport, engine: str, seconds: float, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "engine": engine,
                "model_id": report.model_id,
                "moved": report.moved,
                "already": report.already,
                "without_photo": report.without_photo,
                "without_face": report.without_face,
                "switched": report.switched,
                "seconds": seconds,
            }
        )
        return
    print_words(
        f"新算 {report.moved} 张脸，先前已有 {report.already} 张，"
        f"没有照片的 {report.without_photo} 张，新引擎认不出的 {report.without_face} 张。"
    )
    if report.switched:
        print_words(f"已切换到 {engine}，在办个案已重新检索。")
    else:
        print_words(
            f"没有切换：有 {report.left_behind} 张脸转不过去，切换后它们不再参与检索。"
            "仍由原引擎服务；确认放弃这些人脸时加 --leave-behind 再运行一次。"
        )
