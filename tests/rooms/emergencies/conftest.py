"""What tests of emergencies share: a centre whose keys are its own."""

from collections.abc import Iterator

import pytest

from desk_world import NOW
from emergency_world import Centre, open_centre
from hamroh.vault import journal
from vault_keys import settled


@pytest.fixture
def centre(db, fresh_keys, settings, time_machine) -> Iterator[Centre]:
    settings.IS_DEMO = True  # one factor is enough there, on this machine
    time_machine.move_to(NOW)
    found = open_centre()
    settled(found.office.centre, found.office.other)
    with journal.openings("task"):
        yield found
