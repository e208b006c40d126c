"""Handing a file out: under a neutral name, as what it is, in parts where they are asked for, run by no browser."""

import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import quote_etag

from hamroh.library.models import Attachment, FileUse

_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Accept-Ranges": "bytes",
}
_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")
_CHUNK = 64 * 2**10


def served(request: HttpRequest, file: Attachment, *, private: bool) -> HttpResponseBase:
    """The file, or the part of it that was asked for; 304 where the asker has it."""
    tag = quote_etag(file.digest[:32])
    headers = _HEADERS | {
        "ETag": tag,
        "Cache-Control": "no-store" if private else "public, max-age=300",
        "Content-Disposition": _disposition(file),
    }
    if not private and tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers=headers)
    try:
        stored = Path(default_storage.path(f"library/{file.name}")).open("rb")  # noqa: SIM115 - closed where it is streamed
    except FileNotFoundError:
        raise Http404 from None
    return _answer(request, file, stored, headers)


def _answer(request: HttpRequest, file: Attachment, stored: IO[bytes], headers: dict[str, str]) -> HttpResponseBase:
    wanted = _range(request, file, headers["ETag"])
    if wanted == ():
        stored.close()
        return HttpResponse(status=416, headers=headers | {"Content-Range": f"bytes */{file.size}"})
    start, end = wanted or (0, file.size - 1)
    answer = StreamingHttpResponse(_streamed(stored, start, end), content_type=file.media_type, headers=headers)
    answer.headers["Content-Length"] = str(end - start + 1)
    if wanted:
        answer.status_code = 206
        answer.headers["Content-Range"] = f"bytes {start}-{end}/{file.size}"
    return answer


def _range(request: HttpRequest, file: Attachment, tag: str) -> tuple[int, int] | tuple[()] | None:
    """The first and last byte that were asked for; None for all of it, an empty tuple where there are none such."""
    match = _RANGE.fullmatch(request.headers.get("Range", ""))
    if match is None or match.groups() == ("", "") or request.headers.get("If-Range", tag) != tag:
        return None
    first, last = match.groups()
    if not first:
        start, end = max(0, file.size - int(last)), file.size - 1
    else:
        start, end = int(first), min(int(last) if last else file.size - 1, file.size - 1)
    return (start, end) if start <= end and start < file.size else ()


def _streamed(stored: IO[bytes], start: int, end: int) -> Iterator[bytes]:
    with stored:
        stored.seek(start)
        left = end - start + 1
        while left > 0 and (chunk := stored.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk


def _disposition(file: Attachment) -> str:
    """A picture on a page is shown; all else is saved under the code of its record, which names nobody."""
    if file.use == FileUse.COVER:
        return "inline"
    ending = mimetypes.guess_extension(file.media_type) or ""
    language = f"-{file.language}" if file.language else ""
    return f'attachment; filename="{file.record.code}{language}{ending}"'
