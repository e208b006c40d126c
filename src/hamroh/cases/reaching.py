"""Rows of safe contact as the kernel's rules, and the one question whether she may be reached now."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date, zone_of
from hamroh.cases.models import Case, SafeContact
from hamroh.kernel.safecontact import (
    EARLIEST,
    EVERY_DAY,
    LATEST,
    Attempt,
    Body,
    Known,
    Rule,
    Shares,
    Verdict,
    judge,
    next_time,
)
from hamroh.vault import opening
from hamroh.vault.decisions import Decision

#: the system's own name, as it is written in the four languages
OURS = frozenset({"Hamroh", "Həmrah", "Ҳамроҳ", "Хамрох"})
#: what a line of safe contact is opened for
PURPOSE = "safe contact"


@dataclass(frozen=True)
class Line:
    """One way to reach her: the row, her terms opened, and the rule that they make."""

    row: SafeContact
    terms: Mapping[str, Any]
    rule: Rule


def rule_of(row: Any, terms: Any) -> Rule:
    """The kernel's rule of a row, or of what was handed over of one; terms that do not open make a rule that allows nothing."""
    if not isinstance(terms, Mapping):
        return Rule(way=row.way, until=row.until_date, is_safe=False)
    return Rule(
        way=row.way, until=row.until_date, is_safe=row.is_safe, is_current=row.ended_at is None,
        shares=frozenset(map(Shares, terms.get("shares") or (Shares.UNKNOWN,))),
        days=frozenset(terms.get("days") or EVERY_DAY), first=_clock(terms.get("first"), EARLIEST),
        last=_clock(terms.get("last"), LATEST), most=Body[terms.get("most") or Body.NOTHING.name],
        may_leave_message=bool(terms.get("leave_message")),
    )  # fmt: skip


def _clock(told: str | None, usual: dt.time) -> dt.time:
    return dt.time.fromisoformat(told) if told else usual


def lines(*, case: Case, decision: Decision) -> list[Line]:
    """How she may be reached now, the newest word of hers first: lines that were not ended, run out ones too."""
    rows = SafeContact.objects.filter(case=case, ended_at__isnull=True).order_by("-made_at", "pk")
    opened = ((row, opening.open_each(row, ("terms",), decision=decision, purpose=PURPOSE)["terms"]) for row in rows)
    return [Line(row, terms if isinstance(terms, Mapping) else {}, rule_of(row, terms)) for row, terms in opened]


def ask(found: Sequence[Line], attempt: Attempt) -> tuple[Verdict, Line | None]:
    """The verdict on an attempt, and the line that it goes by."""
    verdict = judge((line.rule for line in found), attempt)
    return verdict, next((line for line in found if line.rule is verdict.rule), None)


def now_there(case: Case) -> dt.datetime:
    """The clock where she is: that of the organisation that helps her."""
    return timezone.now().astimezone(zone_of(case.organisation))


def clocks_there(row: Any, case: Any, *names: str) -> Any:
    """The row with these moments by the clock where she is (``case``, or whatever has its organisation), as a page shows them."""
    zone = zone_of(case.organisation)
    for name in names:
        moment = getattr(row, name)
        if moment is not None:
            setattr(row, name, moment.astimezone(zone))
    return row


def today_there(case: Case) -> dt.date:
    return local_date(timezone.now(), case.organisation)


def next_safe(line: Line, case: Case) -> dt.datetime | None:
    """When this line may be used next, by the clock where she is."""
    return next_time(line.rule, now_there(case)) if line.rule.is_safe else None


def known_of(case: Case) -> Known:
    """What a message about this case must not carry: its code, and every organisation's name."""
    names = {str(name) for row in Organisation.objects.only("names") for name in row.names.values()}
    return Known(code=case.code, names=frozenset(names | OURS))
