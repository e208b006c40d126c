"""Needs and what is given, the duty roster, and tasks with whoever has them."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Notice, User
from hamroh.directory.models import AdminUnit
from hamroh.emergencies.actions.frame import MEANWHILE, NotNow, held, of_event, read_notices, tell
from hamroh.emergencies.helpers import who_may
from hamroh.emergencies.models import Event, Need, Response, Shift, Task, TaskLine
from hamroh.emergencies.states import NeedLife, TaskLife
from hamroh.kernel.states import MoveRefused
from hamroh.vault import journal

#: a shift is no longer than a day: whoever is awake longer makes mistakes
LONGEST_SHIFT = dt.timedelta(hours=24)
#: she is reminded so long before a task is due, and those who lead are told so long after
REMINDS, RAISES = dt.timedelta(minutes=30), dt.timedelta(minutes=15)


@transaction.atomic
def note_need(
    *, actor: Any, event: Event, place: AdminUnit, sector: str, item: str, quantity: int | None = None, by_date: dt.date | None = None,
    words: str = "",
) -> Need:  # fmt: skip
    """So much of something is needed in a place."""
    of = held(actor, event, "event.edit")
    row = Need(
        organisation_id=of.organisation_id, event=of, made_by=actor, place=place, sector=sector, item=item, quantity=quantity,
        by_date=by_date, words=words.strip() or None,
    )  # fmt: skip
    row.save()
    journal.record(actor=actor, verb="need.note", about=of, facts={"need": str(row.pk), "sector": sector})
    return row


@transaction.atomic
def note_response(
    *, actor: Any, event: Event, need: Need, giver: str, quantity: int | None, is_delivered: bool, on_date: dt.date
) -> Response:
    """What somebody gave or promised. A need whose number was delivered is met, one of which some came is partly met."""
    of = held(actor, event, "event.edit")
    row = of_event(Need, of, need.pk)
    given = Response(
        organisation_id=of.organisation_id, event=of, made_by=actor, need=row, giver=giver, quantity=quantity, is_delivered=is_delivered,
        on_date=on_date,
    )  # fmt: skip
    given.save()
    if is_delivered and row.state in ("open", "partly"):
        came = Response.objects.filter(need=row, is_delivered=True).values_list("quantity", flat=True)
        enough = row.quantity is not None and sum(each or 0 for each in came) >= row.quantity
        row.state = "met" if enough else "partly"
        row.save()
    journal.record(actor=actor, verb="need.answer", about=of, facts={"need": str(row.pk), "delivered": is_delivered})
    return given


@transaction.atomic
def move_need(*, actor: Any, event: Event, need: Need, after: str, before: str) -> None:
    """A need is met, met in part, open again or dropped; ``before`` is the state that the actor saw."""
    of = held(actor, event, "event.edit")
    row = of_event(Need, of, need.pk)
    _check(NeedLife, row.state, before, after)
    row.state = after
    row.save()
    journal.record(actor=actor, verb="need.move", about=of, facts={"need": str(row.pk), "after": after})


def _check(graph: Any, now: str, before: str, after: str) -> None:
    if now != before:
        raise NotNow(MEANWHILE)
    try:
        graph.check(now, after)
    except (MoveRefused, KeyError):
        raise NotNow(MEANWHILE) from None


# -- the roster ------------------------------------------------------------------------------------------------------


@transaction.atomic
def plan_shift(
    *, actor: Any, event: Event, person: User, duty: str, starts_at: dt.datetime, ends_at: dt.datetime, phone: str = ""
) -> Shift:
    """Somebody is on duty from when to when. NotNow where she is on duty already at that time, or it is too long."""
    of = held(actor, event, "event.edit")
    _require_helper(of, person)
    if not starts_at < ends_at <= starts_at + LONGEST_SHIFT:
        raise NotNow(_("A shift ends after it begins, and within 24 hours."))
    if Shift.objects.filter(
        event=of, person=person, called_off_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at
    ).exists():
        raise NotNow(_("She is on duty at that time already."))
    row = Shift(
        organisation_id=of.organisation_id, event=of, made_by=actor, person=person, duty=duty, starts_at=starts_at, ends_at=ends_at,
        phone=phone.strip() or None,
    )  # fmt: skip
    row.save()
    journal.record(actor=actor, verb="duty.plan", about=of, facts={"shift": str(row.pk), "duty": duty})
    return row


@transaction.atomic
def call_off_shift(*, actor: Any, event: Event, shift: Shift) -> None:
    """A shift does not take place."""
    of = held(actor, event, "event.edit")
    row = of_event(Shift, of, shift.pk)
    if row.called_off_at is not None:
        raise NotNow(MEANWHILE)
    row.called_off_at = timezone.now()
    row.save()
    journal.record(actor=actor, verb="duty.call_off", about=of, facts={"shift": str(row.pk)})


def _require_helper(event: Event, person: User) -> None:
    """Only who sees the event is given something to do in it: from anybody else the address would hide it."""
    if not policy.allowed(person, "event.help", event):
        raise NotNow(_("This person does not work in emergencies here."))


# -- tasks -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def give_task(*, actor: Any, event: Event, assignee: User, title: str, due_at: dt.datetime, words: str = "") -> Task:
    """Somebody has to do something until when; she is told."""
    of = held(actor, event, "event.edit")
    _require_helper(of, assignee)
    row = Task(
        organisation_id=of.organisation_id,
        event=of,
        made_by=actor,
        assignee=assignee,
        title=title,
        due_at=due_at,
        words=words.strip() or None,
    )
    row.save()
    _line(actor, row, "given", to=assignee)
    tell(Notice.About.DUTY, of, [assignee])
    journal.record(actor=actor, verb="task.give", about=of, facts={"task": str(row.pk)})
    return row


@transaction.atomic
def move_task(
    *,
    actor: Any,
    event: Event,
    task: Task,
    after: str,
    before: str,
    words: str = "",
    to: User | None = None,
    due_at: dt.datetime | None = None,
) -> None:
    """A task is taken or done by whoever has it, called off or given anew by whoever leads; ``before`` is the state that was seen."""
    of = held(actor, event, "event.help")
    row = of_event(Task, of, task.pk)
    if after in ("dropped", "given") or row.assignee_id != actor.pk:
        policy.require(actor, "event.edit", of)
    _check(TaskLife, row.state, before, after)
    if after == "given":
        _given_anew(of, row, to, due_at)
    row.state, row.changed_at = after, timezone.now()
    row.save()
    _line(actor, row, after, words=words, to=to)
    read_notices(actor, of, Notice.About.DUTY)
    journal.record(actor=actor, verb="task.move", about=of, facts={"task": str(row.pk), "after": after})


def _given_anew(event: Event, row: Task, to: User | None, due_at: dt.datetime | None) -> None:
    person = to or row.assignee
    _require_helper(event, person)
    row.assignee, row.due_at = person, due_at or row.due_at
    row.reminded_at = row.raised_at = None
    tell(Notice.About.DUTY, event, [person])


def _line(actor: Any, task: Task, what: str, *, words: str = "", to: User | None = None) -> None:
    TaskLine(
        organisation_id=task.organisation_id,
        event_id=task.event_id,
        task=task,
        what=what,
        to=to,
        words=words.strip() or None,
        made_by=actor,
    ).save()


def raise_late_tasks(now: dt.datetime | None = None) -> list[int]:
    """Remind who has a task that is due soon, and tell who leads of what is late, each once; how many of either."""
    now = now or timezone.now()
    waiting = Task.objects.filter(state__in=("given", "taken"), event__state="open")
    soon = list(waiting.filter(due_at__lte=now + REMINDS, reminded_at=None).values_list("pk", flat=True))
    late = list(waiting.filter(due_at__lte=now - RAISES, raised_at=None).values_list("pk", flat=True))
    return [sum(_raised(pk, "reminded", now) for pk in soon), sum(_raised(pk, "raised", now) for pk in late)]


@transaction.atomic
def _raised(pk: UUID, what: str, now: dt.datetime) -> bool:
    rows = Task.objects.select_for_update(of=("self",)).select_related("event", "assignee")
    row = rows.filter(pk=pk, state__in=("given", "taken")).first()
    if row is None or getattr(row, f"{what}_at") is not None:
        return False
    setattr(row, f"{what}_at", now)
    row.save()
    _line(None, row, what)
    people = [row.assignee] if what == "reminded" else who_may("event.edit", row.event)
    tell(Notice.About.DUTY if what == "reminded" else Notice.About.OVERDUE, row.event, people)
    journal.record(actor=None, verb="task.remind", about=row.event, facts={"task": str(row.pk), "what": what})
    return True
