"""Advice without a case: one talk, and a day in a village with its tally. No name is asked."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.cases.actions.working import Done
from hamroh.cases.models import Advice, MobileDay, Tally
from hamroh.vault import journal


@transaction.atomic
def begin_day(*, actor: Any, organisation: Organisation, place: str, on_date: dt.date, area: str = "") -> MobileDay:
    """A day in a village, the actor's own; the organisation's case workers count in it together."""
    day = MobileDay(organisation=organisation, owner=actor, place=place, on_date=on_date, area=area)
    policy.require(actor, "advice.count", day)
    day.save()
    journal.record(actor=actor, verb="advice.begin_day", about=day)
    return day


@transaction.atomic
def count(*, actor: Any, day: MobileDay, topic: str, age_band: str, by: int = 1) -> None:
    """One more, or one less where somebody was counted by mistake; never less than none."""
    policy.require(actor, "advice.count", day)
    one = {"day": day, "topic": topic, "age_band": age_band}
    Tally.objects.get_or_create(**one, defaults={"organisation_id": day.organisation_id})
    rows = Tally.objects.filter(**one)
    if by < 0:
        rows = rows.filter(count__gte=-by)
    if rows.update(count=F("count") + by):
        journal.record(actor=actor, verb="advice.count", about=day, facts={"topic": topic, "by": by})


@transaction.atomic
def give_advice(
    *, actor: Any, organisation: Organisation, topic: str, age_band: str, place: str, done: Done,
    day: MobileDay | None = None,
) -> Advice:  # fmt: skip
    """One talk with somebody who needs no case; on a mobile day it is counted in the day's tally, too."""
    advice = Advice(
        organisation=organisation, owner=actor, day=day, area=day.area if day else "", topic=topic, age_band=age_band,
        place=place, on_date=done.on_date, minutes=done.minutes, words=done.words or None,
    )  # fmt: skip
    policy.require(actor, "advice.count", advice)
    advice.save()
    journal.record(actor=actor, verb="advice.give", about=advice, facts={"topic": topic})
    if day is not None:
        count(actor=actor, day=day, topic=topic, age_band=age_band)
    return advice
