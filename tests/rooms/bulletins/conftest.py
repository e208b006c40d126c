"""What tests of bulletins share: a house whose keys are its own."""

from collections.abc import Iterator

import pytest

from bulletins_world import Press, open_press
from desk_world import NOW
from hamroh.vault import journal
from vault_keys import settled


@pytest.fixture
def press(db, fresh_keys, settings, time_machine) -> Iterator[Press]:
    settings.IS_DEMO = True  # one factor is enough there, on this machine
    time_machine.move_to(NOW)
    found = open_press()
    settled(found.office.centre, found.office.other)
    with journal.openings("task"):
        yield found
