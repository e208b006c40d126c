"""How much a reader waits for: bytes and queries."""

import gzip
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evidence_reading import page

LISTS = (
    "", "estimates/", "estimates/idps/AZE/2006/", "compare/?concept=idps", "compare/profiles/", "vintages/", "sources/",
    "sources/statistics-2007/", "figure/aze08-6.7g/",
)  # fmt: skip
KILOBYTE = 1024
STYLE_AND_SCRIPT = 11 * KILOBYTE


def asked(client: Client, path: str) -> int:
    page(client, path)
    with CaptureQueriesContext(connection) as queries:
        page(client, path)
    return len(queries)


def _more(people: Any) -> None:
    """Ten more figures for the same, each of a source and a release of its own."""
    from hamroh.evidence.actions import record_source
    from hamroh.evidence.actions.recording import dates, series_of
    from hamroh.evidence.models import ImportBatch, Indicator, Observation

    for number in range(10):
        source = record_source(
            actor=people.nigina, key=f"more-{number}", title=f"More {number}", kind="database", issued="2021"
        )
        vintage = source.vintages.get()
        for area in ("AZE", "TJK", "RUS"):
            series = series_of(Indicator.objects.get(code="idps"), vintage, area, {})
            Observation.objects.create(series=series, value=Decimal(600_000 + number), source=source, **dates("2006"))
        ImportBatch.objects.create(organisation=people.centre, vintage=vintage, digest="0" * 64)


@pytest.mark.parametrize("path", LISTS)
def test_it_asks_no_more_for_more_figures(client: Client, shelf: Any, path: str) -> None:
    few = asked(client, path)
    _more(shelf.people)
    assert 0 < asked(client, path) <= few + 1


@pytest.mark.parametrize("path", LISTS)
def test_it_weighs_little(client: Client, path: str) -> None:
    weight = len(gzip.compress(page(client, path, "tg").encode(), 6))
    assert weight + STYLE_AND_SCRIPT <= 40 * KILOBYTE


def test_it_needs_no_script(client: Client, shelf: Any) -> None:
    assert "<script" not in page(client, f"e/{shelf.edition.code}/")
