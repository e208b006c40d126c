"""The map of everything public, from what the rooms hand over; split where it grows beyond what one file may hold."""

from collections.abc import Iterator
from itertools import islice

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from hamroh.pages.selectors import PAGE
from hamroh.search.models import Content, Record
from hamroh.site.doors import PAGES, ROOMS, opens
from hamroh.web import sitemap
from hamroh.web.sitemap import Listed
from hamroh.web.texts import LANGUAGES

MEDIA_TYPE = "application/xml; charset=utf-8"
#: pages in one file: each stands in it once for each language
PAGES_A_FILE = sitemap.MOST // len(LANGUAGES)
#: sensitive pages are in no map
_NOT = ("info/",)


def own_pages() -> Iterator[Listed]:
    """The first page, the rooms and the pages that the footer leads to."""
    yield Listed("")
    for door in (*ROOMS, *PAGES):
        if not door.path.startswith(_NOT) and opens(f"/en/{door.path}"):
            yield Listed(door.path)


def indexed_pages() -> Iterator[Listed]:
    """Whatever rooms put into the public index, in every language; pages tell themselves which languages they are in."""
    gone = Record.objects.filter(last_date__lt=timezone.localdate()).values("place")
    kinds = dict(Record.objects.values_list("place", "kind"))
    rows = Content.objects.exclude(place__in=gone).order_by("place").values_list("place", "address")
    for place, address in rows.iterator(chunk_size=5000):
        path = address.removeprefix("/{lang}/")
        if kinds.get(place) not in (PAGE, None) and path != address and not path.startswith(_NOT):
            yield Listed(path)


def all_pages() -> Iterator[Listed]:
    for producer in settings.SITEMAP_PRODUCERS:
        yield from import_string(producer)()


@require_safe
@cache_control(max_age=3600, public=True)
def whole(request: HttpRequest) -> HttpResponseBase:  # noqa: ARG001 - a view
    """The map, or the list of its files."""
    count = sum(1 for _each in all_pages())
    if count <= PAGES_A_FILE:
        return _file(1)
    parts = -(-count // PAGES_A_FILE)
    return HttpResponse(sitemap.index(parts, _root()), content_type=MEDIA_TYPE)


@require_safe
@cache_control(max_age=3600, public=True)
def part(request: HttpRequest, number: int) -> HttpResponseBase:  # noqa: ARG001 - a view
    """One file of a map that is split."""
    return _file(number)


def _file(number: int) -> StreamingHttpResponse:
    pages = list(islice(all_pages(), (number - 1) * PAGES_A_FILE, number * PAGES_A_FILE))
    if not pages:
        raise Http404
    return StreamingHttpResponse(sitemap.written(pages, _root()), content_type=MEDIA_TYPE)


def _root() -> str:
    return str(settings.PUBLIC_URL).rstrip("/")
