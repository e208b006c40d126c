"""Referrals on PostgreSQL: each side sees its own row alone, and a move reaches both."""

import pytest
from django.db import connection

from cases_links import drafted as to_a_service
from cases_referrals import agreed, drafted
from cases_world import gulnoras, open_office
from desk_world import NOW
from hamroh.accounts import rowsecurity
from hamroh.cases.actions import links, receiving
from hamroh.cases.actions import referrals as actions
from hamroh.cases.models import Received, Referral
from hamroh.vault import journal, keyring
from postgres import make_role, migrated, standing_in, undone

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
ROLE = "hamroh_referrals"


@pytest.fixture(scope="module")
def guarded_database(postgres, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), migrated(postgres) as wrapper, standing_in(wrapper):
        make_role(ROLE)
        rowsecurity.grant_to(ROLE)
        yield wrapper


@pytest.fixture
def house(guarded_database, db, settings, time_machine, monkeypatch):
    """The office with a referral that was put together, on a connection that is opened for nobody."""
    settings.IS_DEMO = True
    time_machine.move_to(NOW)
    keyring.forget()
    # openings cannot be written within what is undone: they are let go
    monkeypatch.setattr(journal.Buffer, "write", lambda buffer: buffer.lines.clear())
    with standing_in(guarded_database), undone(), journal.openings("task"):
        office = open_office()
        case = gulnoras(office)
        agreed(office, case)
        row = drafted(office, case)
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield office, row
    keyring.forget()


def test_it_reaches_both_sides_and_shows_each_its_own(house):
    office, row = house
    with rowsecurity.opened_for([office.centre.pk]):
        actions.send_referral(actor=office.farzona, referral=row)
        seen_by_sender = Referral.objects.count(), Received.objects.count()
    with rowsecurity.opened_for([office.other.pk]):
        receiving.accept(actor=office.nermin, received=Received.objects.get())
        seen_by_receiver = Referral.objects.count(), Received.objects.count()
    with rowsecurity.opened_for([office.centre.pk]):
        state = Referral.objects.get().state
    assert (seen_by_sender, seen_by_receiver, state) == ((1, 0), (0, 1), "accepted")


def test_it_opens_her_rows_to_a_link_for_the_time_of_one_act(house):
    """Nobody is signed in who uses a link: the connection sees her organisation's rows within the act, and none after it."""
    office, row = house
    with rowsecurity.opened_for([office.centre.pk]):
        linked = to_a_service(office, row.case)
        actions.send_referral(actor=office.farzona, referral=linked)
        secret = links.make_link(actor=office.farzona, referral=linked)
    links.accept(secret=secret)
    seen_by_nobody = Referral.objects.count()
    with rowsecurity.opened_for([office.centre.pk]):
        code = links.make_code(actor=office.farzona, referral=linked)
    looked = links.open_payload(secret=secret, code=code)
    assert (seen_by_nobody, Referral.objects.count(), bool(looked.payload["name"])) == (0, 0, True)
