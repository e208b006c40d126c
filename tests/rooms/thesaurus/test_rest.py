"""Programs made for Skosmos find what they ask for, in the shape that they read."""

import json
from urllib.parse import urlencode

import pytest
import rdflib
import skosmos_client
from rooms_thesaurus_data import HOMES

from hamroh.thesaurus import actions, exchange
from hamroh.thesaurus.models import Concept, Scheme

HOME = "http://example.org/homes/"
REST = "/rest/v1/"


def asked(client, path, status=200, **parameters):
    response = client.get(REST + path, parameters)
    assert response.status_code == status, response.content
    assert response["Access-Control-Allow-Origin"] == "*"
    return response.json() if status == 200 else response.content.decode()


def found(client, path="search", **parameters):
    return [one["uri"].removeprefix(HOME) for one in asked(client, path, **parameters)["results"]]


def test_it_serves_a_real_client(live_server, transactional_db):
    exchange.import_file(actor=None, content=HOMES.encode(), code="homes")
    ask = skosmos_client.SkosmosClient(f"{live_server.url}{REST}")
    house = ask.get_concept("homes", f"{HOME}night-shelter")
    assert ask.vocabularies(lang="en") == [{"uri": "homes", "id": "homes", "title": "Homes"}]
    assert [hit["prefLabel"] for hit in ask.search("shelt*", lang="en", vocabs="homes", unique=True)] == ["shelter"]
    assert (
        ask.search("house", lang="en", vocabs=["homes"], parent=f"{HOME}home", unique=True)[0]["localname"] == "house"
    )
    assert ask.get_vocabulary("homes", lang="ru")["title"] == "Жильё"
    assert [top["label"] for top in ask.top_concepts("homes", lang="tg")] == ["хона"]
    assert ask.lookup("homes", "dwelling", lang="en")[0]["prefLabel"] == "home"
    assert ask.groups("homes", lang="en")[0]["prefLabel"] == "Safe places"
    assert {kind["label"] for kind in ask.types("en", vocid="homes")} >= {"Concept", "Collection"}
    assert house.label("ru") == "ночлежка"
    assert {one["prefLabel"] for one in house.broader("en")} == {"shelter", "house"}
    assert set(house.broaderTransitive("en")) == {HOME + key for key in ("night-shelter", "shelter", "house", "home")}
    assert len(ask.get_concept("homes", f"{HOME}home").narrowerTransitive("en")) == 4
    assert ask.get_concept("homes", f"{HOME}house").related("en")[0]["prefLabel"] == "shelter"
    # the client's own ``data`` leaves rdflib to guess the form, which it does no more
    asked = urlencode({"uri": f"{HOME}shelter", "format": "application/rdf+xml"})
    graph = rdflib.Graph().parse(f"{live_server.url}{REST}homes/data?{asked}", format="xml")
    assert (rdflib.URIRef(f"{HOME}shelter"), rdflib.SKOS.prefLabel, rdflib.Literal("паноҳгоҳ", "tg")) in graph


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("shelter", ["shelter"]),
        ("SHEL*", ["shelter", "shelter"]),
        ("*shelter", ["night-shelter", "shelter"]),
        ("*elt*", ["night-shelter", "shelter", "shelter"]),
        ("n*t*r", ["night-shelter"]),
        ("shel", []),
        ("dwelling", ["home"]),
    ],
)
def test_it_meets_patterns(homes, client, query, keys):
    assert found(client, query=query, lang="en") == keys


@pytest.mark.parametrize(("query", "key"), [("панохгох", "shelter"), ("SIĞINACAQ", "shelter"), ("жилище", "home")])
def test_it_meets_patterns_of_any_language_and_keyboard(homes, client, query, key):
    assert found(client, query=query) == [key]


def test_it_says_which_label_met_the_pattern(homes, client):
    (hit,) = asked(client, "search", query="жил*щ*", labellang="en")["results"]
    assert (hit["prefLabel"], hit["lang"], hit["altLabel"], hit["vocab"]) == ("home", "en", "жилище", "homes")


def test_it_keeps_to_vocabularies(layer, client):
    assert found(client, query="*room", vocab="homes") == []
    assert len(found(client, query="*room", vocab="homes homes-tj")) == 1
    assert len(found(client, "homes-tj/search", query="*room")) == 1


def test_it_keeps_to_what_lies_under_a_concept_or_in_a_group(homes, client):
    assert found(client, query="*", lang="en", parent=f"{HOME}house") == ["night-shelter"]
    assert sorted(found(client, lang="ru", group=f"{HOME}safe")) == ["night-shelter", "shelter"]


def test_it_gives_a_page_of_hits(homes, client):
    every = found(client, query="*", lang="en")
    assert len(every) == 6
    assert found(client, query="*", lang="en", maxhits=2, offset=1) == every[1:3]


def test_it_gives_a_concept_once_when_asked(homes, client):
    assert len(found(client, query="*e*", lang="en", unique="true")) == 4


def test_it_adds_fields(homes, client):
    (hit,) = asked(client, "search", query="house", lang="en", fields="prefLabel broader altLabel related")["results"]
    assert hit["prefLabels"] == {"en": "house", "ru": "жилой дом"}
    assert hit["broader"] == [{"uri": f"{HOME}home", "prefLabel": "home"}]
    assert hit["related"][0]["prefLabel"] == "shelter"


def test_it_finds_no_concepts_among_collections(homes, client):
    assert found(client, query="*", type="skos:Collection") == []
    assert len(found(client, query="home", type="skos:Concept")) == 1


def test_it_finds_nothing_that_is_no_longer_used(homes, client):
    Concept.objects.filter(key="shelter").update(status="deprecated")
    assert found(client, query="shelter") == []


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("search", {}),
        ("search", {"query": "a", "maxhits": "0"}),
        ("search", {"query": "a", "offset": "x"}),
        ("vocabularies", {}),
        ("types", {}),
        ("homes/lookup", {}),
        ("homes/broader", {}),
        ("label", {}),
        ("data", {}),
    ],
)
def test_it_says_what_is_missing(homes, client, path, parameters):
    assert asked(client, path, 400, **parameters).startswith("400 : Bad Request")


@pytest.mark.parametrize(
    "path",
    ["none/", "none/search?query=a", "homes/label?uri=urn:x", "homes/lookup?label=zzz", "homes/groupMembers?uri=urn:x"],
)
def test_it_does_not_find_what_is_not_there(homes, client, path):
    assert "Not Found" in asked(client, path, 404)


@pytest.mark.parametrize("query", ["\0", "%", "_", "*" * 200, "a" * 5000, "💧*", "'", '"'])
def test_it_bears_any_pattern(homes, client, query):
    assert client.get(f"{REST}search", {"query": query}).status_code in (200, 400)


def test_it_treats_signs_of_the_database_as_letters(homes, client):
    assert found(client, query="h%*") == []
    assert found(client, query="*_*") == []


def test_it_shows_the_way_down(homes, client):
    nodes = asked(client, "homes/hierarchy", uri=f"{HOME}night-shelter", lang="en")["broaderTransitive"]
    assert nodes[f"{HOME}home"]["top"] == "http://example.org/homes"
    assert {child["label"]: child["hasChildren"] for child in nodes[f"{HOME}home"]["narrower"]} == {
        "house": True,
        "shelter": True,
    }
    assert nodes[f"{HOME}night-shelter"]["hasChildren"] is False


def test_it_shows_what_lies_under_a_concept(homes, client):
    lines = asked(client, "homes/children", uri=f"{HOME}home", lang="en")["narrower"]
    assert [(line["prefLabel"], line.get("notation")) for line in lines] == [("house", "H1"), ("shelter", None)]


def test_it_lists_by_letter(homes, client):
    assert asked(client, "homes/index/", lang="en")["indexLetters"] == ["D", "H", "N", "S"]
    lines = asked(client, "homes/index/D", lang="en")["indexConcepts"]
    assert [(line["prefLabel"], line["altLabel"]) for line in lines] == [("home", "dwelling")]
    assert len(asked(client, "homes/index/*", lang="en")["indexConcepts"]) == 5


def test_it_lists_a_group(homes, client):
    members = asked(client, "homes/groupMembers", uri=f"{HOME}safe", lang="en")["members"]
    assert {line["prefLabel"] for line in members} == {"shelter", "night shelter"}


def test_it_counts(homes, client):
    counts = asked(client, "homes/vocabularyStatistics")
    assert (counts["concepts"]["count"], counts["conceptGroups"]["count"]) == (4, 1)
    said = {line["language"]: line["properties"] for line in asked(client, "homes/labelStatistics")["languages"]}
    assert said["tg"] == [{"property": "skos:prefLabel", "labels": 2}]


def test_it_tells_matches_as_jskos(homes, client):
    (match,) = asked(client, "homes/mappings", uri=f"{HOME}shelter")["mappings"]
    assert match["to"]["memberSet"] == [{"uri": "http://example.org/other/42"}]
    assert match["type"] == ["http://www.w3.org/2004/02/skos/core#exactMatch"]


def test_it_lists_what_came_and_what_changed(homes, client, cast):
    assert len(asked(client, "homes/new", lang="en")["changeList"]) == 4
    own = Scheme.objects.create(code="own", uri="urn:own", layer="organisation", extends=homes, maintainer=cast.centre)
    for key in ("tent", "camp"):
        actions.add_concept(actor=cast.zarina, scheme=own, key=key, labels={"en": key})
    tent, camp = (Concept.objects.get(key=key) for key in ("tent", "camp"))
    actions.retire_concept(actor=cast.zarina, concept=tent, replaced_by=camp)
    first = asked(client, "own/modified", lang="en")["changeList"][0]
    assert (first["prefLabel"], first["deprecated"], first["replacingLabel"]) == ("tent", True, "camp")


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("application/rdf+xml", "xml"),
        ("text/turtle", "turtle"),
        ("application/ld+json", "json-ld"),
        ("application/json", "json-ld"),
    ],
)
def test_it_gives_a_concept_in_the_form_asked_for(homes, client, form, name):
    response = client.get(f"{REST}homes/data", {"uri": f"{HOME}house", "format": form})
    assert response["Content-Type"].startswith(form)
    said = rdflib.Graph().parse(data=response.content, format=name)
    assert rdflib.Literal("H1") in said.objects(rdflib.URIRef(f"{HOME}house"), rdflib.SKOS.notation)


def test_it_leads_from_a_vocabulary_to_its_file(homes, client):
    response = client.get(f"{REST}homes/data", headers={"Accept": "text/turtle"})
    assert response["Location"] == "/id/homes.ttl"


def test_it_refuses_a_form_that_it_has_not(homes, client):
    assert "406" in asked(client, "data", 406, uri=f"{HOME}house", format="application/marcxml+xml")


def test_it_sends_nothing_twice(homes, client):
    first = client.get(f"{REST}homes/topConcepts")
    again = client.get(f"{REST}homes/topConcepts", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_answers_as_json_ld_when_asked(homes, client):
    response = client.get(f"{REST}vocabularies", {"lang": "en"}, headers={"Accept": "application/ld+json"})
    assert response["Content-Type"].startswith("application/ld+json")


@pytest.mark.parametrize(
    "path",
    ["vocabularies?lang=en", "search?query=s*", "homes/hierarchy?uri=http://example.org/homes/house", "homes/groups"],
)
def test_it_answers_in_json_that_is_rdf(homes, client, path):
    document = client.get(REST + path).json()
    document["@context"].setdefault("@base", "http://testserver/")
    document["@context"].setdefault("skosmos", "http://example.org/skosmos#")
    assert len(rdflib.Graph().parse(data=json.dumps(document), format="json-ld"))


def test_it_describes_every_address_of_its_own(homes, client):
    from hamroh.thesaurus import rest_urls

    said = {
        path.lstrip("/").replace("{vocid}", "C").replace("{letter}", "L")
        for path in asked(client, "swagger.json")["paths"]
    }
    had = {
        str(one.pattern).replace("<slug:code>", "C").replace("<vocabulary_key:initial>", "L")
        for one in rest_urls.urlpatterns
    }
    assert said == had - {"swagger.json"}


@pytest.mark.parametrize(
    "path",
    [
        "search?query=*&lang=en&fields=prefLabel broader narrower related",
        "homes/hierarchy?uri=http://example.org/homes/home",
        "homes/narrowerTransitive?uri=http://example.org/homes/home",
        "homes/topConcepts",
        "homes/new",
        "homes/index/*",
    ],
)
def test_it_asks_the_same_number_of_questions_however_much_there_is(homes, client, path, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        client.get(REST + path)
    many = "".join(
        f":p{number} a skos:Concept ; skos:inScheme <http://example.org/homes> ; skos:broader :home ; "
        f'skos:prefLabel "place {number}"@en ; skos:related :house .\n'
        for number in range(40)
    )
    exchange.import_file(actor=None, content=(HOMES + many).encode(), code="homes")
    with django_assert_max_num_queries(len(few)):
        client.get(REST + path)
