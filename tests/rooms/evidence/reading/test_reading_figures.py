"""A figure's own page, sources, and what the same says in other releases."""

import re
from typing import Any

import pytest
from django.test import Client

from evidence_reading import page

pytestmark = pytest.mark.usefixtures("db")


def test_it_shows_a_figure_as_it_was_printed(client: Client) -> None:
    html = page(client, "figure/aze08-2.2g/")
    assert "1.15 million" in html
    assert "1,150,000" in html


def test_it_shows_the_whole_chain_of_citations(client: Client) -> None:
    html = page(client, "figure/aze08-2.2g/")
    places = [html.index(name) for name in ("Aliyev 2006", "Yeni Musavat", "Ekho Moskvy", "Russian State Registry")]
    assert places == sorted(places)


def test_it_shows_who_disagrees(client: Client) -> None:
    assert "/en/evidence/figure/aze08-6.7n/" in page(client, "figure/aze08-6.7g/")


def test_it_shows_where_a_figure_stands(client: Client, shelf: Any) -> None:
    assert f"/en/evidence/e/{shelf.edition.code}/#b-T1" in page(client, "figure/aze08-T1-3-1/")


def test_it_says_flags_in_words(client: Client) -> None:
    assert "Provisional" in page(client, "figure/aze08-2.2a/")


@pytest.mark.parametrize(
    "path",
    [
        "figure/secret-idps/",
        "figure/no-such/",
        "sources/no-such/",
        "estimates/idps/TJK/2006/",
        "estimates/nothing/AZE/2006/",
    ],
)
def test_it_answers_a_draft_and_nothing_alike(client: Client, path: str) -> None:
    assert client.get(f"/en/evidence/{path}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "figure/aze08-6.7g/",
        "estimates/idps/AZE/2006/",
        "sources/statistics-2007/",
        "vintages/",
        "compare/?concept=idps",
        "estimates/",
    ],
)
def test_it_lets_no_figure_of_a_draft_out(client: Client, path: str) -> None:
    html = page(client, path)
    assert "secret-idps" not in html
    assert "123,456" not in html


def test_it_shows_what_was_known_on_a_day(client: Client) -> None:
    assert client.get("/en/evidence/figure/aze08-6.7g/?as_of=2020-01-01").status_code == 404
    assert client.get("/en/evidence/figure/aze08-6.7g/?as_of=2999-01-01").status_code == 200
    assert client.get("/en/evidence/figure/aze08-6.7g/?as_of=soon").status_code == 200


def test_it_tells_which_figure_corrects_one(client: Client, shelf: Any) -> None:
    from hamroh.evidence.models import Erratum, Observation

    wrong = Observation.objects.get(code="aze08-6.7h")
    right = Observation.objects.create(
        series=wrong.series, period=wrong.period, first_date=wrong.first_date, last_date=wrong.last_date, value=632,
        source=wrong.source, locator="erratum", supersedes=wrong, code="aze08-6.7h-2",
    )  # fmt: skip
    Erratum.objects.create(edition=shelf.edition, observation=right, texts={"en": "632"})
    assert "/en/evidence/figure/aze08-6.7h-2/" in page(client, "figure/aze08-6.7h/")


def test_it_shows_what_cites_a_source(client: Client) -> None:
    assert "/en/evidence/sources/aliyev-moscow/" in page(client, "sources/yeni-musavat/")


def test_it_lists_sources_with_their_figures(client: Client) -> None:
    assert "/en/evidence/sources/unhcr-2006/" in page(client, "sources/?page=2") + page(client, "sources/")


def test_it_sets_printed_figures_beside_later_releases(client: Client) -> None:
    html = page(client, "vintages/?area=AZE")
    assert "181,818" in html
    assert "301,834" in html
    assert "+66 %" in html


def test_it_says_the_day_of_a_release_in_words(client: Client) -> None:
    assert "15\N{NO-BREAK SPACE}июни 2007" in page(client, "figure/aze08-T9-5-1/", "tg")


def test_it_says_how_a_figure_is_cited(client: Client, shelf: Any) -> None:
    html = page(client, "figure/aze08-6.7g/")
    assert re.search(r"ICMPD 2005.*Hamroh, figure aze08-6\.7g, recorded on .*/en/evidence/figure/aze08-6\.7g/", html)


@pytest.mark.parametrize(("form", "begin"), [("ris", "TY  - DATA"), ("bib", "@misc{hamroh-aze08-6.7g")])
def test_it_gives_a_figure_to_reference_managers(client: Client, shelf: Any, form: str, begin: str) -> None:
    answer = client.get(f"/en/evidence/figure/aze08-6.7g/cite.{form}")
    assert answer.content.decode().startswith(begin)
    assert "686,586" in answer.content.decode()


@pytest.mark.parametrize("path", ["aze08-6.7g/cite.exe", "nothing/cite.ris"])
def test_it_cites_nothing_that_is_not_there(client: Client, shelf: Any, path: str) -> None:
    assert client.get(f"/en/evidence/figure/{path}").status_code == 404


@pytest.mark.parametrize("path", ["", "figure/aze08-6.7g/", "compare/?concept=idps"])
def test_it_says_whose_borders_and_names_these_are(client: Client, shelf: Any, path: str) -> None:
    assert "say nothing of whom a place belongs to" in page(client, path)
