"""Periods, certificates, and what is done every night; an installation in which no room keeps such records."""

import datetime as dt
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from hamroh.accounts.actions import retention as actions
from hamroh.accounts.models import Notice, Role, User
from hamroh.accounts.policy import Refused
from hamroh.accounts.selectors import retention as selectors
from hamroh.vault import certificates
from hamroh.vault.actions import retention as vault
from hamroh.vault.models import RetentionPeriod
from retention_world import (
    code,
    demo,
    enter,
    farzona,
    manizha,
    matter,
    page,
    person,
    proposed,
    send,
    sitora,
)
from sealedroom.keeping import MATTERS
from sealedroom.models import Matter

__all__ = ["demo", "farzona", "manizha", "matter", "sitora"]
pytestmark = pytest.mark.django_db


# -- periods -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["temur", "manizha"])
def test_it_lets_an_administrator_or_a_supervisor_choose_a_period(cast, manizha, who):
    client = enter(User.objects.get(username=who))
    assert send(client, "period", {"length": "84", "why": "counsel"}, of="sealed_matter").status_code == 302
    assert RetentionPeriod.objects.get().length == 84
    assert "7 years" in page(client, "/desk/retention/periods/")


@pytest.mark.parametrize("length", ["11", "241", "", "x", "-5"])
def test_it_takes_no_period_out_of_bounds(cast, manizha, length):
    answer = send(enter(manizha), "period", {"length": length, "why": "law"}, of="sealed_matter")
    assert (answer.status_code, RetentionPeriod.objects.count()) == (422, 0)


def test_it_shows_an_auditor_the_periods_and_lets_her_change_none(sitora):
    client = enter(sitora)
    assert "5 years" in page(client, "/desk/retention/periods/")
    assert send(client, "period", {"length": "84", "why": "law"}, of="sealed_matter").status_code == 404


# -- certificates --------------------------------------------------------------------------------------------------


@pytest.fixture
def release(cast, manizha, sitora, matter):
    row = proposed(manizha, cast, matter)
    actions.release(actor=sitora, organisation=cast.centre, row=row)
    vault.erase_released()
    return row


def test_it_prints_a_certificate_without_a_code_or_a_name(sitora, manizha, release, matter):
    text = page(enter(sitora), reverse("retention:certificate", kwargs={"release": release.pk}))
    main = text.partition("<main")[2].partition("</main")[0]
    assert "Supervisor" in main
    assert "Auditor" in main
    assert [each for each in (code(matter), "Manizha", "Sitora", "Гулнора") if each in main] == []


def test_it_hands_over_a_certificate_that_is_genuine(sitora, release):
    answer = enter(sitora).get(reverse("retention:certificate-file", kwargs={"release": release.pk}))
    assert certificates.check(answer.content.decode()).holds
    assert json.loads(answer.content)["records"] == {"erased": 1}


def test_it_shows_no_certificate_of_another_organisation(cast, release):
    other = enter(person("vusal", Role.AUDITOR, cast.gender_centre))
    for name in ("certificate", "certificate-file"):
        assert other.get(reverse(f"retention:{name}", kwargs={"release": release.pk})).status_code == 404


def test_it_shows_no_certificates_to_a_supervisor_of_one_team(cast, release):
    assert (
        enter(person("lola", Role.SUPERVISOR, cast.centre, team="red")).get("/desk/retention/done/").status_code == 404
    )


# -- every night ---------------------------------------------------------------------------------------------------


def test_it_tells_supervisors_once_a_month(cast, manizha, matter):
    assert actions.night()["told"] == 1
    assert actions.night()["told"] == 0
    notice = Notice.objects.get()
    assert (notice.user, notice.about) == (manizha, "due")
    assert "/desk/retention/" in page(enter(manizha), "/desk/notices/")


def test_it_tells_them_again_in_another_month(manizha, matter):
    from hamroh.vault.models import RetentionCount

    actions.night()
    Notice.objects.update(read_at=timezone.now())
    RetentionCount.objects.update(counted_at=timezone.now() - dt.timedelta(days=32))
    assert actions.night()["told"] == 1


def test_it_finishes_at_night_what_was_released(cast, manizha, sitora, matter):
    row = proposed(manizha, cast, matter)
    actions.release(actor=sitora, organisation=cast.centre, row=row)
    assert (actions.night()["erased"], Matter.objects.count()) == (1, 0)


def test_it_asks_the_policy_again_in_the_action(cast, manizha, farzona, matter):
    row = proposed(manizha, cast, matter)
    with pytest.raises(Refused):
        actions.release(actor=farzona, organisation=cast.centre, row=row)
    with pytest.raises(Refused):
        actions.propose(actor=farzona, organisation=cast.centre, of=MATTERS, ids=[matter.pk])
    with pytest.raises(Refused):
        selectors.done(actor=farzona, organisation=cast.centre)


# -- an installation without such records --------------------------------------------------------------------------


@pytest.fixture
def no_classes(monkeypatch):
    from hamroh.vault import retention

    monkeypatch.setattr(retention, "_classes", {})


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "read how long records are kept"), ("periods/", "five years after a case is closed"),
        ("holds/", "Nothing is held"), ("done/", "Nothing was let go yet"), ("mine/", "you are told and can object"),
    ],
)  # fmt: skip
def test_it_says_the_next_step_where_no_room_keeps_records(manizha, no_classes, address, said):
    assert said in page(enter(manizha), f"/desk/retention/{address}")


def test_it_finds_no_code_where_no_room_keeps_records(manizha, no_classes):
    assert send(enter(manizha), "asked", {"code": "x", "is_she": "on"}).status_code == 422
    assert actions.night() == {"erased": 0, "ended": 0, "due": 0, "told": 0}
