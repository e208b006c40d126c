"""How she may be reached is written down by her word, and changed by asking whether the old way is still safe."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases.actions import outgoing
from hamroh.cases.actions.opening import touch
from hamroh.cases.models import Case, SafeContact
from hamroh.cases.reaching import PURPOSE
from hamroh.vault import journal, opening

#: what is answered when a way is changed: the old one may go on, must never be used again, or nobody knows
STILL, NEVER, UNKNOWN = "yes", "no", "unknown"


class WasUnsafe(ValueError):
    """She said of this number or address that it is not safe; the message can be shown."""


class EndedMeanwhile(ValueError):
    """Somebody ended or changed the line that was to be replaced."""


@transaction.atomic
def set_contact(
    *, actor: Any, case: Case, way: str, value: str, terms: Mapping[str, Any], until_date: dt.date,
    replaces: SafeContact | None = None, old_is_safe: str = UNKNOWN,
) -> SafeContact:  # fmt: skip
    """A way to reach her, by her own word. What still waited to go out is cancelled: it was written for the old one.

    ``old_is_safe`` answers for the line that is replaced: it stays where it is still safe; else it ends, and a number that was said to
    be unsafe is not taken again (WasUnsafe).
    """
    decision = policy.require(actor, "case.write", case)
    _require_current(case, replaces)
    _refuse_unsafe(case, decision, value)
    line = _add(actor, case, way=way, value=value or None, terms=dict(terms), until_date=until_date)
    if replaces is not None and old_is_safe != STILL:
        _end(actor, case, replaces, is_safe=old_is_safe != NEVER)
    outgoing.cancel_waiting(actor=actor, case=case)
    facts = {"contact": str(line.pk), "way": way, "old": old_is_safe}
    journal.record(actor=actor, verb="case.set_contact", about=case, facts=facts)
    touch(case)
    return line


@transaction.atomic
def shut_way(*, actor: Any, case: Case, way: str, until_date: dt.date) -> SafeContact:
    """She must not be reached in this way at all, whatever else stands; what waited is cancelled."""
    policy.require(actor, "case.write", case)
    line = _add(actor, case, way=way, terms={}, until_date=until_date, is_safe=False)
    outgoing.cancel_waiting(actor=actor, case=case)
    journal.record(actor=actor, verb="case.shut_way", about=case, facts={"contact": str(line.pk), "way": way})
    touch(case)
    return line


@transaction.atomic
def end_contact(*, actor: Any, case: Case, contact: SafeContact) -> None:
    """This line counts no more; what waited to go out by it is cancelled."""
    policy.require(actor, "case.write", case)
    _end(actor, case, contact)
    outgoing.cancel_waiting(actor=actor, case=case)
    touch(case)


def _require_current(case: Case, replaces: SafeContact | None) -> None:
    """EndedMeanwhile unless the line that is replaced still counts; nobody else changes one of the case until this is written."""
    if replaces is None:
        return
    Case.objects.select_for_update().filter(pk=case.pk).values_list("pk").get()
    if not SafeContact.objects.filter(pk=replaces.pk, case=case, ended_at__isnull=True).exists():
        raise EndedMeanwhile(
            _(
                "Somebody changed this while you were writing. Look at how she is reached now, and begin again from there."
            )
        )


def _add(actor: Any, case: Case, **facts: Any) -> SafeContact:
    line = SafeContact(organisation_id=case.organisation_id, case=case, taken_by=actor, **facts)
    line.save()
    return line


def _end(actor: Any, case: Case, contact: SafeContact, *, is_safe: bool = True) -> None:
    rows = SafeContact.objects.filter(pk=contact.pk, case=case, ended_at__isnull=True)
    if rows.update(ended_at=timezone.now(), is_safe=contact.is_safe and is_safe):
        journal.record(actor=actor, verb="case.end_contact", about=case, facts={"contact": str(contact.pk)})


def _refuse_unsafe(case: Case, decision: Decision, value: str) -> None:
    """What she once called unsafe is not written down again as a way to reach her."""
    wanted = _plain(value)
    for row in SafeContact.objects.filter(case=case, is_safe=False, ended_at__isnull=False) if wanted else ():
        known = opening.open_each(row, ("value",), decision=decision, purpose=PURPOSE)["value"]
        if isinstance(known, str) and _plain(known) == wanted:
            raise WasUnsafe(_("She said of this one that it is not safe any more. Ask her for another."))


def _plain(value: str) -> str:
    """A number by its last nine digits, anything else by its letters."""
    digits = "".join(letter for letter in value if letter.isdigit())
    return digits[-9:] if len(digits) >= 7 else "".join(value.casefold().split())
