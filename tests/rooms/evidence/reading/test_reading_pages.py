"""The web edition of a profile, and the way to it."""

import re
from collections import Counter
from typing import Any

import pytest
from django.test import Client

from evidence_reading import page
from hamroh.evidence.presenting import reading as web
from hamroh.site import messages

LANGUAGES = ("en", "az", "ru", "tg")


@pytest.fixture
def html(client: Client, shelf: Any) -> str:
    return page(client, f"e/{shelf.edition.code}/")


def test_it_lists_the_newest_edition_of_each_country(client: Client, shelf: Any) -> None:
    assert f"/en/evidence/e/{shelf.edition.code}/" in page(client, "")


def test_it_shows_no_draft_among_profiles(client: Client, shelf: Any) -> None:
    assert shelf.draft.code not in page(client, "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_no_draft(client: Client, shelf: Any, lang: str) -> None:
    assert client.get(f"/{lang}/evidence/e/{shelf.draft.code}/").status_code == 404


def test_it_opens_no_withdrawn_edition(client: Client, shelf: Any) -> None:
    from hamroh.evidence.models import Edition

    Edition.objects.filter(pk=shelf.edition.pk).update(state="withdrawn")
    assert client.get(f"/en/evidence/e/{shelf.edition.code}/").status_code == 404


def test_it_leads_from_the_country_to_its_newest_edition(client: Client, shelf: Any) -> None:
    assert client.get("/tg/evidence/p/azerbaijan/")["Location"] == f"/tg/evidence/e/{shelf.edition.code}/"


@pytest.mark.parametrize(
    ("lang", "number"),
    [
        ("en", "2,968"),
        ("az", "2\N{NO-BREAK SPACE}968"),
        ("ru", "2\N{NO-BREAK SPACE}968"),
        ("tg", "2\N{NO-BREAK SPACE}968"),
    ],
)
def test_it_writes_numbers_as_the_language_does(client: Client, shelf: Any, lang: str, number: str) -> None:
    assert f'">{number}</a>' in page(client, f"e/{shelf.edition.code}/", lang)


def test_it_leads_from_each_cell_to_its_figure(html: str, shelf: Any) -> None:
    assert all(
        f"/en/evidence/figure/aze08-T1-{row}-{column}/" in html for row in range(1, 25) for column in range(1, 9)
    )


def test_it_escapes_what_a_profile_says(html: str) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "<script>alert" not in html


def test_it_sets_figures_into_prose(html: str) -> None:
    assert re.search(
        r'Every <abbr title="internally displaced person">IDP</abbr> counts: <a href="/en/evidence/figure/aze08-6.7g/">686,586</a>',
        html,
    )


def test_it_leads_from_a_note_back_to_the_table(html: str) -> None:
    assert re.search(
        r'<li id="n-\d+"[^>]*>Statistical Yearbook of Azerbaijan 2007.*?href="#b-T1" aria-label="Back to Table 1"',
        html,
        re.DOTALL,
    )


def test_it_marks_a_title_in_another_language(client: Client, shelf: Any) -> None:
    assert '<span lang="ru">Миграция в Азербайджане</span>' in page(client, f"e/{shelf.edition.code}/", "tg")


def test_it_says_the_digest_of_what_was_frozen(html: str, shelf: Any) -> None:
    assert shelf.edition.frozen.digest in html


def test_it_shows_errata_beside_the_frozen_text(client: Client, shelf: Any) -> None:
    from hamroh.evidence.models import Erratum

    Erratum.objects.create(
        edition=shelf.edition, block="T1", texts={"en": "The CIS subtotal counts the Baltic states."}
    )
    html = page(client, f"e/{shelf.edition.code}/")
    assert "The CIS subtotal counts the Baltic states." in html
    assert 'href="#b-T1">To the place' in html


def test_it_shows_who_stands_behind_it(client: Client, shelf: Any) -> None:
    from hamroh.evidence.models import Endorsement

    Endorsement.objects.create(
        edition=shelf.edition, body="Council of Ministers", endorsed_date="2026-10-23", digest="0" * 64
    )
    assert "Council of Ministers, " in page(client, f"e/{shelf.edition.code}/")


def test_it_keeps_a_presented_page_at_hand(client: Client, shelf: Any) -> None:
    page(client, f"e/{shelf.edition.code}/", "ru")
    before = web._body.cache_info().hits
    page(client, f"e/{shelf.edition.code}/", "ru")
    assert web._body.cache_info().hits == before + 1


def test_it_shows_answered_findings_beside_their_block(client: Client, shelf: Any) -> None:
    from hamroh.evidence.presenting.page import Mark, Page, PageBlock, Section

    block = PageBlock(
        "n", "narrative", paragraphs=(), marks=(Mark("findings", "The rows do not add up.", "The Baltic rows."),)
    )
    made = Page("x", "en", "t", "AZE", "Azerbaijan", "1", "published", sections=(Section("1", "One", 1, (block,)),))
    html = web.rendered(web.Reading(made))
    assert re.search(r"The rows do not add up\..*The Baltic rows\.", html)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "e/{}/",
        "figure/aze08-6.7n/",
        "estimates/",
        "estimates/idps/AZE/2006/",
        "compare/?concept=migrant_stock",
        "vintages/",
        "sources/unhcr-2006/",
    ],
)
def test_it_uses_each_id_once_and_points_at_what_is_there(client: Client, shelf: Any, path: str) -> None:
    html = page(client, path.format(shelf.edition.code), "tg")
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert [each for each, count in Counter(ids).items() if count > 1] == []
    assert set(re.findall(r'href="#([^"]+)"', html)) - set(ids) == set()


@pytest.mark.parametrize("lang", ["az", "ru", "tg"])
@pytest.mark.parametrize(
    "path",
    [
        "",
        "e/{}/",
        "figure/aze08-6.7n/",
        "estimates/",
        "estimates/idps/AZE/2006/",
        "compare/?concept=migrant_stock",
        "vintages/",
        "sources/",
        "sources/unhcr-2006/",
        "?q=unhcr",
    ],
)
def test_it_says_nothing_in_english_of_its_own(client: Client, shelf: Any, lang: str, path: str) -> None:
    html = page(client, path.format(shelf.edition.code), lang)
    said = {str(each.id) for each in messages.known("evidence", lang) if isinstance(each.id, str) and len(each.id) > 13}
    assert [each for each in sorted(said) if f">{each}<" in html] == []


def test_it_opens_a_section_by_itself(client: Client, shelf: Any) -> None:
    alone = page(client, f"e/{shelf.edition.code}/s/1.1/")
    assert 'id="b-T1"' in alone
    assert 'id="b-T9"' not in alone


def test_it_names_the_whole_edition_as_what_is_cited(client: Client, shelf: Any) -> None:
    alone = page(client, f"e/{shelf.edition.code}/s/1.1/")
    assert re.search(rf'rel="canonical" href="http://[^"]*/e/{shelf.edition.code}/#s-1.1"', alone)


def test_it_shows_with_a_section_its_own_notes_alone(client: Client, shelf: Any) -> None:
    whole, alone = page(client, f"e/{shelf.edition.code}/"), page(client, f"e/{shelf.edition.code}/s/1.1/")
    assert 0 < alone.count('<li id="n-') < whole.count('<li id="n-')


@pytest.mark.parametrize("section", ["9.9", "%00", "../1.1"])
def test_it_opens_no_section_that_is_not_there(client: Client, shelf: Any, section: str) -> None:
    assert client.get(f"/en/evidence/e/{shelf.edition.code}/s/{section}/").status_code == 404


def test_it_opens_no_section_of_a_draft(client: Client, shelf: Any) -> None:
    assert client.get(f"/en/evidence/e/{shelf.draft.code}/s/1.1/").status_code == 404
