"""What tests of the vault share: fresh keys, a matter, and a way to open it."""

import pytest

from hamroh.vault import journal, opening
from hamroh.vault.sealing import record_of
from sealedroom.cast import Said, make_matter
from sealedroom.models import Matter


@pytest.fixture(autouse=True)
def own_keys(fresh_keys: None) -> None:
    """Every test of the vault begins without keys."""


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
