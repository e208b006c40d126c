"""What tests of searches share: an office whose keys are its own, with somebody who is missed."""

from collections.abc import Iterator

import pytest

from desk_world import NOW
from hamroh.vault import journal
from partners_world import Pair, agreed, meet_somon
from tracing_world import Search, open_search
from vault_keys import settled


@pytest.fixture
def search(db, fresh_keys, settings, time_machine) -> Iterator[Search]:
    settings.IS_DEMO = True  # one factor is enough there, on this machine
    time_machine.move_to(NOW)
    found = open_search()
    settled(found.office.centre, found.office.other)
    with journal.openings("task"):  # outside of a request what is opened is written down for the worker
        yield found


@pytest.fixture
def pair(search) -> Pair:
    """The centre and a diaspora group that have agreed to nothing yet."""
    return meet_somon(search)


@pytest.fixture
def partners(pair) -> Pair:
    """Both of them, once they help each other find."""
    agreed(pair)
    return pair
