"""The search page shows what it understood, with the way to wider and narrower words; words are offered as one types."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from hamroh.thesaurus import selectors


def links(client, query, lang="en", **asked):
    content = client.get(f"/{lang}/search/", {"q": query, **asked}).content.decode()
    found = re.findall(r'<a [^>]*href="(\?[^"]+)"[^>]*>(.*?)</a>', content, re.DOTALL)
    plain = [
        (unescape(re.sub("<[^>]+>", "", text)).strip(), parse_qs(urlsplit(unescape(href)).query))
        for href, text in found
    ]
    return {text: asked.get("q", [""])[0] for text, asked in plain}


def test_it_leads_to_wider_and_narrower_searches(homes, client):
    found = links(client, "a warm shelter for women")
    assert found["home"] == "a warm home for women"
    assert found["night shelter"] == "a warm night shelter for women"


def test_it_names_them_in_the_readers_language(homes, client):
    assert links(client, "паноҳгоҳ", "ru")["ночлежка"] == "ночлежка"


def test_it_takes_a_concept_away(homes, client):
    assert links(client, "a warm shelter for women")["Take away shelter×"] == "a warm for women"


def test_it_keeps_what_else_was_chosen(homes, client):
    content = client.get("/en/search/", {"q": "shelter", "kind": "concept", "page": "2"}).content.decode()
    href = unescape(re.search(r'href="(\?[^"]*)"[^>]*>night shelter<', content)[1])
    assert parse_qs(urlsplit(href).query) == {"q": ["night shelter"], "kind": ["concept"]}


def test_it_leads_to_the_concept_itself(homes, client):
    assert 'href="/en/thesaurus/homes/c/shelter/"' in client.get("/en/search/", {"q": "shelters"}).content.decode()


def test_it_understands_inflected_words_and_several_concepts(homes):
    said = [(one.typed, one.concept.key) for one in selectors.recognised("Shelters or a HOUSE", "en")]
    assert said == [("Shelters", "shelter"), ("HOUSE", "house")]


@pytest.mark.parametrize("query", ["", "zzz", "\0", '<script>"', "shelter " * 100, "ъ' shelter 💧 «дом»"])
def test_it_bears_any_query(homes, client, query):
    assert client.get("/en/search/", {"q": query}).status_code == 200


def test_it_asks_the_same_number_of_questions_for_one_concept_and_for_three(homes, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        selectors.recognised("shelter", "en")
    with django_assert_max_num_queries(len(few) + 1):
        selectors.recognised("shelter house home", "en")


@pytest.mark.parametrize(
    ("typed", "label"), [("паноҳ", "паноҳгоҳ"), ("панох", "паноҳгоҳ"), ("siginac", "sığınacaq"), ("SHEL", "shelter")]
)
def test_it_offers_words_of_every_language_as_one_types(homes, client, typed, label):
    response = client.get("/az/thesaurus/offered/", {"q": typed})
    assert label in response.json()["found"]
    assert "no-store" in response["Cache-Control"]


def test_it_offers_each_word_once(homes, client):
    found = client.get("/en/thesaurus/offered/", {"q": "s"}).json()["found"]
    assert len(found) == len(set(found))


def test_it_has_a_plain_form_without_script(homes, client):
    content = client.get("/en/thesaurus/", {"q": "shel"}).content.decode()
    assert 'data-lookup="/en/thesaurus/offered/"' in content
    assert '<form method="get"' in content
    assert "night shelter" in content
