"""Analysts and the printed profile."""

from typing import Any

import pytest

from evidence_world import Analysts, analysts, printed_edition


@pytest.fixture
def people(cast: Any) -> Analysts:
    return analysts(cast)


@pytest.fixture
def printed(people: Analysts) -> Any:
    """The Azerbaijan profile of 2008 as a draft edition."""
    return printed_edition(people)
