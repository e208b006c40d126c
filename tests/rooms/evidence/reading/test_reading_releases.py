"""Later releases that the demonstration brings in stand beside what was printed."""

from typing import Any

import pytest
from django.test import Client

from evidence_reading import page
from hamroh.evidence.models import Observation
from hamroh.site.demo.releases import take_in


@pytest.fixture
def brought(client: Client, shelf: Any) -> None:
    take_in(shelf.people.nigina, shelf.people.centre)


@pytest.mark.parametrize(
    ("printed", "later", "change"),
    [("1,365,004", "1,455,180", "+6.6 %"), ("993,000,000", "1,267,700,000", "+27.7 %"), ("2,618", "2,619", "")],
)
def test_it_sets_them_beside_what_was_printed(
    client: Client, brought: None, printed: str, later: str, change: str
) -> None:
    html = page(client, "vintages/?area=AZE")
    assert all(each in html for each in (printed, later, change))


def test_it_brings_a_release_in_once(client: Client, brought: None, shelf: Any) -> None:
    before = Observation.objects.count()
    take_in(shelf.people.nigina, shelf.people.centre)
    assert Observation.objects.count() == before


def test_it_tells_the_index_of_their_sources(client: Client, brought: None) -> None:
    assert "/en/evidence/sources/undesa-migrant-stock/" in page(client, "?q=international migrant stock")
