"""What the public can read of figures; made once a module."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from evidence_reading import Shelf, built, centres


@pytest.fixture(scope="module")
def shelf(django_db_setup: None, django_db_blocker: Any) -> Iterator[Shelf]:
    """Everything is rolled back when the module ends."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield built(centres())
        transaction.set_rollback(True)


@pytest.fixture
def client(db: None, shelf: Shelf) -> Client:
    return Client()
