"""Analysts and the printed profile."""

import datetime as dt
from types import SimpleNamespace
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


@pytest.fixture
def review(people: Analysts, printed: Any, settings: Any, fresh_keys: None) -> Any:
    """A round on the printed profile for which Kamran was asked."""
    from django.utils import timezone

    from hamroh.evidence.actions import reviewing

    settings.IS_DEMO = True  # one factor is enough there, on this machine
    until = timezone.localdate() + dt.timedelta(days=14)
    held = reviewing.open_round(actor=people.nigina, edition=printed, deadline_date=until, asks="Check T1.")
    reviewing.ask(actor=people.nigina, round=held, username="kamran", organisation=people.ministry, role="ministry")
    printed.refresh_from_db()
    return SimpleNamespace(round=held, edition=printed, **vars(people))
