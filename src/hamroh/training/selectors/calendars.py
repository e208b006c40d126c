"""Rounds as iCalendar: of a course for anybody, of somebody's own by a secret address."""

import datetime as dt
from collections.abc import Iterable

import icalendar
from django.utils import timezone

from hamroh.accounts import policy, rowsecurity
from hamroh.training.codes import secret_digest
from hamroh.training.models import CalendarKey, Round
from hamroh.web.texts import pick

#: how long a round stays in somebody's own calendar after it began
BACK = dt.timedelta(days=60)


def calendar_of(secret: str) -> CalendarKey | None:
    """The calendar of an address; None where there is none, or its person may not enter any more."""
    row = CalendarKey.objects.select_related("user").filter(digest=secret_digest(secret)).first()
    return row if row and row.user.is_active else None


def own_key(*, actor: object) -> CalendarKey | None:
    """The actor's own calendar, if she made one."""
    return CalendarKey.objects.filter(user=actor).first()  # type: ignore[misc]


def own_rounds(*, key: CalendarKey) -> list[Round]:
    """The rounds that its person may see now, from two months ago on."""
    since = (timezone.localdate() - BACK).isoformat()
    organisations = {held.organisation_id for held in policy.standing(key.user).held}
    with rowsecurity.opened_for(organisations):
        rows = policy.visible(key.user, "round.see", Round.objects.exclude(state="dropped").filter(starts__gte=since))
        return list(rows.select_related("course", "place").order_by("starts", "pk")[:500])


def calendar(rows: Iterable[Round], lang: str, *, plain: bool) -> bytes:
    """Rounds whose days are known, as whole days. ``plain`` says no more than the code: a telephone shows it to whoever holds it."""
    made = icalendar.Calendar()
    made.add("prodid", "-//calendar//")
    made.add("version", "2.0")
    for row in rows:
        first, last = _day(row.starts), _day(row.ends) or _day(row.starts)
        if first is None or last is None:
            continue
        entry = icalendar.Event()
        entry.add("uid", str(row.pk))
        entry.add("dtstamp", row.changed_at)
        entry.add("dtstart", first)
        entry.add("dtend", last + dt.timedelta(days=1))
        entry.add("summary", row.code if plain else pick(row.course.names, lang).text)
        if not plain and row.place:
            entry.add("location", pick(row.place.names, lang).text)
        made.add_component(entry)
    return bytes(made.to_ical())


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if len(text) == 10 else None
