"""The HSDS 3.0 API: eleven paths of the specification and locations, read-only, with the Hamroh profile."""

# ruff: noqa: ARG001 - every operation is handed the request

import datetime as dt
from collections.abc import Callable
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from hamroh.directory.api.pages import MOST, PER_PAGE, Object, lines_of, page_of
from hamroh.directory.exchange.hsds import objects, parts, querysets
from hamroh.directory.exchange.hsds.package import data_package
from hamroh.directory.exchange.hsds.profile import VERSION, document
from hamroh.directory.exchange.hsds.whole import whole_directory
from hamroh.directory.models import Party, Service, ServiceAtLocation, UnitAncestor
from hamroh.kernel.text import fold
from hamroh.thesaurus.models import Scheme

router = Router(tags=["HSDS"])
Lang = Literal["en", "az", "ru", "tg"]
#: nested objects are long, so fewer of them make a page
MOST_FULL = 100
MOST_MINIMAL = 100_000
TITLE = "Hamroh directory of help"
NOTICE = "A demonstration: do not call these numbers."


class Refusal(ValueError):
    """A parameter that cannot be answered truthfully; the message says what to ask instead."""


class Listing(Schema):
    """What every list understands."""

    search: str = Field("", max_length=200, description="Words that all have to stand in the names.")
    page: int = Field(1, ge=1)
    per_page: int = Field(PER_PAGE, ge=1, description=f"At most {MOST}; at most {MOST_FULL} with full.")
    format: Literal["json", "ndjson"] = Field("json", description="ndjson streams everything, one object a line.")
    lang: Lang = Field("en", description="The language of texts (Hamroh profile).")


class Filters(Schema):
    """What services can be chosen by; all that are given have to hold."""

    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: dt.datetime | None = None
    full: bool = False
    unit: str = Field("", max_length=60, description="Serves or lies in this unit, a key of /api/v1/places (profile).")


class Reach(Schema):
    postcode: str = ""
    proximity: str = ""


class TermFilters(Schema):
    taxonomy_id: UUID | None = None
    top_only: bool = False
    parent_id: UUID | None = None


def today() -> dt.date:
    return timezone.now().date()


@router.get("/", summary="Which HSDS this is, which profile, and where this API is described")
def meta(request: HttpRequest) -> Object:
    base = f"{settings.PUBLIC_URL}/api/hsds"
    told = {"version": VERSION, "profile": f"{base}/profile", "openapi_url": f"{base}/openapi.json"}
    return told | ({"notice": NOTICE} if settings.IS_DEMO else {})


@router.get("/profile", summary="The Hamroh profile: added fields and rules")
def profile(request: HttpRequest) -> Object:
    return document(f"{settings.PUBLIC_URL}/api/hsds/profile")


@router.get("/organizations", summary="Organizations, groups and people who chose to be listed")
def organizations(request: HttpRequest, listing: Query[Listing], full: bool = False, full_service: bool = False) -> Any:
    rows = _worded(querysets.organizations(today(), full=full, full_service=full_service), listing)
    write = _organization_writer(listing.lang, full=full, full_service=full_service)
    return _listed(rows, write, listing, full=full or full_service)


@router.get("/organizations/{uuid:record_id}", summary="One organization with everything on it")
def organization(request: HttpRequest, record_id: UUID, full_service: bool = False, lang: Lang = "en") -> Object:
    row = get_object_or_404(querysets.organizations(today(), full=True, full_service=full_service), pk=record_id)
    return _organization_writer(lang, full=True, full_service=full_service)(row)


@router.get("/services", summary="Services")
def services(request: HttpRequest, listing: Query[Listing], filters: Query[Filters], minimal: bool = False) -> Any:
    rows = _worded(_chosen(querysets.services(today(), full=filters.full), filters), listing)
    if minimal:
        return _listed(rows.prefetch_related(None), _minimal, listing, most=MOST_MINIMAL)
    return _listed(rows, _service_writer(listing.lang, full=filters.full), listing, full=filters.full)


@router.get("/services/{uuid:record_id}", summary="One service with everything on it")
def service(request: HttpRequest, record_id: UUID, lang: Lang = "en") -> Object:
    return _service_writer(lang, full=True)(get_object_or_404(querysets.services(today(), full=True), pk=record_id))


@router.get("/service_at_locations", summary="Where services are given")
def service_at_locations(
    request: HttpRequest, listing: Query[Listing], filters: Query[Filters], reach: Query[Reach]
) -> Any:
    if reach.postcode or reach.proximity:
        raise Refusal("Postal codes are not kept here. Ask with unit and a key of /api/v1/places instead.")
    chosen = _worded(_chosen(Service.objects.public(today()), filters), listing)
    rows = querysets.services_at_locations(today()).filter(service__in=chosen.values("pk"))
    return _listed(rows, _place_writer(listing.lang, full=filters.full), listing, full=filters.full)


@router.get("/service_at_locations/{uuid:record_id}", summary="One service at one location")
def service_at_location(request: HttpRequest, record_id: UUID, lang: Lang = "en") -> Object:
    return _place_writer(lang, full=True)(get_object_or_404(querysets.services_at_locations(today()), pk=record_id))


@router.get("/locations", summary="Locations, each told as far as it may be")
def locations(request: HttpRequest, listing: Query[Listing], organization_id: UUID | None = None) -> Any:
    rows = querysets.public_locations(today())
    if listing.search:
        rows = rows.filter(party__in=_worded(Party.objects.public(today()), listing).values("pk"))
    if organization_id:
        rows = rows.filter(party=organization_id)
    return _listed(rows, lambda row: objects.location(row, listing.lang), listing)


@router.get("/locations/{uuid:record_id}", summary="One location")
def location(request: HttpRequest, record_id: UUID, lang: Lang = "en") -> Object:
    return objects.location(get_object_or_404(querysets.public_locations(today()), pk=record_id), lang)


@router.get("/taxonomies", summary="The vocabularies from which kinds of help are taken")
def taxonomies(request: HttpRequest, listing: Query[Listing]) -> Any:
    rows = Scheme.objects.order_by("code")
    for word in listing.search.split():
        rows = rows.filter(Q(titles__icontains=word) | Q(code__icontains=word))
    return _listed(rows, lambda row: parts.taxonomy(row, listing.lang), listing)


@router.get("/taxonomies/{uuid:record_id}", summary="One vocabulary")
def taxonomy(request: HttpRequest, record_id: UUID, lang: Lang = "en") -> Object:
    return parts.taxonomy(get_object_or_404(Scheme, pk=record_id), lang)


@router.get("/taxonomy_terms", summary="Kinds of help and other subjects")
def taxonomy_terms(request: HttpRequest, listing: Query[Listing], filters: Query[TermFilters]) -> Any:
    rows = querysets.concepts()
    if filters.taxonomy_id:
        rows = rows.filter(scheme=filters.taxonomy_id)
    if filters.top_only:
        rows = rows.filter(is_top=True)
    if filters.parent_id:
        rows = rows.filter(relations__kind="broader", relations__target=filters.parent_id)
    for word in listing.search.split():
        rows = rows.filter(labels__text__icontains=word)
    return _listed(rows.distinct(), lambda row: parts.taxonomy_term(row, listing.lang), listing)


@router.get("/taxonomy_terms/{uuid:record_id}", summary="One subject")
def taxonomy_term(request: HttpRequest, record_id: UUID, lang: Lang = "en") -> Object:
    return parts.taxonomy_term(get_object_or_404(querysets.concepts(), pk=record_id), lang)


@router.get("/datapackage.zip", summary="Everything as an HSDS tabular data package", include_in_schema=True)
def datapackage(request: HttpRequest, lang: Lang = "en") -> HttpResponse:
    notice = NOTICE if settings.IS_DEMO else ""
    pieces = data_package(whole_directory(lang, today()), lang=lang, title=TITLE, notice=notice)
    response = StreamingHttpResponse(pieces, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="hsds-datapackage.zip"'
    return response  # type: ignore[return-value]


def _listed(
    rows: QuerySet[Any], write: Callable[[Any], Object], listing: Listing, *, full: bool = False, most: int = MOST
) -> Any:
    if listing.format == "ndjson":
        return lines_of(rows, write)
    per_page = most if most == MOST_MINIMAL else listing.per_page
    return page_of(rows, write, page=listing.page, per_page=per_page, most=MOST_FULL if full else most)


def _worded(rows: QuerySet[Any], listing: Listing) -> QuerySet[Any]:
    """Rows in whose names every word stands, whatever its case and spelling; a service has its organization's too."""
    for word in fold(listing.search).split():
        own = Q(folded_names__contains=word)
        rows = rows.filter(own | Q(party__folded_names__contains=word) if rows.model is Service else own)
    return rows


def _chosen(rows: QuerySet[Service], asked: Filters) -> QuerySet[Service]:
    given: dict[str, Any] = {
        "kinds": asked.taxonomy_term_id,
        "kinds__scheme": asked.taxonomy_id,
        "party": asked.organization_id,
        "updated_at__gte": asked.modified_after,
    }
    for name, value in given.items():
        if value is not None:
            rows = rows.filter(pk__in=Service.objects.filter(**{name: value}).values("pk"))
    return rows.filter(pk__in=_serving(asked.unit)) if asked.unit else rows


def _serving(unit: str) -> QuerySet[Any]:
    """Services that serve the unit or something in or around it, or are given in it."""
    around = UnitAncestor.objects.filter(unit__key=unit).values("ancestor")
    within = UnitAncestor.objects.filter(ancestor__key=unit).values("unit")
    open_places = ServiceAtLocation.objects.filter(service__secret_place__isnull=True, location__unit__in=within)
    return Service.objects.filter(
        Q(areas__unit__in=around) | Q(areas__unit__in=within) | Q(pk__in=open_places.values("service"))
    ).values("pk")


def _organization_writer(lang: str, *, full: bool, full_service: bool) -> Callable[[Party], Object]:
    if not (full or full_service):
        return lambda row: objects.organization(row, lang)
    services = _service_writer(lang, full=True) if full_service else None
    return lambda row: objects.organization_full(row, lang, services=services)


def _service_writer(lang: str, *, full: bool) -> Callable[[Service], Object]:
    return lambda row: objects.service_full(row, lang, today()) if full else objects.service(row, lang)


def _place_writer(lang: str, *, full: bool) -> Callable[[ServiceAtLocation], Object]:
    if full:
        return lambda row: objects.service_at_location_full(row, lang, today())
    return lambda row: objects.service_at_location(row, lang) | {"service": objects.service(row.service, lang)}


def _minimal(row: Service) -> Object:
    """``modified_date`` is the specification's word here, ``last_modified`` everywhere else."""
    changed = parts.moment(row.updated_at)
    return {"id": str(row.id), "modified_date": changed, "last_modified": changed}
