"""The query parameters of every list."""

from typing import Annotated

from fastapi import Query

Cursor = Annotated[str | None, Query(max_length=200, description="上一页的 next_cursor")]
Limit = Annotated[int, Query(ge=1, le=100, description="每页条数")]
