"""What the team's page shows: what is dangerous and unseen, what waits for approval, what comes within the fortnight, what is late, what is new, who carries how much."""

from collections.abc import Mapping
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.cases import boards, selectors
from hamroh.cases.boards import Board
from hamroh.cases.models import Case
from hamroh.cases.selectors.team import NEW, Filter, deadlines_ahead, unseen_screens

#: lines of a board; the list shows all
SHOWN = 8
Shown = Mapping[str, Any] | None


def _lines(actor: Any, rows: QuerySet[Case], by: Filter | None = None) -> Shown:
    found = list(rows[: SHOWN + 1])
    return {
        "lines": selectors.lines(actor=actor, rows=found[:SHOWN]),
        "more": f"?{by.query}" if by and len(found) > SHOWN else "",
    }


def unseen(actor: Any, organisation: Organisation) -> Shown:
    """Cases whose danger no supervisor has looked at yet, the most urgent first."""
    if not policy.allowed(actor, "case.approve"):
        return None
    waits = unseen_screens(organisation)
    first = waits.filter(case=OuterRef("pk")).order_by("look_by").values("look_by")[:1]
    rows = selectors.cases(actor=actor, organisation=organisation).filter(pk__in=waits.values("case"))
    rows = rows.annotate(look_by=Subquery(first)).order_by("look_by", "pk")
    return _lines(actor, rows, Filter(unseen=True))


def approvals(actor: Any, organisation: Organisation) -> Shown:
    """Cases that wait for a second person to close them."""
    if not policy.allowed(actor, "case.approve"):
        return None
    by = Filter(state="closing")
    return _lines(actor, _filtered(actor, organisation, by), by)


def deadlines(actor: Any, organisation: Organisation) -> Shown:
    """Days of matters that are over or come within the fortnight, the nearest first; no word of them is opened."""
    rows = list(deadlines_ahead(actor=actor, organisation=organisation)[: SHOWN + 1])
    return {"deadlines": rows[:SHOWN], "today": selectors.soon(organisation)[0], "more": len(rows) > SHOWN}


def late(actor: Any, organisation: Organisation) -> Shown:
    """Cases about which something was to be done before today."""
    by = Filter(late=True)
    return _lines(actor, _filtered(actor, organisation, by), by)


def new(actor: Any, organisation: Organisation) -> Shown:
    """Cases that are just begun."""
    rows = selectors.cases(actor=actor, organisation=organisation).filter(status__in=NEW)
    return _lines(actor, rows, Filter(state="intake"))


def carried(actor: Any, organisation: Organisation) -> Shown:
    """Who carries how much, for who gives cases out."""
    if not policy.allowed(actor, "case.assign"):
        return None
    return {"load": selectors.load(actor=actor, organisation=organisation)}


def _filtered(actor: Any, organisation: Organisation, by: Filter) -> QuerySet[Case]:
    rows = selectors.cases(actor=actor, organisation=organisation)
    return selectors.filtered(actor=actor, organisation=organisation, rows=rows, by=by)


boards.declare(Board("unseen", 10, "cases/team/unseen.html", unseen))
boards.declare(Board("approvals", 20, "cases/team/approvals.html", approvals))
boards.declare(Board("deadlines", 30, "cases/team/deadlines.html", deadlines))
boards.declare(Board("late", 40, "cases/team/late.html", late))
boards.declare(Board("new", 50, "cases/team/new.html", new))
boards.declare(Board("load", 60, "cases/team/load.html", carried))
