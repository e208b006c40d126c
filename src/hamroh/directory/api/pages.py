"""Lists as HSDS gives them: a page object around ``contents``, or one object a line."""

import json
import math
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse, StreamingHttpResponse

Object = dict[str, Any]
Row = TypeVar("Row", bound=Model)
PER_PAGE = 50
MOST = 500
AT_ONCE = 200


def page_of(
    rows: QuerySet[Row], write: Callable[[Row], Object], *, page: int, per_page: int, most: int = MOST
) -> Object:
    """One page; ``per_page`` beyond ``most`` is cut to it, a page past the end is empty."""
    size = min(per_page, most)
    total = rows.count()
    pages = math.ceil(total / size)
    contents = [write(row) for row in rows[(page - 1) * size : page * size]]
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": page,
        "size": len(contents),
        "first_page": page == 1,
        "last_page": page >= pages,
        "empty": not contents,
        "contents": contents,
    }


def lines_of(rows: QuerySet[Row], write: Callable[[Row], Object]) -> HttpResponse:
    """All rows as newline-delimited JSON, streamed."""

    def lines() -> Iterator[str]:
        for row in rows.iterator(AT_ONCE):
            yield json.dumps(write(row), ensure_ascii=False) + "\n"

    return StreamingHttpResponse(lines(), content_type="application/x-ndjson; charset=utf-8")  # type: ignore[return-value]
