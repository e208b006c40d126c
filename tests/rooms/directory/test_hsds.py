"""The HSDS API and data package, held against the schemas of the specification."""

import csv
import datetime as dt
import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.utils import timezone
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

SCHEMAS = Path(__file__).parents[2] / "data" / "hsds"
CANARY = "Kucha Canary 77"
LISTS = ("organizations", "services", "locations", "service_at_locations", "taxonomies", "taxonomy_terms")


def schema(name: str) -> jsonschema.Draft202012Validator:
    loaded = {path.name: json.loads(path.read_text("utf-8")) for path in SCHEMAS.glob("*.json")}
    resources = [(key, Resource(contents=each, specification=DRAFT202012)) for key, each in loaded.items()]
    return jsonschema.Draft202012Validator(
        loaded[f"{name}.json"],
        registry=Registry().with_resources(resources),
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )


@dataclass
class World:
    """A legal centre in Vakhsh with an office, a shelter with a canary address, and what may not be seen."""

    centre: Any
    advice: Any
    shelter: Any
    office: Any
    hidden_office: Any
    vakhsh: Any
    concept: Any


def _units() -> Any:
    from hamroh.directory.models import AdminUnit, UnitAncestor

    rows = [
        ("tj", 1438, "country", None, "TJ"),
        ("tj-kt", 4119, "region", "tj", ""),
        ("tj-kt-vakhsh", 7, "district", "tj-kt", ""),
    ]
    units: dict[str, Any] = {}
    for key, code, level, parent, iso in rows:
        name = {"en": key, "tg": f"{key} бо тоҷикӣ"}
        units[key] = AdminUnit.objects.create(
            key=key, code=code, level=level, parent=units.get(parent or ""), iso=iso, names=name
        )
        line, distance = units[key], 0
        while line is not None:
            UnitAncestor.objects.create(unit=units[key], ancestor=line, distance=distance)
            line, distance = line.parent, distance + 1
    return units["tj-kt-vakhsh"]


def _concept() -> Any:
    from hamroh.thesaurus.models import Concept, ConceptAncestor, Label, Scheme

    scheme = Scheme.objects.create(code="help", uri="https://example.org/help", titles={"en": "Kinds of help"})
    concept = Concept.objects.create(scheme=scheme, key="legal-advice", uri="https://example.org/help/legal-advice")
    ConceptAncestor.objects.create(concept=concept, ancestor=concept, distance=0)
    for lang, text in (("en", "legal advice"), ("tg", "маслиҳати ҳуқуқӣ")):
        Label.of(concept, lang, text).save()
    return concept


@pytest.fixture
def world(db: None) -> World:
    from hamroh.directory import models

    vakhsh, concept = _units(), _concept()
    centre = models.Party.objects.create(
        kind="registered_ngo", names={"en": "Legal centre", "tg": "Маркази ҳуқуқӣ"}, state="listed", founded="1998-05"
    )
    office = models.Location.objects.create(
        party=centre, confidentiality="public", unit=vakhsh, names={"en": "Office"}, address={"en": "Rudaki 5"}
    )
    hidden_office = models.Location.objects.create(
        party=centre, confidentiality="phone_first", unit=vakhsh, names={"en": f"House at {CANARY}"}
    )
    advice = models.Service.objects.create(
        party=centre,
        names={"en": "Advice on alimony", "tg": "Маслиҳат оид ба алимент"},
        state="listed",
        cost="free",
        languages=["tg", "ru"],
        documents=[{"en": "Passport, if there is one"}],
        verified_date=dt.date(2026, 10, 1),
    )
    advice.kinds.add(concept)
    for place in (office, hidden_office):
        models.ServiceAtLocation.objects.create(service=advice, location=place, note={"en": "room 2"})
    models.Phone.objects.create(party=centre, number="+992372211111", dialable=True, languages=["tg"])
    models.Phone.objects.create(party=centre, service=advice, number="22-33", printed="2008")
    models.Schedule.objects.create(
        service=advice, location=office, days=["MO", "TU"], opens_at=dt.time(9), closes_at=dt.time(17)
    )
    models.Schedule.objects.create(service=advice, unit=vakhsh, date=dt.date(2026, 12, 1), opens_at=dt.time(10))
    models.ServiceArea.objects.create(service=advice, unit=vakhsh)
    models.Capacity.objects.create(service=advice, unit="appointment", available=0, updated_at=timezone.now())
    return World(centre, advice, _shelter(centre, vakhsh), office, hidden_office, vakhsh, concept)


def _shelter(centre: Any, unit: Any) -> Any:
    """A shelter whose editor went past every rule and left its address on a public place."""
    from hamroh.directory import models

    shelter = models.Service.objects.create(party=centre, names={"en": "Shelter"}, state="listed", crisis=True)
    hotline = models.Phone.objects.create(party=centre, number="1313", kind="hotline", dialable=True)
    models.SecretPlace.objects.create(service=shelter, ask=hotline)
    place = models.Location.objects.create(
        party=centre, confidentiality="public", unit=unit, address={"en": CANARY}, directions={"en": CANARY}
    )
    models.ServiceAtLocation.objects.create(service=shelter, location=place, note={"en": CANARY})
    models.Schedule.objects.create(service=shelter, location=place, days=["MO"], note={"en": CANARY})
    models.Capacity.objects.create(service=shelter, unit="bed", available=3, updated_at=timezone.now())
    return shelter


def _unlisted(world: World) -> list[Any]:
    """A draft, a network-only entry, a poet without consent and a group whose consent has run out, each with a service."""
    from hamroh.directory import models

    kinds = [
        {"state": "draft"},
        {"visibility": "network"},
        {"kind": "poet"},
        {"kind": "unregistered_group"},
    ]
    rows = []
    for number, fields in enumerate(kinds):
        given = {"kind": "registered_ngo", "state": "listed", "names": {"en": f"Unseen {number}"}} | fields
        party = models.Party.objects.create(**given)
        rows.append(models.Service.objects.create(party=party, names={"en": f"Unseen help {number}"}, state="listed"))
        models.Location.objects.create(party=party, confidentiality="area_only", unit=world.vakhsh)
    models.ListingConsent.objects.create(
        party=rows[-1].party,
        how="paper",
        text_version="1",
        given_date=dt.date(2020, 1, 1),
        expires_date=dt.date(2021, 1, 1),
    )
    return rows


def test_it_says_which_version_and_profile_it_speaks(client, db):
    told = client.get("/api/hsds/").json()
    assert told["version"] == "3.0"
    assert told["profile"].endswith("/api/hsds/profile")
    assert client.get("/api/hsds/profile").json()["uri"] == told["profile"]
    assert client.get("/api/hsds/openapi.json").json()["openapi"].startswith("3.")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("services", "service"),
        ("services?full=true", "service"),
        ("organizations", "organization"),
        ("organizations?full=true", "organization"),
        ("organizations?full_service=true", "organization"),
        ("locations", "location"),
        ("service_at_locations", "service_at_location"),
        ("service_at_locations?full=true", "service_at_location"),
        ("taxonomies", "taxonomy"),
        ("taxonomy_terms", "taxonomy_term"),
    ],
)
def test_it_answers_lists_that_fit_the_schemas(client, world, path, name):
    page = client.get(f"/api/hsds/{path}").json()
    assert page["contents"]
    for item in page["contents"]:
        schema(name).validate(item)
        for service in item.get("services", []):
            schema("service").validate(service)


@pytest.mark.parametrize("lang", ["en", "az", "ru", "tg"])
@pytest.mark.parametrize(
    "what", ["service", "organization", "location", "service_at_location", "taxonomy", "taxonomy_term"]
)
def test_it_answers_single_records_that_fit_the_schemas(client, world, what, lang):
    plural = {"taxonomy": "taxonomies"}.get(what, f"{what}s")
    for item in client.get(f"/api/hsds/{plural}").json()["contents"]:
        schema(what).validate(client.get(f"/api/hsds/{plural}/{item['id']}", {"lang": lang}).json())


def test_it_nests_everything_that_hangs_on_a_service(client, world):
    told = client.get(f"/api/hsds/services/{world.advice.id}").json()
    assert told["assured_date"] == "2026-10-01"
    assert told["attributes"][0]["taxonomy_term"]["name"] == "legal advice"
    assert told["service_areas"][0]["unit"] == "tj-kt-vakhsh"
    assert told["required_documents"][0]["document"] == "Passport, if there is one"
    assert told["cost_options"][0]["amount"] == 0
    assert told["capacities"][0]["available"] == 0
    assert {language["code"] for language in told["languages"]} == {"tg", "ru"}
    weekly, once = told["schedules"]
    assert (weekly["byday"], weekly["freq"], weekly["opens_at"]) == ("MO,TU", "WEEKLY", "09:00+05:00")
    assert (once["dtstart"], once["count"], once["unit"]) == ("2026-12-01", 1, "tj-kt-vakhsh")


def test_it_holds_capacities_against_the_draft_of_3_1(client, world):
    for capacity in client.get(f"/api/hsds/services/{world.advice.id}").json()["capacities"]:
        schema("service_capacity").validate(capacity)


def test_it_says_that_a_printed_number_is_not_to_be_called(client, world):
    phone = client.get(f"/api/hsds/services/{world.advice.id}").json()["phones"][0]
    assert phone["dialable"] is False
    assert "2008" in phone["description"]


def test_it_speaks_the_language_that_was_asked_for(client, world):
    told = client.get(f"/api/hsds/services/{world.advice.id}?lang=tg").json()
    assert told["name"] == "Маслиҳат оид ба алимент"
    assert client.get(f"/api/hsds/services/{world.shelter.id}?lang=tg").json()["name"] == "Shelter"


def _everything(client, world) -> str:
    """Every answer of both interfaces and every export, as one text."""
    paths = [f"/api/hsds/{each}{query}" for each in LISTS for query in ("", "?full=true", "?format=ndjson&full=true")]
    paths += ["/api/hsds/organizations?full_service=true", "/api/hsds/services?minimal=true"]
    for each in LISTS:
        paths += [f"/api/hsds/{each}/{row['id']}" for row in client.get(f"/api/hsds/{each}").json()["contents"]]
    answers = []
    for path in paths:
        response = client.get(path)
        assert response.status_code == 200, path
        answers.append((b"".join(response) if response.streaming else response.content).decode())
    with zipfile.ZipFile(_package(client)) as archive:
        answers += [archive.read(name).decode() for name in archive.namelist()]
    return "\n".join(answers)


def _package(client) -> io.BytesIO:
    return io.BytesIO(b"".join(client.get("/api/hsds/datapackage.zip")))


def test_it_tells_no_address_of_a_hidden_place_anywhere(client, world):
    assert CANARY not in _everything(client, world)


def test_it_tells_of_a_shelter_only_whom_to_ask(client, world):
    told = client.get(f"/api/hsds/services/{world.shelter.id}").json()
    assert told["secret_place"] is True
    assert [phone["number"] for phone in told["phones"]] == ["1313"]
    assert not {"service_at_locations", "schedules", "capacities"} & set(told)


def test_it_tells_an_address_of_a_public_place_only(client, world):
    public, hidden = (client.get(f"/api/hsds/locations/{row.id}").json() for row in (world.office, world.hidden_office))
    assert public["addresses"][0]["address_1"] == "Rudaki 5"
    assert public["addresses"][0]["country"] == "TJ"
    assert "addresses" not in hidden
    assert hidden["name"] == "tj-kt-vakhsh"


def test_it_shows_nothing_that_is_not_public(client, world):
    rows = _unlisted(world)
    seen = _everything(client, world)
    assert "Unseen" not in seen
    assert not [row for row in rows if str(row.id) in seen or str(row.party_id) in seen]
    for row in rows:
        assert client.get(f"/api/hsds/services/{row.id}").status_code == 404
        assert client.get(f"/api/hsds/organizations/{row.party_id}").status_code == 404


def test_it_shows_a_poet_who_consents(client, world):
    from hamroh.directory import models

    service = _unlisted(world)[2]
    today = timezone.now().date()
    models.ListingConsent.objects.create(
        party=service.party, how="paper", text_version="1", given_date=today, expires_date=today + dt.timedelta(365)
    )
    assert client.get(f"/api/hsds/organizations/{service.party_id}").status_code == 200


def test_it_names_an_official_and_nobody_without_consent(client, world):
    from hamroh.directory import models

    court = models.Party.objects.create(kind="court", names={"en": "Court"}, state="listed")
    models.Officer.objects.create(party=court, names={"en": "Judge Known"}, public_office=True)
    models.Officer.objects.create(party=court, names={"en": "Judge Former"}, public_office=True, until="2010")
    models.Officer.objects.create(party=world.centre, names={"en": "Head Unasked"})
    seen = _everything(client, world)
    assert "Judge Known" in seen
    assert "Judge Former" not in seen
    assert "Head Unasked" not in seen


def test_it_cuts_a_list_into_pages(client, world):
    page = client.get("/api/hsds/services?per_page=1&page=2").json()
    assert {name: page[name] for name in page if name != "contents"} == {
        "total_items": 2,
        "total_pages": 2,
        "page_number": 2,
        "size": 1,
        "first_page": False,
        "last_page": True,
        "empty": False,
    }


def test_it_answers_an_empty_page_past_the_end(client, world):
    page = client.get("/api/hsds/services?page=9").json()
    assert (page["empty"], page["contents"], page["last_page"]) == (True, [], True)


def test_it_keeps_a_page_within_its_bounds(client, world, monkeypatch):
    from hamroh.directory.api import pages

    monkeypatch.setattr(pages, "MOST", 1)
    monkeypatch.setattr("hamroh.directory.api.hsds.MOST_FULL", 1)
    assert client.get("/api/hsds/services?full=true&per_page=100000").json()["size"] == 1


def test_it_joins_filters_with_and(client, world):
    both = {"taxonomy_term_id": world.concept.id, "organization_id": world.centre.id}
    found = client.get("/api/hsds/services", both).json()["contents"]
    assert [each["id"] for each in found] == [str(world.advice.id)]
    other = {"taxonomy_term_id": world.concept.id, "organization_id": world.advice.id}
    assert client.get("/api/hsds/services", other).json()["contents"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"modified_after": "2000-01-01T00:00:00Z"}, 2),
        ({"modified_after": "2999-01-01T00:00:00Z"}, 0),
        ({"unit": "tj-kt-vakhsh"}, 1),
        ({"unit": "tj-kt"}, 1),
        ({"unit": "az"}, 0),
    ],
)
def test_it_chooses_services_by(client, world, query, found):
    assert client.get("/api/hsds/services", query).json()["total_items"] == found


@pytest.mark.parametrize(
    ("words", "found"), [("LEGAL bureau", 1), ("хукуки", 1), ("legal shelter", 0), ("perspektiva", 1)]
)
def test_it_finds_services_by_every_word_of_their_names(client, advice, words, found):
    assert client.get("/api/hsds/services", {"search": words}).json()["total_items"] == found


def test_it_chooses_services_by_vocabulary(client, world):
    found = client.get("/api/hsds/services", {"taxonomy_id": world.concept.scheme_id}).json()
    assert found["total_items"] == 1


def test_it_lists_every_service_shortly(client, world):
    page = client.get("/api/hsds/services?minimal=true&per_page=1").json()
    assert page["size"] == 2
    assert set(page["contents"][0]) == {"id", "modified_date", "last_modified"}


def test_it_says_that_it_knows_no_postcodes(client, world):
    response = client.get("/api/hsds/service_at_locations?postcode=734000&proximity=500")
    assert response.status_code == 400
    assert "unit" in response.json()["message"]


def test_it_streams_lines(client, world):
    response = client.get("/api/hsds/services?format=ndjson&per_page=1")
    lines = [json.loads(line) for line in b"".join(response).decode().splitlines()]
    assert len(lines) == 2


def test_it_names_a_wrong_parameter_and_not_what_it_held(client, world):
    response = client.get("/api/hsds/services?organization_id=canary-value")
    assert response.status_code == 400
    assert response.json()["parameters"][0]["parameter"] == "organization_id"
    assert "canary-value" not in response.content.decode()


def test_it_lets_other_sites_read_and_spares_them_what_did_not_change(client, world):
    first = client.get("/api/hsds/services")
    assert first["Access-Control-Allow-Origin"] == "*"
    again = client.get("/api/hsds/services", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_it_refuses_writing(client, world):
    assert client.post("/api/hsds/services", {}, content_type="application/json").status_code == 405


def _tables(client) -> tuple[dict[str, Any], dict[str, list[dict[str, str]]]]:
    with zipfile.ZipFile(_package(client)) as archive:
        told = json.loads(archive.read("datapackage.json"))
        texts = {each["name"]: archive.read(each["path"]).decode() for each in told["resources"]}
    return told, {name: list(csv.DictReader(io.StringIO(text, newline=""))) for name, text in texts.items()}


def test_it_packs_tables_whose_fields_are_those_of_the_specification(client, world):
    told, tables = _tables(client)
    official = {
        each["name"]: each for each in json.loads((SCHEMAS / "datapackage.json").read_text("utf-8"))["resources"]
    }
    for resource in told["resources"]:
        mine = {field["name"]: field for field in resource["schema"]["fields"]}
        theirs = {field["name"]: field for field in official[resource["name"]]["schema"]["fields"]}
        assert resource["path"] == official[resource["name"]]["path"]
        assert {name for name, field in theirs.items() if field["constraints"]["required"]} <= set(mine)
        added = {name for name, field in mine.items() if "description" in field}
        assert set(mine) - added <= set(theirs)
        assert [mine[name]["type"] for name in mine if name in theirs and mine[name]["type"] == "number"] == [
            theirs[name]["type"] for name in mine if name in theirs and theirs[name]["type"] == "number"
        ]
    assert tables["service"]


def test_it_packs_rows_that_keep_the_rules_of_their_tables(client, world):
    told, tables = _tables(client)
    ids = {name: {row["id"] for row in rows} for name, rows in tables.items()}
    for resource in told["resources"]:
        rows = tables[resource["name"]]
        assert len(ids[resource["name"]]) == len(rows)
        for field in resource["schema"]["fields"]:
            if field["constraints"]["required"] and field["name"] != "postal_code":
                assert all(row[field["name"]] for row in rows), (resource["name"], field["name"])
        for link in resource["schema"].get("foreignKeys", []):
            pointed = {row[link["fields"]] for row in rows} - {""}
            assert pointed <= ids[link["reference"]["resource"]], (resource["name"], link)


def test_it_packs_a_number_and_a_language_for_each_phone(client, world):
    _, tables = _tables(client)
    assert {row["number"] for row in tables["phone"]} == {"+992372211111", "22-33", "1313"}
    assert "tg" in {row["code"] for row in tables["language"] if row["phone_id"]}


def test_it_disarms_formulas_in_tables(client, world):
    world.advice.names = {"en": "=HYPERLINK(1)"}
    world.advice.save()
    _, tables = _tables(client)
    assert "'=HYPERLINK(1)" in {row["name"] for row in tables["service"]}
