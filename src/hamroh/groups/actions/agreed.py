"""Memoranda: entered, changed, renewed or ended; what each side owes, and the paper itself."""

import datetime as dt
from dataclasses import dataclass
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts.zones import local_date
from hamroh.directory.models import Party
from hamroh.groups.actions.frame import MEANWHILE, NotNow, check_move, held, new, of_group
from hamroh.groups.models import KIND, Group, Memorandum, Obligation
from hamroh.groups.states import MemorandumLife
from hamroh.vault import files, journal
from hamroh.vault.models import SealedFile


@dataclass(frozen=True)
class Agreed:
    """A memorandum as it is told. ``signed`` may be partial, or empty with ``no_date`` why."""

    partner_kind: str
    party: Party | None = None
    partner_name: str = ""
    signed: str = ""
    no_date: str = ""
    from_date: dt.date | None = None
    until_date: dt.date | None = None
    review_date: dt.date | None = None
    source: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        return {
            "partner_kind": self.partner_kind, "party": self.party, "partner_name": "" if self.party else self.partner_name.strip(),
            "signed_date": self.signed, "no_date": "" if self.signed else self.no_date, "from_date": self.from_date,
            "until_date": self.until_date, "review_date": self.review_date, "source": self.source.strip(),
        }  # fmt: skip


@transaction.atomic
def enter_memorandum(
    *, actor: Any, group: Group, told: Agreed, is_signed: bool, renews: Memorandum | None = None
) -> Memorandum:
    """A memorandum that is talked over or signed; one that renews another replaces it."""
    of = held(actor, group, "group.edit")
    _check(told, is_signed)
    row: Memorandum = new(Memorandum, actor, of, state="signed" if is_signed else "draft", **told.columns)
    if renews is not None:
        row.renews = of_group(Memorandum, of, renews.pk)
        if is_signed:
            _replace(of, row)
    row.save()
    journal.record(
        actor=actor, verb="memorandum.enter", about=of, facts={"memorandum": str(row.pk), "state": row.state}
    )
    return row


def _check(told: Agreed, is_signed: bool) -> None:
    if told.party is None and not told.partner_name.strip():
        raise NotNow(_("Say with whom it is."), "partner_name")
    if told.from_date and told.until_date and told.until_date < told.from_date:
        raise NotNow(_("This ends before it begins."), "until_date")
    if is_signed and not told.signed and not told.no_date:
        raise NotNow(_("Write when it was signed, or why no date is known."), "signed")


def _replace(group: Group, row: Memorandum) -> None:
    """The older one is renewed from the day on which this one begins."""
    old = row.renews
    if old is None or old.state != "signed":
        raise NotNow(_("Only a signed memorandum is renewed."))
    old.state, old.ended_date = "renewed", row.from_date or local_date(timezone.now(), group.organisation)
    old.save()


@transaction.atomic
def change_memorandum(*, actor: Any, group: Group, memorandum: Memorandum, told: Agreed) -> None:
    """What is known of a memorandum now."""
    of = held(actor, group, "group.edit")
    row = of_group(Memorandum, of, memorandum.pk)
    _check(told, row.state != "draft")
    if told.review_date != row.review_date:
        row.reminded_date = None
    for name, value in told.columns.items():
        setattr(row, name, value)
    row.save()
    journal.record(actor=actor, verb="memorandum.change", about=of, facts={"memorandum": str(row.pk)})


@transaction.atomic
def move_memorandum(*, actor: Any, group: Group, memorandum: Memorandum, after: str, before: str) -> None:
    """A memorandum is signed, or ended before its day; ``before`` is the state that the actor saw."""
    of = held(actor, group, "group.edit")
    row = of_group(Memorandum, of, memorandum.pk)
    check_move(MemorandumLife, row.state, before, after)
    if after == "renewed":
        raise NotNow(_("A memorandum is renewed by entering the one that replaces it."))
    if after == "signed":
        _sign(of, row)
    row.state = after
    row.ended_date = local_date(timezone.now(), of.organisation) if after == "ended" else row.ended_date
    row.save()
    journal.record(actor=actor, verb="memorandum.move", about=of, facts={"memorandum": str(row.pk), "after": after})


def _sign(group: Group, row: Memorandum) -> None:
    if not row.signed_date and not row.no_date:
        raise NotNow(_("Write when it was signed, or why no date is known."))
    if row.renews is not None:
        _replace(group, row)


# -- what each side owes ---------------------------------------------------------------------------------------------


@transaction.atomic
def add_obligation(
    *, actor: Any, group: Group, memorandum: Memorandum, side: str, words: str, due_date: dt.date | None = None
) -> Obligation:
    """One side has to do something, until a day where one was agreed."""
    of = held(actor, group, "group.edit")
    row: Obligation = new(
        Obligation, actor, of, memorandum=of_group(Memorandum, of, memorandum.pk), side=side, words=words.strip(), due_date=due_date
    )  # fmt: skip
    row.save()
    journal.record(actor=actor, verb="memorandum.oblige", about=of, facts={"side": side})
    return row


@transaction.atomic
def settle_obligation(*, actor: Any, group: Group, obligation: Obligation, how: str) -> None:
    """It is done, dropped by both sides, or open again: ``done``, ``dropped``, ``open``."""
    of = held(actor, group, "group.edit")
    row = of_group(Obligation, of, obligation.pk)
    if how not in ("done", "dropped", "open"):
        raise NotNow(MEANWHILE)
    today = local_date(timezone.now(), of.organisation)
    row.done_date, row.dropped_date = today if how == "done" else None, today if how == "dropped" else None
    row.save()
    journal.record(actor=actor, verb="memorandum.settle", about=of, facts={"obligation": str(row.pk), "how": how})


# -- the paper -------------------------------------------------------------------------------------------------------


@transaction.atomic
def keep_scan(*, actor: Any, group: Group, memorandum: Memorandum, content: IO[bytes], name: str) -> None:
    """The paper as a sealed file of the group; one that was there before goes."""
    of = held(actor, group, "group.edit")
    row = of_group(Memorandum, of, memorandum.pk)
    before = scan_of(row)
    file = files.store(
        content, name=name, organisation_id=of.organisation_id, record=(KIND, str(of.pk)), actor=actor, as_it_came=True
    )
    row.file_id = file.pk
    row.save()
    if before is not None:
        files.remove(before, actor=actor)
    journal.record(actor=actor, verb="memorandum.keep_scan", about=of, facts={"memorandum": str(row.pk)})


def scan_of(row: Memorandum) -> SealedFile | None:
    """The sealed paper of a memorandum, where there is one."""
    return SealedFile.objects.filter(pk=row.file_id, kind=KIND, record_id=row.group_id).first() if row.file_id else None
