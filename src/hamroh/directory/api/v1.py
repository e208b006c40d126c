"""The public API of the directory: parties, services, places and needs. It only gains fields."""

# ruff: noqa: ARG001 - every operation is handed the request

from typing import Annotated, Any, Literal

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from hamroh.directory import models
from hamroh.directory.api import schemas
from hamroh.directory.exchange.hsds import objects, querysets
from hamroh.directory.models.services import Confidentiality

router = Router(tags=["Directory"])
Lang = Literal["en", "az", "ru", "tg"]
Kind = Annotated[str, Query(description="A kind of party, such as state_agency.")]
Unit = Annotated[str, Query(description="The key of a place; everything in it counts.")]
Subject = Annotated[str, Query(description="The key of a concept; everything narrower counts.")]


class Paged(Schema):
    page: int = Field(1, ge=1)
    per_page: int = Field(50, ge=1, le=200)


@router.get("/parties", response=schemas.Parties, summary="Organisations, groups and people who chose to be listed")
def parties(request: HttpRequest, paged: Query[Paged], kind: Kind = "", place: Unit = "", subject: Subject = "") -> Any:
    rows = models.Party.objects.public(timezone.localdate()).select_related("seat").order_by("id")
    if kind:
        rows = rows.filter(kind=kind)
    if place:
        rows = rows.filter(seat__ancestry__ancestor__key=place)
    if subject:
        rows = rows.filter(subjects__ancestry__ancestor__key=subject).distinct()
    return _page(rows, paged, _party)


@router.get("/parties/{code}", response=schemas.Party, summary="One party with its services")
def party(request: HttpRequest, code: str) -> Any:
    today = timezone.localdate()
    row = querysets.organizations(today, full=True).select_related("seat").filter(code=code).first()
    if row is None:
        raise Http404
    own = querysets.services(today, full=True).filter(party=row)
    return _party(row) | {
        "description": row.description,
        "mandate": row.mandate,
        "legal_status": row.legal_status,
        "founded": row.founded,
        "subjects": [concept.key for concept in row.subjects.all()],
        "phones": list(row.phones.all()),
        "places": [_where(place) for place in row.locations.all()],
        "services": [_service(each) for each in own],
    }


@router.get("/services", response=schemas.Services, summary="Services, whoever gives them")
def services(
    request: HttpRequest,
    paged: Query[Paged],
    kind: Subject = "",
    place: Unit = "",
    verified: Annotated[bool, Query(description="Only those that a person has checked.")] = False,
) -> Any:
    rows = querysets.services(timezone.localdate(), full=True)
    if kind:
        rows = rows.filter(kinds__ancestry__ancestor__key=kind).distinct()
    if place:
        rows = rows.filter(areas__unit__descendancy__unit__key=place).distinct()
    if verified:
        rows = rows.filter(verified_date__isnull=False)
    return _page(rows, paged, _service)


@router.get("/services/{code}", response=schemas.Service, summary="One service")
def service(request: HttpRequest, code: str) -> Any:
    row = querysets.services(timezone.localdate(), full=True).filter(code=code).first()
    if row is None:
        raise Http404
    hidden = objects.is_hidden(row)
    ask = [row.secret_place.ask] if hidden and row.secret_place.ask else []
    texts = ("description", "eligibility", "cost_note", "how_to_apply", "when_calling", "do_not", "alert")
    plain = (*texts, "documents", "minimum_age", "maximum_age")
    return (
        _service(row)
        | {name: getattr(row, name) for name in plain}
        | {
            "phones": list({each.pk: each for each in (*row.phones.all(), *ask)}.values()),
            "places": [] if hidden else [_where(each.location) for each in row.at_locations.all()],
            "hours": [_hours(each) for each in row.schedules.all() if not (hidden and each.location_id)],
        }
    )


@router.get("/places", response=schemas.Places, summary="Administrative units")
def places(request: HttpRequest, paged: Query[Paged], parent: Unit = "", level: str = "") -> Any:
    rows = models.AdminUnit.objects.select_related("parent").order_by("key")
    if parent:
        rows = rows.filter(parent__key=parent)
    if level:
        rows = rows.filter(level=level)
    return _page(rows, paged, _place)


@router.get("/places/{key}", response=schemas.Place, summary="One administrative unit")
def place(request: HttpRequest, key: str) -> Any:
    row = models.AdminUnit.objects.select_related("parent").filter(key=key).first()
    if row is None:
        raise Http404
    return _place(row)


@router.get("/needs", response=list[schemas.Need], summary="What may have happened, and which help it leads to")
def needs(request: HttpRequest) -> Any:
    rows = models.Need.objects.order_by("rank").prefetch_related("leads_to__concept")
    return [
        {
            "code": row.code,
            "sentences": row.sentences,
            "headings": row.neutral_titles,
            "crisis_first": row.crisis_first,
            "leads_to": [each.concept.key for each in sorted(row.leads_to.all(), key=lambda each: -each.weight)],
        }
        for row in rows
    ]


def _page(rows: QuerySet[Any], paged: Paged, write: Any) -> dict[str, Any]:
    pages = Paginator(rows, paged.per_page)
    items = pages.get_page(paged.page).object_list if paged.page <= pages.num_pages else []
    return {"total": pages.count, "page": paged.page, "pages": pages.num_pages, "items": [write(row) for row in items]}


def _checked(row: models.Party | models.Service) -> dict[str, Any]:
    return {
        name: getattr(row, name) for name in ("verified_date", "next_review_date", "sources", "id", "code", "names")
    }


def _party(row: models.Party) -> dict[str, Any]:
    return _checked(row) | {"kind": row.kind, "seat": row.seat.key if row.seat else None}


def _service(row: models.Service) -> dict[str, Any]:
    return _checked(row) | {
        "party": row.party.code,
        "kinds": [concept.key for concept in row.kinds.all()],
        "areas": [area.unit.key for area in row.areas.all()],
        "cost": row.cost,
        "languages": row.languages,
        "traits": row.traits,
        "crisis": row.crisis,
        "secret_place": objects.is_hidden(row),
        "operation": row.operation,
    }


def _where(row: models.Location) -> dict[str, Any]:
    told = row.confidentiality == Confidentiality.PUBLIC
    return {
        "id": row.id,
        "kind": row.kind,
        "confidentiality": row.confidentiality,
        "place": row.unit.key if row.unit else None,
        "names": row.names if told else {},
        "address": row.address if told else {},
        "phones": list(row.phones.all()),
    }


def _hours(row: models.Schedule) -> dict[str, Any]:
    where = row.unit or (row.location.unit if row.location else None)
    times = {name: getattr(row, name) for name in ("days", "date", "opens_at", "closes_at")}
    return times | {"place": where.key if where else None}


def _place(row: models.AdminUnit) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("key", "names", "code", "level", "iso", "latitude", "longitude")}
    return plain | {"parent": row.parent.key if row.parent else None}
