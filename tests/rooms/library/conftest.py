"""What every test of the library may ask for."""

import pytest


@pytest.fixture
def places(db: None) -> None:
    from hamroh.directory.actions import load_places

    load_places(actor=None)


@pytest.fixture
def words(places: None) -> None:
    from hamroh.thesaurus.actions import load_starter_vocabulary

    load_starter_vocabulary(actor=None)
