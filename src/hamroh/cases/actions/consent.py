"""Consent is answered, purpose by purpose. A withdrawal closes in the same transaction what was shared by it."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, RecordGrant
from hamroh.cases import childhood
from hamroh.cases.actions import outgoing, referrals
from hamroh.cases.actions.opening import touch
from hamroh.cases.models import Answer, Case, Consent, Official, Part, Person, Purpose
from hamroh.cases.selectors.linking import takes_links
from hamroh.cases.selectors.officials import needs_advice
from hamroh.directory.models import Service
from hamroh.kernel import consents
from hamroh.vault import journal

#: under what the text for a child's own assent stands
CHILD = "child"
#: purposes that name to whom: an organisation, a service
NAMES: dict[str, set[tuple[bool, bool]]] = {
    Purpose.SHARE: {(True, False), (False, True)},
    Purpose.TRANSFER: {(True, False)},
}


class ConsentRefused(ValueError):
    """This cannot be written down as consent; the message can be shown."""


@transaction.atomic
def answer_consent(
    *, actor: Any, case: Case, purpose: str, answer: str, way: str, lang: str, to_organisation: Organisation | None = None,
    to_service: Service | None = None, official: str = "", person: Person | None = None, about: Person | None = None, words: str = "",
    until_date: dt.date | None = None, advised: bool = False,
) -> Consent:  # fmt: skip
    """One answer to one question, with the version and digest of what was read out in ``lang``.

    ``person`` answered, where it was not she; ``about`` is the child whose data is meant. Officials and offices of the state are asked one
    by one, and only after advice on consequences (``advised``). Anything but a yes takes back every loan that stands on an earlier yes.
    """
    policy.require(actor, "case.write", case)
    _check(case, purpose, answer, (to_organisation, to_service), (person, about), official=official, advised=advised)
    text = consents.current(CHILD if person is not None and person.part == Part.CHILD else official or purpose)
    row = Consent(
        organisation_id=case.organisation_id, case=case, purpose=purpose, answer=answer, way=way, person=person, about=about,
        official=official, is_advised=advised, to_organisation=to_organisation, to_service=to_service, text_version=text.version_in(lang), text_digest=text.digest(lang),
        words=words.strip() or None, taken_by=actor, until_date=until_date,
    )  # fmt: skip
    row.save()
    facts = {"consent": str(row.pk), "purpose": purpose, "answer": answer, "text": row.text_version, "advised": advised}
    journal.record(actor=actor, verb="case.answer_consent", about=case, facts=facts)
    if answer != Answer.GIVEN:
        _close_shares(actor, case, row)
        if about is not None:
            childhood.take_back(actor=actor, case=case, child=about)
        if purpose == Purpose.SERVICE and about is None:
            outgoing.cancel_waiting(actor=actor, case=case)
    touch(case)
    return row


def _check(
    case: Case, purpose: str, answer: str, to: tuple[Organisation | None, Service | None],
    people: tuple[Person | None, ...], *, official: str, advised: bool,
) -> None:  # fmt: skip
    if any(person is not None and person.case_id != case.pk for person in people):
        raise policy.Refused("not a person of this case")
    _check_to(case, purpose, answer, *to)
    if (official in Official.values) != (purpose == Purpose.OFFICIAL):
        raise policy.Refused("an official is asked about alone, by kind")
    asks_advice = bool(official) or needs_advice(to[0] or to[1])
    if asks_advice and answer == Answer.GIVEN and not advised:
        raise ConsentRefused(_("First tell her what may follow, then ask her."))


def _check_to(
    case: Case, purpose: str, answer: str, organisation: Organisation | None, service: Service | None
) -> None:  # fmt: skip
    """Sharing names one organisation or one service that has no account, a transfer one organisation, everything else none."""
    named = (organisation is not None, service is not None)
    if named not in NAMES.get(purpose, {(False, False)}):
        is_missing = purpose in NAMES
        raise ConsentRefused(
            _("Choose the other organisation that is meant.")
            if is_missing
            else _("Only sharing names an organisation.")
        )
    if organisation is not None and organisation.pk == case.organisation_id:
        raise ConsentRefused(_("Choose the other organisation that is meant."))
    if service is not None and answer == Answer.GIVEN and not takes_links(service):
        raise ConsentRefused(_("This service cannot be chosen here."))


def _close_shares(actor: Any, case: Case, row: Consent) -> None:
    """Loans and referrals on earlier answers to the same question end now; where her consent to our own work ends, all of the case's do."""
    same = Consent.objects.filter(case=case)
    if row.purpose != Purpose.SERVICE or row.about_id is not None:
        same = same.filter(
            purpose=row.purpose,
            to_organisation=row.to_organisation_id,
            to_service=row.to_service_id,
            official__in={row.official, ""},
            about=row.about_id,
        )
    ids = list(same.values_list("pk", flat=True))
    referrals.revoke_by(actor=actor, case=case, consents=ids, official=row.official)
    grants = RecordGrant.objects.filter(
        record_kind=case._meta.label_lower, record_id=str(case.pk), revoked_at__isnull=True,  # noqa: SLF001
        consent_id__in=ids,
    )  # fmt: skip
    for grant in grants:
        facts = {"grant": str(grant.pk), "consent": str(row.pk)}
        journal.record(actor=actor, verb="access.take_back", about=case, facts=facts)
    grants.update(revoked_at=timezone.now())
    policy.forget()
