"""An issue is begun, laid before a second person, let out, and taken back."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.bulletins.actions.following import index_issue
from hamroh.bulletins.actions.frame import MEANWHILE, NotNow, held
from hamroh.bulletins.models import Issue, Letter, Section
from hamroh.bulletins.states import IssueLife
from hamroh.vault import journal


@transaction.atomic
def begin_issue(
    *, actor: Any, organisation: Organisation, titles: Mapping[str, str], leads: Mapping[str, str], from_date: dt.date, until_date: dt.date
) -> Issue:  # fmt: skip
    """An empty draft for a period."""
    if until_date < from_date:
        raise NotNow(_("It ends before it begins."), "until_date")
    row = Issue(
        organisation=organisation,
        made_by=actor,
        titles=dict(titles),
        leads=dict(leads),
        from_date=from_date,
        until_date=until_date,
    )
    policy.require(actor, "bulletin.edit", row)
    row.save()
    journal.record(actor=actor, verb="bulletin.begin", about=row)
    return row


@transaction.atomic
def change_issue(*, actor: Any, issue: Issue, seen: int, **told: Any) -> None:
    """Another title, lead or period. NotNow where it was changed after ``seen``."""
    row = open_issue(actor, issue, seen)
    if told["until_date"] < told["from_date"]:
        raise NotNow(_("It ends before it begins."), "until_date")
    for name in ("titles", "leads", "from_date", "until_date"):
        setattr(row, name, told[name])
    changed(row)
    journal.record(actor=actor, verb="bulletin.change", about=row)


def open_issue(actor: Any, issue: Issue, seen: int | None = None) -> Issue:
    """An issue that may still be written, held."""
    row = held(actor, issue, "bulletin.edit")
    if row.state not in ("draft", "asked") or (seen is not None and row.version != seen):
        raise NotNow(MEANWHILE)
    return row


def changed(row: Issue) -> None:
    """Every change is another version: whoever was asked is asked again."""
    row.version, row.state, row.asked_by, row.changed_at = row.version + 1, "draft", None, timezone.now()
    row.save()


@transaction.atomic
def ask_for_release(*, actor: Any, issue: Issue, seen: int) -> None:
    """The issue is whole; another person looks at it."""
    row = open_issue(actor, issue, seen)
    IssueLife.check(row.state, "asked")
    if not Section.objects.filter(issue=row, gone_at=None).exists():
        raise NotNow(_("There is nothing in it yet."))
    row.state, row.asked_by, row.changed_at = "asked", actor, timezone.now()
    row.save()
    journal.record(actor=actor, verb="bulletin.ask", about=row, facts={"version": row.version})


@transaction.atomic
def release_issue(*, actor: Any, issue: Issue, seen: int) -> None:
    """A second person lets out the version that she saw: from now on anybody may read it."""
    row = held(actor, issue, "bulletin.release")
    if row.version != seen or row.state != "asked":
        raise NotNow(MEANWHILE)
    if row.asked_by_id == actor.pk:
        raise NotNow(_("You have asked for it: another person lets it out."))
    row.state, row.released_by, row.released_at = "out", actor, timezone.now()
    row.changed_at = row.released_at
    row.save()
    journal.record(actor=actor, verb="bulletin.release", about=row, facts={"version": row.version})
    index_issue(row)


@transaction.atomic
def withdraw_issue(*, actor: Any, issue: Issue) -> None:
    """Nobody reads it any more, and letters that have not gone do not go."""
    row = held(actor, issue, "bulletin.release")
    if row.state != "out":
        raise NotNow(MEANWHILE)
    row.state, row.changed_at = "withdrawn", timezone.now()
    row.save()
    Letter.objects.filter(issue=row, state="queued").delete()
    journal.record(actor=actor, verb="bulletin.withdraw", about=row, facts={"letters": row.letters_sent})
    index_issue(row)
