"""Applications for support of the state: written down, handed in, answered, contested. Nothing here promises what no source says."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.zones import local_date
from hamroh.cases import lawbook
from hamroh.cases.actions.deadlines import Stated
from hamroh.cases.actions.matters import NotNow, at_work
from hamroh.cases.actions.opening import touch
from hamroh.cases.models import Application, Deadline, DeadlineState, DeadlineTurn, Matter, MatterKind
from hamroh.cases.selectors.deadlines import recount
from hamroh.cases.states import SupportLife
from hamroh.kernel import supports
from hamroh.vault import journal, opening

MEANWHILE = _("Somebody wrote about this application meanwhile. Look at how far it is now, and then save again.")


@dataclass(frozen=True)
class Filed:
    """How it was handed in; ``stated`` is a lawyer's period for the answer in days, ``ask_on`` a day of our own."""

    on: dt.date
    number: str = ""
    papers: tuple[str, ...] = ()
    words: str = ""
    stated: Stated | None = None
    ask_on: dt.date | None = None


@dataclass(frozen=True)
class Said:
    """What an office answered, or what was done about its answer; ``amount`` stands as it is printed."""

    on: dt.date
    told: Mapping[str, str] = field(default_factory=dict)
    ask_on: dt.date | None = None


@transaction.atomic
def begin(*, actor: Any, matter: Matter, support: str, told: Mapping[str, Any]) -> Application:
    """What is asked of which office. Refused where the matter is none of state support, or its state has no such support."""
    _decision, matter = at_work(actor, matter)
    known = supports.supports().get(support)
    if matter.kind != MatterKind.SUPPORT or (support and (known is None or known.state != matter.country)):
        raise policy.Refused("no such support")
    row = Application(
        organisation_id=matter.organisation_id, case=matter.case, matter=matter, made_by=actor,
        facts={"support": support, **told, "papers": [], "moves": []},
    )  # fmt: skip
    row.save()
    _told(actor, row, "case.begin_application", state=row.state)
    return row


@transaction.atomic
def hand_in(*, actor: Any, application: Application, filed: Filed, seen: str) -> None:
    """It was handed in. A day for the answer is counted where a rule sets one, or a lawyer states one; else we set our own."""
    row, facts = _locked(actor, application, seen, "filed")
    row.filed_date = filed.on
    facts["papers"] = list(filed.papers)
    row.alarm = _answer_day(actor, row, facts, filed)
    told = {"number": filed.number, "words": filed.words}
    _moved(actor, row, facts, "filed", Said(filed.on, told))


@transaction.atomic
def answer(*, actor: Any, application: Application, state: str, said: Said, seen: str) -> None:
    """Granted, refused, or silence for too long: the alarm ends with it."""
    row, facts = _locked(actor, application, seen, state)
    if row.filed_date and said.on < row.filed_date:
        raise NotNow(_("This day is before the application was handed in."))
    row.answered_date = None if state == "silent" else said.on
    _quiet(row, DeadlineState.DONE)
    _moved(actor, row, facts, state, said)


@transaction.atomic
def contest(*, actor: Any, application: Application, said: Said, seen: str) -> None:
    """The answer, or the silence, is contested."""
    row, facts = _locked(actor, application, seen, "appealed")
    if row.answered_date and said.on < row.answered_date:
        raise NotNow(_("This day is before the answer."))
    row.answered_date = None
    row.alarm = _day(row, said.on, said.ask_on, {}, DeadlineTurn.OURS) if said.ask_on else None
    _moved(actor, row, facts, "appealed", said)


@transaction.atomic
def withdraw(*, actor: Any, application: Application, said: Said, seen: str) -> None:
    """She does not go on with it."""
    row, facts = _locked(actor, application, seen, "withdrawn")
    _quiet(row, DeadlineState.DROPPED)
    _moved(actor, row, facts, "withdrawn", said)


def _locked(actor: Any, application: Application, seen: str, after: str) -> tuple[Application, dict[str, Any]]:
    """The application and its facts; NotNow where somebody was faster, or its state has no such move."""
    decision, matter = at_work(actor, application.matter)
    row: Application = (
        Application.objects.select_for_update(of=("self",)).select_related("alarm").get(pk=application.pk)
    )
    row.matter, row.case = matter, matter.case
    if row.state != seen or after not in SupportLife.moves(row.state):
        raise NotNow(MEANWHILE)
    return row, dict(opening.open(row, "facts", decision=decision, purpose="change") or {})


def _moved(actor: Any, row: Application, facts: dict[str, Any], state: str, said: Said) -> None:
    line = {"state": state, "on": said.on.isoformat(), **{name: text for name, text in said.told.items() if text}}
    row.state, row.facts = state, {**facts, "moves": [*facts.get("moves", ()), line]}
    row.save()
    _told(actor, row, "case.move_application", state=state)


def _answer_day(actor: Any, row: Application, facts: Mapping[str, Any], filed: Filed) -> Deadline | None:
    """By when the office has to answer, with what that rests on; our own day where nothing says it, None where nobody set one."""
    today = local_date(timezone.now(), row.case.organisation)
    known = supports.supports(lawbook.book(today)).get(facts["support"])
    if known and known.answer:
        counted = recount(known.answer, filed.on, {}, today)
        return _day(row, filed.on, counted.due, {}, DeadlineTurn.THEIRS, last=counted.last, term=known.answer)
    if filed.stated:
        policy.require(actor, "case.state_law", row.matter)
        period = {"value": str(filed.stated.value), "article": filed.stated.article, "by": str(actor)}
        due = filed.on + dt.timedelta(days=filed.stated.value)
        return _day(row, filed.on, due, period, DeadlineTurn.THEIRS)
    return _day(row, filed.on, filed.ask_on, {}, DeadlineTurn.OURS) if filed.ask_on else None


def _day(
    row: Application, base: dt.date, due: dt.date, facts: Mapping[str, str], turn: str, *, last: dt.date | None = None,
    term: Any = None,
) -> Deadline:  # fmt: skip
    counted = {"term": term.code, "rule": term.rule.id, "calendar": term.state} if term else {}
    words = {} if term else {"words": str(_("State support: has the office answered?"))}
    day = Deadline(
        organisation_id=row.organisation_id, case=row.case, matter=row.matter, turn=turn, base_date=base, due_date=due,
        last_date=last or due, facts={**words, **facts} or None, **counted,
    )  # fmt: skip
    day.save()
    return day


def _quiet(row: Application, state: str) -> None:
    """The alarm rings no more."""
    today = local_date(timezone.now(), row.case.organisation)
    days = Deadline.objects.filter(pk__in=[row.alarm_id] if row.alarm_id else [], state=DeadlineState.OPEN)
    days.update(state=state, settled_date=today)


def _told(actor: Any, row: Application, verb: str, **facts: str) -> None:
    journal.record(actor=actor, verb=verb, about=row.case, facts={"application": str(row.pk), **facts})
    touch(row.case)
