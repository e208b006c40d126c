"""Lasting addresses lead people to pages and programs to data; what is gone says what stands in its place."""

import feedparser
import pytest
import rdflib

from hamroh.thesaurus import actions, exchange
from hamroh.thesaurus.models import Concept, Scheme

HOUSE = "/id/homes/house"
HOME = rdflib.Namespace("http://example.org/homes/")
OWL = rdflib.OWL


def lead(client, address, accept, language="en"):
    response = client.get(address, headers={"Accept": accept, "Accept-Language": language})
    assert "Accept" in response["Vary"]
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.status_code, response.get("Location", "")


@pytest.mark.parametrize(
    ("accept", "where"),
    [
        ("text/html", "/en/thesaurus/homes/c/house/"),
        ("*/*", "/en/thesaurus/homes/c/house/"),
        ("text/turtle", f"{HOUSE}.ttl"),
        ("text/html;q=0.4, application/ld+json;q=0.8", f"{HOUSE}.jsonld"),
        ("application/n-triples", f"{HOUSE}.nt"),
        ("application/rdf+xml;q=0.9, text/turtle;q=0.2", f"{HOUSE}.rdf"),
        ("text/turtle;q=0, application/rdf+xml", f"{HOUSE}.rdf"),
    ],
)
def test_it_leads_to_the_form_that_is_liked_best(homes, client, accept, where):
    assert lead(client, HOUSE, accept) == (303, where)


def test_it_leads_to_the_page_in_the_readers_language(homes, client):
    assert lead(client, HOUSE, "text/html", "az, en;q=0.5") == (303, "/az/thesaurus/homes/c/house/")


def test_it_leads_from_a_vocabulary_too(homes, client):
    assert lead(client, "/id/homes", "text/turtle") == (303, "/id/homes.ttl")
    assert lead(client, "/id/homes", "text/html", "ru") == (303, "/ru/thesaurus/homes/")


def test_it_says_what_forms_there_are(homes, client):
    assert lead(client, HOUSE, "image/png")[0] == 406


@pytest.mark.parametrize(("form", "name"), [("ttl", "turtle"), ("rdf", "xml"), ("jsonld", "json-ld"), ("nt", "nt")])
def test_it_gives_data_by_ending(homes, client, form, name):
    response = client.get(f"{HOUSE}.{form}")
    said = rdflib.Graph().parse(data=response.content, format=name)
    assert response["Content-Type"].startswith(exchange.MEDIA_TYPES[form])
    assert (HOME.house, rdflib.SKOS.broader, HOME.home) in said
    assert set(said.subjects()) == {HOME.house}


@pytest.mark.parametrize("form", ["ttl", "rdf", "jsonld", "nt", "csv", "xlsx"])
def test_it_gives_a_whole_vocabulary_by_ending(homes, client, form):
    content = client.get(f"/id/homes.{form}").content
    counts = exchange.import_file(actor=None, content=content, code="homes", dry_run=True).difference.counts()
    assert counts == {"added": 0, "changed": 0, "removed": 0, "unchanged": 4}


def test_it_gives_the_vocabulary_as_it_is_now(homes, cast, client):
    before = client.get("/id/homes.ttl").content
    exchange.import_file(actor=None, content=before.replace(b'"house"', b'"villa"'))
    assert b'"villa"' in client.get("/id/homes.ttl").content


def test_it_writes_no_giant_while_somebody_waits(homes, client, monkeypatch):
    from hamroh.thesaurus.views import identity

    monkeypatch.setattr(identity, "MOST_AT_ONCE", 3)
    assert client.get("/id/homes.ttl").status_code == 403


def test_it_prefers_a_key_with_a_point_to_an_ending(homes, client):
    Concept.objects.filter(key="house").update(key="house.ttl")
    assert lead(client, f"{HOUSE}.ttl", "text/html") == (303, "/en/thesaurus/homes/c/house.ttl/")


@pytest.mark.parametrize("address", [HOUSE, f"{HOUSE}.ttl", "/id/homes.ttl"])
def test_it_sends_nothing_twice(homes, client, address):
    first = client.get(address, follow=True)
    held = {"If-None-Match": first["ETag"]} if "ETag" in first else None
    assert held is None or client.get(address, headers=held).status_code == 304


def test_it_says_when_a_concept_was_changed_last(homes, client):
    assert "GMT" in client.get(f"{HOUSE}.ttl")["Last-Modified"]


@pytest.fixture
def retired(homes, cast):
    own = Scheme.objects.create(code="own", uri="urn:own", layer="organisation", extends=homes, maintainer=cast.centre)
    tent = actions.add_concept(actor=cast.zarina, scheme=own, key="tent", labels={"en": "tent"})
    actions.retire_concept(actor=cast.zarina, concept=tent, replaced_by=Concept.objects.get(key="shelter"))
    return tent


def test_it_says_that_a_concept_is_gone_and_what_to_use(retired, client):
    response = client.get("/id/own/tent", headers={"Accept": "text/html"})
    assert response.status_code == 410
    assert "/en/thesaurus/homes/c/shelter/" in response.content.decode()
    assert response["Link"] == '<http://example.org/homes/shelter>; rel="successor-version"'


@pytest.mark.parametrize("address", ["/id/own/tent", "/id/own/tent.ttl"])
def test_it_says_so_to_programs(retired, client, address):
    response = client.get(address, headers={"Accept": "text/turtle"})
    said = rdflib.Graph().parse(data=response.content, format="turtle")
    assert response.status_code == 410
    assert (rdflib.URIRef(retired.uri), rdflib.DCTERMS.isReplacedBy, HOME.shelter) in said


@pytest.mark.parametrize(
    "address", ["/id/none", "/id/none.ttl", "/id/homes.exe", "/id/homes/none.ttl", "/id/homes/house.exe"]
)
def test_it_does_not_find_what_is_not_there(homes, client, address):
    assert client.get(address).status_code == 404


def test_it_tells_readers_of_feeds_what_changed(retired, client):
    feed = feedparser.parse(client.get("/feeds/thesaurus/own.en.atom").content)
    assert not feed.bozo
    (entry,) = feed.entries
    assert (entry.title, entry.id) == ("tent", retired.uri)
    assert "shelter" in entry.summary


def test_it_writes_feeds_in_the_readers_language(homes, client):
    feed = feedparser.parse(client.get("/feeds/thesaurus/homes.ru.atom").content)
    assert {entry.title for entry in feed.entries} == {"дом", "жилой дом", "убежище", "ночлежка"}


@pytest.mark.parametrize("name", ["none.en.atom", "homes.xx.atom"])
def test_it_has_no_feed_of_what_is_not_there(homes, client, name):
    assert client.get(f"/feeds/thesaurus/{name}").status_code == 404


def test_it_leads_from_the_page_of_a_vocabulary_to_its_files_and_its_feed(homes, client):
    content = client.get("/tg/thesaurus/homes/").content.decode()
    assert 'href="/id/homes.xlsx"' in content
    assert 'href="/feeds/thesaurus/homes.tg.atom"' in content
