"""Days of matters: what comes within days for somebody, and how one day was counted."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date
from hamroh.cases import lawbook
from hamroh.cases.models import Deadline, DeadlineState, DeadlineTurn, Hearing, HearingState, Matter
from hamroh.cases.selectors.law import LawLine, law_lines
from hamroh.cases.selectors.matters import matter_of, today_of
from hamroh.kernel.law import Assumption, Book, Missing
from hamroh.kernel.matters import Counted, Term, count, terms
from hamroh.vault import opening

FORTNIGHT = 14


@dataclass(frozen=True)
class DayLine:
    """A day of a matter. ``title`` is what the rule is called by language, None for one that no term counts, whose ``words`` may be opened.

    ``to_verify``: it rests on what nobody has seen. ``is_possible``: what may be asked for from this day on may be asked for now; such a day is never late.
    """

    row: Deadline
    title: Any
    event: Any
    law: LawLine | None
    is_late: bool
    is_near: bool
    is_possible: bool
    to_verify: bool
    words: Any = ""


@dataclass(frozen=True)
class Worked:
    """How a day is counted from the law as it reads today: the sentences in order, or why it is not.

    ``differs`` says that the stored day is another one; ``firm`` that it may be relied on as a last day.
    """

    reasons: list[str]
    law: list[LawLine]
    certainty: str
    firm: bool
    differs: bool
    missing: list[str]


def deadlines_ahead(*, actor: Any, organisation: Organisation, days: int = FORTNIGHT) -> QuerySet[Deadline]:
    """Open days that are past or come within ``days``, of the cases that the actor may list: one query, nothing opened."""
    last = local_date(timezone.now(), organisation) + dt.timedelta(days=days)
    rows = Deadline.objects.filter(organisation=organisation, state=DeadlineState.OPEN, due_date__lte=last)
    return policy.visible(actor, "case.list", rows.select_related("case", "matter").order_by("due_date", "pk"))


def lines_ahead(*, rows: Iterable[Deadline], today: dt.date) -> list[DayLine]:
    """Days of many cases as they are shown; nothing is opened."""
    book = lawbook.book(today)
    return [day_line(row, today, book) for row in rows]


def moved_days(book: Book, rows: QuerySet[Deadline], today: dt.date) -> Iterator[tuple[Deadline, Counted]]:
    """Open days that come out otherwise by a book. Those for which a lawyer states the period keep it, and are left to her."""
    known = terms(book)
    for row in rows.filter(state=DeadlineState.OPEN, facts__isnull=True).exclude(term="").iterator(chunk_size=500):
        term = known.get(row.term)
        if term is None or row.base_date is None:
            continue
        try:
            counted = count(term, row.base_date, today)
        except Missing:
            continue
        if (counted.due, counted.last) != (row.due_date, row.last_date):
            yield row, counted


def hearings_ahead(*, actor: Any, since: dt.datetime, until: dt.datetime | None = None) -> QuerySet[Hearing]:
    """Hearings that are set, of the cases that the actor may read: one query, nothing opened."""
    rows = Hearing.objects.filter(state=HearingState.AHEAD, starts_at__gte=since)
    rows = rows.filter(starts_at__lt=until) if until else rows
    rows = rows.select_related("case", "case__organisation").order_by("starts_at", "pk")
    return policy.visible(actor, "case.read", rows)


def day_lines(*, matter: Matter, decision: Decision | None = None) -> list[DayLine]:
    """The days of a matter: those that are open first, in their order; a decision opens the words of our own ones."""
    today = today_of(matter.case)
    law = lawbook.book(today)
    rows = Deadline.objects.filter(matter=matter).order_by("due_date", "pk")
    found = [_with_words(day_line(row, today, law), decision) for row in rows]
    return sorted(found, key=lambda line: line.row.state != DeadlineState.OPEN)


def _with_words(line: DayLine, decision: Decision | None) -> DayLine:
    if decision is None or line.row.term:
        return line
    return replace(line, words=day_facts(row=line.row, decision=decision).get("words", ""))


def day_line(row: Deadline, today: dt.date, book: Book | None = None) -> DayLine:
    """One day as it is shown; who shows many hands the book on."""
    term = terms(book or lawbook.book(today)).get(row.term)
    law = law_lines([term.rule], today)[0] if term else None
    waits = row.state == DeadlineState.OPEN
    near = today <= row.due_date <= today + dt.timedelta(days=FORTNIGHT)
    from_then = row.turn == DeadlineTurn.FROM
    return DayLine(
        row=row, title=term.rule.names if term else None, event=term.event if term else None, law=law,
        is_late=waits and not from_then and row.due_date < today, is_near=waits and near,
        is_possible=waits and from_then and row.due_date <= today, to_verify=bool(term and term.to_verify),
    )  # fmt: skip


def deadline_of(*, actor: Any, code: str, matter: UUID, pk: UUID, verb: str = "case.read") -> tuple[Deadline, Decision]:
    """A day of a matter of the case of a code; Refused where it is another matter's."""
    found, decision = matter_of(actor=actor, code=code, pk=matter, verb=verb)
    row = Deadline.objects.filter(matter=found, pk=pk).first()
    if row is None:
        raise policy.Refused("no such day of this matter")
    row.matter, row.case = found, found.case
    return row, decision


def hearing_of(*, actor: Any, code: str, matter: UUID, pk: UUID, verb: str = "case.read") -> tuple[Hearing, Decision]:
    """A hearing of a matter of the case of a code; Refused where it is another matter's."""
    found, decision = matter_of(actor=actor, code=code, pk=matter, verb=verb)
    row = Hearing.objects.filter(matter=found, pk=pk).first()
    if row is None:
        raise policy.Refused("no such hearing of this matter")
    row.matter, row.case = found, found.case
    return row, decision


def day_facts(*, row: Deadline | Hearing, decision: Decision) -> dict[str, Any]:
    """The sealed words of a day or a hearing."""
    found = opening.open_each(row, ("facts",), decision=decision, purpose="page")["facts"]
    return found if isinstance(found, dict) else {}


def worked(*, row: Deadline, facts: dict[str, Any]) -> Worked | None:
    """How the day is counted by the law as it reads today; None for a day of our own."""
    today = today_of(row.case)
    term = terms(lawbook.book(today)).get(row.term)
    if term is None or row.base_date is None:
        return None
    try:
        counted = recount(term, row.base_date, facts, today)
    except Missing as missing:
        return Worked(
            [], law_lines([term.rule], today), "", False, True, [each.said(_lang()) for each in missing.reasons]
        )
    return Worked(
        reasons=[reason.said(_lang()) for reason in counted.reasons],
        law=law_lines([ground.rule for ground in counted.grounds if ground.rule], today),
        certainty=str(counted.certainty), firm=counted.deadline.firm,
        differs=(counted.due, counted.last) != (row.due_date, row.last_date), missing=[],
    )  # fmt: skip


def recount(term: Term, base: dt.date, facts: dict[str, Any], on: dt.date) -> Counted:
    """A term counted with what a lawyer states of it, if she does and may: what was seen since needs nobody who states it."""
    stated = None
    if facts.get("value") and term.may_be_stated:
        stated = Assumption(term.rule.id, facts["value"], by=facts["by"], article=facts["article"])
    return count(term, base, on, stated)


def _lang() -> str:
    return get_language() or "en"
