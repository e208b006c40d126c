"""Countries side by side, slots side by side, and the search."""

from typing import Any

import pytest
from django.test import Client

from evidence_reading import page
from hamroh.evidence import actions, selectors
from hamroh.evidence.models import Concept


@pytest.fixture
def stock(client: Client) -> Concept:
    return Concept.objects.get(key="migrant_stock")


def test_it_takes_the_newest_release(stock: Concept) -> None:
    found = selectors.comparison(stock, ["AZE", "TJK"])
    assert found.cells["AZE", 2005].code == "desa-migrant_stock-AZE-2005"


def test_it_takes_what_is_preferred(stock: Concept, shelf: Any) -> None:
    rivals = selectors.estimate_set(concept="migrant_stock", area="AZE", period="2005")
    assert rivals is not None
    printed = next(each for each in rivals.figures if each.code == "aze08-1.1a")
    actions.prefer(actor=shelf.people.nigina, among=rivals.figures, preferred=printed, reasons={"en": "?"})
    assert selectors.comparison(stock, ["AZE"]).cells["AZE", 2005].code == "aze08-1.1a"


def test_it_says_where_others_say_otherwise(stock: Concept) -> None:
    found = selectors.comparison(stock, ["AZE", "TJK"])
    assert (found.rivals["AZE", 2005], found.rivals["TJK", 2005]) == (1, 0)


@pytest.mark.parametrize(
    ("lang", "name"), [("en", "Tajikistan"), ("az", "Tacikistan"), ("ru", "Таджикистан"), ("tg", "Тоҷикистон")]
)
def test_it_names_countries_in_the_language(client: Client, lang: str, name: str) -> None:
    assert f'<th scope="row">{name}</th>' in page(client, "compare/?concept=migrant_stock", lang)


def test_it_shows_only_the_chosen_countries(client: Client) -> None:
    assert '<th scope="row">Azerbaijan' not in page(client, "compare/?concept=migrant_stock&area=TJK")


@pytest.mark.parametrize("query", ["?concept=nothing", "?concept=idps&of=%00&area=%00", "?concept=idps&area=XXX", ""])
def test_it_bears_any_address(client: Client, query: str) -> None:
    assert page(client, f"compare/{query}")


def test_it_sets_a_slot_of_all_profiles_side_by_side(client: Client, shelf: Any) -> None:
    from hamroh.evidence.selectors import comparing

    made = selectors.frozen_content(shelf.edition)
    blocks = [block for section in made["sections"] for block in section["blocks"]]
    block = next(each for each in blocks if each["key"] == "1.1a")
    row = comparing._slot_row(shelf.edition, [block])
    assert row.codes == ("aze08-1.1a",)


@pytest.mark.parametrize(
    ("lang", "query", "address"),
    [
        ("en", "migration azerbaijan", "/en/evidence/e/"), ("tg", "озарбойҷон", "/tg/evidence/e/"),
        ("en", "yeni musavat", "/en/evidence/sources/yeni-musavat/"), ("ru", "внутренне перемещённые", "/ru/evidence/compare/?concept=idps"),
    ],
)  # fmt: skip
def test_it_finds_profiles_measures_and_sources(client: Client, lang: str, query: str, address: str) -> None:
    assert f'href="{address}' in page(client, f"?q={query}", lang).replace("&amp;", "&")


def test_it_narrows_the_search_to_a_kind(client: Client) -> None:
    assert "/en/evidence/e/" not in page(client, "?q=azerbaijan&kind=source").partition('class="finds"')[2]


def test_it_is_found_from_the_search_of_the_site(client: Client, shelf: Any) -> None:
    answer: Any = client.get("/en/search/?q=migration&kind=edition")
    assert f"/en/evidence/e/{shelf.edition.code}/" in answer.content.decode()


def test_it_tells_the_index_nothing_of_drafts(client: Client, shelf: Any) -> None:
    told = [each.record_id for each in selectors.search_documents()]
    assert shelf.edition.code in told
    assert shelf.draft.code not in told


def test_it_takes_a_withdrawn_edition_out_of_the_index(client: Client, shelf: Any) -> None:
    from hamroh.evidence.actions.indexing import index_edition
    from hamroh.evidence.models import Edition
    from hamroh.search.models import Record

    Edition.objects.filter(pk=shelf.edition.pk).update(state="withdrawn")
    index_edition(shelf.edition)
    assert not Record.objects.filter(kind="edition").exists()


def test_it_takes_out_what_only_a_withdrawn_edition_counted(client: Client, shelf: Any) -> None:
    from hamroh.evidence.actions.indexing import index_edition
    from hamroh.evidence.models import Edition
    from hamroh.search.models import Record

    Edition.objects.filter(pk=shelf.edition.pk).update(state="withdrawn")
    index_edition(shelf.edition)
    assert not Record.objects.filter(kind="measure", record_id="meskhetian_turks").exists()


def test_it_leaves_the_index_of_other_measures_alone(client: Client, shelf: Any) -> None:
    from hamroh.evidence.selectors.documents import measure_documents, source_documents

    told = {each.record_id for each in measure_documents({"idps"})}
    assert told == {"idps"}
    assert {each.record_id for each in source_documents({"unhcr-2006"})} == {"unhcr-2006"}


def test_it_tells_the_index_words_without_references(client: Client) -> None:
    told = [each for document in selectors.search_documents() for each in document.passages]
    assert any(each.text.startswith("Every IDP counts") for each in told)
    assert [each.text for each in told if "{{" in each.text] == []
