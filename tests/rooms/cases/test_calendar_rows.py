"""The calendar on PostgreSQL: nobody is signed in, and the tables show rows of its person's organisations alone."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client

from cases_matters import hearing_of
from cases_world import gulnoras, open_office
from desk_world import NOW
from hamroh.accounts import rowsecurity
from hamroh.cases import actions as case_actions
from hamroh.cases.actions import calendar as actions
from hamroh.cases.actions import deadlines, matters
from hamroh.cases.models import Hearing
from hamroh.vault import keyring
from postgres import make_role, migrated, standing_in, undone

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
ROLE = "hamroh_feed"


@pytest.fixture(scope="module")
def guarded_database(postgres, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), migrated(postgres) as wrapper, standing_in(wrapper):
        make_role(ROLE)
        rowsecurity.grant_to(ROLE)
        yield wrapper


@pytest.fixture
def fed(guarded_database, db, settings, time_machine):
    """Farzona's calendar and the case of her hearing; another organisation has a hearing, too."""
    settings.IS_DEMO = True
    time_machine.move_to(NOW)
    keyring.forget()
    with standing_in(guarded_database), undone():
        office = open_office()
        case = gulnoras(office)
        hearing_of(office, case)
        _another_hearing(office)
        secret = actions.make_calendar(actor=office.farzona)
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield case, secret
    keyring.forget()


def _another_hearing(office):
    told = case_actions.Told(name="Aygün")
    case = case_actions.open_case(
        actor=office.nermin, organisation=office.other, client=told, channel="visit", country="AZ"
    )
    matter = matters.open_matter(actor=office.nermin, case=case, kind="alimony", country="AZ")
    deadlines.set_hearing(actor=office.nermin, matter=matter, starts_at=NOW + dt.timedelta(days=3), told={})


def test_it_reads_through_the_net_of_the_tables(fed):
    case, secret = fed
    assert not Hearing.objects.exists()
    text = Client().get("/cal/calendar.ics", {"k": secret}).content.decode()
    assert text.count("SUMMARY:") == 1
    assert f"SUMMARY:{case.code} " in text
    assert not Hearing.objects.exists()
