"""What tests of the register share: a programme whose keys are its own."""

from collections.abc import Iterator

import pytest

from desk_world import NOW
from hamroh.vault import journal
from projects_world import Programme, open_programme
from vault_keys import settled


@pytest.fixture
def there(db, fresh_keys, settings, time_machine) -> Iterator[Programme]:
    settings.IS_DEMO = True  # one factor is enough there, on this machine
    time_machine.move_to(NOW)
    found = open_programme()
    settled(found.office.centre, found.office.other)
    with journal.openings("task"):
        yield found
