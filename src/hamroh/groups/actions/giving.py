"""Help of the community, and what was given to earn with: asked for, given, paid back, looked after."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts.zones import local_date
from hamroh.cases.models import Referral
from hamroh.directory.models import Party
from hamroh.groups.actions.frame import MEANWHILE, NotNow, check_move, held, new, of_group
from hamroh.groups.models import CommunityHelp, Group, Member, PaidFor, Repayment, Support, Visit
from hamroh.groups.states import HelpLife
from hamroh.vault import journal


@transaction.atomic
def ask_help(
    *, actor: Any, group: Group, kind: str, helper: str, asked_date: dt.date, words: str = "", referral: str = ""
) -> CommunityHelp:
    """Somebody of the community is asked to help. With the code of a referral its case shows that, and nothing of the group's people."""
    of = held(actor, group, "group.write")
    _check_day(of, asked_date)
    row: CommunityHelp = new(
        CommunityHelp, actor, of, kind=kind, helper=helper, asked_date=asked_date, words=words.strip() or None,
        referral_ref=_referral(of, referral) if referral.strip() else None,
    )  # fmt: skip
    row.save()
    journal.record(actor=actor, verb="group.ask_help", about=of, facts={"help": str(row.pk), "kind": kind})
    return row


def _referral(group: Group, code: str) -> UUID:
    """The id of a referral that this organisation made; NotNow for any other code. Nothing of it is shown."""
    rows = Referral.objects.filter(organisation=group.organisation_id, code=code.strip().lower())
    found: UUID | None = rows.values_list("pk", flat=True).first()
    if found is None:
        raise NotNow(_("No referral of ours has this code. Ask who sent her to you."), "referral")
    return found


def _check_day(group: Group, day: dt.date) -> None:
    if day > local_date(timezone.now(), group.organisation):
        raise NotNow(_("This day has not come yet."))


@transaction.atomic
def move_help(*, actor: Any, group: Group, help: CommunityHelp, after: str, before: str, outcome: str = "") -> None:  # noqa: A002 - the field's word
    """Help is promised, given, refused or not needed any more; ``before`` is the state that the actor saw."""
    of = held(actor, group, "group.write")
    row = of_group(CommunityHelp, of, help.pk)
    check_move(HelpLife, row.state, before, after)
    row.state = after
    row.settled_date = local_date(timezone.now(), of.organisation) if after in ("given", "refused", "dropped") else None
    if outcome.strip():
        row.outcome = outcome.strip()
    row.save()
    journal.record(actor=actor, verb="group.move_help", about=of, facts={"help": str(row.pk), "after": after})


# -- to earn with ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Given:
    """What was given to earn with. ``value`` is empty with ``no_value`` why; ``share`` is per cent of the profit."""

    kind: str
    terms: str
    member: Member | None = None
    on_date: str = ""
    giver: Party | None = None
    giver_words: str = ""
    value: Decimal | None = None
    currency: str = ""
    no_value: str = ""
    due: dt.date | None = None
    share: int | None = None
    words: str = ""

    @property
    def facts(self) -> dict[str, Any]:
        said = {
            "value": None if self.value is None else str(self.value), "currency": self.currency if self.value is not None else "",
            "no_value": self.no_value if self.value is None else "", "giver": self.giver_words.strip(),
            "due": self.due.isoformat() if self.due else "", "share": self.share, "words": self.words.strip(),
        }  # fmt: skip
        return {name: value for name, value in said.items() if value not in (None, "")}


@transaction.atomic
def give_support(*, actor: Any, group: Group, told: Given) -> Support:
    """A member, or the whole group, was given something to earn with."""
    of = held(actor, group, "group.write")
    if told.value is not None and not told.currency:
        raise NotNow(_("Say in which money."), "currency")
    if told.terms == "share" and told.share is None:
        raise NotNow(_("Say which share of the profit was agreed."), "share")
    member = of_group(Member, of, told.member.pk) if told.member else None
    row: Support = new(
        Support, actor, of, member=member, kind=told.kind, terms=told.terms, giver=told.giver, on_date=told.on_date, facts=told.facts
    )  # fmt: skip
    row.save()
    journal.record(actor=actor, verb="group.give_support", about=of, facts={"support": str(row.pk), "kind": told.kind})
    return row


@transaction.atomic
def repay(
    *, actor: Any, group: Group, support: Support, on_date: dt.date, amount: Decimal, currency: str, words: str = ""
) -> Repayment:
    """A part of a loan, or of the profit, was given back."""
    of = held(actor, group, "group.write")
    row = of_group(Support, of, support.pk)
    if row.terms not in ("loan", "share"):
        raise NotNow(_("A gift is not paid back."))
    _check_day(of, on_date)
    told = {"amount": str(amount), "currency": currency, "words": words.strip()}
    line: Repayment = new(Repayment, actor, of, support=row, on_date=on_date, facts=told)
    line.save()
    journal.record(actor=actor, verb="group.repay", about=of, facts={"support": str(row.pk)})
    return line


@transaction.atomic
def visit(
    *, actor: Any, group: Group, support: Support, on_date: dt.date, income: Decimal | None = None, currency: str = "",
    paid_for: Sequence[str] = (), words: str = "",
) -> Visit:  # fmt: skip
    """Somebody looked how it goes: what was earned since, and what it paid for."""
    of = held(actor, group, "group.write")
    row = of_group(Support, of, support.pk)
    _check_day(of, on_date)
    if income is not None and not currency:
        raise NotNow(_("Say in which money."), "currency")
    told = {
        "income": None if income is None else str(income), "currency": currency if income is not None else "",
        "paid_for": [each for each in PaidFor.values if each in set(paid_for)], "words": words.strip(),
    }  # fmt: skip
    line: Visit = new(Visit, actor, of, support=row, on_date=on_date, facts=told)
    line.save()
    journal.record(actor=actor, verb="group.visit", about=of, facts={"support": str(row.pk)})
    return line


@transaction.atomic
def settle_support(*, actor: Any, group: Group, support: Support) -> None:
    """Nothing more is owed or looked after."""
    of = held(actor, group, "group.write")
    row = of_group(Support, of, support.pk)
    if row.settled_date is not None:
        raise NotNow(MEANWHILE)
    row.settled_date = local_date(timezone.now(), of.organisation)
    row.save()
    journal.record(actor=actor, verb="group.settle_support", about=of, facts={"support": str(row.pk)})
