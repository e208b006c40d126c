"""Two organisations of the demonstration that search for each other: an agreement, and a list that stays where it is."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.kernel import datafiles
from hamroh.site.demo.missed import phone_of
from hamroh.site.demo.searches import FILE
from hamroh.tracing import actions
from hamroh.tracing.actions import Met, partnering, sharing
from hamroh.tracing.actions.partnering import Terms
from hamroh.tracing.models import Partnership
from hamroh.vault import journal


def load_partners() -> None:
    """Offered by one side and agreed to by the other; two that have an agreement are left alone."""
    with journal.openings("command"):
        for told in datafiles.document(FILE).get("partners", ()):
            ours, theirs = (Organisation.objects.get(code=told[side]) for side in ("of", "with"))
            if not Partnership.objects.filter(organisation=ours, partner=theirs).exists():
                with policy.remembered(), transaction.atomic():
                    _agreed(ours, theirs, told)
                    _listed(theirs, told)
                    sharing.follow_partner(ours.pk, theirs.pk)


def _agreed(ours: Organisation, theirs: Organisation, told: Mapping[str, Any]) -> None:
    by, answers = (User.objects.get(username=told[who]) for who in ("by", "answers"))
    terms = Terms(words=told["words"], contact=told["contact"])
    offer = partnering.offer(actor=by, organisation=ours, partner=theirs, terms=terms)
    row = Partnership.objects.select_related("organisation", "partner").get(pact=offer.pact, organisation=theirs)
    partnering.accept(actor=answers, partnership=row, contact=told["their_contact"])


def _listed(theirs: Organisation, told: Mapping[str, Any]) -> None:
    """People whom the other side met; nobody else sees them."""
    officer, each = User.objects.get(username=told["officer"]), told["list"]
    pool = actions.make_pool(
        actor=officer, organisation=theirs, of_a_shelter=False, facts={"from": each["from"], "contact": each["contact"]},
        **{key: each[key] for key in ("name", "origin", "basis", "is_lent", "days")},
    )  # fmt: skip
    for number, one in enumerate(told["people"]):
        met = Met(
            name=one["met"], born={"first": one["year"], "last": one["year"]}, sex="m", place=one["from"],
            phone=phone_of(50 + number), consent={"given": True, "sign": told["said"]},
        )  # fmt: skip
        actions.add_record(actor=officer, pool=pool, met=met)
