"""What tests of work in the field share: an office whose keys are its own, with people who go out."""

from collections.abc import Iterator

import pytest

from desk_world import NOW
from field_world import Field, open_field
from hamroh.fieldwork import entering
from hamroh.fieldwork.actions import receiving
from hamroh.fieldwork.views import openrosa
from hamroh.vault import journal
from vault_keys import settled


@pytest.fixture
def field(db, fresh_keys, settings, time_machine) -> Iterator[Field]:
    settings.IS_DEMO = True  # one factor is enough there, on this machine
    time_machine.move_to(NOW)
    found = open_field()
    settled(found.centre, found.other)
    with journal.openings("task"):  # outside of a request what is opened is written down for the worker
        yield found


@pytest.fixture(autouse=True)
def nobody_guessed() -> Iterator[None]:
    """No test is shut out by the one before."""
    openrosa._shut.clear()
    entering._secrets.clear()
    receiving._versions.clear()
    yield
    openrosa._shut.clear()
    entering._secrets.clear()
