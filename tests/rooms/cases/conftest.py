"""What tests of cases share: a reception centre with its people, on keys of their own."""

import pytest

from cases_world import Office, gulnoras, open_office
from desk_world import NOW
from vault_keys import settled


@pytest.fixture
def office(db, fresh_keys, settings, time_machine) -> Office:
    settings.IS_DEMO = True  # one factor is enough there, on this machine
    time_machine.move_to(NOW)
    office = open_office()
    settled(office.centre, office.other)
    return office


@pytest.fixture
def case(office):
    return gulnoras(office)
