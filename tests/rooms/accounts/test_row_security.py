"""The net in PostgreSQL by itself: raw queries of the unprivileged role, with no policy asked."""

import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from hamroh.accounts import rowsecurity
from hamroh.accounts.models import Organisation, RecordGrant
from hamroh.vault import keyring
from postgres import make_role, migrated, standing_in, undone
from sealedroom.models import Matter, Note

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
ROLE = "hamroh_app"


@pytest.fixture(scope="module")
def guarded_database(postgres, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), migrated(postgres) as wrapper, standing_in(wrapper):
        make_role(ROLE)
        rowsecurity.grant_to(ROLE)
        yield wrapper


@pytest.fixture
def houses(guarded_database, db, settings):
    """Two organisations with a matter and a note each; queries go to PostgreSQL as the unprivileged role."""
    settings.IS_DEMO = True
    keyring.forget()
    with standing_in(guarded_database), undone():
        made = []
        for code in ("a", "b"):
            house = Organisation.objects.create(code=f"{code}-{uuid.uuid4().hex[:8]}", country="tj")
            matter = Matter.objects.create(organisation=house, opened_week=dt.date(2026, 11, 16), name="Гулнора")
            Note.objects.create(organisation=house, matter=matter, text="…")
            made.append(house)
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield made
    keyring.forget()


def seen(model=Matter):
    return set(model.objects.values_list("organisation_id", flat=True))


def test_it_shows_nothing_to_a_connection_opened_for_nobody(houses):
    assert (seen(), seen(Note)) == (set(), set())


def test_it_shows_the_rows_of_one_organisation(houses):
    with rowsecurity.opened_for([houses[0].pk]):
        assert (seen(), seen(Note)) == ({houses[0].pk}, {houses[0].pk})


def test_it_shuts_again_afterwards(houses):
    with rowsecurity.opened_for([houses[0].pk]):
        pass
    assert seen() == set()


def test_it_shows_all_to_the_installation(houses):
    with rowsecurity.opened_for_all():
        assert seen() == {house.pk for house in houses}


def lend(houses, **changed):
    with rowsecurity.opened_for_all():
        matter = Matter.objects.get(organisation=houses[0])
    facts = {"ends_at": timezone.now() + dt.timedelta(days=1), "starts_at": timezone.now() - dt.timedelta(days=1)}
    RecordGrant.objects.create(
        record_kind="sealedroom.matter", record_id=str(matter.pk), organisation=houses[0], to_organisation=houses[1],
        verbs=["matter.read"], **facts | changed,
    )  # fmt: skip
    return matter


def test_it_shows_what_is_lent_with_its_notes(houses):
    lend(houses)
    with rowsecurity.opened_for([houses[1].pk]):
        assert (seen(), seen(Note)) == ({house.pk for house in houses}, {house.pk for house in houses})


def test_it_shows_no_loan_that_was_taken_back(houses):
    lend(houses, revoked_at=timezone.now())
    with rowsecurity.opened_for([houses[1].pk]):
        assert seen() == {houses[1].pk}


def test_it_shows_no_loan_that_ended(houses):
    lend(houses, ends_at=timezone.now() - dt.timedelta(seconds=1))
    with rowsecurity.opened_for([houses[1].pk]):
        assert seen() == {houses[1].pk}


def test_it_lets_nobody_change_what_is_lent(houses):
    matter = lend(houses)
    with rowsecurity.opened_for([houses[1].pk]):
        assert Matter.objects.filter(pk=matter.pk).update(team="theirs") == 0


def test_it_refuses_a_row_for_another_organisation(houses):
    with (
        rowsecurity.opened_for([houses[1].pk]),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Matter.objects.filter(organisation=houses[1]).update(organisation=houses[0])


def test_it_owns_no_table(houses):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE sealedroom_matter DISABLE ROW LEVEL SECURITY")


def test_it_guards_every_table_of_sealed_rows(guarded_database, db):
    with standing_in(guarded_database):
        assert rowsecurity.unguarded_tables() == []


def test_it_names_a_table_that_is_not_guarded(guarded_database, db):
    with standing_in(guarded_database), undone(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE sealedroom_matter DISABLE ROW LEVEL SECURITY")
        assert rowsecurity.unguarded_tables() == ["sealedroom_matter"]
