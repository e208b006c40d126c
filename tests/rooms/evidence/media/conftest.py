"""A page by hand, with one block of every kind."""

import pytest

from evidence_pages import full_page
from hamroh.evidence.presenting.page import Page


@pytest.fixture
def full() -> Page:
    return full_page()
