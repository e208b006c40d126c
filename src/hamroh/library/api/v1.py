"""The public API of the library: records and laws as of a day. It only gains fields."""

# ruff: noqa: ARG001 - every operation is handed the request

import datetime as dt
from typing import Annotated, Any, Literal

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from hamroh.library import selectors
from hamroh.library.citing.csl import csl
from hamroh.library.models import Record, Subject

router = Router(tags=["Library"])
Lang = Literal["en", "az", "ru", "tg"]


class LibraryPaged(Schema):
    page: int = Field(1, ge=1)
    per_page: int = Field(50, ge=1, le=200)


class Asked(Schema):
    kind: str = Field("", description="A kind of record, such as law, issue or article.")
    subject: str = Field("", description="The key of a concept; everything narrower counts.")
    changed_since: dt.datetime | None = Field(None, description="Only records that changed since this time.")


class RecordLine(Schema):
    code: str
    kind: str
    titles: dict[str, str]
    languages: list[str]
    date: str
    part_of: str = Field(description="The code of the issue or series that it lies in.")
    subjects: list[str] = Field(description="Keys of concepts.")
    changed_at: dt.datetime


class Records(Schema):
    total: int
    page: int
    pages: int
    items: list[RecordLine]


class FileOut(Schema):
    address: str
    media_type: str
    size: int
    language: str


class RecordOut(RecordLine):
    abstracts: dict[str, str]
    details: dict[str, str]
    licence: str
    parts: list[str] = Field(description="Codes of what lies in it, in order.")
    files: list[FileOut]
    csl: dict[str, Any] = Field(description="The record as CSL-JSON.")


class Law(Schema):
    code: str
    title: dict[str, str]
    date: str


@router.get("/library/records", response=Records, summary="Records of the library, the last changed first")
def records(request: HttpRequest, paged: Query[LibraryPaged], asked: Query[Asked]) -> Any:
    """Only what is public; one in an issue only together with the issue."""
    rows = selectors.public_records().prefetch_related(_subjects()).order_by("-changed_at", "code")
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.subject:
        about = Subject.objects.filter(concept__ancestry__ancestor__key=asked.subject)
        rows = rows.filter(pk__in=about.values("record"))
    if asked.changed_since:
        rows = rows.filter(changed_at__gte=asked.changed_since)
    pages = Paginator(rows, paged.per_page)
    found = pages.get_page(paged.page)
    items = [_line(row) for row in found]
    return {"total": pages.count, "page": found.number, "pages": pages.num_pages, "items": items}


@router.get("/library/records/{code}", response=RecordOut, summary="One record with its files and its citation")
def record(request: HttpRequest, code: str, lang: Lang = "en") -> Any:
    page, citable = selectors.record_page(code, lang), selectors.citable(code)
    if page is None or citable is None:
        raise Http404
    row = page.record
    return _line(row) | {
        "abstracts": row.abstracts,
        "details": row.details,
        "licence": row.licence,
        "parts": [part.code for part in page.parts],
        "files": [
            {"address": f"/{lang}/library/{code}/files/{file.pk}", "media_type": file.media_type, "size": file.size, "language": file.language}
            for file in page.files
        ],
        "csl": csl(citable, lang),
    }  # fmt: skip


@router.get("/library/laws", response=list[Law], summary="Laws of a country as of a day")
def laws(
    request: HttpRequest,
    country: Annotated[str, Query(max_length=20, description="The key of the country, such as tj or az.")],
    as_of: dt.date | None = None,
) -> Any:
    """Passed by that day and not lapsed, the oldest first."""
    return selectors.laws_of(country, as_of or timezone.localdate())


def _subjects() -> Any:
    return Prefetch("subjects", Subject.objects.select_related("concept"))


def _line(row: Record) -> dict[str, Any]:
    return {
        "code": row.code,
        "kind": row.kind,
        "titles": row.titles,
        "languages": row.languages,
        "date": row.date,
        "part_of": row.part_of.code if row.part_of and row.part_of.is_public else "",
        "subjects": [each.concept.key for each in row.subjects.all()],
        "changed_at": row.changed_at,
    }
