"""How far a run of re-matching is, as server-sent events."""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

from fastapi.concurrency import run_in_threadpool

from api.rematch_schemas import RunOut
from casework.context import Context
from casework.errors import CaseworkError
from casework.rematch.orders import view_run
from casework.rematch.runs import UNDER_WAY

#: Seconds between two looks at a run that is being watched.
LOOK_EVERY: Final = 1.0
#: An empty line of the stream: tells the other side that this one lives.
BREATH: Final = ": \n\n"


async def progress_events(context: Context, run_id: str) -> AsyncIterator[str]:
    """`progress` events while the run goes on, then one `end`."""
    told = ""
    while True:
        try:
            run = RunOut.of(await run_in_threadpool(view_run, context, run_id))
        except CaseworkError:
            yield "event: end\ndata: {}\n\n"  # dropped meanwhile
            return
        document = run.model_dump_json()
        if run.state not in UNDER_WAY:
            yield f"event: end\ndata: {document}\n\n"
            return
        yield BREATH if document == told else f"event: progress\ndata: {document}\n\n"
        told = document
        await asyncio.sleep(LOOK_EVERY)
