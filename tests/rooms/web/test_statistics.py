"""The database counts its rows every day, so that a page of a long list enters by its own rows."""

import pytest
from django.db import connection

from hamroh.web import statistics

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts by itself")
NAMES = (
    "SELECT 1 FROM cases_person p JOIN cases_case c ON p.case_id = c.id WHERE p.case_id IN ({}) AND c.owner_id = 'x'"
)


def plan() -> str:
    with connection.cursor() as cursor:
        page = ", ".join(f"'{number}'" for number in range(25))
        cursor.execute(f"EXPLAIN QUERY PLAN {NAMES.format(page)} AND c.organisation_id = 'y'")
        return str(next(row[3] for row in cursor.fetchall()))


@pytest.fixture
def many(db: None) -> None:
    """As after years: many cases, all of one worker."""
    from cases_world import open_office
    from hamroh.cases.models import Case

    office = open_office()
    Case.objects.bulk_create(
        Case(organisation=office.centre, owner=office.farzona, country="TJ", channel="visit", opened_week="2026-01-05")
        for _number in range(300)
    )


def test_it_enters_by_the_rows_of_the_page_once_it_has_counted(many: None) -> None:
    assert "cases_of_a_worker" in plan()
    statistics.renew()
    assert "cases_of_a_worker" not in plan()


def test_it_keeps_no_samples_of_what_stands_in_an_index(many: None) -> None:
    statistics.renew()
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE name = 'sqlite_stat4'")
        kept = cursor.fetchone() and cursor.execute("SELECT 1 FROM sqlite_stat4").fetchone()
    assert not kept
