"""An installation, no demonstration: the second factor is asked for. And somebody who needs one."""

from typing import Any

import pytest
from django.test import Client

from door import Phone, come_in, give_phone, let_in


@pytest.fixture(autouse=True)
def installation(settings: Any) -> None:
    settings.IS_DEMO = False


@pytest.fixture
def client(client: Client) -> Client:
    """Reads English, whatever the language of who signs in."""
    client.cookies["lang"] = "en"
    return client


@pytest.fixture
def lawyer(cast: Any) -> Any:
    """Rustam becomes a lawyer of the centre: he sees S3, so he needs a second factor."""
    from hamroh.accounts.models import Membership, Role

    Membership.objects.create(user=cast.rustam, organisation=cast.centre, role=Role.LAWYER)
    return cast.rustam


@pytest.fixture
def phone(lawyer: Any) -> Phone:
    return give_phone(lawyer)


@pytest.fixture
def inside(client: Client, cast: Any, lawyer: Any, phone: Phone) -> Client:
    """The lawyer's session after both steps."""
    come_in(client, lawyer, cast.password, phone)
    assert let_in(client)
    return client
