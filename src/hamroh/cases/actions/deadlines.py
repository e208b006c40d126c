"""Writes on the days of a matter: counted from the law, set by ourselves, done; hearings; what went abroad."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.zones import local_date
from hamroh.cases import lawbook
from hamroh.cases.actions.matters import NotNow, at_work
from hamroh.cases.actions.opening import touch
from hamroh.cases.models import (
    Deadline,
    DeadlineState,
    DeadlineTurn,
    Dispatch,
    DispatchWay,
    Hearing,
    HearingState,
    Matter,
)
from hamroh.cases.selectors.deadlines import recount
from hamroh.kernel.matters import Term, workflows
from hamroh.vault import journal, opening


@dataclass(frozen=True)
class Stated:
    """A period that a lawyer states under her name, in the unit of its rule, and the act and article she names."""

    value: int
    article: str


@transaction.atomic
def count_term(*, actor: Any, matter: Matter, code: str, base: dt.date, stated: Stated | None = None) -> Deadline:
    """A day counted from a term of the matter's law. Missing where its period is not known and nobody states it.

    Only a lawyer states one; NotNow where the rule itself was seen.
    """
    _decision, matter = at_work(actor, matter)
    flow = workflows(lawbook.book(_today(matter)))[matter.kind]
    term = next((term for term in flow.terms(matter.country) if term.code == code), None)
    if term is None:
        raise policy.Refused("no such term")
    facts = _stated_by(actor, matter, term, stated) if stated else None
    counted = recount(term, base, facts or {}, _today(matter))
    row = Deadline(
        organisation_id=matter.organisation_id, case=matter.case, matter=matter, turn=term.turn.value, term=code,
        rule=term.rule.id, calendar=term.state, base_date=base, due_date=counted.due, last_date=counted.last,
        facts=facts,
    )  # fmt: skip
    return _kept(actor, row, "case.count_deadline", {"term": code, "stated": bool(stated)})


@transaction.atomic
def remind(*, actor: Any, matter: Matter, due: dt.date, words: str) -> Deadline:
    """A day of our own, that no law sets."""
    _decision, matter = at_work(actor, matter)
    return _kept(actor, _own_day(matter, due, words), "case.set_reminder", {})


@transaction.atomic
def move_base(*, actor: Any, deadline: Deadline, base: dt.date) -> None:
    """The event was on another day: counted anew. What is done or dropped keeps the days that it had."""
    row = _open_row(actor, deadline)
    flow = workflows(lawbook.book(_today(row.matter)))[row.matter.kind]
    found = next((each for each in flow.terms(row.matter.country) if each.code == row.term), None)
    if found is None:
        raise policy.Refused("not counted from the law")
    facts = opening.open(row, "facts", decision=policy.require(actor, "case.write", row), purpose="change")
    counted = recount(found, base, facts or {}, _today(row.matter))
    was = row.base_date
    row.base_date, row.due_date, row.last_date = base, counted.due, counted.last
    row.was_date = row.was_last_date = row.moved_at = None
    row.save(update_fields=["base_date", "due_date", "last_date", "was_date", "was_last_date", "moved_at"])
    told = {"deadline": str(row.pk), "base": base.isoformat(), "was": was.isoformat() if was else ""}
    journal.record(actor=actor, verb="case.move_deadline", about=row.case, facts=told)
    touch(row.case)


@transaction.atomic
def settle(*, actor: Any, deadline: Deadline, state: str) -> None:
    """Done, or it counts no more; what is settled already stays so."""
    row = _open_row(actor, deadline)
    row.state, row.settled_date = DeadlineState(state), _today(row.matter)
    row.save(update_fields=["state", "settled_date"])
    told = {"deadline": str(row.pk), "state": str(state)}
    journal.record(actor=actor, verb="case.settle_deadline", about=row.case, facts=told)
    touch(row.case)


@transaction.atomic
def reopen_deadline(*, actor: Any, deadline: Deadline) -> None:
    """Not done after all."""
    _decision, matter = at_work(actor, deadline.matter)
    rows = Deadline.objects.filter(pk=deadline.pk).exclude(state=DeadlineState.OPEN)
    if rows.update(state=DeadlineState.OPEN, settled_date=None):
        told = {"deadline": str(deadline.pk)}
        journal.record(actor=actor, verb="case.reopen_deadline", about=matter.case, facts=told)
        touch(matter.case)


@transaction.atomic
def set_hearing(*, actor: Any, matter: Matter, starts_at: dt.datetime, told: Mapping[str, str]) -> Hearing:
    """A hearing on a day; court, room and what to bring stay sealed."""
    _decision, matter = at_work(actor, matter)
    row = Hearing(
        organisation_id=matter.organisation_id, case=matter.case, matter=matter, starts_at=starts_at, facts=dict(told)
    )
    row.save()
    facts = {"matter": str(matter.pk), "hearing": str(row.pk)}
    journal.record(actor=actor, verb="case.set_hearing", about=matter.case, facts=facts)
    touch(matter.case)
    return row


@transaction.atomic
def change_hearing(
    *, actor: Any, hearing: Hearing, starts_at: dt.datetime, state: str, told: Mapping[str, str]
) -> None:
    """Another day, or what became of it."""
    _decision, matter = at_work(actor, hearing.matter)
    if state == HearingState.HELD and starts_at > timezone.now():
        raise NotNow(_("This hearing is still to come: it was not held yet."))
    hearing.starts_at, hearing.state, hearing.facts = starts_at, HearingState(state), dict(told)
    hearing.save(update_fields=["starts_at", "state", "facts"])
    facts = {"hearing": str(hearing.pk), "state": str(state)}
    journal.record(actor=actor, verb="case.change_hearing", about=matter.case, facts=facts)
    touch(matter.case)


@transaction.atomic
def log_dispatch(
    *, actor: Any, matter: Matter, way: str, country: str, on: dt.date, told: Mapping[str, str],
    alarm: dt.date | None = None,
) -> Dispatch:  # fmt: skip
    """What was sent abroad or came back. An answer from a country ends the alarms of what was sent there before."""
    _decision, matter = at_work(actor, matter)
    day = None
    if alarm and way == DispatchWay.SENT:
        day = _own_day(matter, alarm, told.get("whom", ""))
        day.base_date = on
        day.save()
    row = Dispatch(
        organisation_id=matter.organisation_id, case=matter.case, matter=matter, way=way, country=country, on_date=on,
        made_by=actor, alarm=day, facts=dict(told),
    )  # fmt: skip
    row.save()
    if way == DispatchWay.RECEIVED:
        _end_alarms(matter, country)
    facts = {"matter": str(matter.pk), "way": way, "country": country}
    journal.record(actor=actor, verb="case.log_dispatch", about=matter.case, facts=facts)
    touch(matter.case)
    return row


def _stated_by(actor: Any, matter: Matter, term: Term, stated: Stated) -> dict[str, str]:
    policy.require(actor, "case.state_law", matter)
    if not term.may_be_stated:
        raise NotNow(_("The text of this rule was seen: it holds, and nothing is stated in its place."))
    return {"value": str(stated.value), "article": stated.article, "by": str(actor)}


def _own_day(matter: Matter, due: dt.date, words: str) -> Deadline:
    return Deadline(
        organisation_id=matter.organisation_id, case=matter.case, matter=matter, turn=DeadlineTurn.OURS, due_date=due,
        last_date=due, facts={"words": words},
    )  # fmt: skip


def _kept(actor: Any, row: Deadline, verb: str, facts: dict[str, Any]) -> Deadline:
    row.save()
    told = {"matter": str(row.matter_id), "deadline": str(row.pk), "due": row.due_date.isoformat()}
    journal.record(actor=actor, verb=verb, about=row.case, facts=told | facts)
    touch(row.case)
    return row


def _open_row(actor: Any, deadline: Deadline) -> Deadline:
    """The deadline, locked with its matter; NotNow where it is settled."""
    _decision, matter = at_work(actor, deadline.matter)
    row: Deadline = Deadline.objects.select_for_update().get(pk=deadline.pk)
    row.matter, row.case = matter, matter.case
    if row.state != DeadlineState.OPEN:
        raise NotNow(_("This day is settled and keeps its dates. Open it again first."))
    return row


def _end_alarms(matter: Matter, country: str) -> None:
    waiting = Dispatch.objects.filter(matter=matter, country=country, alarm__isnull=False)
    rows = Deadline.objects.filter(pk__in=waiting.values("alarm"), state=DeadlineState.OPEN)
    rows.update(state=DeadlineState.DONE, settled_date=_today(matter))


def _today(matter: Matter) -> dt.date:
    return local_date(timezone.now(), matter.case.organisation)
