"""Answers become what Hamroh keeps: once for each submission, by somebody who looked at them, taken back where that can be."""

from collections.abc import Mapping as Told
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.fieldwork import outcomes
from hamroh.fieldwork.models import Carried, Form, Mapping, Submission
from hamroh.fieldwork.outcomes import Carrying, NotCarried, Outcome
from hamroh.vault import journal

#: what can be carried: not what was refused, nor what nobody has looked at in a clash
READY = ("received", "edited", "approved")


@transaction.atomic
def keep_mapping(*, actor: Any, form: Form, outcome: Outcome, fields: Told[str, str]) -> Mapping:
    """Which question fills which field, proposed from now on for every submission of the form."""
    policy.require(actor, "submission.review", form)
    known = {each.code for each in outcome.fields}
    told = {field: path for field, path in fields.items() if field in known and path}
    row, _made = Mapping.objects.update_or_create(
        form=form, outcome=outcome.code,
        defaults={"organisation_id": form.organisation_id, "fields": told, "made_by": actor, "changed_at": timezone.now()},
    )  # fmt: skip
    journal.record(actor=actor, verb="form.map", about=form, facts={"outcome": outcome.code})
    return row


@transaction.atomic
def carry(*, actor: Any, submission: Submission, outcome: Outcome, values: Told[str, str], chosen: str = "") -> Carried:
    """Make it what the outcome says. NotCarried where it was carried already, or the outcome cannot be made of these values."""
    rows = Submission.objects.select_for_update(of=("self",)).select_related("form", "organisation", "place")
    row: Submission = rows.get(pk=submission.pk)
    policy.require(actor, "submission.carry", row)
    _refuse(row, outcome)
    if lacking := next((each for each in outcome.fields if each.required and not values.get(each.code)), None):
        raise NotCarried(_("This is needed."), lacking.code)
    carrying = Carrying(actor, row, dict(values), chosen, get_language() or "en")
    became = outcome.carry(carrying)
    line = Carried.objects.create(
        organisation_id=row.organisation_id, submission=row, outcome=outcome.code, kind=became.kind,
        record_id=became.record_id, code=became.code, made_by=actor,
    )  # fmt: skip
    journal.record(
        actor=actor, verb="submission.carry", about=row, facts={"outcome": outcome.code, "record": became.record_id}
    )
    return line


def _refuse(row: Submission, outcome: Outcome) -> None:
    if row.state not in READY:
        raise NotCarried(_("What has issues or was rejected becomes nothing."))
    if row.is_shut:
        raise NotCarried(_("It is sealed to a key that is not here: open it first."))
    if row.clashes and row.state != "approved":
        raise NotCarried(_("Two forms came under one name. Approve the right one first."))
    if Carried.objects.filter(submission=row, outcome=outcome.code, undone_at=None).exists():
        raise NotCarried(_("This was made of it already."))


@transaction.atomic
def take_back(*, actor: Any, carried: Carried) -> None:
    """Undo it where the outcome can. NotCarried where it cannot, or no more."""
    row: Carried = Carried.objects.select_for_update(of=("self",)).select_related("submission").get(pk=carried.pk)
    policy.require(actor, "submission.carry", row)
    outcome = outcomes.of(row.outcome)
    if row.undone_at is not None:
        return
    if outcome is None or outcome.undo is None:
        raise NotCarried(_("This cannot be taken back here."))
    outcome.undo(actor, row)
    row.undone_at = timezone.now()
    row.save(update_fields=["undone_at"])
    facts = {"outcome": row.outcome, "record": row.record_id}
    journal.record(actor=actor, verb="submission.take_back", about=row.submission, facts=facts)
