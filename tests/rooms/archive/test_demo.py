"""The archive of the demonstration goes through the desk's own actions."""

from typing import Any

import pytest
from django.test import Client

from hamroh.archive.models import Unit
from hamroh.archive.selectors import public_of, with_facts
from hamroh.kernel.consented import Scope, Why
from hamroh.site.demo.people import load_people
from hamroh.site.demo.voices import load_voices

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: Any) -> None:
    settings.IS_DEMO = True
    load_people()
    load_voices()


def test_it_shows_what_consent_does(demo: None) -> None:
    found = {each.reference: public_of(each) for each in with_facts(Unit.objects.filter(level="item"))}
    assert found["DEMO/1/1"].may(Scope.ONLINE)
    assert found["DEMO/1/2"].why(Scope.ONLINE) == Why.ON_SITE_ONLY


def test_it_loads_once(demo: None) -> None:
    before = Unit.objects.count()
    load_voices()
    assert Unit.objects.count() == before


@pytest.mark.parametrize("lang", ["tg", "az", "ru", "en"])
def test_it_says_that_it_is_invented(client: Client, demo: None, lang: str) -> None:
    for each in Unit.objects.all():
        told = client.get(f"/{lang}/archive/u/{each.code}/").content.decode()
        assert 'class="note care"' in told


def test_it_keeps_the_shut_part_shut(client: Client, demo: None) -> None:
    code = Unit.objects.get(reference="DEMO/1/1").code
    assert "Ин қисмро ман" not in client.get(f"/tg/archive/u/{code}/").content.decode()
