"""The public API: what it tells, and a description that only grows."""

import json
from pathlib import Path

import pytest

SNAPSHOT = Path(__file__).parents[2] / "data" / "api" / "v1.json"
CANARY = "Kucha Canary 77"


@pytest.fixture
def shelter(cast, bureau, concepts):
    """A shelter whose place was linked past every rule."""
    from hamroh.directory import actions
    from hamroh.directory.actions import ServiceFacts
    from hamroh.directory.models import Location, Schedule, ServiceAtLocation

    facts = ServiceFacts(names={"en": "A safe night"}, kinds=("hm9001",))
    row = actions.create_service(actor=cast.zarina, party=bureau, facts=facts, key="night")
    place = Location.objects.create(party=bureau, confidentiality="public", address={"en": CANARY})
    ServiceAtLocation.objects.create(service=row, location=place)
    Schedule.objects.create(service=row, location=place, days=["MO"], note={"en": CANARY})
    return actions.list_entry(actor=cast.zarina, entry=row)


def _items(client, path, **query):
    return client.get(f"/api/v1/{path}", query).json()["items"]


def test_it_tells_of_a_party_with_its_services(client, bureau, advice):
    told = client.get(f"/api/v1/parties/{bureau.code}").json()
    assert told["names"] == {"en": "Bureau of rights", "tg": "Бюрои ҳуқуқ"}
    assert told["subjects"] == ["hm0063"]
    assert told["services"][0]["code"] == advice.code
    assert told["places"][0]["address"] == {"en": "12 Vahdat St"}
    assert {phone["number"]: phone["dialable"] for phone in told["phones"]} == {"+992446000123": True, "2-31-45": False}


def test_it_tells_of_a_service(client, advice, bureau):
    told = client.get(f"/api/v1/services/{advice.code}").json()
    assert told["party"] == bureau.code
    assert told["kinds"] == ["hm0064"]
    assert told["hours"][0]["days"] == ["MO"]
    assert told["verified_on"] is None


@pytest.mark.parametrize(
    ("path", "query", "found"),
    [
        ("services", {"kind": "hm0063"}, 1),
        ("services", {"kind": "hm0152"}, 0),
        ("services", {"place": "tj-kt-vakhsh"}, 1),
        ("services", {"place": "az"}, 0),
        ("services", {"verified": "true"}, 0),
        ("parties", {"place": "tj-kt"}, 1),
        ("parties", {"kind": "media"}, 0),
        ("parties", {"subject": "hm0063"}, 1),
        ("places", {"parent": "tj-kt"}, 2),
        ("places", {"level": "country"}, 2),
        ("parties", {"page": 9}, 0),
    ],
)
def test_it_narrows_lists(client, advice, path, query, found):
    assert len(_items(client, path, **query)) == found


def test_it_tells_no_address_of_a_shelter(client, advice, shelter):
    codes = [row["code"] for row in _items(client, "services")] + [row["code"] for row in _items(client, "parties")]
    paths = [f"{kind}/{code}" for code in codes for kind in ("services", "parties")]
    told = [client.get(f"/api/v1/{path}").content.decode() for path in ("services", "parties", *paths)]
    assert CANARY not in "".join(told)
    assert client.get(f"/api/v1/services/{shelter.code}").json()["places"] == []


def test_it_does_not_know_drafts(client, cast, bureau, advice):
    from hamroh.directory import actions

    actions.unlist_entry(actor=cast.zarina, entry=bureau)
    assert client.get(f"/api/v1/parties/{bureau.code}").status_code == 404
    assert client.get(f"/api/v1/services/{advice.code}").status_code == 404
    assert _items(client, "services") == []


def test_it_tells_of_needs(client, concepts):
    from hamroh.directory.models import Need, NeedConcept

    need = Need.objects.create(code=7, sentences={"en": "He stopped sending money."})
    NeedConcept.objects.create(need=need, concept=concepts["hm0063"], weight=0.4)
    NeedConcept.objects.create(need=need, concept=concepts["hm0064"], weight=0.9)
    (told,) = client.get("/api/v1/needs").json()
    assert told["leads_to"] == ["hm0064", "hm0063"]


def test_it_finds_what_the_search_page_finds(client, advice):
    (hit,) = _items(client, "search", q="machvarati huquqi, машварати ҳуқуқӣ", lang="tg", kind="service")
    assert (hit["code"], hit["title"]) == (advice.code, "Машварати ҳуқуқӣ")


def test_it_has_no_page_with_scripts_of_others(client, db):
    assert client.get("/api/v1/docs").status_code == 404


def test_it_describes_itself_without_loss(client, db):
    """A path, a parameter or a field that was told once stays; write the file anew to add some."""
    now = client.get("/api/v1/openapi.json").json()
    lost = list(_lost(json.loads(SNAPSHOT.read_text("utf-8")), now, ""))
    assert lost == []


def test_it_writes_its_description_down(client, db):
    now = client.get("/api/v1/openapi.json").json()
    assert json.loads(SNAPSHOT.read_text("utf-8"))["paths"].keys() == now["paths"].keys()


def _lost(before, now, where):
    """Paths to everything that was told before and is not told now; words of explanation may change."""
    if isinstance(before, dict):
        for name in before.keys() - {"description", "summary", "title"}:
            known = isinstance(now, dict) and name in now
            yield from _lost(before[name], now[name], f"{where}/{name}") if known else [f"{where}/{name}"]
    elif isinstance(before, list) and before and isinstance(before[0], dict) and "name" in before[0]:
        known = {each["name"]: each for each in now}
        for each in before:
            yield from _lost(each, known.get(each["name"]), f"{where}/{each['name']}")
    elif isinstance(before, list):
        yield from (f"{where}: {each}" for each in before if each not in now)
    elif before != now:
        yield f"{where}: {before}"


def test_it_says_why_each_hit_is_there_and_what_could_be_chosen(client, advice):
    told = client.get("/api/v1/search", {"q": "legal advice", "lang": "en"}).json()
    assert {reason["found"] for reason in told["items"][0]["why"]} >= {"Legal"}
    assert told["facets"]["room"] == [{"value": "directory", "count": told["total"]}]


@pytest.mark.parametrize(("asked", "count"), [({"room": "library"}, 0), ({"room": ["library", "directory"]}, 1)])
def test_it_searches_within_rooms(client, advice, asked, count):
    assert client.get("/api/v1/search", {"q": "legal advice", "kind": "service", **asked}).json()["total"] == count


def test_it_refuses_a_year_that_is_none(client):
    assert client.get("/api/v1/search", {"q": "x", "since": "08"}).status_code == 400
