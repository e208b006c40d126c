"""Workshops on the household budget of the demonstration: one that told its totals, one that can be joined."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.kernel import datafiles
from hamroh.kernel.budgets import Shared
from hamroh.training.actions import workshops as actions
from hamroh.training.models import Round, Workshop
from hamroh.vault import journal

FILE = "demo/workshops.yml"


def load_workshops() -> None:
    """Open them, share as households would, and close those that are over; a house that has one already is left alone."""
    told = datafiles.document(FILE)
    house = Organisation.objects.get(code=told["house"])
    if Workshop.objects.filter(organisation=house).exists():
        return
    actor = User.objects.get(username=told["actor"], memberships__organisation=house)
    with journal.openings("command"), policy.remembered(), transaction.atomic():
        for each in told["workshops"]:
            _workshop(actor, house, each)


def _workshop(actor: User, house: Organisation, told: Mapping[str, Any]) -> None:
    kind, number = told["round"]
    of = Round.objects.get(organisation=house, course__kind=kind, number=number)
    row = actions.open_workshop(actor=actor, round=of, expected=told["expected"], hours=max(actions.HOURS))
    for group in told["shared"]:
        classes = dict(zip(Shared, group["classes"], strict=True))
        for _household in range(group["households"]):
            actions.share(code=row.code, currency=group["money"], classes=classes)
    if told["closed"]:
        actions.close_workshop(actor=actor, round=of, workshop=row)
