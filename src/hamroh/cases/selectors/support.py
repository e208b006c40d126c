"""What may be asked of the state in a matter, and how far each application is."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.cases import lawbook
from hamroh.cases.models import Application, Case, DeadlineState, Matter, MatterKind
from hamroh.cases.selectors.law import LawLine, law_lines
from hamroh.cases.selectors.matters import matter_of, today_of
from hamroh.directory import selectors as directory
from hamroh.directory.models import PartyKind
from hamroh.kernel import supports
from hamroh.kernel.law import Book
from hamroh.kernel.matters import papers
from hamroh.kernel.supports import Support
from hamroh.vault import opening

#: no answer has come yet in these
WAITS = ("filed", "appealed")
#: bodies of the state to which somebody applies
OFFICES = (PartyKind.STATE_AGENCY, PartyKind.COURT)


@dataclass(frozen=True)
class GuideLine:
    """What may be asked for, the rules that say so, the office, and the papers it usually asks for."""

    support: Support
    law: list[LawLine]
    papers: list[Any]


@dataclass(frozen=True)
class ApplicationLine:
    """An application, opened: ``support`` is None where no rule is known, ``due`` the words of its alarm."""

    row: Application
    facts: dict[str, Any]
    support: Support | None
    law: list[LawLine]
    is_silent: bool
    due: dict[str, Any]


def support_of(*, actor: Any, code: str, pk: UUID, verb: str = "case.read") -> tuple[Matter, Decision]:
    """A matter of state support of the case of a code; Refused where it is of another kind."""
    matter, decision = matter_of(actor=actor, code=code, pk=pk, verb=verb)
    if matter.kind != MatterKind.SUPPORT:
        raise policy.Refused("no matter of state support")
    return matter, decision


def application_of(
    *, actor: Any, code: str, matter: UUID, pk: UUID, verb: str = "case.read"
) -> tuple[Application, Decision]:  # fmt: skip
    """An application in a matter of the case of a code; Refused where it is another matter's."""
    found, decision = support_of(actor=actor, code=code, pk=matter, verb=verb)
    row = Application.objects.filter(matter=found, pk=pk).select_related("alarm", "made_by").first()
    if row is None:
        raise policy.Refused("no such application of this matter")
    row.matter, row.case = found, found.case
    return row, decision


def guide(*, state: str, on: dt.date) -> list[GuideLine]:
    """What a rule with a source says may be asked of a state; nothing else."""
    names = papers()
    return [
        GuideLine(each, law_lines(each.rules, on), [names[paper] for paper in each.papers])
        for each in supports.of(state, on, lawbook.book(on))
    ]


def applications(*, matter: Matter, decision: Decision) -> list[ApplicationLine]:
    """The applications of a matter, the newest first, opened; as many queries with many as with one."""
    rows = Application.objects.filter(matter=matter).select_related("alarm", "made_by").order_by("-made_at", "pk")
    return _lines(list(rows), matter.case, decision)


def application(*, row: Application, decision: Decision) -> ApplicationLine:
    """One application, opened."""
    return _lines([row], row.case, decision)[0]


def _lines(rows: Sequence[Application], case: Case, decision: Decision) -> list[ApplicationLine]:
    today = today_of(case)
    book = lawbook.book(today)
    return [_line(row, today, book, decision) for row in rows]


def _line(row: Application, today: dt.date, book: Book, decision: Decision) -> ApplicationLine:
    facts, alarm = _opened(row, decision), row.alarm
    support = supports.supports(book).get(facts.get("support", ""))
    is_silent = alarm is not None and alarm.state == DeadlineState.OPEN and alarm.due_date < today
    return ApplicationLine(
        row=row, facts=facts, support=support, law=law_lines(support.rules, today) if support else [],
        is_silent=is_silent and row.state in WAITS, due=_opened(alarm, decision) if alarm else {},
    )  # fmt: skip


def moments(*, case: Case, decision: Decision) -> list[tuple[Application, dict[str, Any]]]:
    """The applications of a case, opened for its story: one query."""
    rows = Application.objects.filter(case=case).select_related("matter").order_by("made_at", "pk")
    return [(row, _opened(row, decision)) for row in rows]


def waiting(*, actor: Any, organisation: Organisation, until: dt.date) -> QuerySet[Application]:
    """Applications without an answer whose day is past or comes until a day, the earliest first: one query, nothing opened."""
    rows = Application.objects.filter(
        organisation=organisation, state__in=WAITS, alarm__state=DeadlineState.OPEN, alarm__due_date__lte=until
    )
    return policy.visible(actor, "case.list", rows.select_related("case", "alarm").order_by("alarm__due_date", "pk"))


def offices(*, actor: Any, country: str, lang: str) -> dict[str, dict[str, str]]:
    """Bodies of a state in the public directory: names by code, in the order of a language."""
    rows = directory.public_parties(actor=actor, lang=lang).filter(kind__in=OFFICES, country__key=country.lower())
    return {party.code: party.names for party in rows}


def _opened(row: Any, decision: Decision) -> dict[str, Any]:
    found = opening.open_each(row, ("facts",), decision=decision, purpose="page")["facts"]
    return found if isinstance(found, dict) else {"unshown": found} if found is not None else {}
