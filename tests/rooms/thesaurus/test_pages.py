"""The public pages: by hierarchy, by the alphabet, by group, and one concept with all that is said of it."""

import re

import pytest
from django.urls import reverse
from rooms_thesaurus_data import HOMES

from hamroh.thesaurus import exchange


def page(client, address, **asked):
    response = client.get(address, asked)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def words(client, address, **asked):
    return re.sub("<[^>]+>", "", page(client, address, **asked))


def test_it_lists_the_vocabularies_with_their_layer(client, layer):
    text = words(client, "/en/thesaurus/")
    assert "Homes in Tajikistan National" in text
    assert "lies on: Homes" in text


def test_it_looks_words_up_as_typed(client, homes):
    assert "жилище → дом" in words(client, "/ru/thesaurus/", q="жил")


def test_it_says_when_no_word_begins_so(client, homes):
    assert "No word begins so" in page(client, "/en/thesaurus/", q="zzz")


def test_it_shows_typed_letters_as_text_only(client, homes):
    assert "<script>x" not in page(client, "/en/thesaurus/", q="<script>x")


def test_it_browses_from_wide_to_narrow(client, homes):
    text = words(client, "/en/thesaurus/homes/tree/")
    assert text.index("home") < text.index("house") < text.index("shelter")


def test_it_marks_what_a_layer_adds(client, layer):
    assert '<span class="tag">Homes in Tajikistan</span>' in page(client, "/en/thesaurus/homes/c/house/")


def test_it_orders_the_list_by_the_languages_own_alphabet(client, db):
    from hamroh.thesaurus.actions import load_starter_vocabulary
    from hamroh.thesaurus.selectors import letters

    load_starter_vocabulary(actor=None)
    az, tg = (" ".join(letter for letter, _ in letters("hamroh", lang).letters) for lang in ("az", "tg"))
    assert "C Ç D E Ə F G H X İ" in az
    assert "Г Ғ Д" in tg
    assert "К Қ Л" in tg
    assert "Ч Ҷ Ш" in tg


def test_it_pages_a_long_letter(client, db):
    many = "".join(
        f':p{number} a skos:Concept ; skos:inScheme <http://example.org/homes> ; skos:prefLabel "place {number:03}"@en .\n'
        for number in range(130)
    )
    exchange.import_file(actor=None, content=(HOMES + many).encode(), code="homes")
    text = words(client, "/en/thesaurus/homes/a-z/", letter="P", page=2)
    assert "place 100" in text
    assert "place 099" not in text
    assert "Page 2 of 2" in text


def test_it_lists_in_the_nearest_language_and_says_so(client, layer):
    text = words(client, "/az/thesaurus/homes-tj/a-z/")
    assert "guest room" in text or "меҳмонхона" in text
    assert "Azərbaycanca" in text


def test_it_leads_from_another_name_to_the_preferred_one(client, homes):
    assert "dwelling → home" in words(client, "/en/thesaurus/homes/a-z/", letter="D")


def test_it_hides_labels_that_are_only_found_by(client, homes):
    assert "sheltr" not in page(client, "/en/thesaurus/homes/a-z/", letter="S")
    assert "sheltr" not in page(client, "/en/thesaurus/homes/c/shelter/")


def test_it_shows_a_group(client, homes):
    text = words(client, "/en/thesaurus/homes/g/safe/")
    assert "Safe places" in text
    assert "night shelter" in text


def test_it_shows_a_concept_in_every_language(client, homes):
    text = words(client, "/tg/thesaurus/homes/c/shelter/")
    assert all(label in text for label in ("shelter", "убежище", "sığınacaq", "паноҳгоҳ"))


def test_it_shows_every_way_down_to_a_concept(client, homes):
    text = words(client, "/en/thesaurus/homes/c/night-shelter/")
    assert re.search("home ?› ?house", text)
    assert re.search("home ?› ?shelter", text)


def test_it_marks_words_that_wait_for_a_native_speaker(client, homes):
    from hamroh.thesaurus.models import Label

    assert "to be verified" not in words(client, "/en/thesaurus/homes/c/house/")
    Label.objects.filter(concept__key="house", lang="en").update(certainty="C")
    assert "to be verified" in words(client, "/en/thesaurus/homes/c/house/")


def test_it_makes_no_link_of_an_address_that_no_browser_should_open(client, db):
    evil = HOMES.replace("<http://example.org/other/42>", "<javascript:alert(1)>")
    exchange.import_file(actor=None, content=evil.encode(), code="homes")
    assert 'href="javascript:' not in page(client, "/en/thesaurus/homes/c/shelter/")


@pytest.mark.parametrize(
    "address",
    [
        "/en/thesaurus/none/",
        "/en/thesaurus/homes/c/none/",
        "/en/thesaurus/homes/g/none/",
        "/en/thesaurus/none/a-z/",
        "/id/homes/none",
        "/en/thesaurus/homes/c/a%00b/",
        "/en/thesaurus/homes/g/a%00b/",
    ],
)
def test_it_does_not_find_what_is_not_there(client, homes, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "asked", [{"page": "x"}, {"page": "-1"}, {"page": "9" * 40}, {"letter": "\0"}, {"in": "zz"}, {"letter": "ЯЯ"}]
)
def test_it_bears_nonsense_in_the_address(client, homes, asked):
    assert client.get("/en/thesaurus/homes/a-z/", asked).status_code == 200


def test_it_asks_the_same_number_of_questions_for_a_concept_however_much_there_is(
    client, homes, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/en/thesaurus/homes/c/home/")
    many = "".join(
        f":p{number} a skos:Concept ; skos:inScheme <http://example.org/homes> ; skos:broader :home ; "
        f'skos:prefLabel "place {number}"@en ; skos:related :house .\n'
        for number in range(40)
    )
    exchange.import_file(actor=None, content=(HOMES + many).encode(), code="homes")
    with django_assert_max_num_queries(len(few)):
        client.get("/en/thesaurus/homes/c/home/")


@pytest.mark.parametrize("part", ["tree/", "a-z/?letter=P", "g/safe/"])
def test_it_asks_the_same_number_of_questions_for_lists_however_long(
    client, homes, part, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(f"/en/thesaurus/homes/{part}")
    many = (
        "".join(
            f':p{number} a skos:Concept ; skos:inScheme <http://example.org/homes> ; skos:prefLabel "place {number}"@en .\n'
            f':q{number} a skos:Concept ; skos:inScheme <http://example.org/homes> ; skos:prefLabel "room {number}"@en ; '
            f'skos:altLabel "part {number}"@en ; skos:broader :p{number} .\n'
            for number in range(40)
        )
        + ":safe skos:member "
        + " , ".join(f":p{number}" for number in range(40))
        + " .\n"
    )
    exchange.import_file(actor=None, content=(HOMES + many).encode(), code="homes")
    with django_assert_max_num_queries(len(few) + 2):
        client.get(f"/en/thesaurus/homes/{part}")


def test_it_leads_from_the_lasting_address_to_the_page(client, homes):
    response = client.get("/id/homes/house", headers={"Accept": "text/html", "Accept-Language": "tg"})
    assert (response.status_code, response["Location"]) == (303, "/tg/thesaurus/homes/c/house/")


@pytest.mark.parametrize(
    ("accept", "form"), [("text/turtle", "ttl"), ("application/rdf+xml;q=0.9, text/html;q=0.1", "rdf")]
)
def test_it_answers_programs_at_the_lasting_address(client, homes, accept, form):
    leads = client.get("/id/homes/house", headers={"Accept": accept})
    assert (leads.status_code, leads["Location"]) == (303, f"/id/homes/house.{form}")
    assert "Accept" in leads["Vary"]
    response = client.get(leads["Location"])
    said = list(exchange.parse(response.content))
    assert response["Content-Type"].startswith(exchange.MEDIA_TYPES[form])
    given = [triple for triple in exchange.parse(HOMES.encode()) if triple.subject.endswith("homes/house")]
    assert exchange.same_graph(said, given)


def test_it_shows_public_entries_about_a_concept(client, homes):
    from hamroh.search import actions
    from hamroh.search.documents import Document, Part, Passage

    actions.index_documents(
        [
            Document(
                "service",
                "x1",
                "/{lang}/x/",
                {"en": "Open door"},
                [Passage(Part.TITLE, "en", "Open door")],
                facets={"subject": ["shelter", "home"]},
            )
        ]
    )
    shown = page(client, "/en/thesaurus/homes/c/home/")
    assert "Open door" in shown
    assert "/en/x/" in shown


def test_it_names_addresses():
    assert reverse("thesaurus-desk:bring") == "/desk/thesaurus/"
