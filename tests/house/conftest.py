"""The whole site over the miniature of its demonstration."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import TestCase
from world import World, known, load


@pytest.fixture(scope="package")
def miniature(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Loaded once for all tests of the house and taken back before those of the rooms."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:
        load(patch)
        # after each of a thousand questions that are undone, all rows of the demonstration would be looked through for loose ends
        patch.setattr(TestCase, "_should_check_constraints", lambda *_given: False)
        yield known()
        transaction.set_rollback(True)


@pytest.fixture
def world(miniature: World, db: None) -> World:
    return miniature
