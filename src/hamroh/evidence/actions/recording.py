"""Sources, their releases, and figures: recorded, never changed."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.evidence.models import EstimateChoice, Indicator, Observation, Series, Source, Vintage, dims_key
from hamroh.kernel.figures.periods import Period
from hamroh.vault import journal


class RecordingRefused(ValueError):
    """The figure or source cannot be recorded so; the message says why."""


@transaction.atomic
def record_source(*, actor: Any, key: str, title: str, kind: str, organisation: Any = None, **facts: Any) -> Source:
    """A source with its first release; ``facts`` are the other columns of ``Source``."""
    policy.require(actor, "evidence.record")
    if Source.objects.filter(key=key).exists():
        raise RecordingRefused(_("There is a source with the key %(key)s already.") % {"key": key})
    source = Source.objects.create(key=key, title=title, kind=kind, maintainer=organisation, **facts)
    Vintage.objects.create(source=source, label=source.issued or "1", released=source.issued)
    journal.record(actor=actor, verb="evidence.record_source", about=source, facts={"key": key})
    return source


@transaction.atomic
def record_observation(
    *, actor: Any, indicator: Indicator, vintage: Vintage, area: str, period: str = "", dims: Mapping[str, str] | None = None, **facts: Any
) -> Observation:  # fmt: skip
    """One figure; ``facts`` are the other columns of ``Observation``. RecordingRefused where it says neither a number nor why there is none."""
    policy.require(actor, "evidence.record")
    if not facts.get("missing") and all(facts.get(name) is None for name in ("value", "low", "high")):
        raise RecordingRefused(_("Give a number, or say why there is none."))
    refuse_upside_down(facts.get("low"), facts.get("high"))
    series = series_of(indicator, vintage, area, dict(dims or {}))
    made = Observation.objects.create(
        series=series, recorded_by=actor, source=facts.pop("source", vintage.source), **dates(period), **facts
    )
    journal.record(actor=actor, verb="evidence.record", about=made, facts={"indicator": indicator.code, "area": area})
    return made


@transaction.atomic
def prefer(
    *, actor: Any, among: Iterable[Observation], preferred: Observation | None, reasons: Mapping[str, str]
) -> EstimateChoice:
    """Say which figure of an estimate set is preferred, or that none can be, with a reason; earlier choices stay."""
    policy.require(actor, "evidence.prefer")
    if not any(text.strip() for text in reasons.values()):
        raise RecordingRefused(_("Say why: a choice without a reason helps nobody."))
    figures = list(among)
    if preferred is not None and preferred not in figures:
        raise RecordingRefused(_("That figure is not one of these."))
    first = figures[0]
    choice = EstimateChoice.objects.create(
        concept=first.series.indicator.concept, area=first.series.area, period=first.period, dims_key=first.series.dims_key,
        preferred=preferred, reasons=dict(reasons), decided_by=actor, decided_name=getattr(actor, "display_name", ""),
    )  # fmt: skip
    journal.record(actor=actor, verb="evidence.prefer", about=choice, facts={"concept": choice.concept.key})
    return choice


def series_of(indicator: Indicator, vintage: Vintage, area: str, dims: dict[str, str]) -> Series:
    """The series, made where there is none yet."""
    dims = {name: value for name, value in dims.items() if value}
    return Series.objects.get_or_create(
        indicator=indicator, vintage=vintage, area=area, dims_key=dims_key(dims), defaults={"dims": dims}
    )[0]


def dates(period: str) -> dict[str, Any]:
    """The columns of an observation's time. ValueError where the text is no period."""
    if not period:
        return {"period": ""}
    read = Period.read(period)
    return {"period": period, "first_date": None if period.startswith("..") else read.first, "last_date": read.last}


def refuse_upside_down(low: Decimal | None, high: Decimal | None) -> None:
    if low is not None and high is not None and low > high:
        raise RecordingRefused(_("The least is more than the most."))
