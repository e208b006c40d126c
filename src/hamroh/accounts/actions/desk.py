"""Writes on one's own desk: tasks, and notices that were read."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Notice, Organisation, Task
from hamroh.vault import journal


@transaction.atomic
def add_task(
    *, actor: Any, organisation: Organisation, words: str, due_date: dt.date, record: Any = None
) -> Task:  # fmt: skip
    """A task of one's own, about a record where one is named."""
    facts = policy.facts_of(record)
    kind, pk = facts.ref if facts else ("", "")
    task = Task(
        organisation=organisation, assignee=actor, words=words, due_date=due_date, record_kind=kind, record_id=pk
    )
    policy.require(actor, "desk.task", task)
    task.save()
    journal.record(actor=actor, verb="desk.add_task", about=task, facts={"due": due_date.isoformat()})
    return task


@transaction.atomic
def finish_task(*, actor: Any, task: Task) -> None:
    """Done; a task that is done already stays so."""
    policy.require(actor, "desk.task", task)
    if Task.objects.filter(pk=task.pk, done_at__isnull=True).update(done_at=timezone.now()):
        journal.record(actor=actor, verb="desk.finish_task", about=task)


@transaction.atomic
def reopen_task(*, actor: Any, task: Task) -> None:
    """Not done after all."""
    policy.require(actor, "desk.task", task)
    if Task.objects.filter(pk=task.pk, done_at__isnull=False).update(done_at=None):
        journal.record(actor=actor, verb="desk.reopen_task", about=task)


@transaction.atomic
def move_task(*, actor: Any, task: Task, due_date: dt.date) -> None:
    """To another day."""
    policy.require(actor, "desk.task", task)
    if Task.objects.filter(pk=task.pk).exclude(due_date=due_date).update(due_date=due_date):
        facts = {"due": due_date.isoformat(), "was": task.due_date.isoformat()}
        journal.record(actor=actor, verb="desk.move_task", about=task, facts=facts)


@transaction.atomic
def read_notices(*, actor: Any) -> int:
    """All notices that wait for the actor are read now; returns how many."""
    policy.require(actor, "desk.open")
    count = Notice.objects.filter(user=actor, read_at__isnull=True).update(read_at=timezone.now())
    if count:
        journal.record(actor=actor, verb="desk.read_notices", about=actor, facts={"count": count})
    return count
