"""Retention on PostgreSQL, as the unprivileged role: whose rows are seen, and an erasure from the proposal to the tombstone."""

import contextlib
import datetime as dt
import uuid

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from hamroh.accounts import rowsecurity
from hamroh.accounts.actions import retention as actions
from hamroh.accounts.models import Membership, Organisation, Role, User
from hamroh.vault import erasure, keyring, retention
from hamroh.vault.actions import retention as vault
from hamroh.vault.models import Hold, Release, ReleaseLine, RetentionCount, RetentionPeriod
from postgres import make_role, migrated, standing_in, undone
from sealedroom.keeping import MATTERS
from sealedroom.models import Matter, Note

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
ROLE = "hamroh_app"
TABLES = (Hold, Release, ReleaseLine, RetentionCount, RetentionPeriod)


@pytest.fixture(scope="module")
def guarded_database(postgres, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), migrated(postgres) as wrapper, standing_in(wrapper):
        make_role(ROLE)
        rowsecurity.grant_to(ROLE)
        yield wrapper


@pytest.fixture
def houses(guarded_database, db, settings):
    """Two organisations, each with a matter that is due, one that is proposed, and one that is held."""
    settings.IS_DEMO = True
    keyring.forget()
    with standing_in(guarded_database), undone():
        made = [_house(code) for code in ("a", "b")]
        vault.count_due()
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {ROLE}")
        yield made
    keyring.forget()


def _house(code: str) -> Organisation:
    house = Organisation.objects.create(code=f"{code}-{uuid.uuid4().hex[:8]}", country="tj")
    people = {role: _person(role, house) for role in (Role.SUPERVISOR, Role.AUDITOR)}
    _due, proposed, held = (_matter(house) for _ in range(3))
    actor = people[Role.SUPERVISOR]
    actions.propose(actor=actor, organisation=house, of=MATTERS, ids=[proposed.pk])
    until = retention.today() + dt.timedelta(days=9)
    actions.hold(actor=actor, of=MATTERS, record=held, why="court", until_date=until)
    actions.choose_period(actor=actor, organisation=house, of=MATTERS, length=48, why="law")
    return house


def _person(role: str, house: Organisation) -> User:
    user = User.objects.create_user(f"{role}-{house.code}", display_name=role)
    Membership.objects.create(user=user, organisation=house, role=role)
    return user


def _matter(house: Organisation) -> Matter:
    matter = Matter.objects.create(
        organisation=house, opened_week=dt.date(2018, 1, 1), closed_week=dt.date(2019, 3, 4), name="Гулнора"
    )
    Note.objects.create(organisation=house, matter=matter, text="…")
    return matter


def person(role: str, house: Organisation) -> User:
    return User.objects.get(username=f"{role}-{house.code}")


@pytest.mark.parametrize("table", TABLES)
def test_it_shows_nothing_to_a_connection_opened_for_nobody(houses, table):
    assert table.objects.count() == 0


@pytest.mark.parametrize("table", TABLES)
def test_it_shows_the_rows_of_one_organisation(houses, table):
    with rowsecurity.opened_for([houses[0].pk]):
        assert set(table.objects.values_list("organisation_id", flat=True)) == {houses[0].pk}


def test_it_lets_nobody_hold_for_another_organisation(houses):
    with (
        rowsecurity.opened_for([houses[1].pk]),
        pytest.raises(DatabaseError, match="row-level security"),
        transaction.atomic(),
    ):
        Hold.objects.filter(organisation_id=houses[1].pk).update(organisation_id=houses[0].pk)


def test_it_finds_what_is_due_of_one_organisation(houses):
    with rowsecurity.opened_for([houses[0].pk]):
        assert retention.due(MATTERS, houses[0].pk).count() == 2
        assert retention.due(MATTERS, houses[1].pk).count() == 0


def test_it_lets_go_by_two_people_from_the_proposal_to_the_tombstone(houses):
    house = houses[0]
    with rowsecurity.opened_for([house.pk]):
        row = Release.objects.get()
        Release.objects.update(opens_at=timezone.now())
        matter = row.lines.get().record_id
        actions.release(actor=person(Role.AUDITOR, house), organisation=house, row=row)
    with rowsecurity.opened_for_all():
        vault.erase_released()
        assert not Matter.objects.filter(pk=matter).exists()
        assert not Note.objects.filter(matter_id=matter).exists()
        assert (row.lines.get().outcome, row.lines.get().gone["sealedroom.note"]) == ("erased", 1)
        assert Matter.objects.count() == 5


def test_it_spares_what_changed_since(houses):
    house = houses[0]
    with rowsecurity.opened_for([house.pk]):
        row = Release.objects.get()
        Release.objects.update(opens_at=timezone.now())
        Matter.objects.filter(pk=row.lines.get().record_id).update(team="red")
        actions.release(actor=person(Role.AUDITOR, house), organisation=house, row=row)
    with rowsecurity.opened_for_all():
        vault.erase_released()
        assert row.lines.get().outcome == "changed"


def test_it_guards_every_table_of_retention(guarded_database, db):
    with standing_in(guarded_database), undone(), connection.cursor() as cursor:
        names = [table._meta.db_table for table in TABLES]
        for name in names:
            cursor.execute(f"ALTER TABLE {name} DISABLE ROW LEVEL SECURITY")
        assert rowsecurity.unguarded_tables() == sorted(names)


def _listening(said: list[str]):
    def run(execute, sql, *rest):
        said.append(sql)
        return execute(sql, *rest)

    return run


def test_it_frees_the_dead_rows_of_a_class(guarded_database):
    """Outside any transaction, as the nightly task runs."""
    said: list[str] = []
    own = guarded_database.copy()
    with contextlib.closing(own), standing_in(own), connection.execute_wrapper(_listening(said)):
        erasure.scrub(erasure.tables_of(MATTERS))
    assert {'VACUUM "sealedroom_matter"', 'VACUUM "sealedroom_note"', 'VACUUM "vault_sealedfile"'} <= set(said)
