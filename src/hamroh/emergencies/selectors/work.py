"""What is needed, who is on duty, and which tasks are open."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet, Sum
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import User
from hamroh.accounts.policy import Decision
from hamroh.emergencies.helpers import who_may
from hamroh.emergencies.models import Event, Need, Response, Shift, Task, TaskLine
from hamroh.emergencies.words import TASK_WORDS
from hamroh.vault import opening

#: states in which somebody still has to do something
OPEN_TASKS = ("given", "taken")


@dataclass(frozen=True)
class Hand:
    """Somebody on duty, and how she is rung where the reader may know it."""

    row: Shift
    phone: Any = None


def needs(*, event: Event) -> list[Need]:
    """What is needed, open first, with what was delivered and promised."""
    order = ("open", "partly", "met", "dropped")
    rows = Need.objects.filter(event=event).select_related("place")
    given = {(need, came): number for need, came, number in _given(event)}
    found = sorted(rows, key=lambda row: (order.index(row.state), row.by_date or dt.date.max, row.made_at))
    for row in found:
        row.delivered, row.promised = given.get((row.pk, True), 0), given.get((row.pk, False), 0)
    return found


def _given(event: Event) -> Any:
    rows = Response.objects.filter(event=event).values("need", "is_delivered").annotate(number=Sum("quantity"))
    return ((row["need"], row["is_delivered"], row["number"] or 0) for row in rows.order_by())


def need_of(*, event: Event, pk: UUID) -> Need:
    """A need of this very event; Refused otherwise."""
    row: Need | None = Need.objects.filter(event=event, pk=pk).select_related("place").first()
    if row is None:
        raise policy.Refused("no such need of this event")
    return row


def responses(*, need: Need) -> QuerySet[Response]:
    """What was given or promised towards a need, the newest first."""
    rows: QuerySet[Response] = Response.objects.filter(need=need).select_related("made_by")
    return rows.order_by("-on_date", "-made_at", "pk")


def need_words(*, need: Need, decision: Decision) -> Any:
    return opening.open_each(need, ("words",), decision=decision, purpose="page")["words"]


# -- the roster ------------------------------------------------------------------------------------------------------


def shifts(*, event: Event, decision: Decision | None, now: dt.datetime | None = None) -> list[Hand]:
    """Shifts that are on or still to come, in order of time; telephones open with the decision."""
    rows = Shift.objects.filter(event=event, called_off_at=None, ends_at__gt=now or timezone.now()).select_related(
        "person"
    )
    return [_hand(row, decision) for row in rows.order_by("starts_at", "duty", "pk")]


def on_duty(*, event: Event, now: dt.datetime | None = None) -> list[Shift]:
    """Who is on duty at a moment, who leads first."""
    moment = now or timezone.now()
    rows = Shift.objects.filter(event=event, called_off_at=None, starts_at__lte=moment, ends_at__gt=moment)
    return sorted(
        rows.select_related("person"), key=lambda row: (row.duty != "command", row.duty, row.person.display_name)
    )


def _hand(row: Shift, decision: Decision | None) -> Hand:
    if decision is None or row.phone is None:
        return Hand(row)
    return Hand(row, opening.open_each(row, ("phone",), decision=decision, purpose="list")["phone"])


def shift_of(*, event: Event, pk: UUID) -> Shift:
    """A shift of this very event; Refused otherwise."""
    row: Shift | None = Shift.objects.filter(event=event, pk=pk).first()
    if row is None:
        raise policy.Refused("no such shift of this event")
    return row


def people_who_help(*, event: Event) -> list[User]:
    """Whoever of the organisation works in emergencies."""
    return who_may("event.help", event)


# -- tasks -----------------------------------------------------------------------------------------------------------


def tasks(*, event: Event, actor: Any = None) -> QuerySet[Task]:
    """Tasks, open ones first and the earliest due first; only somebody's own with ``actor``."""
    rows: QuerySet[Task] = Task.objects.filter(event=event).select_related("assignee")
    mine = rows.filter(assignee=actor) if actor is not None else rows
    over = ExpressionWrapper(~Q(state__in=OPEN_TASKS), output_field=BooleanField())
    return mine.order_by(over.asc(), "due_at", "pk")


def task_of(*, event: Event, pk: UUID, decision: Decision | None = None) -> dict[str, Any]:
    """A task of this very event with its lines; the words open with the decision. Refused otherwise."""
    row = Task.objects.filter(event=event, pk=pk).select_related("assignee", "made_by", "event").first()
    if row is None:
        raise policy.Refused("no such task of this event")
    lines = TaskLine.objects.filter(task=row).select_related("made_by", "to").order_by("made_at", "pk")
    return {
        "row": row, "words": _opened(row, decision), "lines": [
            {"row": each, "word": TASK_WORDS.get(each.what, each.what), "words": _opened(each, decision)} for each in lines
        ],
    }  # fmt: skip


def _opened(row: Any, decision: Decision | None) -> Any:
    return opening.open_each(row, ("words",), decision=decision, purpose="page")["words"] if decision else None
