"""Writes about the law: a change is proposed by one person and released by another; released ones count at once, others nowhere."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import Notice, Organisation
from hamroh.accounts.zones import local_date
from hamroh.cases import lawbook, notices
from hamroh.cases.actions.matters import NotNow
from hamroh.cases.models import ChangeSort, Deadline, DeadlineState, LawChange, LawVerdict, VerdictKind
from hamroh.cases.selectors.deadlines import moved_days
from hamroh.cases.selectors.deadlines import recount as recount_term
from hamroh.kernel.law import Missing, Unfit
from hamroh.kernel.law.changes import as_row
from hamroh.kernel.matters import Counted, terms
from hamroh.vault import journal, opening
from hamroh.vault.decisions import Upkeep

#: why a change cannot be one, for whoever proposes or releases it
FAULTS: Mapping[str, Any] = {
    "no_rule": _("There is no such rule."),
    "written_against_another_text": _("The rule was changed since this was written. Look at its text of today and propose anew."),
    "a_later_text_is_there": _("A later text of this rule is there already. Change that one, or have it taken back first."),
    "same_days": _("Two texts of the rule would hold for the same days. Check the first and the last day."),
    "begins_before_it": _("The new text must begin after the one that it follows."),
    "nothing_differs": _("Nothing differs from the text as it is."),
    "needs_a_name": _("What is said more firmly, or otherwise, needs its source and the lawyer who compared it with that, with the day."),
    "other_parameters": _("A rule keeps the numbers that it has: none is added and none taken away."),
    "a_code": _("This value is read by the program and cannot be changed here."),
    "unreadable": _("Something here cannot be so. Check the days, the source and the certainty."),
    "too_long": _("This is too long. Say it in at most 2,000 letters."),
    "announced_already": _("These days are announced already. Have the earlier decision taken back first."),
    "followed": _("A later change stands on this one. Have that one taken back first."),
    "not_released": _("Only what is released can be taken back, and only once."),
}  # fmt: skip


@transaction.atomic
def propose(
    *, actor: Any, organisation: Organisation, sort: str, about: str, values: Mapping[str, Any], why: str, base: str = "",
    since: dt.date | None = None, undoes: LawChange | None = None,
) -> LawChange:  # fmt: skip
    """Propose a change; NotNow says why it cannot be one. It counts nowhere until somebody else releases it."""
    policy.require(actor, "law.propose")
    row = LawChange(
        organisation=organisation, sort=ChangeSort(sort), about=about, base=base, since_date=since, values=dict(values),
        why=why, undoes=undoes, proposed_by=actor,
    )  # fmt: skip
    _fits(row)
    row.was = _was(row)
    row.save(force_insert=True)
    _journal(actor, "law.propose", row)
    return row


def _was(row: LawChange) -> dict[str, str]:
    """What stands in the columns that a change of a rule names, kept beside it: the packs may be mended later."""
    if row.sort not in (ChangeSort.AMENDED, ChangeSort.CORRECTED):
        return {}
    texts = lawbook.book().texts(row.about)
    before = as_row(next(text for text in texts if text.edition == row.base))
    return {name: before[name] for name in row.values}


def take_back(*, actor: Any, organisation: Organisation, change: LawChange, why: str) -> LawChange:
    """Propose that a released change counts no more: as any change, it needs a second person."""
    return propose(
        actor=actor, organisation=organisation, sort=ChangeSort.UNDONE, about=change.about, values={}, why=why,
        undoes=change,
    )  # fmt: skip


@transaction.atomic
def release(*, actor: Any, change: LawChange) -> LawVerdict:
    """Release what somebody else proposed: from the end of this transaction it counts everywhere.

    NotNow where it is one's own, where it has its verdict, or where it fits no more.
    """
    policy.require(actor, "law.release")
    row = _locked(change)
    if row.proposed_by_id == actor.pk:
        raise NotNow(_("You proposed it, so somebody else must release it."))
    _fits(row)
    return _judged(actor, row, VerdictKind.RELEASED)


@transaction.atomic
def refuse(*, actor: Any, change: LawChange, words: str) -> LawVerdict:
    """Refuse what somebody else proposed, with the reason."""
    policy.require(actor, "law.release")
    row = _locked(change)
    if row.proposed_by_id == actor.pk:
        raise NotNow(_("You proposed it: withdraw it instead."))
    return _judged(actor, row, VerdictKind.REFUSED, words)


@transaction.atomic
def withdraw(*, actor: Any, change: LawChange) -> LawVerdict:
    """Withdraw what oneself proposed and nobody has judged yet."""
    policy.require(actor, "law.propose")
    row = _locked(change)
    if row.proposed_by_id != actor.pk:
        raise policy.Refused("proposed by somebody else")
    return _judged(actor, row, VerdictKind.WITHDRAWN)


def _locked(change: LawChange) -> LawChange:
    """The change, with all others about the same thing held until the end: of two that do not fit together one is released."""
    rows = {row.pk: row for row in LawChange.objects.select_for_update().filter(about=change.about)}
    row = rows[change.pk]
    if LawVerdict.objects.filter(change=row).exists():
        raise NotNow(_("Somebody has decided about it already."))
    return row


def _judged(actor: Any, row: LawChange, kind: VerdictKind, words: str = "") -> LawVerdict:
    verdict = LawVerdict(change=row, kind=kind, by=actor, proposed_by_id=row.proposed_by_id, words=words)
    try:
        with transaction.atomic():
            verdict.save(force_insert=True)
    except IntegrityError:  # in the same moment somebody else did
        raise NotNow(_("Somebody has decided about it already.")) from None
    _journal(actor, f"law.{VERBS[kind]}", row)
    return verdict


#: what the journal calls a verdict
VERBS = {VerdictKind.RELEASED: "release", VerdictKind.REFUSED: "refuse", VerdictKind.WITHDRAWN: "withdraw"}


def _journal(actor: Any, verb: str, row: LawChange) -> None:
    told = {"sort": str(row.sort), "about": row.about, "since": row.since_date.isoformat() if row.since_date else ""}
    journal.record(actor=actor, verb=verb, about=row, facts=told)


def _fits(row: LawChange) -> None:
    """NotNow where the change cannot stand beside those that are released."""
    try:
        if row.sort == ChangeSort.UNDONE:
            lawbook.may_be_undone(row.undoes)
        else:
            today = timezone.localdate()
            lawbook.with_change(lawbook.book(today), row, today)
    except Unfit as unfit:
        raise NotNow(FAULTS[unfit.code]) from unfit


#: how the journal names the opening of what a lawyer stated of a day, for counting it anew
RECOUNT = "law.recount"

# -- days that were counted before ---------------------------------------------------------------------------------


def recount(change: LawChange) -> int:
    """Count the open days of a state anew after a release: how many moved. The worker does it, for all organisations.

    Days for which a lawyer states the period are counted with it: days off move them, too.
    """
    rows = Deadline.objects.filter(calendar=lawbook.state_of(change.about)).select_related("case__organisation")
    today = timezone.localdate()
    found = [row for row, _counted in moved_days(lawbook.book(today), rows, today)]
    found += rows.filter(state=DeadlineState.OPEN, facts__isnull=False).exclude(term="")
    return sum(_recounted(row, change) for row in found)


@transaction.atomic
def _recounted(row: Deadline, change: LawChange) -> bool:
    """One day, counted anew unless somebody settled it meanwhile; whose case it is has a notice, and the day says what it was."""
    locked = Deadline.objects.select_for_update().filter(pk=row.pk, state=DeadlineState.OPEN)
    fresh = locked.first()
    counted = _counted(fresh, local_date(timezone.now(), row.case.organisation)) if fresh else None
    if fresh is None or counted is None or (counted.due, counted.last) == (fresh.due_date, fresh.last_date):
        return False
    was = fresh.due_date
    before = {"was_date": was, "was_last_date": fresh.last_date, "moved_at": timezone.now()}
    locked.update(due_date=counted.due, last_date=counted.last, **before)
    told = {
        "deadline": str(row.pk), "due": counted.due.isoformat(), "was": was.isoformat(), "change": str(change.pk),
    }  # fmt: skip
    journal.record(actor=None, verb="case.recount_deadline", about=row.case, facts=told)
    notices.tell_owner(row.case, Notice.About.MOVED)
    return True


def _counted(row: Deadline, today: dt.date) -> Counted | None:
    """A day by the law as it reads today, with what a lawyer stated of it; None where it cannot be counted."""
    term = terms(lawbook.book(today)).get(row.term)
    if term is None or row.base_date is None:
        return None
    by = Upkeep(record=("cases.case", str(row.case_id)), actor_id=None, verb=RECOUNT)
    facts = opening.open_each(row, ("facts",), decision=by, purpose=RECOUNT)["facts"]
    if isinstance(facts, opening.Unshown):
        return None
    try:
        return recount_term(term, row.base_date, facts or {}, today)
    except Missing:
        return None
