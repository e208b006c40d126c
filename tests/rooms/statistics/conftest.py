"""What tests of statistics share: a desk that counts, whose keys are its own."""

from collections.abc import Iterator

import pytest

from desk_world import NOW
from hamroh.vault import journal
from statistics_world import Desk, open_desk
from vault_keys import settled


@pytest.fixture
def desk(db, fresh_keys, settings, time_machine) -> Iterator[Desk]:
    settings.IS_DEMO = True  # one factor is enough there, on this machine
    time_machine.move_to(NOW)
    found = open_desk()
    settled(found.office.centre, found.office.other)
    with journal.openings("task"):
        yield found
