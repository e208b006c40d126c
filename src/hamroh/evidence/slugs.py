"""Times and sets of estimates as parts of an address."""

from urllib.parse import urlencode

from django.urls import reverse

from hamroh.evidence.models import Observation

UNDATED = "undated"


def period_slug(period: str) -> str:
    """``2004/2007`` as ``2004_2007``; no time as a word."""
    return period.replace("/", "_") or UNDATED


def period_of(slug: str) -> str:
    """The time that a part of an address means."""
    return "" if slug == UNDATED else slug.replace("_", "/")


def set_address(figure: Observation, period: str | None = None, *, room: str = "evidence") -> str:
    """The page of the estimates that a figure stands among; ``room`` is ``evidence-desk`` for the desk's."""
    series = figure.series
    slug = period_slug(figure.period if period is None else period)
    path = reverse(f"{room}:estimate-set", args=[series.indicator.concept.key, series.area, slug])
    return f"{path}?{urlencode({'of': series.dims_key})}" if series.dims_key else path
