"""Certificates: issued with a code that nobody guesses, shown as their holder wishes, revoked for good."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.zones import local_date
from hamroh.training.actions.frame import NotNow, held, of_round
from hamroh.training.codes import digest_of, initials_of, new_certificate_code
from hamroh.training.models import Certificate, Enrolment, Round, Shows
from hamroh.training.states import CertificateLife
from hamroh.vault import journal, opening


@transaction.atomic
def issue_certificates(*, actor: Any, round: Round, people: Iterable[UUID]) -> int:  # noqa: A002 - the field's word
    """One for each of them who has a name and none yet; how many. Nobody but the holder says that more than its validity is shown."""
    row = held(actor, round, "learner.write")
    if row.state != "held":
        raise NotNow(_("Certificates are issued when the round is over."))
    decision = policy.require(actor, "learner.read", row)
    has_one = Certificate.objects.filter(round=row, state="valid").values("enrolment")
    wanted = Enrolment.objects.filter(round=row, pk__in=list(people)).exclude(pk__in=has_one).order_by("number")
    made = 0
    for each in wanted:
        opened = opening.open_each(each, ("name",), decision=decision, purpose="page")
        if isinstance(opened["name"], str):
            _issued(actor, row, each, opened["name"])
            made += 1
    journal.record(actor=actor, verb="certificate.issue", about=row, facts={"issued": made})
    return made


def _issued(actor: Any, row: Round, each: Enrolment, name: str) -> None:
    code = new_certificate_code()
    Certificate(
        organisation_id=row.organisation_id, round=row, enrolment=each, digest=digest_of(code), code=code, initials=initials_of(name),
        issued_date=local_date(timezone.now(), row.organisation), made_by=actor,
    ).save()  # fmt: skip


@transaction.atomic
def show_certificate(*, actor: Any, round: Round, certificate: UUID, shows: str) -> None:  # noqa: A002
    """What the page for checks says of it, as its holder wishes."""
    row = held(actor, round, "learner.write")
    found = of_round(Certificate, row, certificate)
    if shows not in Shows.values:
        raise NotNow(_("Choose one of these."))
    found.shows = shows
    found.save()
    journal.record(
        actor=actor, verb="certificate.show", about=row, facts={"certificate": str(found.pk), "shows": shows}
    )


@transaction.atomic
def revoke_certificate(*, actor: Any, round: Round, certificate: UUID) -> None:  # noqa: A002
    """It does not count any more; whoever checks its code is told so."""
    row = held(actor, round, "learner.write")
    found = of_round(Certificate, row, certificate)
    if found.state == "revoked":
        return
    CertificateLife.check(found.state, "revoked")
    found.state, found.revoked_date = "revoked", local_date(timezone.now(), row.organisation)
    found.save()
    journal.record(actor=actor, verb="certificate.revoke", about=row, facts={"certificate": str(found.pk)})
