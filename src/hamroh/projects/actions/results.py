"""Periods and targets of an indicator, and what was reached: each figure with its source, approved by a second person, never changed."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.directory.models import AdminUnit
from hamroh.projects.actions.frame import MEANWHILE, NotNow, held, of_project, once, unchanged
from hamroh.projects.models import Actual, Indicator, Period, Project, Target
from hamroh.projects.selectors.sources import value_from
from hamroh.vault import journal

MOST_PERIODS = 60


@dataclass(frozen=True)
class Aimed:
    """A period with what is to be reached in it."""

    starts_date: dt.date
    ends_date: dt.date
    value: Decimal | None = None
    words: str = ""


@transaction.atomic
def plan_periods(*, actor: Any, project: Project, indicator: UUID, periods: Iterable[Aimed]) -> list[Period]:
    """Periods of an indicator with their targets. None may overlap another one: a figure would be counted twice."""
    of = held(actor, project)
    row = of_project(Indicator, of, indicator)
    made = [_planned(of, row, aimed) for aimed in list(periods)[:MOST_PERIODS]]
    journal.record(actor=actor, verb="project.plan", about=of, facts={"indicator": row.code, "periods": len(made)})
    return made


def _planned(of: Project, indicator: Indicator, aimed: Aimed) -> Period:
    if aimed.ends_date < aimed.starts_date:
        raise NotNow(_("It cannot end before it begins."), "ends_date")
    period = Period(
        organisation_id=of.organisation_id, project=of, indicator=indicator, starts_date=aimed.starts_date, ends_date=aimed.ends_date
    )  # fmt: skip
    once(period)
    if indicator.periods.filter(starts_date__lte=aimed.ends_date, ends_date__gte=aimed.starts_date).exists():
        raise NotNow(_("Another period of this indicator has some of these days."), "starts_date")
    period.save()
    if aimed.value is not None or aimed.words:
        _aim(of, period, aimed.value, aimed.words)
    return period


def _aim(of: Project, period: Period, value: Decimal | None, words: str) -> None:
    Target.objects.create(
        organisation_id=of.organisation_id, project=of, period=period, value=value, words=words.strip()
    )


@transaction.atomic
def change_period(
    *, actor: Any, project: Project, period: UUID, value: Decimal | None, words: str, missing: Mapping[str, str], seen: str
) -> None:  # fmt: skip
    """The target of a period as a whole, and why no figure will come where that is so."""
    of = held(actor, project)
    row = of_project(Period, of, period)
    whole = [target for target in row.targets.filter(place=None) if not target.dimensions]
    unchanged(whole[0] if whole else row, seen)
    for target in whole:
        target.delete()
    if value is not None or words:
        _aim(of, row, value, words)
    row.missing_notes = dict(missing)
    row.save(update_fields=["missing_notes"])
    journal.record(actor=actor, verb="project.aim", about=of, facts={"period": str(row.pk)})


@transaction.atomic
def drop_period(*, actor: Any, project: Project, period: UUID) -> None:
    """A period that was planned by mistake; one with figures stays."""
    of = held(actor, project)
    row = of_project(Period, of, period)
    if row.actuals.exists():
        raise NotNow(_("Figures stand under this, so it stays."))
    row.delete()
    journal.record(actor=actor, verb="project.take_back", about=of, facts={"what": "period"})


@dataclass(frozen=True)
class Reached:
    """A figure and whence it is known. Where it comes from the system itself the value is read there, and not typed."""

    source_kind: str
    value: Decimal | None = None
    words: str = ""
    at_least: bool = False
    place: AdminUnit | None = None
    dimensions: Mapping[str, str] = field(default_factory=dict)
    source_ref: str = ""
    source_words: str = ""


@transaction.atomic
def write_actual(*, actor: Any, project: Project, period: UUID, reached: Reached, before: UUID | None = None) -> Actual:
    """What was reached in a period. ``before`` is the figure that this one takes the place of; NotNow where another did so meanwhile."""
    of = held(actor, project)
    row = of_project(Period, of, period)
    old = _latest(row, reached, before)
    value, at_least, said = _value(actor, of, row, reached)
    new = Actual(
        organisation_id=of.organisation_id, project=of, period=row, value=value, words=reached.words.strip(), at_least=at_least,
        place=reached.place, dimensions=dict(reached.dimensions), source_kind=reached.source_kind, source_ref=reached.source_ref,
        source_words=(reached.source_words.strip() or said)[:300], made_by=actor,
    )  # fmt: skip
    new.save()
    if old is not None:
        old.superseded_by = new
        old.save(update_fields=["superseded_by"])
    journal.record(
        actor=actor, verb="project.reach", about=of, facts={"figure": str(new.pk), "source": reached.source_kind}
    )
    return new


def _latest(period: Period, reached: Reached, before: UUID | None) -> Actual | None:
    """The figure that stands for the same place and people now."""
    standing = period.actuals.select_for_update(of=("self",)).filter(
        superseded_by=None, withdrawn_why="", place=reached.place
    )
    found = next((row for row in standing if row.dimensions == dict(reached.dimensions)), None)
    if (found.pk if found else None) != before:
        raise NotNow(MEANWHILE)
    return found


def _value(actor: Any, of: Project, period: Period, reached: Reached) -> tuple[Decimal | None, bool, str]:
    """The value, whether there were more, and what the source is called."""
    if period.indicator.measure == "words":
        if not reached.words.strip():
            raise NotNow(_("Write what was reached."), "words")
        return None, False, ""
    found = value_from(actor=actor, project=of, kind=reached.source_kind, ref=reached.source_ref)
    if found is not None:
        return found.value, found.at_least, found.words
    if reached.source_kind in ("release", "training", "campaign"):
        raise NotNow(_("This source has no figure that you may read. Choose another one."), "source_ref")
    if reached.value is None:
        raise NotNow(_("Write the figure."), "value")
    if not reached.source_words.strip():
        raise NotNow(_("Say whence this is known."), "source_words")
    if period.indicator.measure == "percent" and not 0 <= reached.value <= 100:
        raise NotNow(_("Per cent go from 0 to 100."), "value")
    return reached.value, reached.at_least, ""


@transaction.atomic
def approve_actual(*, actor: Any, project: Project, actual: UUID) -> None:
    """A second person has looked at a figure and at its source."""
    of = held(actor, project, "project.approve")
    row: Actual = of_project(Actual, of, actual)
    if row.superseded_by_id or row.withdrawn_why:
        raise NotNow(MEANWHILE)
    if row.made_by_id == getattr(actor, "pk", None):
        raise NotNow(_("A figure is approved by somebody else than who wrote it."))
    if row.approved_by_id:
        return
    row.approved_by, row.approved_at = actor, timezone.now()
    row.save(update_fields=["approved_by", "approved_at"])
    journal.record(actor=actor, verb="project.approve", about=of, facts={"figure": str(row.pk)})


@transaction.atomic
def withdraw_actual(*, actor: Any, project: Project, actual: UUID, why: str) -> None:
    """A figure that should not have been written stays in the file, and counts no more."""
    of = held(actor, project)
    row: Actual = of_project(Actual, of, actual)
    if not why.strip():
        raise NotNow(_("Say why."), "why")
    if row.superseded_by_id or row.withdrawn_why:
        raise NotNow(MEANWHILE)
    if row.approved_by_id:
        policy.require(actor, "project.approve", of)
    row.withdrawn_why = why.strip()
    row.save(update_fields=["withdrawn_why"])
    journal.record(actor=actor, verb="project.withdraw", about=of, facts={"figure": str(row.pk)})
