"""What the web service is asked for: keys, filters by component, times; as rows of public figures."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_date, parse_datetime

from hamroh.evidence.exchange.dataset import DIMENSIONS
from hamroh.evidence.exchange.sdmx.naming import NONE, coded
from hamroh.evidence.exchange.sdmx.rows import KEY, TIME
from hamroh.evidence.models import Observation, Series, Source, Vintage
from hamroh.kernel.figures.periods import Period

_FILTER = re.compile(r"c\[(\w+)\]")
_OPERATORS = ("eq", "ge", "gt", "le", "lt")
#: so many keys in one address
_MOST = 200
_ALONG = {name.upper(): name for name in DIMENSIONS}


class Unasked(ValueError):
    """A question that cannot be answered as it is put; the message says why."""


def moment(text: str) -> dt.datetime | dt.date | None:
    """``asOf``: a day or a time; empty for now."""
    try:
        found = parse_datetime(text) or parse_date(text) if text else None
    except ValueError:
        found = None
    if text and found is None:
        raise Unasked("asOf is a day or a time, such as 2026-11-22 or 2026-11-22T10:00:00Z.")
    return found


def narrowed(rows: QuerySet[Observation], key: str, asked: Mapping[str, Iterable[str]]) -> QuerySet[Observation]:
    """The rows that a key (``idps.AZE.*``, several joined by commas) and filters (``c[TIME_PERIOD]=ge:2005+le:2010``) mean."""
    rows = rows.filter(_of_keys(key)) if key not in ("", "*", "all") else rows
    for name, values in asked.items():
        found = _FILTER.fullmatch(name)
        if found:
            for value in values:
                rows = rows.filter(_times(value) if found[1] == TIME else _of_values(found[1], _values(value)))
    return rows


def _of_keys(text: str) -> Q:
    keys = text.split(",")
    if len(keys) > _MOST:
        raise Unasked(f"At most {_MOST} keys in one question.")
    every = Q()
    for key in keys:
        parts = key.split(".")
        if len(parts) > len(KEY):
            raise Unasked(f"A key has at most {len(KEY)} parts: {', '.join(KEY)}.")
        one = Q()
        for name, value in zip(KEY, parts, strict=False):
            one &= Q() if value in ("", "*") else _of_values(name, value.split("+"))
        every |= one or Q(pk__isnull=False)
    return every


def _values(text: str) -> list[str]:
    plain = [each.removeprefix("eq:") for each in re.split(r"[,+ ]", text) if each]
    if any(":" in each for each in plain):
        raise Unasked("Only TIME_PERIOD can be compared (ge:, gt:, le:, lt:); the others are equal or not.")
    return plain


def _of_values(name: str, values: list[str]) -> Q:
    """Which rows have one of these codes in a dimension."""
    plain = {"INDICATOR": "series__indicator__concept__key__in", "REF_AREA": "series__area__in"}
    if name in plain:
        return Q(**{plain[name]: values})
    if name in _ALONG:
        return _along(_ALONG[name], set(values))
    if name == "SOURCE":
        sources = Source.objects.filter(key__in=values)
        return Q(source__in=sources) | Q(source__isnull=True, series__vintage__source__in=sources)
    if name == "RELEASE":
        labels = Vintage.objects.values_list("label", flat=True).distinct().order_by()
        return Q(series__vintage__label__in=[label for label in labels if coded(label) in values])
    raise Unasked(f"There is no filter by {name}: ask for {', '.join(KEY[:-2])} or {TIME}.")


def _along(name: str, codes: set[str]) -> Q:
    """Series by what they say along a dimension; texts are found by the code that stands for them."""
    path = f"series__dims__{name}"
    said = Series.objects.filter(**{f"dims__{name}__isnull": False}).values_list(f"dims__{name}", flat=True)
    found = Q(**{f"{path}__in": [text for text in set(said.order_by().distinct()) if coded(text) in codes]})
    return found | Q(**{f"{path}__isnull": True}) if NONE in codes else found


def _times(text: str) -> Q:
    """Periods that end and begin within what is asked."""
    every = Q()
    for each in re.split(r"[+ ]", text):
        operator, colon, value = each.partition(":")
        operator, value = (operator, value) if colon else ("eq", each)
        if operator not in _OPERATORS:
            raise Unasked(f"A time is compared by {', '.join(_OPERATORS)}.")
        every &= _compared(operator, _period(value))
    return every


def _compared(operator: str, period: Period) -> Q:
    tests: dict[str, Any] = {
        "eq": Q(first_date__gte=period.first, last_date__lte=period.last),
        "ge": Q(last_date__gte=period.first), "gt": Q(first_date__gt=period.last),
        "le": Q(last_date__lte=period.last), "lt": Q(last_date__lt=period.first),
    }  # fmt: skip
    return Q(tests[operator])


def _period(text: str) -> Period:
    try:
        return Period.read(text)
    except ValueError:
        raise Unasked("A time is written 2006, 2006-12 or 2006-12-31.") from None
