"""Figures as files: of one edition, of one of its tables, of a concept in all places, of a country."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hamroh.evidence import selectors
from hamroh.evidence.exchange import gathering, shelves
from hamroh.evidence.exchange.dataset import Dataset
from hamroh.evidence.exchange.formats import EDITION, FORMS
from hamroh.web.texts import pick

KEPT = 300
PAGES = "evidence/public/"


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What can be taken: editions, concepts, countries, each in every form."""
    lang = get_language() or "en"
    return render(request, f"{PAGES}data.html", {"shelves": shelves.shelves(lang)})


@require_safe
def edition_forms(request: HttpRequest, code: str) -> HttpResponse:
    """The forms of an edition, and of each of its tables."""
    found = selectors.published_edition(code)
    if found is None:
        raise Http404
    tables = [(key, words_of(titles)) for key, titles in shelves.tables(selectors.frozen_content(found))]
    return _forms(request, shelves.edition_title(found, get_language() or "en"), "data-edition", code, tables)


@require_safe
def concept_forms(request: HttpRequest, key: str) -> HttpResponse:
    """The forms of all figures of a concept."""
    return _shelved(request, "concepts", key, "data-concept")


@require_safe
def country_forms(request: HttpRequest, code: str) -> HttpResponse:
    """The forms of all figures of a country."""
    return _shelved(request, "countries", code, "data-country")


def _shelved(request: HttpRequest, shelf: str, key: str, name: str) -> HttpResponse:
    offers = getattr(shelves.shelves(get_language() or "en"), shelf)
    found = next((each for each in offers if each.key == key), None)
    if found is None:
        raise Http404
    return _forms(request, found.title, name, key, [])


def _forms(request: HttpRequest, title: str, name: str, key: str, tables: list[tuple[str, str]]) -> HttpResponse:
    context = {"title": title, "address": f"evidence:{name}", "key": key, "forms": FORMS, "tables": tables}
    return render(request, f"{PAGES}dataset.html", context)


def words_of(titles: dict[str, str]) -> str:
    return str(pick(titles, get_language() or "en"))


@require_safe
def edition(request: HttpRequest, code: str, form: str, table: str = "") -> HttpResponseBase:
    """A published edition, or one table of it, out of its frozen content."""
    found = selectors.published_edition(code)
    if found is None:
        raise Http404
    digest = found.frozen.digest
    return _answer(
        request, form, (digest, table), lambda: gathering.of_edition(selectors.frozen_content(found), table, digest)
    )


@require_safe
def concept(request: HttpRequest, key: str, form: str) -> HttpResponseBase:
    """Every public figure of a concept."""
    as_of = _as_of(request)
    return _answer(request, form, _state("concept", key, as_of), lambda: gathering.of_concept(key, as_of))


@require_safe
def country(request: HttpRequest, code: str, form: str) -> HttpResponseBase:
    """Every public figure of a country and its regions."""
    as_of = _as_of(request)
    return _answer(request, form, _state("country", code, as_of), lambda: gathering.of_area(code, as_of))


def _answer(request: HttpRequest, form: str, state: Any, gather: Callable[[], Dataset | None]) -> HttpResponseBase:
    """The file in pieces; nothing is gathered for who holds the same one already."""
    if form not in FORMS:
        raise Http404
    lang = get_language() or "en"
    etag = f'"{hashlib.sha256(json.dumps([EDITION, form, lang, state]).encode()).hexdigest()[:32]}"'
    held = get_conditional_response(request, etag=etag)
    if held is not None:
        return _open(held, etag)
    data = gather()
    if data is None:
        raise Http404
    response = StreamingHttpResponse(FORMS[form].write(data, lang), content_type=FORMS[form].mime)
    response["Content-Disposition"] = f'attachment; filename="{data.name}.{FORMS[form].ending}"'
    return _open(response, etag)


def _open(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    """Any page may read it, and keep it for some minutes."""
    response["Access-Control-Allow-Origin"] = "*"
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=KEPT)
    return response


def _state(kind: str, key: str, as_of: dt.date | None) -> list[str]:
    """What an answer depends on: figures are never changed, so how many there are and when the last came tells it."""
    rows = selectors.public_observations(as_of).aggregate(many=Count("pk"), last=Max("recorded_at"))
    return [kind, key, str(as_of or dt.date.today()), str(rows["many"]), str(rows["last"])]  # noqa: DTZ011 - the server's day


def _as_of(request: HttpRequest) -> dt.date | None:
    """A day out of the address; what is no day is nothing here."""
    text = request.GET.get("as_of", "")
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if text and found is None:
        raise Http404
    return found
