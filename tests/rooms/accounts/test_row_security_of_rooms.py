"""The net in PostgreSQL beneath every guarded table of every room, with the policy cut: rows of two organisations, and who sees which.

The other half, the policy with this net cut, is what every test of doors asks on SQLite, which has no such net.
"""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from hamroh.accounts import rowsecurity
from postgres import make_role, migrated, standing_in, undone

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]
ROLE = "hamroh_app"
#: what the net says, and what a table says whose rows are only ever added to
REFUSES = {"42501", "P0001"}
#: rooms whose rows the public reads, or which hold nothing of somebody: the design puts no such net beneath them
PUBLIC = {"directory", "library", "evidence", "pages", "thesaurus", "search", "archive", "projects"}


def guarded() -> list[type[models.Model]]:
    """Models with rows of an organisation, in rooms that are not public, and sealed ones wherever they stand."""
    models_ = (
        model for model in apps.get_models() if any(f.column == "organisation_id" for f in model._meta.concrete_fields)
    )
    return [model for model in models_ if rowsecurity._is_kept_sealed(model) or wanted(model)]


def wanted(model: type[models.Model]) -> bool:
    return hasattr(model, "guarded") and model._meta.app_label not in PUBLIC


def test_it_finds_tables_of_many_rooms() -> None:
    """Otherwise the tests below would prove little."""
    rooms = {model._meta.app_label for model in guarded()}
    assert {"accounts", "cases", "tracing", "fieldwork", "emergencies", "archive", "vault"} <= rooms


@pytest.fixture(scope="module")
def database(postgres: Any, django_db_setup: Any, django_db_blocker: Any) -> Iterator[Any]:
    """Rows of two organisations in every guarded table, whatever else they point to; read as the unprivileged role."""
    with django_db_blocker.unblock(), migrated(postgres) as wrapper, standing_in(wrapper):
        make_role(ROLE)
        rowsecurity.grant_to(ROLE)
        with undone(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for model in guarded():
                bare(cursor, model)
                for house in HOUSES:
                    plant(cursor, model, house)
            cursor.execute("SET LOCAL session_replication_role = origin")
            cursor.execute(f"SET LOCAL ROLE {ROLE}")
            yield wrapper


HOUSES = (uuid.UUID(int=1), uuid.UUID(int=2))
#: something of each type of a column that may not be empty
FILLING: dict[str, Any] = {
    "uuid": uuid.uuid4, "boolean": bool, "integer": int, "bigint": int, "smallint": int, "numeric": int, "double precision": float,
    "bytea": lambda: uuid.uuid4().bytes, "jsonb": lambda: "{}", "date": lambda: dt.date(2026, 1, 1), "inet": lambda: "::1",
    "timestamp with time zone": lambda: dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "interval": dt.timedelta, "ARRAY": list,
    "time without time zone": lambda: dt.time(9),
}  # fmt: skip


def bare(cursor: Any, model: type[models.Model]) -> None:
    """Take a table's checks and unique keys away, within a transaction that is undone: any row may stand in it."""
    table = model._meta.db_table
    cursor.execute(
        "SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass AND contype IN ('c', 'u')", [f'"{table}"']
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
    cursor.execute(
        "SELECT indexrelid::regclass FROM pg_index WHERE indrelid = %s::regclass AND indisunique AND NOT indisprimary",
        [f'"{table}"'],
    )
    for (name,) in cursor.fetchall():
        cursor.execute(f"DROP INDEX {name}")


def plant(cursor: Any, model: type[models.Model], house: uuid.UUID) -> None:
    """One row of an organisation, filled with anything."""
    table = model._meta.db_table
    cursor.execute(
        "SELECT column_name, data_type, character_maximum_length FROM information_schema.columns WHERE table_schema = 'public' "
        "AND table_name = %s AND is_nullable = 'NO' AND is_identity = 'NO' AND column_default IS NULL",
        [table],
    )
    row = {name: anything(kind, most) for name, kind, most in cursor.fetchall()} | {"organisation_id": house}
    names = ", ".join(f'"{name}"' for name in row)
    cursor.execute(f'INSERT INTO "{table}" ({names}) VALUES ({", ".join(["%s"] * len(row))})', list(row.values()))


def anything(kind: str, most: int | None) -> Any:
    return FILLING[kind]() if kind in FILLING else uuid.uuid4().hex[: most or 32]


def rows(model: type[models.Model]) -> list[uuid.UUID]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT organisation_id FROM "{model._meta.db_table}"')
        return [row for (row,) in cursor.fetchall()]


@pytest.fixture
def net(database: Any, db: Any) -> Iterator[None]:
    with standing_in(database):
        yield


def test_it_shows_no_table_to_a_connection_opened_for_nobody(net: None) -> None:
    assert [model._meta.label for model in guarded() if rows(model)] == []


def test_it_shows_each_organisation_its_own_rows_of_every_table(net: None) -> None:
    with rowsecurity.opened_for([HOUSES[0]]):
        assert {model._meta.label: rows(model) for model in guarded() if rows(model) != [HOUSES[0]]} == {}


def test_it_lets_nobody_change_or_take_away_rows_of_another(net: None) -> None:
    done = {}
    with rowsecurity.opened_for([HOUSES[0]]), connection.cursor() as cursor:
        for model in guarded():
            for statement in ('UPDATE "{}" SET organisation_id = organisation_id', 'DELETE FROM "{}"'):
                with transaction.atomic():
                    cursor.execute(f"{statement.format(model._meta.db_table)} WHERE organisation_id = %s", [HOUSES[1]])
                if cursor.rowcount:
                    done[model._meta.label] = statement
    assert done == {}


def test_it_lets_nobody_give_a_row_to_another(net: None) -> None:
    taken = []
    with rowsecurity.opened_for([HOUSES[0]]), connection.cursor() as cursor:
        for model in guarded():
            try:
                with transaction.atomic():
                    cursor.execute(f'UPDATE "{model._meta.db_table}" SET organisation_id = %s', [HOUSES[1]])
            except DatabaseError as refused:
                if getattr(refused.__cause__, "sqlstate", "") in REFUSES:
                    continue
            taken.append(model._meta.label)
    assert taken == []


def test_it_would_find_a_table_without_its_net(net: None) -> None:
    """Otherwise the tests above would prove nothing."""
    with undone(), connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE cases_case DISABLE ROW LEVEL SECURITY")
        cursor.execute(f"SET LOCAL ROLE {ROLE}")
        assert [model._meta.label for model in guarded() if rows(model)] == ["cases.Case"]
