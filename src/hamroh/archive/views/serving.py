"""Answers of the archive are kept nowhere: what is taken back is gone with the next request, also for who had it open."""

import re
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from hamroh.archive import selectors
from hamroh.archive.exchange import iiif
from hamroh.archive.models import Transcript

View = Callable[..., HttpResponseBase]
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_CHUNK = 64 * 2**10


def kept_nowhere(view: View) -> View:
    """No browser, proxy or search engine may keep a copy of the answer."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noarchive"
        return response

    return answered


def for_programs(view: View) -> View:
    """Pages of other houses may read it, as viewers do."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return answered


def shown_or_404(code: str) -> selectors.Shown:
    found = selectors.shown_unit(code)
    if found is None:
        raise Http404
    return found


@require_safe
@for_programs
@kept_nowhere
def manifest(request: HttpRequest, code: str) -> HttpResponse:  # noqa: ARG001 - a view
    """The manifest of an item."""
    one = shown_or_404(code)
    if one.unit.level != "item":
        raise Http404
    return _json(iiif.manifest(one))


@require_safe
@for_programs
@kept_nowhere
def collection(request: HttpRequest, code: str = "") -> HttpResponse:  # noqa: ARG001 - a view
    """What lies in a whole; without a code, what lies in nothing else."""
    one = shown_or_404(code) if code else None
    if one and one.unit.level == "item":
        raise Http404
    return _json(iiif.collection(one, selectors.parts_of(one.unit) if one else selectors.tops()))


@require_safe
@for_programs
@kept_nowhere
def words(request: HttpRequest, code: str, lang: str) -> HttpResponse:  # noqa: ARG001 - a view
    """The words of a recording in one language, as annotations."""
    one = shown_or_404(code)
    found = Transcript.objects.filter(unit=one.unit, lang=lang).prefetch_related("cues").first()
    if found is None or not one.is_online:
        raise Http404
    return _json(iiif.words(one, found))


def _json(found: Any) -> HttpResponse:
    return JsonResponse(found, content_type=iiif.TYPE, json_dumps_params={"ensure_ascii": False})


@require_safe
@for_programs
@kept_nowhere
def sound(request: HttpRequest, pk: Any) -> HttpResponseBase:
    """The public copy of a recording, whole or the bytes that are asked for."""
    found = selectors.media_of(pk)
    if found is None or not found[1].public_name or found[1].is_picture:
        raise Http404
    media = found[1]
    return _ranged(request, media.public_name, media.public_size, media.media_type)


@require_safe
@for_programs
@kept_nowhere
def picture(request: HttpRequest, pk: Any, width: int) -> HttpResponseBase:
    """A picture in one of its sizes."""
    found = selectors.media_of(pk)
    name = next((size[2] for size in found[1].sizes if size[0] == width), None) if found else None
    if name is None:
        raise Http404
    return _ranged(request, name, default_storage.size(name), "image/jpeg")


def _ranged(request: HttpRequest, name: str, size: int, media_type: str) -> HttpResponseBase:
    first, last, status = 0, size - 1, 200
    asked = _RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked and any(asked.groups()):
        start, end = asked.groups()
        first = int(start) if start else max(0, size - int(end))
        last = min(int(end), size - 1) if start and end else size - 1
        status = 206
        if first > last or first >= size:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    content = _bytes(name, first, last) if request.method == "GET" else iter(())
    response = StreamingHttpResponse(content, status=status, content_type=media_type)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Length"] = str(last - first + 1)
    response.headers["Content-Disposition"] = "inline"
    response.headers["Content-Security-Policy"] = (
        "sandbox; default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'"
    )
    if status == 206:
        response.headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    return response


def _bytes(name: str, first: int, last: int) -> Iterator[bytes]:
    with default_storage.open(name) as file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (chunk := file.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
