"""Signing up: from a public page, sealed as it comes; the organiser confirms."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import rowsecurity
from hamroh.training.actions.frame import MEANWHILE, NotNow, held, of_round
from hamroh.training.actions.people import Told, _enrolled
from hamroh.training.models import Enrolment, Round, SignUp
from hamroh.training.selectors.rounds import is_full, takes_people
from hamroh.training.states import SignUpLife
from hamroh.vault import journal, opening
from hamroh.vault.rules import phone_tail

#: sign-ups a day to one round; a flood fills no disk
MOST_A_DAY = 100


class TooMany(RuntimeError):
    """No more sign-ups are taken today."""


@transaction.atomic
def sign_up(*, round: Round, name: str, way_back: str, lang: str) -> None:  # noqa: A002 - the field's word
    """Seal who wants to take part. No journal line is written: it would tell the moment."""
    with rowsecurity.opened_for([round.organisation_id]):
        row = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
        if not takes_people(row):
            raise NotNow(_("This round takes nobody any more."))
        today = timezone.localdate()
        rows = SignUp.objects.filter(round=row)
        if rows.filter(came_date=today).count() >= MOST_A_DAY:
            raise TooMany
        number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
        state = "listed" if is_full(row) else SignUpLife.initial
        SignUp(
            organisation_id=row.organisation_id, round=row, name=name, way_back=way_back, lang=lang, number=number, state=state,
            came_date=today,
        ).save()  # fmt: skip


@transaction.atomic
def answer_sign_up(*, actor: Any, round: Round, sign_up: SignUp, after: str, before: str) -> None:  # noqa: A002
    """Confirm somebody, who then takes part; put her on the list; or decline."""
    row = held(actor, round, "learner.write")
    found = of_round(SignUp, row, sign_up.pk)
    if found.state != before:
        raise NotNow(MEANWHILE)
    SignUpLife.check(found.state, after)
    if after == "confirmed":
        found.enrolment = _confirmed(actor, row, found)
    found.state = after
    found.save()
    journal.record(actor=actor, verb="learner.answer", about=row, facts={"number": found.number, "after": after})


def _confirmed(actor: Any, row: Round, found: SignUp) -> Enrolment:
    from hamroh.accounts import policy

    if row.places is not None and Enrolment.objects.filter(round=row, left_date=None).count() >= row.places:
        raise NotNow(_("All places are taken."))
    decision = policy.require(actor, "learner.read", row)
    told = opening.open_each(found, ("name", "way_back"), decision=decision, purpose="page")
    way = str(told["way_back"])
    return _enrolled(actor, row, Told(name=str(told["name"]), phone=way if phone_tail(way) and "@" not in way else ""))
