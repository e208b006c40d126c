"""Reminders: a memorandum to look at again, what is owed, an application to send, a grant to report on. Each is told once for its day."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hamroh.accounts.actions.desk import remind
from hamroh.accounts.models import Membership, Role, User
from hamroh.accounts.zones import local_date
from hamroh.groups.models import Application, Group, Memorandum, Obligation
from hamroh.web.texts import pick

#: so long before its day
AHEAD = dt.timedelta(days=14)


def remind_of_what_is_due(now: dt.datetime | None = None) -> int:
    """Give whoever runs a group a task for what is due within two weeks; how many tasks."""
    now = now or timezone.now()
    return sum(_reminded(model, pk, column, now) for model, pk, column in list(_due((now + AHEAD).date())))


def _due(until: dt.date) -> Iterator[tuple[Any, Any, str]]:
    """Rows that nobody was reminded of for this day: the model, the row, the column of its day."""
    open_groups = ~Q(group__state="closed")
    wanted = (
        (Memorandum, "review_date", Q(state="signed")), (Memorandum, "until_date", Q(state="signed")),
        (Obligation, "due_date", Q(done_date=None, dropped_date=None, memorandum__state="signed")),
        (Application, "deadline_date", Q(state="drafted")), (Application, "report_date", Q(state="granted")),
    )  # fmt: skip
    for model, column, condition in wanted:
        rows: Any = model.objects.filter(open_groups, condition, **{f"{column}__lte": until})
        told = Q(reminded_date__isnull=False) & Q(reminded_date__gte=F(column))
        for pk in rows.exclude(told).order_by("pk").values_list("pk", flat=True):
            yield model, pk, column


@transaction.atomic
def _reminded(model: Any, pk: Any, column: str, now: dt.datetime) -> int:
    row = model.objects.select_for_update(of=("self",)).select_related("group__organisation").filter(pk=pk).first()
    day = getattr(row, column) if row is not None else None
    if day is None or (row.reminded_date and row.reminded_date >= day):
        return 0
    row.reminded_date = day
    row.save()
    due = max(local_date(now, row.group.organisation), min(day, local_date(now, row.group.organisation) + AHEAD))
    return sum(_task(person, row, column, due) for person in _people(row.group))


def _people(group: Group) -> list[User]:
    """Whoever runs the group; where nobody does, whoever guides."""
    ids = [UUID(each) for each in group.facilitators.split("/") if each]
    rows = Membership.objects.current().filter(organisation=group.organisation_id)
    runs = rows.filter(user__in=ids, role=Role.FACILITATOR).values("user")
    found = list(User.objects.filter(pk__in=runs).order_by("pk"))
    return found or list(User.objects.filter(pk__in=rows.filter(role=Role.SUPERVISOR).values("user")).order_by("pk"))


def _task(person: User, row: Any, column: str, due: dt.date) -> bool:
    with translation.override(person.language):
        name = pick(row.group.names, person.language).text
        words = f"{name}: {_words(column)}"
    made = remind(assignee=person, organisation=row.group.organisation, words=words, due_date=due, record=row.group)
    return made is not None


def _words(column: str) -> str:
    said = {
        "review_date": _("look at a memorandum again"), "until_date": _("a memorandum runs out"), "due_date": _("something that was agreed is due"),
        "deadline_date": _("send an application"), "report_date": _("report on a grant"),
    }  # fmt: skip
    return said[column]
