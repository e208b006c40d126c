"""Sets of figures out of a frozen edition, or out of everything public by concept or country."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import F, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from hamroh.evidence import areas, selectors
from hamroh.evidence.exchange.dataset import DIMENSIONS, Cited, Dataset, Datum, Grid, GridRow, Measure, counted
from hamroh.evidence.models import Concept, Observation, Series, Source
from hamroh.evidence.selectors.data import codes_in, with_cited
from hamroh.web.texts import LANGUAGES

Data = Mapping[str, Any]
AT_ONCE = 2000


def of_edition(manifest: Data, table: str = "", digest: str = "") -> Dataset | None:
    """All figures of a frozen edition, or those of one of its tables; None where it has no such table."""
    blocks = [block for section in manifest["sections"] for block in section["blocks"]]
    if table:
        blocks = [block for block in blocks if block["key"] == table and block["kind"] == "table"]
    if not blocks:
        return None
    figures = {each.code: each for each in _figures(manifest, blocks)}
    told = manifest["edition"]
    keys = {each.source for each in figures.values()} | {each.quoted_in for each in figures.values()}
    grids = tuple(_grid(block, figures) for block in blocks if block["kind"] == "table")
    return Dataset(
        name="-".join(filter(None, (told["area"].lower(), told["code"], table.lower()))),
        titles=grids[0].titles if table else told.get("titles", {}),
        as_of=str(told.get("as_of") or told.get("date") or ""),
        rows=figures.values, measures=_measures_said(manifest, figures.values()), sources=_cited_said(manifest, keys),
        tables=grids, edition=told["code"], digest=digest, address=f"evidence/{told['code']}/", is_table=bool(table),
    )  # fmt: skip


def of_concept(key: str, as_of: Any = None) -> Dataset | None:
    """Every public figure of one concept, all places."""
    concept = Concept.objects.filter(key=key).first()
    rows = public_rows(as_of).filter(series__indicator__concept=concept)
    return _live(f"concept-{key}", concept.names, rows, as_of, [concept]) if concept else None


def of_area(code: str, as_of: Any = None) -> Dataset | None:
    """Every public figure of a country and its regions."""
    place = areas.area(code)
    if place is None:
        return None
    inner = [each.code for each in areas.regions_of(code)] if place.kind == "country" and place.iso2 else []
    rows = public_rows(as_of).filter(series__area__in=[code, *inner])
    names = {lang: areas.area_name(code, lang) for lang in LANGUAGES}
    return _live(f"country-{code.lower()}", names, rows, as_of, None)


def public_rows(as_of: Any = None, *, history: bool = False) -> QuerySet[Observation]:
    """Public figures, numbered where one source says several; those that were corrected only with ``history``."""
    rows = selectors.public_observations(as_of)
    rows = rows if history else selectors.holding(rows, as_of)
    same: list[F | Coalesce] = [
        F("series__indicator__concept"), F("series__area"), F("series__dims_key"), F("period"), F("series__vintage__label"),
        Coalesce("source", "series__vintage__source"),
    ]  # fmt: skip
    return rows.annotate(variant=Window(RowNumber(), partition_by=same, order_by=["recorded_at", "code"]))


def of_rows(rows: QuerySet[Observation], as_of: Any = None) -> Dataset:
    """Any public figures; ``rows`` come from `public_rows`."""
    return _live("evidence", {}, rows, as_of, [])


def _live(name: str, titles: Data, rows: QuerySet[Observation], as_of: Any, concepts: list[Concept] | None) -> Dataset:
    if concepts is None:
        met = rows.order_by().values("series__indicator__concept").distinct()
        concepts = list(Concept.objects.filter(pk__in=met).order_by("key"))
    return Dataset(
        name=name, titles=titles, as_of=_day(as_of), rows=lambda: data_of(rows), measures={each.key: measure(each) for each in concepts},
        sources=cited_by(rows),
    )  # fmt: skip


def data_of(rows: QuerySet[Observation]) -> Iterator[Datum]:
    """Observations as rows, streamed in the order of places, concepts and time; what a series tells of all of them is read once."""
    series = {
        each[0]: each[1:]
        for each in Series.objects.filter(pk__in=rows.order_by().values("series")).values_list(*_OF_SERIES)
    }
    keys = dict(Source.objects.values_list("pk", "key"))
    ordered = rows.order_by("series__area", "series__indicator__concept__key", "series__dims_key", "period", "code")
    for each in ordered.values_list(*_OWN).iterator(AT_ONCE):
        yield _datum(each, series, keys)


_OF_SERIES = ("pk", "indicator__concept__key", "indicator__code", "indicator__unit", "area", "dims", "vintage__label", "vintage__source_id")  # fmt: skip
_OWN = (
    "series_id", "source_id", "quoted_in_id", "code", "period", "value", "low", "high", "qualifier", "printed", "missing", "flags", "locator",
    "detail", "recorded_at", "variant",
)  # fmt: skip


def _datum(row: tuple[Any, ...], series: Mapping[Any, tuple[Any, ...]], keys: Mapping[Any, str]) -> Datum:
    """An observation of `public_rows` by its columns."""
    (
        own,
        source,
        quoted,
        code,
        period,
        value,
        low,
        high,
        qualifier,
        printed,
        missing,
        flags,
        locator,
        detail,
        recorded,
        variant,
    ) = row
    concept, indicator, unit, area, dims, label, origin = series[own]
    return Datum(
        code=code, concept=concept, area=area, period=period, value=value, low=low, high=high, qualifier=qualifier, printed=printed,
        missing=missing, flags=tuple(flags), unit=unit, dims=dims, source=keys[source or origin], quoted_in=keys.get(quoted, ""), locator=locator,
        vintage=label, definition=detail.get("definition", ""), recorded=recorded.date().isoformat(),
        indicator="" if indicator == concept else indicator, variant=variant,
    )  # fmt: skip


def measure(concept: Concept) -> Measure:
    return Measure(concept.key, concept.names, concept.definitions, concept.unit, concept.kind)


def cited_by(rows: QuerySet[Observation]) -> dict[str, Cited]:
    """The sources of these figures and those that they cite, by key."""
    plain = rows.order_by()
    names = ("source", "quoted_in", "series__vintage__source")
    wanted = {pk for each in plain.values_list(*names).distinct() for pk in each if pk}
    found = with_cited(wanted)
    return {each.key: cited(each, found) for each in sorted(found.values(), key=lambda each: each.key)}


def cited(source: Source, among: Mapping[Any, Source]) -> Cited:
    said = {name: getattr(source, name) for name in ("key", "title", "kind", "publisher", "authors", "issued", "url", "licence")}  # fmt: skip
    return Cited(**said, cites=among[source.cites_id].key if source.cites_id else "")


def _figures(manifest: Data, blocks: Iterable[Data]) -> Iterator[Datum]:
    """Figures in the order in which blocks show them, each once and where it was first printed."""
    spots: dict[str, dict[str, str]] = {}
    for block in blocks:
        for code, spot in _spots(block):
            spots.setdefault(code, spot)
    known = manifest["figures"]
    yield from counted(_said(code, known[code], spot) for code, spot in spots.items() if code in known)


def _spots(block: Data) -> Iterator[tuple[str, dict[str, str]]]:
    content, key = block["content"], block["key"]
    if block["kind"] == "table":
        columns = content.get("frame", {}).get("columns", ())
        for row in content["rows"]:
            for column, code in zip(columns, row["cells"], strict=False):
                if code:
                    yield code, {"table": key, "row": row["label"], "column": column}
    else:
        yield from ((code, {"table": key}) for code in codes_in(content))


def _said(code: str, said: Data, spot: Data) -> Datum:
    value, low, high = (_number(said.get(name)) for name in ("value", "low", "high"))
    texts = ("concept", "area", "period", "qualifier", "printed", "missing", "unit", "source", "quoted_in", "locator", "vintage", "definition", "recorded")  # fmt: skip
    told: dict[str, Any] = {name: str(said.get(name) or "") for name in texts}
    told["indicator"] = "" if said.get("indicator") == told["concept"] else str(said.get("indicator") or "")
    return Datum(
        code=code, flags=tuple(said.get("flags", ())), dims=_dims(said), value=value, low=low, high=high, **told, **spot
    )


def _dims(said: Data) -> dict[str, str]:
    return {name: value for name, value in (said.get("dims") or {}).items() if name in DIMENSIONS and value}


def _number(said: Any) -> Decimal | None:
    return None if said in (None, "") else Decimal(str(said))


def _grid(block: Data, figures: Mapping[str, Datum]) -> Grid:
    content = block["content"]
    frame = content.get("frame", {})
    rows = tuple(
        GridRow(row["label"], row.get("labels", {}), row.get("role", "item"), tuple(figures.get(code or "") for code in row["cells"]))
        for row in content["rows"]
    )  # fmt: skip
    return Grid(
        block["key"], content.get("title", {}), tuple(frame.get("columns", ())), tuple(frame.get("column_labels", ())), rows,
        frame.get("source", ""), frame.get("section", ""), frame.get("rows_are", ""),
    )  # fmt: skip


def _measures_said(manifest: Data, figures: Iterable[Datum]) -> dict[str, Measure]:
    found: dict[str, Measure] = {}
    for each in figures:
        said = manifest["figures"][each.code]
        found.setdefault(each.concept, _measure_said(each, said))
    return found


def _measure_said(figure: Datum, said: Data) -> Measure:
    return Measure(
        figure.concept, said.get("names", {}), said.get("definitions", {}), figure.unit, said.get("kind", "")
    )


def _cited_said(manifest: Data, keys: Iterable[str]) -> dict[str, Cited]:
    """Sources by their keys with those that they cite, to the last."""
    known, waiting, found = manifest["sources"], [key for key in keys if key], dict[str, Cited]()
    while waiting:
        key = waiting.pop()
        if key in known and key not in found:
            said = {name: str(known[key].get(name) or "") for name in Cited.__dataclass_fields__ if name != "key"}
            found[key] = Cited(key, **said)
            waiting.append(found[key].cites)
    return dict(sorted(found.items()))


def _day(as_of: Any) -> str:
    return (as_of or timezone.localdate()).isoformat()[:19]
