"""Who lets records go on the desk: Manizha supervises, Sitora audits, Farzona owns a matter that is due."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hamroh.accounts import recency
from hamroh.accounts.actions import retention as actions
from hamroh.accounts.models import Membership, Organisation, Role, User
from hamroh.vault.models import Release
from sealedroom.cast import make_matter
from sealedroom.keeping import MATTERS

LONG_AGO = dt.date(2019, 3, 4)
QUEUE = "/desk/retention/?of=sealed_matter"


@pytest.fixture(autouse=True)
def demo(settings, fresh_keys):
    """One factor is enough there, on this machine."""
    settings.IS_DEMO = True


def person(name: str, role: str, house: Organisation, **limits: Any) -> User:
    user = User.objects.create_user(name, display_name=name.capitalize(), language="en")
    Membership.objects.create(user=user, organisation=house, role=role, **limits)
    return user


@pytest.fixture
def manizha(cast):
    return person("manizha", Role.SUPERVISOR, cast.centre)


@pytest.fixture
def sitora(cast):
    return person("sitora", Role.AUDITOR, cast.centre)


@pytest.fixture
def farzona(cast):
    return person("farzona", Role.LAWYER, cast.centre)


@pytest.fixture
def matter(cast, farzona):
    return make_matter(cast, closed_week=LONG_AGO, owner=farzona, team="red")


def enter(user, *, confirmed: bool = True) -> Client:
    client = Client()
    client.force_login(user)
    client.cookies["lang"] = "en"
    if confirmed:
        session: Any = client.session
        session[recency.CONFIRMED_AT] = timezone.now().timestamp()
        session.save()
    return client


def code(matter) -> str:
    return str(matter.pk)[:8]


def proposed(manizha, cast, *matters) -> Release:
    row = actions.propose(actor=manizha, organisation=cast.centre, of=MATTERS, ids=[each.pk for each in matters])
    Release.objects.filter(pk=row.pk).update(opens_at=timezone.now())
    row.refresh_from_db()
    return row


def page(client: Client, address: str) -> str:
    answer: Any = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def send(client: Client, name: str, told: dict[str, Any], **kwargs: Any) -> Any:
    return client.post(reverse(f"retention:{name}", kwargs=kwargs), told)
