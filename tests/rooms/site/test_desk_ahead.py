"""The first page of the desk tells a lawyer of her hearings and terms, by code alone."""

import datetime as dt

import pytest

from cases_world import gulnoras, open_office
from desk_world import NOW, page
from hamroh.cases.actions import matters
from hamroh.cases.actions.deadlines import remind, set_hearing
from vault_keys import settled


@pytest.fixture
def office(db, fresh_keys, settings, time_machine):
    settings.IS_DEMO = True
    time_machine.move_to(NOW)
    office = open_office()
    settled(office.centre)
    type(office.centre).objects.filter(pk=office.centre.pk).update(zone="Asia/Dushanbe")
    return office


@pytest.fixture
def matter(office):
    return matters.open_matter(actor=office.farzona, case=gulnoras(office), kind="divorce", country="TJ")


def test_it_tells_of_a_hearing_by_the_clock_there(office, matter):
    set_hearing(actor=office.farzona, matter=matter, starts_at=NOW + dt.timedelta(days=2), told={"court": "Кӯлоб"})
    shown = page(office.farzona, "/desk/")
    assert "10:00" in shown
    assert matter.case.code in shown
    assert "Кӯлоб" not in shown


def test_it_tells_of_days_that_come_or_are_over(office, matter):
    for days in (-1, 3, 60):
        remind(actor=office.farzona, matter=matter, due=(NOW + dt.timedelta(days=days)).date(), words="Ring Gulnora")
    shown = page(office.farzona, "/desk/")
    assert shown.count("Our own reminder") == 2
    assert "Ring Gulnora" not in shown


def test_it_tells_a_colleague_nothing_of_them(office, matter):
    set_hearing(actor=office.farzona, matter=matter, starts_at=NOW + dt.timedelta(days=2), told={})
    assert matter.case.code not in page(office.zebo, "/desk/")
