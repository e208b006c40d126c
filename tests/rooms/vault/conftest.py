"""What tests of the vault share: fresh keys, a matter, and a way to open it."""

from collections.abc import Iterator

import pytest

from hamroh.vault import journal, keyring, opening
from hamroh.vault.sealing import record_of
from sealedroom.cast import Said, make_matter
from sealedroom.models import Matter


@pytest.fixture(autouse=True)
def fresh_keys() -> Iterator[None]:
    """No test meets keys of the one before."""
    keyring.forget()
    yield
    keyring.forget()


@pytest.fixture
def opened(cast):
    """Open one field of a row as Zarina, with a decision that fits."""

    def open_it(obj, field: str):
        with journal.openings("task"):
            return opening.open(obj, field, decision=Said(cast.zarina.pk, record_of(obj)), purpose="test")

    return open_it


@pytest.fixture
def matter(cast) -> Matter:
    return make_matter(cast)
