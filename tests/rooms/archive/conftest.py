"""Tests of the archive run on keys of their own, and what is opened in them is written down as in a task."""

from collections.abc import Iterator

import pytest

from hamroh.vault import journal


@pytest.fixture(autouse=True)
def written_down(db: None, fresh_keys: None) -> Iterator[None]:
    with journal.openings("task"):
        yield
