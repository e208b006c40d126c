"""The public API of the archive: what is in the catalogue at this moment. It only gains fields, and no answer may be kept."""

# ruff: noqa: ARG001 - every operation is handed the request

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from hamroh.archive import selectors
from hamroh.archive.selectors import Shown
from hamroh.kernel.consented import Scope

router = Router(tags=["Archive"])


class ArchivePaged(Schema):
    page: int = Field(1, ge=1)
    per_page: int = Field(50, ge=1, le=100)


class ArchiveAsked(Schema):
    kind: str = Field("", max_length=20, description="oral_history, photograph or document.")
    level: str = Field("", max_length=10, description="fonds, series, file or item.")
    subject: str = Field("", max_length=200, description="The key of a concept; everything narrower counts.")
    changed_since: dt.datetime | None = Field(None, description="Only units that changed since this time.")


class UnitLine(Schema):
    code: str
    level: str
    kind: str
    reference: str
    titles: dict[str, str]
    date_from: str
    date_to: str
    languages: list[str]
    part_of: str = Field(description="The code of what it lies in.")
    subjects: list[str] = Field(description="Keys of concepts.")
    places: list[str] = Field(description="Keys of places.")
    online: bool = Field(description="Whether it may be heard, read or seen here by everybody at this moment.")
    invented: bool = Field(description="Made for a demonstration: nobody told this.")
    changed_at: dt.datetime


class Units(Schema):
    page: int
    more: bool = Field(description="Whether there is a further page. A page may hold fewer than were asked for.")
    items: list[UnitLine]


class UnitOut(UnitLine):
    abouts: dict[str, str]
    details: dict[str, dict[str, str]]
    parts: list[str] = Field(description="Codes of what lies in it and is public, in order.")
    manifest: str = Field(description="Where its IIIF manifest or collection is.")
    ead: str = Field(description="Where its description as EAD3 is.")
    allowed: list[str] = Field(description="What its narrators allow: catalogue, on_site, online, quote, teach.")


@router.get("/archive/units", response=Units, summary="What is in the catalogue of the archive, the last changed first")
def units(request: HttpRequest, response: HttpResponse, paged: Query[ArchivePaged], asked: Query[ArchiveAsked]) -> Any:
    """Asked of every narrator's consent at this moment; how many there are in all is not told."""
    rows = selectors.released_units()
    for name in ("kind", "level"):
        if value := getattr(asked, name):
            rows = rows.filter(**{name: value})
    if asked.subject:
        rows = rows.filter(subjects__ancestry__ancestor__key=asked.subject).distinct()
    if asked.changed_since:
        rows = rows.filter(changed_at__gte=asked.changed_since)
    pages = Paginator(rows.values_list("pk", flat=True), paged.per_page)
    found = pages.get_page(paged.page)
    response["Cache-Control"] = "no-store"
    shown = selectors.shown(selectors.released_units().filter(pk__in=list(found)))
    return {"page": found.number, "more": found.has_next(), "items": [_line(each) for each in shown]}


@router.get("/archive/units/{code}", response=UnitOut, summary="One unit with what its narrators allow at this moment")
def unit(request: HttpRequest, response: HttpResponse, code: str) -> Any:
    one = selectors.shown_unit(code)
    if one is None:
        raise Http404
    response["Cache-Control"] = "no-store"
    row = one.unit
    return _line(one) | {
        "abouts": row.abouts,
        "details": row.details,
        "parts": [each.unit.code for each in selectors.parts_of(row)],
        "manifest": f"/iiif/{row.code}/manifest" if row.level == "item" else f"/iiif/{row.code}/collection",
        "ead": f"/en/archive/u/{row.code}/ead.xml",
        "allowed": [scope.value for scope in Scope if one.public.may(scope)],
    }


def _line(one: Shown) -> dict[str, Any]:
    row = one.unit
    return {
        "code": row.code, "level": row.level, "kind": row.kind, "reference": row.reference, "titles": row.titles,
        "date_from": row.date_from, "date_to": row.date_to, "languages": row.languages,
        "part_of": row.part_of.code if row.part_of else "", "subjects": [each.key for each in row.subjects.all()],
        "places": [each.key for each in row.places.all()], "online": one.is_online, "invented": row.is_invented,
        "changed_at": row.changed_at,
    }  # fmt: skip
