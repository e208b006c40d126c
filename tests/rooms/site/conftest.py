"""The desk of a demonstration with four people of one centre."""

from typing import Any

import pytest

from desk_world import NOW, employ
from hamroh.accounts.models import Role
from sealedroom.cast import make_matter


@pytest.fixture
def demonstration(settings: Any, time_machine: Any, fresh_keys: None) -> None:
    """One factor is enough there."""
    settings.IS_DEMO = True
    time_machine.move_to(NOW)


@pytest.fixture
def people(cast: Any) -> Any:
    """Farzona and Nigora are a lawyer and a psychologist of the centre, Manizha supervises, Sitora audits."""
    type(cast.centre).objects.filter(pk=cast.centre.pk).update(zone="Asia/Dushanbe")
    cast.centre.refresh_from_db()
    roles = {
        "farzona": Role.LAWYER, "nigora": Role.PSYCHOLOGIST, "manizha": Role.SUPERVISOR, "sitora": Role.AUDITOR,
    }  # fmt: skip
    return {"cast": cast, "centre": cast.centre} | {
        name: employ(name, cast.centre, role) for name, role in roles.items()
    }


@pytest.fixture
def matter(people: Any) -> Any:
    return make_matter(people["cast"], owner=people["farzona"])
