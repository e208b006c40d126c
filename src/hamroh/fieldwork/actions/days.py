"""A day of advice in a place: planned, counted by taps, closed in the evening."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.cases.models import TOPICS
from hamroh.directory.models import AdminUnit
from hamroh.fieldwork.models import DayMember, DayTalk, DayTally, FieldDay, Form, Said, Who
from hamroh.vault import journal


class DayRefused(ValueError):
    """It cannot be written so; the message can be shown."""


@transaction.atomic
def plan_day(
    *, actor: Any, organisation: Organisation, place: AdminUnit, spot: str, on_date: dt.date, team: Iterable[User],
    form: Form | None = None,
) -> FieldDay:  # fmt: skip
    """A day in a place; whoever plans it is of the team."""
    row = FieldDay(organisation=organisation, place=place, spot=spot.strip(), on_date=on_date, form=form, made_by=actor)
    policy.require(actor, "day.count", row)
    if form is not None and form.organisation_id != organisation.pk:
        raise policy.Refused("a form of another organisation")
    row.save()
    people = {person.pk: person for person in (actor, *team)}
    DayMember.objects.bulk_create(
        DayMember(organisation=organisation, day=row, person=person) for person in people.values()
    )
    journal.record(actor=actor, verb="day.plan", about=row)
    return row


def _held(actor: Any, day: FieldDay, verb: str) -> FieldDay:
    row: FieldDay = FieldDay.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=day.pk)
    policy.require(actor, verb, row)
    return row


@transaction.atomic
def begin_day(*, actor: Any, day: FieldDay) -> None:
    """The first one comes."""
    row = _held(actor, day, "day.count")
    if row.state == "planned":
        row.state = "running"
        row.save()
        journal.record(actor=actor, verb="day.begin", about=row)


@transaction.atomic
def tap(*, actor: Any, day: FieldDay, topic: str, who: str) -> None:
    """One more; the tap is hers until her next one, so that she can take it back."""
    row = _counting(actor, day)
    _refuse_unknown(topic, who, Who.values)
    _add(DayTally, row, 1, topic=topic, who=who)
    member, _made = DayMember.objects.get_or_create(
        day=row, person=actor, defaults={"organisation_id": row.organisation_id}
    )
    member.last = {"topic": topic, "who": who}
    member.save(update_fields=["last"])
    journal.record(actor=actor, verb="day.tap", about=row)


@transaction.atomic
def untap(*, actor: Any, day: FieldDay) -> bool:
    """Her last tap is taken back; False where there is none."""
    row = _counting(actor, day)
    member = DayMember.objects.select_for_update().filter(day=row, person=actor).first()
    if member is None or not member.last:
        return False
    _add(DayTally, row, -1, topic=member.last["topic"], who=member.last["who"])
    member.last = None
    member.save(update_fields=["last"])
    journal.record(actor=actor, verb="day.untap", about=row)
    return True


@transaction.atomic
def lessen(*, actor: Any, day: FieldDay, topic: str, who: str) -> None:
    """One less where somebody was counted by mistake earlier; never less than none."""
    row = _counting(actor, day)
    _refuse_unknown(topic, who, Who.values)
    _add(DayTally, row, -1, topic=topic, who=who)
    journal.record(actor=actor, verb="day.untap", about=row)


@transaction.atomic
def talk(*, actor: Any, day: FieldDay, topic: str, said: Iterable[str]) -> None:
    """What one of them was told, in codes; counted, and nobody behind it."""
    row = _counting(actor, day)
    codes = sorted(set(said))
    if not codes:
        raise DayRefused(_("Say what was said."))
    for code in codes:
        _refuse_unknown(topic, code, Said.values)
        _add(DayTalk, row, 1, topic=topic, said=code)
    journal.record(actor=actor, verb="day.talk", about=row)


def _counting(actor: Any, day: FieldDay) -> FieldDay:
    row = _held(actor, day, "day.count")
    if row.state != "running":
        raise DayRefused(_("This day is not under way: begin it, or open it again."))
    return row


def _refuse_unknown(topic: str, code: str, codes: Iterable[str]) -> None:
    if topic not in dict(TOPICS) or code not in codes:
        raise DayRefused(_("There is no such button."))


def _add(of: Any, day: FieldDay, by: int, **kind: str) -> None:
    of.objects.get_or_create(day=day, **kind, defaults={"organisation_id": day.organisation_id})
    rows = of.objects.filter(day=day, **kind)
    (rows.filter(count__gte=-by) if by < 0 else rows).update(count=F("count") + by)


@transaction.atomic
def close_day(*, actor: Any, day: FieldDay, words: str = "") -> None:
    """The evening has looked at it; ``words`` say why what does not agree does not. From now on nobody counts."""
    row = _held(actor, day, "day.close")
    if row.state == "planned":
        raise DayRefused(_("It has not begun."))
    if row.state == "closed":
        return
    row.state, row.words, row.closed_at = "closed", words.strip() or None, timezone.now()
    row.save()
    DayMember.objects.filter(day=row).update(last=None)
    journal.record(actor=actor, verb="day.close", about=row)


@transaction.atomic
def open_again(*, actor: Any, day: FieldDay) -> None:
    """Something was forgotten."""
    row = _held(actor, day, "day.close")
    if row.state == "closed":
        row.state, row.closed_at = "running", None
        row.save()
        journal.record(actor=actor, verb="day.open_again", about=row)
