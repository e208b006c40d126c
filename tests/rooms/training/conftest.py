"""What tests of training share: a school whose keys are its own."""

from collections.abc import Iterator

import pytest

from desk_world import NOW
from hamroh.vault import journal
from training_world import School, open_school
from vault_keys import settled


@pytest.fixture
def school(db, fresh_keys, settings, time_machine) -> Iterator[School]:
    settings.IS_DEMO = True  # one factor is enough there, on this machine
    time_machine.move_to(NOW)
    found = open_school()
    settled(found.office.centre, found.office.other)
    with journal.openings("task"):
        yield found
