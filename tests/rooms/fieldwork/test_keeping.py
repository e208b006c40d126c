"""Filled forms, campaigns and days whose time is over: found when it is, and erased with all that they said."""

import datetime as dt
from typing import Any

from django.db import transaction

from desk_world import TODAY, at, employ
from field_world import Field, cotton, equipped, filled, opened, picture, received, small_form
from hamroh.accounts.models import Role
from hamroh.directory.models import AdminUnit
from hamroh.fieldwork.actions import campaigns, days
from hamroh.fieldwork.actions.campaigns import Plan
from hamroh.fieldwork.keeping import CAMPAIGNS, DAYS, SUBMISSIONS
from hamroh.fieldwork.models import Campaign, Entity, EntityChange, FieldDay, Finding, Submission
from hamroh.vault import erasure, retention
from hamroh.vault.models import SealedFile

SAVES = (
    '<bind nodeset="/data/words" entities:saveto="village" type="string"/>'
    '<instance id="homes" src="jr://file-csv/homes.csv"/>'
)
YEARS = dt.timedelta(days=366)


def due(of: retention.RecordClass, field: Field, after: dt.timedelta) -> int:
    return retention.due(of, field.centre.pk, TODAY + after).count()


def erase(of: retention.RecordClass, row: Any) -> None:
    with transaction.atomic():
        erasure.erase(of, of.rows().get(pk=row.pk))


def listed(pk: str, **said: str) -> str:
    facts = {"create": "", "update": "", "base": ""} | said
    return (
        f'<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="homes" id="{pk}" create="{facts["create"]}" '
        f'update="{facts["update"]}" baseVersion="{facts["base"]}"><label>Home 7</label></entity>'
    )


def test_it_erases_a_filled_form_with_its_files(field: Field) -> None:
    opened(field)
    device = equipped(field).device
    gone, kept = (
        received(device, cotton(photo="p.jpg"), {"p.jpg": picture(colour)}).submission for colour in ("red", "blue")
    )
    erase(SUBMISSIONS, gone)
    assert [row.pk for row in Submission.objects.all()] == [kept.pk]
    assert SealedFile.objects.count() == 1


def test_it_erases_what_a_filled_form_said_in_a_list(field: Field) -> None:
    opened(field, small_form(binds=SAVES).replace(b'<bind nodeset="/data/words" type="string"/>', b""))
    device = equipped(field).device
    first = received(device, filled("<words>One</words>", meta=listed("a1", create="1"))).submission
    received(device, filled("<words>Two</words>", meta=listed("a1", update="1", base="1")))
    alone = received(device, filled("<words>Her house</words>", meta=listed("b2", create="1"))).submission
    erase(SUBMISSIONS, alone)
    erase(SUBMISSIONS, first)
    assert [(row.entity_id, row.changes.count()) for row in Entity.objects.all()] == [("a1", 1)]
    assert not EntityChange.objects.filter(submission=None).exists()


def test_it_erases_a_campaign_with_what_was_found(field: Field) -> None:
    plan = Plan({"en": "Harvest"}, {"en": "?"}, TODAY - dt.timedelta(days=4), TODAY, {})
    row = campaigns.plan_campaign(actor=field.parviz, organisation=field.centre, plan=plan, forms=[opened(field).form])
    Finding.objects.create(
        organisation=field.centre, campaign=row, severity="4", words="A van at the school", made_by=field.madina
    )
    assert (due(CAMPAIGNS, field, 4 * YEARS), due(CAMPAIGNS, field, 6 * YEARS)) == (0, 1)
    erase(CAMPAIGNS, row)
    assert (Campaign.objects.count(), Finding.objects.count()) == (0, 0)


def test_it_erases_a_day_with_its_counts(field: Field) -> None:
    place = AdminUnit.objects.create(key="tj-kt-vose", code=1923, level="district", names={"en": "Vose"})
    row = days.plan_day(
        actor=field.office.zebo, organisation=field.centre, place=place, spot="The hall", on_date=TODAY, team=[field.madina]
    )  # fmt: skip
    days.begin_day(actor=field.madina, day=row)
    days.tap(actor=field.madina, day=row, topic="alimony", who="woman")
    assert (due(DAYS, field, 2 * YEARS), due(DAYS, field, 4 * YEARS)) == (0, 1)
    erase(DAYS, row)
    assert not FieldDay.objects.exists()


def test_it_stands_in_the_queue_of_its_own_organisation(field: Field, time_machine: Any) -> None:
    opened(field)
    sent = received(equipped(field).device, cotton()).submission
    assert (due(SUBMISSIONS, field, YEARS), due(SUBMISSIONS, field, 3 * YEARS)) == (0, 1)
    Submission.objects.filter(pk=sent.pk).update(received_at=sent.received_at - 3 * YEARS)
    queue = "/desk/retention/?of=submission"
    assert sent.code in at(field.office.manizha).get(queue).content.decode()
    elsewhere = employ("sevda", field.office.other, Role.SUPERVISOR)
    assert sent.code not in at(elsewhere).get(queue).content.decode()
