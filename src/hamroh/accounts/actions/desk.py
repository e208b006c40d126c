"""Writes on one's own desk: tasks, and notices that were read."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy, records
from hamroh.accounts.models import Notice, Organisation, Task, User
from hamroh.vault import journal


@transaction.atomic
def add_task(
    *, actor: Any, organisation: Organisation, words: str, due_date: dt.date, record: Any = None,
    assignee: User | None = None,
) -> Task:  # fmt: skip
    """A task of one's own, about a record where one is named; or of a colleague, about a record that both of them may read."""
    facts = policy.facts_of(record)
    kind, pk = facts.ref if facts else ("", "")
    task = Task(
        organisation=organisation, assignee=assignee or actor, words=words, due_date=due_date, record_kind=kind,
        record_id=pk,
    )  # fmt: skip
    if assignee is not None and assignee != actor:
        _require_both(actor, assignee, kind, record)
    policy.require(task.assignee, "desk.task", task)
    task.save()
    told = {"assignee": str(assignee.pk)} if assignee is not None and assignee != actor else {}
    journal.record(actor=actor, verb="desk.add_task", about=task, facts={"due": due_date.isoformat(), **told})
    return task


@transaction.atomic
def remind(*, assignee: User, organisation: Organisation, words: str, due_date: dt.date, record: Any) -> Task | None:
    """A task that the system itself gives, about a record whose page opens for her; None where it does not, or where she keeps no tasks."""
    kind, pk = policy.facts_of(record).ref  # type: ignore[union-attr]
    task = Task(
        organisation=organisation, assignee=assignee, words=words, due_date=due_date, record_kind=kind, record_id=pk
    )
    register = records.of(kind)
    reads = register is not None and policy.allowed(assignee, register.reads, record)
    if not reads or not policy.allowed(assignee, "desk.task", task):
        return None
    task.save()
    facts = {"due": due_date.isoformat(), "assignee": str(assignee.pk)}
    journal.record(actor=None, verb="desk.remind", about=task, facts=facts)
    return task


def _require_both(actor: Any, assignee: User, kind: str, record: Any) -> None:
    """Refused unless there is a record, and both may read it: nobody learns of a record by a task."""
    register = records.of(kind)
    if register is None:
        raise policy.Refused("a task for somebody else is about a record")
    for person in (actor, assignee):
        policy.require(person, register.reads, record)
    policy.require(actor, "desk.task")


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
