"""The public API of figures: concepts, indicators, sources, series, observations, estimates side by side, editions. It only gains fields."""

# ruff: noqa: ARG001 - every operation is handed the request

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Annotated, Any

from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import override
from ninja import Query, Router, Schema
from pydantic import BeforeValidator, Field

from hamroh.evidence import selectors
from hamroh.evidence.api import schemas
from hamroh.evidence.exchange import words
from hamroh.evidence.exchange.dataset import number_text
from hamroh.evidence.exchange.formats import FORMS
from hamroh.evidence.models import Concept, Edition, Indicator, Observation, Series, Source
from hamroh.evidence.selectors.data import with_cited
from hamroh.evidence.selectors.estimates import EstimateSet, candidates, rows_of, saying, sets_of

router = Router(tags=["Evidence"])
Moment = dt.datetime | dt.date


def _day(given: Any) -> Any:
    """A day by itself is a day, whole, and not its midnight."""
    return dt.date.fromisoformat(given) if isinstance(given, str) and len(given) == len("2026-11-22") else given


Key = Annotated[str, Query(description="The key of a concept.")]
Area = Annotated[str, Query(description="ISO 3166-1 alpha-3, a region by ISO 3166-2, or WLD.")]


class Paged(Schema):
    page: int = Field(1, ge=1)
    per_page: int = Field(50, ge=1, le=500)


class Day(Schema):
    as_of: Annotated[Moment | None, BeforeValidator(_day)] = Field(
        None, description="A day or a time: only what was recorded by then, and held then."
    )


class Filters(Schema):
    """What figures can be chosen by; all that are given have to hold."""

    concept: str = Field("", description="The key of a concept.")
    indicator: str = Field("", description="The code of an indicator.")
    area: str = Field("", description="ISO 3166-1 alpha-3, a region by ISO 3166-2, or WLD.")
    source: str = Field("", description="The key of a source.")
    first: dt.date | None = Field(None, description="Ends on this day or later.")
    last: dt.date | None = Field(None, description="Begins on this day or earlier.")


@router.get("/evidence/concepts", response=schemas.EvidenceConcepts, summary="What is counted in public figures")
def concepts(request: HttpRequest, paged: Query[Paged]) -> Any:
    used = _figures().values("series__indicator__concept")
    return _page(Concept.objects.filter(pk__in=used).order_by("key"), paged, _plain)


@router.get("/evidence/indicators", response=schemas.EvidenceIndicators, summary="Ways to count it")
def indicators(request: HttpRequest, paged: Query[Paged], concept: Key = "") -> Any:
    rows = Indicator.objects.filter(pk__in=_figures().values("series__indicator")).select_related("concept", "of_which")
    rows = rows.filter(concept__key=concept) if concept else rows
    return _page(rows.order_by("code"), paged, _indicator)


@router.get("/evidence/sources", response=schemas.EvidenceSources, summary="Where public figures come from")
def sources(request: HttpRequest, paged: Query[Paged]) -> Any:
    pairs = _figures().values_list("source", "quoted_in", "series__vintage__source").distinct()
    found = with_cited({key for each in pairs for key in each if key})
    rows = Source.objects.filter(pk__in=found).prefetch_related("vintages").order_by("key")
    return _page(rows, paged, lambda row: _source(row, found))


@router.get("/evidence/series", response=schemas.EvidenceSeriesList, summary="Series with public figures")
def series(request: HttpRequest, paged: Query[Paged], filters: Query[Filters], day: Query[Day]) -> Any:
    wanted = _chosen(_holding(day.as_of), filters)
    rows = Series.objects.filter(pk__in=wanted.values("series")).select_related("indicator__concept", "vintage__source")
    page = _page(rows.order_by("indicator__code", "area", "dims_key", "pk"), paged, lambda row: row)
    counts = dict(wanted.filter(series__in=page["items"]).order_by().values_list("series").annotate(Count("pk")))
    return page | {"items": [_series(row, counts.get(row.pk, 0)) for row in page["items"]]}


@router.get("/evidence/observations", response=schemas.EvidenceObservations, summary="Public figures")
def observations(request: HttpRequest, paged: Query[Paged], filters: Query[Filters], day: Query[Day]) -> Any:
    rows = _told(_chosen(_holding(day.as_of), filters)).order_by(
        "series__area", "series__indicator__code", "period", "code"
    )
    return _page(rows, paged, _observation) | _beside(day.as_of)


@router.get("/evidence/observations/{code}", response=schemas.EvidenceObservation, summary="One figure")
def observation(request: HttpRequest, code: str) -> Any:
    """It is told although a later one corrects it: ask the list for what holds."""
    row = _told(selectors.public_observations()).filter(code=code).first()
    if row is None:
        raise Http404
    return _observation(row)


@router.get(
    "/evidence/estimates", response=schemas.EvidenceEstimateSets, summary="Where public figures of one thing differ"
)
def estimates(request: HttpRequest, paged: Query[Paged], day: Query[Day], concept: Key = "", area: Area = "") -> Any:
    rows = saying(_told(_of(_holding(day.as_of), concept, area)))
    found = [
        each
        for each in sets_of(rows_of(rows, candidates(rows)), selectors.public_choices(day.as_of))
        if each.factor != 1
    ]
    found.sort(key=lambda each: (each.concept.key, each.area, each.period, each.dims_key))
    return _page(found, paged, _estimates) | _beside(day.as_of)


@router.get(
    "/evidence/editions", response=schemas.EvidenceEditions, summary="Published editions of countries’ profiles"
)
def editions(request: HttpRequest, paged: Query[Paged], area: Area = "") -> Any:
    rows = [each for each in selectors.published_editions() if area in ("", each.profile.area)]
    return _page(rows, paged, _edition)


@router.get("/evidence/editions/{code}", response=schemas.EvidenceEdition, summary="One published edition")
def edition(request: HttpRequest, code: str) -> Any:
    row = selectors.published_edition(code)
    if row is None:
        raise Http404
    return _edition(row)


def _figures() -> QuerySet[Observation]:
    return selectors.public_observations().order_by()


def _holding(as_of: Moment | None) -> QuerySet[Observation]:
    return selectors.holding(selectors.public_observations(as_of), as_of)


def _told(rows: QuerySet[Observation]) -> QuerySet[Observation]:
    return rows.select_related("series__indicator__concept", "series__vintage__source", "source", "quoted_in", "supersedes")  # fmt: skip


def _chosen(rows: QuerySet[Observation], asked: Filters) -> QuerySet[Observation]:
    given: dict[str, Any] = {
        "series__indicator__concept__key": asked.concept, "series__indicator__code": asked.indicator, "series__area": asked.area,
        "series__vintage__source__key": asked.source, "last_date__gte": asked.first, "first_date__lte": asked.last,
    }  # fmt: skip
    return rows.filter(**{name: value for name, value in given.items() if value})


def _of(rows: QuerySet[Observation], concept: str, area: str) -> QuerySet[Observation]:
    rows = rows.filter(series__indicator__concept__key=concept) if concept else rows
    return rows.filter(series__area=area) if area else rows


def _page(rows: QuerySet[Any] | Sequence[Any], paged: Paged, write: Callable[[Any], Any]) -> dict[str, Any]:
    pages = Paginator(rows, paged.per_page)
    items = pages.get_page(paged.page).object_list if paged.page <= pages.num_pages else []
    return {"total": pages.count, "page": paged.page, "pages": pages.num_pages, "items": [write(row) for row in items]}


def _beside(as_of: Moment | None) -> dict[str, Any]:
    return {"as_of": as_of.isoformat() if as_of else None, "licence": words.licence("en"), "notice": words.notice("en")}


def _plain(row: Concept) -> dict[str, Any]:
    told = ("key", "names", "definitions", "kind", "unit", "part_of")
    return {name: getattr(row, name) for name in told} | {
        "codes": {name: str(code) for name, code in row.codes.items()}
    }


def _indicator(row: Indicator) -> dict[str, Any]:
    plain = {name: getattr(row, name) for name in ("code", "names", "definitions", "unit")}
    return plain | {"concept": row.concept.key, "of_which": row.of_which.code if row.of_which else None}


def _source(row: Source, among: dict[Any, Source]) -> dict[str, Any]:
    plain = ("key", "title", "kind", "publisher", "authors", "issued", "url", "licence")
    cites = among[row.cites_id].key if row.cites_id else None
    releases = sorted(each.label for each in row.vintages.all())
    return {name: getattr(row, name) for name in plain} | {"cites": cites, "releases": releases}


def _series(row: Series, count: int) -> dict[str, Any]:
    return {
        "id": str(row.pk), "indicator": row.indicator.code, "concept": row.indicator.concept.key, "area": row.area, "dimensions": row.dims,
        "source": row.vintage.source.key, "release": row.vintage.label, "observations": count,
    }  # fmt: skip


def _observation(row: Observation) -> dict[str, Any]:
    release = row.series.vintage
    plain = ("code", "period", "qualifier", "printed", "missing", "flags", "locator", "recorded_at")
    numbers = {name: number_text(getattr(row, name)) or None for name in ("value", "low", "high")}
    told = _series(row.series, 0)
    return {
        **{name: getattr(row, name) for name in plain}, **numbers,
        **{name: told[name] for name in ("concept", "indicator", "area", "dimensions", "release")},
        "series": told["id"], "unit": row.series.indicator.unit, "status": words.status(tuple(row.flags), row.missing),
        "definition": row.detail.get("definition", ""), "source": (row.source or release.source).key,
        "quoted_in": row.quoted_in.key if row.quoted_in else None, "supersedes": row.supersedes.code if row.supersedes else None,
        "address": _address("evidence:figure", row.code),
    }  # fmt: skip


def _estimates(found: EstimateSet) -> dict[str, Any]:
    least, most = found.ends
    return {
        "concept": found.concept.key, "area": found.area, "period": found.period, "dimensions": found.dims, "least": number_text(least),
        "most": number_text(most), "preferred": found.preferred.code if found.preferred else None,
        "reasons": found.choice.reasons if found.choice else {}, "observations": [_observation(each) for each in found.figures],
    }  # fmt: skip


def _edition(row: Edition) -> dict[str, Any]:
    return {
        "code": row.code, "profile": row.profile.key, "area": row.profile.area, "label": row.label, "titles": row.titles,
        "languages": row.languages, "as_of": row.as_of.isoformat() if row.as_of else str(row.apparatus.get("date", "")),
        "published": row.frozen.frozen_at, "digest": row.frozen.digest, "address": _address("evidence:edition", row.code),
        "data": {form: _address("evidence:data-edition", row.code, form) for form in FORMS},
    }  # fmt: skip


def _address(name: str, *parts: str) -> str:
    """A page in English; other languages stand under their own prefix."""
    with override("en"):
        return reverse(name, args=parts)
