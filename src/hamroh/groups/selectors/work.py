"""What a group agreed, asked for, gave and applied for, and what of it is late."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.groups.models import (
    Application,
    CommunityHelp,
    Group,
    Memorandum,
    Obligation,
    Repayment,
    Support,
    Visit,
)
from hamroh.groups.selectors.groups import alias_of
from hamroh.kernel.memoranda import Facts, Standing, standing
from hamroh.vault import opening

#: so many days before its day something stands among the next steps
SOON = 30


def _one(rows: QuerySet[Any], group: Group, pk: UUID) -> Any:
    row = rows.filter(group=group, pk=pk).first()
    if row is None:
        raise policy.Refused("no such row of this group")
    row.group = group
    return row


# -- memoranda -------------------------------------------------------------------------------------------------------


def facts_of(row: Memorandum) -> Facts:
    return Facts(row.state, row.signed_date, row.from_date, row.until_date, row.ended_date)


def standing_of(row: Memorandum, on: dt.date) -> Standing:
    """How a memorandum stands on a day."""
    return standing(facts_of(row), on)


def memoranda(*, group: Group) -> list[Memorandum]:
    """Memoranda of a group with what each side owes, those in force first."""
    owed = Prefetch("obligations", Obligation.objects.order_by("side", "due_date", "made_at"), "owed")
    order = ("signed", "draft", "renewed", "ended")
    rows = Memorandum.objects.filter(group=group).select_related("party").prefetch_related(owed)
    return sorted(rows, key=lambda row: (order.index(row.state), row.made_at), reverse=False)


def memorandum_of(*, group: Group, pk: UUID) -> Memorandum:
    """A memorandum of this very group; Refused otherwise."""
    found: Memorandum = _one(Memorandum.objects.select_related("party", "renews__party"), group, pk)
    return found


def obligations(*, memorandum: Memorandum) -> list[Obligation]:
    return list(Obligation.objects.filter(memorandum=memorandum).order_by("side", "due_date", "made_at", "pk"))


def obligation_of(*, group: Group, pk: UUID) -> Obligation:
    found: Obligation = _one(Obligation.objects.all(), group, pk)
    return found


# -- help of the community -------------------------------------------------------------------------------------------


def helps(*, group: Group) -> QuerySet[CommunityHelp]:
    """Help that was asked for, the newest first; nothing is opened."""
    rows: QuerySet[CommunityHelp] = CommunityHelp.objects.filter(group=group)
    return rows.order_by("-asked_date", "-made_at", "pk")


def help_of(*, group: Group, pk: UUID) -> CommunityHelp:
    found: CommunityHelp = _one(CommunityHelp.objects.select_related("made_by"), group, pk)
    return found


def opened(row: Any, fields: tuple[str, ...], decision: Decision) -> dict[str, Any]:
    """Sealed fields of a row of a group, for one page."""
    return opening.open_each(row, fields, decision=decision, purpose="page")


# -- to earn with ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Earning:
    """Something that was given to earn with, opened: to whom, what came back, how it went."""

    row: Support
    alias: Any
    facts: dict[str, Any]
    back: list[dict[str, Any]] = field(default_factory=list)
    visits: list[dict[str, Any]] = field(default_factory=list)

    @property
    def value(self) -> Decimal | None:
        return Decimal(self.facts["value"]) if self.facts.get("value") else None

    @property
    def left(self) -> Decimal | None:
        """What of a loan is still to come, in its own money; other money is not counted against it."""
        if self.row.terms != "loan" or self.value is None:
            return None
        own = [each["facts"] for each in self.back if each["facts"].get("currency") == self.facts.get("currency")]
        return max(Decimal(0), self.value - sum((Decimal(each["amount"]) for each in own), Decimal(0)))


def supports(*, group: Group) -> QuerySet[Support]:
    """What was given to earn with, the newest first; nothing is opened."""
    rows: QuerySet[Support] = Support.objects.filter(group=group).select_related("member", "giver")
    return rows.order_by("-made_at", "pk")


def support_of(*, group: Group, pk: UUID) -> Support:
    found: Support = _one(Support.objects.select_related("member", "giver"), group, pk)
    if found.member is not None:
        found.member.group = group
    return found


def earning(*, support: Support, decision: Decision) -> Earning:
    """One of them, opened with its repayments and visits."""
    rows = {
        model: model.objects.filter(support=support).order_by("on_date", "made_at", "pk")
        for model in (Repayment, Visit)
    }
    told = {model: [{"row": row, "facts": _facts(row, decision)} for row in found] for model, found in rows.items()}
    alias = alias_of(member=support.member, decision=decision) if support.member else None
    return Earning(support, alias, _facts(support, decision), told[Repayment], told[Visit])


def _facts(row: Any, decision: Decision) -> dict[str, Any]:
    found = opened(row, ("facts",), decision)["facts"]
    return found if isinstance(found, dict) else {}


# -- funding ---------------------------------------------------------------------------------------------------------


def applications(*, group: Group) -> list[Application]:
    """Applications of a group, those that wait for something first."""
    order = ("drafted", "sent", "granted", "reported", "refused", "dropped")
    rows = Application.objects.filter(group=group).select_related("funder")
    return sorted(rows, key=lambda row: (order.index(row.state), row.deadline_date or dt.date.max, row.made_at))


def application_of(*, group: Group, pk: UUID) -> Application:
    found: Application = _one(Application.objects.select_related("funder"), group, pk)
    return found


# -- what comes next -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """Something that is to be done: what (a code), until when, about which row."""

    what: str
    row: Any
    due: dt.date | None

    def is_late(self, today: dt.date) -> bool:
        return self.due is not None and self.due < today


def steps(*, group: Group, today: dt.date) -> list[Step]:
    """What is to be done for a group within a month or late already, the latest first; three queries, nothing is opened."""
    until, found = today + dt.timedelta(days=SOON), list[Step]()
    for row in memoranda(group=group):
        found += _of_memorandum(row, today)
    found += [Step("help", row, None) for row in helps(group=group).filter(state__in=("asked", "promised"))]
    found += [_of_application(row) for row in applications(group=group) if row.state in ("drafted", "granted")]
    return sorted((each for each in found if each.due is None or each.due <= until), key=_order)


def _order(step: Step) -> tuple[bool, dt.date, str]:
    return step.due is None, step.due or dt.date.max, step.what


def _of_memorandum(row: Any, today: dt.date) -> list[Step]:
    if row.state == "draft":
        return [Step("sign", row, None)]
    if row.state != "signed":
        return []
    steps = [Step("review", row, row.review_date)] if row.review_date else []
    steps += [Step("run_out", row, row.until_date)] if row.until_date else []
    if standing_of(row, today) is Standing.HOLDS_UNDATED and row.no_date != "not_printed":
        steps.append(Step("date", row, None))
    owed = [each for each in row.owed if each.due_date and not each.done_date and not each.dropped_date]
    return [*steps, *(Step("owed", each, each.due_date) for each in owed)]


def _of_application(row: Application) -> Step:
    return Step("send", row, row.deadline_date) if row.state == "drafted" else Step("report", row, row.report_date)
