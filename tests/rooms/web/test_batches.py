"""Rows are read in batches, and nobody who writes waits for them."""

import sqlite3
from typing import Any

import pytest
from django.db import connection

from hamroh.accounts.models import Organisation
from hamroh.web.batches import in_batches


@pytest.fixture
def five(transactional_db: None) -> None:
    Organisation.objects.bulk_create(Organisation(code=f"house-{number}") for number in range(5))


def test_it_reads_every_row_once_in_the_order_of_its_key(five: None) -> None:
    assert list(in_batches(Organisation.objects.all(), 2)) == list(Organisation.objects.order_by("pk"))


def test_it_asks_once_more_only_where_a_batch_was_full(five: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):
        list(in_batches(Organisation.objects.all(), 2))


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL's readers stop no writer")
def test_it_lets_others_write_between_two_rows(five: None) -> None:
    rows = in_batches(Organisation.objects.all(), 2)
    next(rows)
    other = sqlite3.connect(connection.settings_dict["NAME"], timeout=0, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    other.execute("ROLLBACK")
    other.close()
