"""`guitu demo`: an empty workspace with a synthetic registry and residents, then the pages."""

from typing import Annotated

import typer

from cli.demo_workspace import TakenIn, clear_demo, make_demo
from cli.lead_rows import lead_row
from cli.output import STDERR, AsJson, print_json, print_words, progress
from cli.serve import serve_forever
from runtime.container import running
from runtime.settings import Settings


def demo(
    records: Annotated[
        int, typer.Option("--records", min=0, help="合成记录条数 · records")
    ] = 20000,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="不启动网页 · do not serve")] = False,
    as_json: AsJson = False,
) -> None:
    """建立全新演示环境并打开网页 · make a fresh demo workspace, then serve it."""
    settings = Settings()
    clear_demo(settings)
    with running(settings) as services:
        begun = services.clock()
        with progress() as bar:
            residents = make_demo(services, records, bar)
        seconds = (services.clock() - begun).total_seconds()
        with services.open_work() as work:
            count = work.records.count()
        url = f"http://{settings.host}:{settings.port}"
        if as_json:
            print_json(
                {
                    "records": count,
                    "residents": [_row(each) for each in residents],
                    "seconds": round(seconds, 2),
                    "url": url,
                }
            )
        else:
            print_words(_summary(count, residents, seconds))
        if not no_serve:
            STDERR.print("登录页上有各角色的演示账号，点一下即可进入。")
            serve_forever(services)


def _row(taken: TakenIn) -> dict[str, object]:
    return {
        "case_id": taken.case_id,
        "true_record_id": taken.true_record_id,
        "leads": [lead_row(lead) for lead in taken.leads],
    }


def _summary(count: int, residents: list[TakenIn], seconds: float) -> str:
    known = [each for each in residents if each.true_record_id]
    first = [x for x in known if x.leads and x.leads[0].record_id == x.true_record_id]
    return (
        f"演示环境已建好：{count} 条合成记录，{len(residents)} 名合成受助人员，用时 {seconds:.1f} 秒。\n"
        f"{len(known)} 人在库中有记录，其中 {len(first)} 人的记录排在第一位；"
        f"{len(residents) - len(known)} 人库中没有记录。"
    )
