"""My day: tasks by when they are due, notices, and emergency openings that wait for a review."""

import datetime as dt
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from hamroh import vault
from hamroh.accounts import policy, records
from hamroh.accounts.models import BreakGlass, Notice, Organisation, Task
from hamroh.accounts.policy.facts import Ref
from hamroh.accounts.policy.standing import REVIEW_WITHIN
from hamroh.accounts.records import Named
from hamroh.accounts.zones import local_date, zone_of
from hamroh.vault.errors import VaultError, VaultSealed

MOST_TASKS, MOST_NOTICES = 60, 12
PURPOSE, REVIEWING = gettext_noop("my day"), gettext_noop("review of an emergency opening")


@dataclass(frozen=True)
class Due:
    """A task as its person sees it; ``words`` is None where the stored text does not open."""

    task: Task
    words: str | None
    about: Named | None = None


@dataclass(frozen=True)
class Told:
    """A notice, when by the clock where its person works, and the record where that opens for her."""

    notice: Notice
    when: dt.datetime
    about: Named | None = None


@dataclass
class Day:
    """Tasks by when they are due, the earliest first, and notices.

    ``sealed``: the vault is shut, so no words open. ``has_more``: later tasks are not shown yet.
    """

    today: dt.date
    overdue: list[Due] = field(default_factory=list)
    on_today: list[Due] = field(default_factory=list)
    this_week: list[Due] = field(default_factory=list)
    later: list[Due] = field(default_factory=list)
    done: list[Due] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    may_plan: bool = True
    has_more: bool = False
    sealed: bool = False

    def part_of(self, task: Task) -> list[Due]:
        if task.done_at:
            return self.done
        if task.due_date < self.today:
            return self.overdue
        if task.due_date == self.today:
            return self.on_today
        return self.this_week if task.due_date < self.today + dt.timedelta(days=7) else self.later


def my_day(*, actor: Any, organisation: Organisation) -> Day:
    """The actor's own tasks in all her organisations, and what she was told; today is the day where she works now.

    Words of tasks are opened for "my day".
    """
    found = Day(local_date(timezone.now(), organisation), may_plan=bool(policy.allowed(actor, "desk.task")))
    tasks = _tasks(actor) if found.may_plan else []
    told = _told(actor, MOST_NOTICES)
    about = {(task.record_kind, task.record_id) for task in tasks if task.record_kind}
    names = records.named(actor, about | {(notice.record_kind, notice.record_id) for notice in told})
    found.has_more = len(tasks) > MOST_TASKS
    for task in tasks[:MOST_TASKS]:
        words = _words(actor, task, found)
        found.part_of(task).append(Due(task, words, names.get((task.record_kind, task.record_id))))
    found.told = _as_told(told, names, organisation)
    return found


def _tasks(actor: Any) -> list[Task]:
    """What is to be done, by when it is due, then what was done within the last hours."""
    recent = Q(done_at__isnull=True) | Q(done_at__gte=timezone.now() - dt.timedelta(hours=12))
    rows = policy.visible(actor, "desk.task", Task.objects.filter(recent))
    return list(rows.order_by(F("done_at").asc(nulls_first=True), "due_date", "made_at")[: MOST_TASKS + 1])


def task_words(*, actor: Any, task: Task) -> str | None:
    """The words of one task of the actor's own; None where they do not open."""
    return _words(actor, task, Day(task.due_date))


def _words(actor: Any, task: Task, found: Day) -> str | None:
    """A text that was changed in the store, or a shut vault, leaves the rest of the page as it is."""
    try:
        decision = policy.require(actor, "desk.task", task)
        return str(vault.open(task, "words", decision=decision, purpose=PURPOSE))
    except VaultSealed:
        found.sealed = True
    except VaultError:
        pass
    return None


def notices(*, actor: Any, organisation: Organisation, most: int = MOST_NOTICES) -> list[Told]:
    """What the actor was told, unread first; nothing of what she is shut out of."""
    told = _told(actor, most)
    names = records.named(actor, {(row.record_kind, row.record_id) for row in told})
    return _as_told(told, names, organisation)


def _told(actor: Any, most: int) -> list[Notice]:
    shut = policy.standing(actor).blocked
    rows = Notice.objects.filter(user=actor).order_by(F("read_at").desc(nulls_first=True), "-made_at")
    kept = (row for row in rows.iterator() if (row.record_kind, row.record_id) not in shut)
    return list(islice(kept, most))


def _as_told(rows: list[Notice], names: dict[Ref, Named], organisation: Organisation) -> list[Told]:
    zone = zone_of(organisation)
    return [Told(row, row.made_at.astimezone(zone), names.get((row.record_kind, row.record_id))) for row in rows]


def unread(*, actor: Any) -> int:
    """How many notices wait."""
    shut = policy.standing(actor).blocked
    refs = Notice.objects.filter(user=actor, read_at__isnull=True).values_list("record_kind", "record_id")
    return sum(ref not in shut for ref in refs)


@dataclass(frozen=True)
class Waiting:
    """An emergency opening that waits for its review; ``words`` is None where they do not open."""

    glass: BreakGlass
    words: str | None
    opened_at: dt.datetime
    pauses_at: dt.datetime
    about: Named | None = None


def openings_to_review(*, actor: Any) -> list[Waiting]:
    """Emergency openings by others that nobody reviewed, the oldest first; what was said is opened for the review."""
    policy.require(actor, "access.review")
    shut = policy.standing(actor).blocked
    rows = BreakGlass.objects.filter(reviewed_at__isnull=True).exclude(user=actor).order_by("opened_at")
    found = policy.visible(actor, "access.review", rows).select_related("user", "organisation")
    kept = [glass for glass in found if (glass.record_kind, glass.record_id) not in shut]
    names = records.named(actor, {(glass.record_kind, glass.record_id) for glass in kept})
    return [_waiting(actor, glass, names) for glass in kept]


def _waiting(actor: Any, glass: BreakGlass, names: dict[Ref, Named]) -> Waiting:
    zone = zone_of(glass.organisation)
    return Waiting(
        glass=glass, words=_said(actor, glass), opened_at=glass.opened_at.astimezone(zone),
        pauses_at=(glass.opened_at + REVIEW_WITHIN).astimezone(zone),
        about=names.get((glass.record_kind, glass.record_id)),
    )  # fmt: skip


def _said(actor: Any, glass: BreakGlass) -> str | None:
    try:
        decision = policy.require(actor, "access.review", glass)
        return str(vault.open(glass, "words", decision=decision, purpose=REVIEWING))
    except VaultSealed:
        raise
    except VaultError:
        return None


def opened_by(*, actor: Any) -> list[BreakGlass]:
    """The actor's own emergency openings that last, or wait for their review."""
    rows = BreakGlass.objects.filter(user=actor).filter(Q(ends_at__gt=timezone.now()) | Q(reviewed_at__isnull=True))
    return list(rows.order_by("opened_at"))
