"""One family of the demonstration whose place only members open, and who was asked about trafficking."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date
from hamroh.cases.actions import trafficking, whereabouts
from hamroh.cases.actions.trafficking import Advised, Help, Identified, Time
from hamroh.cases.actions.whereabouts import Place
from hamroh.cases.models import As, Basis, Case, Matter, Part, Person, TraffickingScreen
from hamroh.kernel import datafiles
from hamroh.kernel.trafficking import tool
from hamroh.vault import actions as keys
from hamroh.vault import journal, members

FILE = "demo/hidden.yml"
UNDER_WAY = ("planned", "active")


def load_hidden() -> None:
    """Through the same actions as at the desk; a house that has one already is left alone."""
    with journal.openings("command"):
        for code, told in datafiles.document(FILE)["houses"].items():
            house = Organisation.objects.get(code=code)
            case = _case(house, told["kind"])
            if case and not TraffickingScreen.objects.filter(organisation=house).exists():
                with policy.remembered(), transaction.atomic():
                    _load(house, case, told)


def _case(house: Organisation, kind: str) -> Case | None:
    kinds = Matter.objects.filter(organisation=house, kind=kind).values("case")
    rows = Case.objects.filter(organisation=house, status__in=UNDER_WAY, pk__in=kinds)
    return rows.select_related("owner", "organisation").order_by("opened_week", "code").first()


def _load(house: Organisation, case: Case, told: Mapping[str, Any]) -> None:
    client = Person.objects.select_related("case__organisation").get(case=case, part=Part.CLIENT)
    client.case = case
    today = local_date(timezone.now(), house)
    _asked(client, told)
    _followed(client, told, today)
    keys.make_recovery(actor=None, organisation_id=house.pk)
    assert case.owner is not None
    private = members.create(case.owner.pk, told["passphrase"])
    with members.unlocked(private, user_id=case.owner.pk):
        _hidden(client, told, today)


def _asked(client: Person, told: Mapping[str, Any]) -> None:
    """Page by page; she knew an answer to most."""
    actor = client.case.owner
    row = trafficking.begin_asking(actor=actor, person=client, is_child=False)
    answers = {question.code: told["answers"].get(question.code, "no") for question in tool().questions}
    trafficking.keep_answers(actor=actor, row=row, answers=answers)
    trafficking.finish_asking(actor=actor, row=row)


def _followed(client: Person, told: Mapping[str, Any], today: dt.date) -> None:
    """Help, and what she decided about the police."""
    actor, began = client.case.owner, today - dt.timedelta(days=told["since"])
    given = told["help"]
    trafficking.give_assistance(
        actor=actor, person=client, told=Help(kind=given["kind"], began=began, whom=given["whom"])
    )
    police = told["police"]
    advised = Advised(on=began, advice=police["advice"], wants=False, said=police["said"])
    trafficking.decide_police(actor=actor, case=client.case, told=advised)


def _hidden(client: Person, told: Mapping[str, Any], today: dt.date) -> None:
    """Where she is, and that she was identified: to its writer alone."""
    actor, since = client.case.owner, today - dt.timedelta(days=told["since"])
    place = Place(address=told["address"], since=since, words=told["knows"])
    whereabouts.hide(actor=actor, person=client, place=place)
    said = told["identified"]
    facts = Identified(by=said["by"], on=since, as_=As.PRESUMED, grounds=said["grounds"], words=said["words"])
    trafficking.identify(actor=actor, person=client, told=facts)
    time = told["recovery"]
    if policy.allowed(actor, "case.state_law", client.case):
        trafficking.begin_recovery(
            actor=actor, person=client,
            time=Time(since, time["days"], Basis.STATED, article=time["article"], words=time["words"]),
        )  # fmt: skip
