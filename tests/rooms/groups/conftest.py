"""What tests of groups share: an office with its groups, whose keys are its own."""

from collections.abc import Iterator

import pytest

from desk_world import NOW
from groups_world import Circle, gathered, open_circle
from hamroh.groups.models import Group
from hamroh.vault import journal
from vault_keys import settled


@pytest.fixture
def circle(db, fresh_keys, settings, time_machine) -> Iterator[Circle]:
    settings.IS_DEMO = True  # one factor is enough there, on this machine
    time_machine.move_to(NOW)
    found = open_circle()
    settled(found.office.centre, found.office.other)
    with journal.openings("task"):
        yield found


@pytest.fixture
def group(circle: Circle) -> Group:
    return gathered(circle)
