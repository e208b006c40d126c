"""``/oai`` as harvesters ask it: every verb, every error, pages that stay in place, what was taken back."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

pytestmark = pytest.mark.django_db
OAI, DC = "{http://www.openarchives.org/OAI/2.0/}", "{http://purl.org/dc/elements/1.1/}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture(autouse=True)
def _one_library(settings: Any) -> Iterator[None]:
    """Whatever other rooms offer, these tests ask the library alone."""
    from hamroh.site.oai import listing

    settings.OAI_PRODUCERS = ("hamroh.library.selectors.oai.SHELF",)
    listing.shelves.cache_clear()
    yield
    listing.shelves.cache_clear()


def kept(actor: Any, title: str = "Women who stay", **facts: Any) -> Any:
    """A record that is public."""
    from hamroh.library.actions import RecordFacts, keep_record, publish_record

    facts = {"kind": "publication", "titles": {"en": title}, **facts}
    return publish_record(actor=actor, record=keep_record(actor=actor, facts=RecordFacts(**facts)))


def answer(client: Any, **arguments: str) -> Element:
    response = client.get("/oai", {key.rstrip("_"): value for key, value in arguments.items()})
    assert response.status_code == 200
    return fromstring(b"".join(response.streaming_content))


def fault(client: Any, **arguments: str) -> str:
    found = answer(client, **arguments).find(f"{OAI}error")
    return "" if found is None else found.get("code")


def names(tree: Element) -> list[str]:
    return [each.text.rpartition("/")[2] for each in tree.iter(f"{OAI}identifier")]


def token_in(tree: Element) -> str:
    found = next(tree.iter(f"{OAI}resumptionToken"), None)
    return "" if found is None else found.text or ""


def test_it_says_who_it_is_and_that_deletions_stay(client: Any, cast: Any) -> None:
    kept(cast.zarina)
    told = {each.tag.removeprefix(OAI): each.text for each in answer(client, verb="Identify").find(f"{OAI}Identify")}
    assert (told["protocolVersion"], told["deletedRecord"], told["granularity"]) == (
        "2.0",
        "persistent",
        "YYYY-MM-DDThh:mm:ssZ",
    )


def test_it_gives_each_title_with_its_language(client: Any, cast: Any) -> None:
    kept(cast.zarina, titles={"en": "Bread & salt", "tg": "Нону намак"})
    tree = answer(client, verb="ListRecords", metadataPrefix="oai_dc")
    assert {each.get(LANG): each.text for each in tree.iter(f"{DC}title")} == {"en": "Bread & salt", "tg": "Нону намак"}


def test_it_gives_the_role_of_each_person_in_mods(client: Any, cast: Any) -> None:
    from hamroh.library.actions import ContributorFacts

    kept(cast.zarina, contributors=(ContributorFacts(names={"en": "A. Rahimova"}, role="translator"),))
    tree = answer(client, verb="ListRecords", metadataPrefix="mods")
    assert [each.text for each in tree.iter("{http://www.loc.gov/mods/v3}roleTerm")] == ["trl"]


def test_it_offers_no_draft(client: Any, cast: Any) -> None:
    from hamroh.library.actions import RecordFacts, keep_record

    keep_record(actor=cast.zarina, facts=RecordFacts(kind="publication", titles={"en": "Not yet"}))
    assert fault(client, verb="ListRecords", metadataPrefix="oai_dc") == "noRecordsMatch"


def test_it_tells_that_a_withdrawn_record_is_deleted_and_nothing_else_of_it(client: Any, cast: Any) -> None:
    from hamroh.library.actions import withdraw_record

    withdraw_record(actor=cast.zarina, record=kept(cast.zarina, "Canary"))
    response = client.get("/oai", {"verb": "ListRecords", "metadataPrefix": "oai_dc"})
    body = b"".join(response.streaming_content).decode()
    assert ('status="deleted"' in body, "Canary" in body, "<metadata>" in body) == (True, False, False)


def test_it_tells_that_what_lay_in_a_withdrawn_issue_is_deleted_too(client: Any, cast: Any) -> None:
    from hamroh.library.actions import withdraw_record

    issue = kept(cast.zarina, "The issue", kind="issue")
    part = kept(cast.zarina, "The article", kind="article", part_of=issue.code)
    before = answer(client, verb="GetRecord", identifier=f"oai:127.0.0.1:library/{part.code}", metadataPrefix="oai_dc")
    withdraw_record(actor=cast.zarina, record=issue)
    after = answer(client, verb="GetRecord", identifier=f"oai:127.0.0.1:library/{part.code}", metadataPrefix="oai_dc")
    assert [next(each.iter(f"{OAI}header")).get("status") for each in (before, after)] == [None, "deleted"]


@pytest.mark.parametrize(("arguments", "code"), [
    ({}, "badVerb"), ({"verb": "Dance"}, "badVerb"),
    ({"verb": "ListRecords"}, "badArgument"), ({"verb": "Identify", "set": "x"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "yesterday"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2026-02-30"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2026-01-01", "until": "2026-01-02T00:00:00Z"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from_": "2026-02-01", "until": "2026-01-01"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "a b"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "resumptionToken": "x"}, "badArgument"),
    ({"verb": "ListRecords", "metadataPrefix": "marc21"}, "cannotDisseminateFormat"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "1999-01-01"}, "noRecordsMatch"),
    ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "music"}, "noRecordsMatch"),
    ({"verb": "ListRecords", "resumptionToken": "forged"}, "badResumptionToken"),
    ({"verb": "ListSets", "resumptionToken": "forged"}, "badResumptionToken"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:127.0.0.1:library/nothing"}, "idDoesNotExist"),
    ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "mailto:x"}, "idDoesNotExist"),
    ({"verb": "ListMetadataFormats", "identifier": "oai:127.0.0.1:music/1"}, "idDoesNotExist"),
])  # fmt: skip
def test_it_says_what_is_wrong_by_the_codes_of_the_protocol(
    client: Any, cast: Any, arguments: dict[str, str], code: str
) -> None:
    kept(cast.zarina)
    assert fault(client, **arguments) == code


def test_it_refuses_an_argument_that_is_given_twice(client: Any, cast: Any) -> None:
    response = client.get("/oai?verb=Identify&verb=Identify")
    assert b'code="badVerb"' in b"".join(response.streaming_content)


def test_it_answers_a_post_as_a_get(client: Any, cast: Any) -> None:
    kept(cast.zarina)
    response = client.post("/oai", {"verb": "ListIdentifiers", "metadataPrefix": "oai_dc"})
    assert len(names(fromstring(b"".join(response.streaming_content)))) == 1


def test_it_gives_every_record_once_although_one_changes_on_the_way(client: Any, cast: Any, monkeypatch: Any) -> None:
    from hamroh.library.actions import RecordFacts, edit_record
    from hamroh.site.oai import listing

    monkeypatch.setattr(listing, "PAGE", 2)
    records = [kept(cast.zarina, f"Number {n} of five") for n in range(5)]
    first = answer(client, verb="ListIdentifiers", metadataPrefix="oai_dc")
    edit_record(
        actor=cast.zarina, record=records[3], facts=RecordFacts(kind="publication", titles={"en": "Changed now"})
    )
    found, tree = names(first), first
    while token := token_in(tree):
        tree = answer(client, verb="ListIdentifiers", resumptionToken=token)
        found += names(tree)
    assert sorted(found) == sorted(each.code for each in records)


def test_it_ends_a_list_in_pages_with_an_empty_token(client: Any, cast: Any, monkeypatch: Any) -> None:
    from hamroh.site.oai import listing

    monkeypatch.setattr(listing, "PAGE", 1)
    kept(cast.zarina, "The first one"), kept(cast.zarina, "The second one")
    token = token_in(answer(client, verb="ListRecords", metadataPrefix="oai_dc"))
    last = next(answer(client, verb="ListRecords", resumptionToken=token).iter(f"{OAI}resumptionToken"))
    assert (last.text, last.get("cursor"), last.get("completeListSize")) == (None, "1", "2")


def test_it_takes_no_token_of_the_day_before(client: Any, cast: Any, monkeypatch: Any, time_machine: Any) -> None:
    import datetime as dt

    from hamroh.site.oai import listing

    monkeypatch.setattr(listing, "PAGE", 1)
    kept(cast.zarina, "The first one"), kept(cast.zarina, "The second one")
    token = token_in(answer(client, verb="ListRecords", metadataPrefix="oai_dc"))
    time_machine.move_to(dt.datetime.now(tz=dt.UTC) + dt.timedelta(hours=25))
    assert fault(client, verb="ListRecords", resumptionToken=token) == "badResumptionToken"


def test_it_gives_a_set_by_kind_and_by_organisation(client: Any, cast: Any) -> None:
    kept(cast.zarina, "A law of one page", kind="law"), kept(cast.aygun, "A book of another house")
    asked = [
        answer(client, verb="ListIdentifiers", metadataPrefix="oai_dc", set=each)
        for each in ("library:law", "by:gender-centre", "library")
    ]
    assert [len(names(each)) for each in asked] == [1, 1, 2]


def test_it_asks_the_database_no_more_for_many_records(
    client: Any, cast: Any, django_assert_max_num_queries: Any
) -> None:
    from hamroh.library.actions import ContributorFacts

    for number in range(6):
        kept(cast.zarina, f"Number {number} of six", contributors=(ContributorFacts(names={"en": "A. Rahimova"}),))
    with django_assert_max_num_queries(20):
        answer(client, verb="ListRecords", metadataPrefix="mods")


def test_it_says_nothing_that_xml_cannot_say(client: Any, cast: Any) -> None:
    from hamroh.library.models import Record

    record = kept(cast.zarina)
    Record.objects.filter(pk=record.pk).update(titles={"en": "Bell \x07 and ]]> & <b>"})
    tree = answer(client, verb="ListRecords", metadataPrefix="oai_dc")
    assert next(tree.iter(f"{DC}title")).text == "Bell  and ]]> & <b>"


def test_it_asks_who_hurries_to_come_again_later(client: Any, cast: Any, monkeypatch: Any) -> None:
    from hamroh.accounts import limits
    from hamroh.site.oai import views

    monkeypatch.setattr(views, "PACE", limits.Limit("oai-test", 2, 60))
    responses = [client.get("/oai?verb=Identify") for _ in range(3)]
    assert [(each.status_code, each.headers.get("Retry-After")) for each in responses] == [
        (200, None),
        (200, None),
        (503, "30"),
    ]


def test_it_packs_its_answer_for_who_can_unpack_it(client: Any, cast: Any) -> None:
    kept(cast.zarina)
    response = client.get("/oai?verb=ListRecords&metadataPrefix=mods", headers={"accept-encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"


def test_it_is_read_by_a_harvester_that_others_wrote(live_server: Any, cast: Any, monkeypatch: Any) -> None:
    from sickle import Sickle

    from hamroh.library.actions import withdraw_record
    from hamroh.site.oai import listing

    monkeypatch.setattr(listing, "PAGE", 2)
    records = [kept(cast.zarina, f"Number {n} of five") for n in range(5)]
    withdraw_record(actor=cast.zarina, record=records[0])
    harvester = Sickle(f"{live_server.url}/oai")
    found = list(harvester.ListRecords(metadataPrefix="oai_dc"))
    assert [
        harvester.Identify().deletedRecord,
        len(list(harvester.ListSets())),
        sum(each.deleted for each in found),
        len(found),
    ] == ["persistent", 3, 1, 5]
    assert re.fullmatch(r"Number \d of five", found[0].metadata["title"][0])
