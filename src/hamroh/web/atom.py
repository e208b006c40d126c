"""Feeds of everything public, in Atom: one way to write them for all rooms."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import http_date, quote_etag

MEDIA_TYPE = "application/atom+xml; charset=utf-8"
#: entries of a feed; whoever wants more asks the interfaces for programs
MOST = 50
_LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
#: XML cannot say these at all
_UNSAYABLE = re.compile(r"[\x00-\x08\x0B-\x0C\x0E-\x1F\ufffe\uffff]")


@dataclass(frozen=True)
class Entry:
    """One thing that is new or was changed. ``ident`` never changes, whatever becomes of its address; ``summary`` is plain text."""

    ident: str
    title: str
    path: str
    changed_at: dt.datetime
    summary: str = ""
    published_at: dt.datetime | None = None
    categories: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """A feed in one language, the newest entries first; ``path`` is the page that it is a feed of."""

    title: str
    lang: str
    path: str
    entries: Iterable[Entry] = field(default_factory=tuple)
    about: str = ""


def answer(request: HttpRequest, feed: Feed) -> HttpResponse:
    """The feed, or 304 where the reader has it already; any program may read it from any page."""
    entries = list(feed.entries)[:MOST]
    newest = max((each.changed_at for each in entries), default=_LONG_AGO)
    body = _written(feed, entries, request.path)
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = HttpResponse(body, content_type=MEDIA_TYPE)
    response.headers["ETag"], response.headers["Last-Modified"] = etag, http_date(newest.timestamp())
    response.headers["Access-Control-Allow-Origin"] = "*"
    found: Any = get_conditional_response(request, etag=etag, last_modified=int(newest.timestamp()), response=response)
    return found  # type: ignore[no-any-return]


def absolute(path: str) -> str:
    """An address of ours as others may keep it."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}"


class _Written(Atom1Feed):
    """An empty feed is as old as the house, not as the minute in which it was asked for."""

    def latest_post_date(self) -> dt.datetime:
        return max((each["updateddate"] for each in self.items), default=_LONG_AGO)


def _written(feed: Feed, entries: Iterable[Entry], own: str) -> bytes:
    made = _Written(
        title=_sayable(feed.title), link=absolute(feed.path), description=_sayable(feed.about), language=feed.lang,
        feed_url=absolute(own), feed_guid=absolute(own),
    )  # fmt: skip
    for each in entries:
        made.add_item(
            title=_sayable(each.title), link=absolute(each.path), description=_sayable(each.summary),
            unique_id=each.ident, pubdate=each.published_at or each.changed_at, updateddate=each.changed_at,
            categories=[_sayable(name) for name in each.categories],
        )  # fmt: skip
    return made.writeString("utf-8").encode()


def _sayable(text: str) -> str:
    return _UNSAYABLE.sub("", text)
