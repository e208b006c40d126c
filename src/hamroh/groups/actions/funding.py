"""A group's own applications: written, sent, answered, reported on."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.zones import local_date
from hamroh.directory.models import Party
from hamroh.groups.actions.frame import NotNow, check_move, held, new, of_group
from hamroh.groups.models import Application, Group
from hamroh.groups.states import FundingLife
from hamroh.vault import journal


@dataclass(frozen=True)
class Asking:
    """An application as it is told."""

    title: str
    funder: Party | None = None
    funder_name: str = ""
    asked: Decimal | None = None
    currency: str = ""
    deadline_date: dt.date | None = None
    report_date: dt.date | None = None
    words: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        return {
            "title": self.title.strip(), "funder": self.funder, "funder_name": "" if self.funder else self.funder_name.strip(),
            "asked": self.asked, "currency": self.currency, "deadline_date": self.deadline_date, "report_date": self.report_date,
        }  # fmt: skip


def _check(told: Asking) -> None:
    if told.funder is None and not told.funder_name.strip():
        raise NotNow(_("Say whom the group asks."), "funder_name")
    if told.asked is not None and not told.currency:
        raise NotNow(_("Say in which money."), "currency")


@transaction.atomic
def draft_application(*, actor: Any, group: Group, told: Asking) -> Application:
    """The group begins to write an application."""
    of = held(actor, group, "group.edit")
    _check(told)
    row: Application = new(Application, actor, of, **told.columns)
    if policy.allowed(actor, "group.write", of):
        row.words = told.words.strip() or None
    row.save()
    journal.record(actor=actor, verb="funding.draft", about=of, facts={"application": str(row.pk)})
    return row


@transaction.atomic
def change_application(*, actor: Any, group: Group, application: Application, told: Asking) -> None:
    """What is known of an application now; its words change only by who may read them."""
    of = held(actor, group, "group.edit")
    row = of_group(Application, of, application.pk)
    _check(told)
    if (told.deadline_date, told.report_date) != (row.deadline_date, row.report_date):
        row.reminded_date = None
    for name, value in told.columns.items():
        setattr(row, name, value)
    if policy.allowed(actor, "group.write", of):
        row.words = told.words.strip() or None
    row.save()
    journal.record(actor=actor, verb="funding.change", about=of, facts={"application": str(row.pk)})


#: which day is written at which move
_DAYS = {"sent": "sent_date", "granted": "answered_date", "refused": "answered_date", "reported": "reported_date"}


@transaction.atomic
def move_application(
    *, actor: Any, group: Group, application: Application, after: str, before: str, granted: Decimal | None = None,
    report_date: dt.date | None = None,
) -> None:  # fmt: skip
    """It is sent, granted with an amount, refused, reported on or given up; ``before`` is the state that the actor saw."""
    of = held(actor, group, "group.edit")
    row = of_group(Application, of, application.pk)
    check_move(FundingLife, row.state, before, after)
    if after == "granted":
        _grant(row, granted, report_date)
    row.state, row.reminded_date = after, None
    if day := _DAYS.get(after):
        setattr(row, day, local_date(timezone.now(), of.organisation))
    row.save()
    journal.record(actor=actor, verb="funding.move", about=of, facts={"application": str(row.pk), "after": after})


def _grant(row: Application, granted: Decimal | None, report_date: dt.date | None) -> None:
    if granted is None:
        raise NotNow(_("Write how much was granted."), "granted")
    if not row.currency:
        raise NotNow(_("Say in which money."), "granted")
    row.granted, row.report_date = granted, report_date or row.report_date
