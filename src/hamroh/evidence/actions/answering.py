"""Answering for what a rule found: the figures stay as they are, for a reason; and taking that back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.evidence.actions.editing import EditRefused, require_unfrozen
from hamroh.evidence.models import Edition, FindingAnswer
from hamroh.evidence.selectors.answers import examined
from hamroh.vault import journal
from hamroh.web.texts import LANGUAGES


@transaction.atomic
def answer_finding(
    *, actor: Any, edition: Edition, fingerprint: str, reason: str = "", reasons: Mapping[str, str] | None = None
) -> FindingAnswer:
    """Answer for a finding that stands now, in one language or several. EditRefused where there is none of that name, or no reason is given."""
    policy.require(actor, "evidence.answer_finding", edition)
    edition = require_unfrozen(edition)
    judged = next((each for each in examined(edition).found if each.fingerprint == fingerprint), None)
    if judged is None:
        raise EditRefused(_("The figures were changed meanwhile, and this finding is there no more."))
    told = {lang: said.strip() for lang, said in (reasons or {}).items() if lang in LANGUAGES and said.strip()}
    first = reason.strip() or next(iter(told.values()), "")
    if not first:
        raise EditRefused(_("Say why the figures may stay as they are."))
    _take_back(edition, fingerprint)
    made = FindingAnswer.objects.create(
        edition=edition,
        fingerprint=fingerprint,
        rule=judged.finding.rule,
        reason=first,
        reasons=told,
        answered_by=actor,
    )
    journal.record(actor=actor, verb="evidence.answer_finding", about=edition, facts={"rule": judged.finding.rule})
    return made


@transaction.atomic
def take_answer_back(*, actor: Any, edition: Edition, fingerprint: str) -> None:
    """Take an answer back: the finding is open again. Nothing happens where there is none."""
    policy.require(actor, "evidence.answer_finding", edition)
    if _take_back(require_unfrozen(edition), fingerprint):
        journal.record(actor=actor, verb="evidence.take_answer_back", about=edition, facts={})


def _take_back(edition: Edition, fingerprint: str) -> int:
    rows = edition.answers.filter(fingerprint=fingerprint, withdrawn_at__isnull=True)
    return rows.update(withdrawn_at=timezone.now())
