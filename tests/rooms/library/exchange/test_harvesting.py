"""Harvests of another centre: its records apart from ours, up to date, and gone when it takes them back."""

from collections.abc import Iterator
from typing import Any

import pytest

from centre_nearby import Nearby, listed, nearby, record, wrong

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(monkeypatch: Any) -> Iterator[Nearby]:
    from hamroh.library.exchange import harvesting

    monkeypatch.setattr(harvesting, "PAUSE", 0)
    with nearby() as found:
        yield found


@pytest.fixture
def centre(cast: Any, other: Nearby) -> Any:
    from hamroh.library.actions import add_centre

    return add_centre(
        actor=cast.zarina, organisation=cast.centre, names={"en": "Women's library"}, base_url=other.url, prefix="oai_dc",
        told={"granularity": "YYYY-MM-DDThh:mm:ssZ"},
    )  # fmt: skip


def harvest(centre: Any) -> Any:
    from hamroh.library.exchange.harvesting import run_through

    centre.refresh_from_db()
    return run_through(centre)


def held() -> Any:
    from hamroh.library.models import Record

    return Record.objects.exclude(origin=None).order_by("origin_key")


def test_it_takes_over_every_page_and_shows_the_records_to_everybody(centre: Any, other: Nearby) -> None:
    other.pages = {"": listed(record("a"), record("b"), token="2"), "2": listed(record("c"))}
    run = harvest(centre)
    assert (run.counts, run.ended_at is not None, [each.is_public for each in held()]) == ({"new": 3}, True, [True] * 3)


def test_it_asks_from_shortly_before_the_last_whole_run(centre: Any, other: Nearby) -> None:
    other.pages = {"": listed(record("a"))}
    harvest(centre), harvest(centre)
    assert [each.get("from") for each in other.asked] == [None, "2026-11-20T09:55:00Z"]


def test_it_writes_nothing_where_nothing_changed(centre: Any, other: Nearby) -> None:
    other.pages = {"": listed(record("a", inside="<dc:creator>Rahimova</dc:creator><dc:date>2020</dc:date>"))}
    harvest(centre)
    version = held().get().version
    assert (harvest(centre).counts, held().get().version) == ({"same": 1}, version)


def test_it_brings_a_changed_record_up_to_date(centre: Any, other: Nearby) -> None:
    other.pages = {"": listed(record("a", "Before then"))}
    harvest(centre)
    other.pages = {"": listed(record("a", "After that"))}
    assert (harvest(centre).counts, held().get().titles) == ({"changed": 1}, {"en": "After that"})


def test_it_erases_what_the_centre_took_back(centre: Any, other: Nearby) -> None:
    from hamroh.search.models import Record as Indexed

    other.pages = {"": listed(record("a"), record("b"))}
    harvest(centre)
    other.pages = {"": listed(record("a", gone=True))}
    assert (
        harvest(centre).counts,
        [each.origin_key for each in held()],
        Indexed.objects.filter(kind="record").count(),
    ) == ({"gone": 1}, ["b"], 1)


def test_it_goes_on_where_it_was_cut(centre: Any, other: Nearby) -> None:
    other.pages = {"": listed(record("a"), token="2"), "2": listed(record("b"))}
    other.answer = lambda asked: (500, {}, b"") if asked.get("resumptionToken") else None
    cut = harvest(centre)
    other.answer = lambda _asked: None
    whole = harvest(centre)
    assert (bool(cut.trouble), whole.pk == cut.pk, [each.get("resumptionToken") for each in other.asked]) == (
        True,
        True,
        [None, "2", "2"],
    )


def test_it_takes_a_page_over_once_although_it_comes_twice(centre: Any) -> None:
    from hamroh.library.actions import Arrival, RecordFacts, begin_run, take_page

    run = begin_run(centre=centre)
    page = {
        "after": "",
        "arrivals": [Arrival("a", RecordFacts(kind="publication", titles={"en": "One"}))],
        "token": "2",
        "stamp": "",
    }
    take_page(run=run, **page)
    assert take_page(run=run, **page).counts == {"new": 1}


def test_it_begins_again_when_the_centre_forgot_the_token(centre: Any, other: Nearby) -> None:
    other.pages = {"": listed(record("a"), token="old"), "old": wrong("badResumptionToken")}
    harvest(centre)
    other.pages = {"": listed(record("a"), record("b"))}
    assert (harvest(centre).ended_at is not None, held().count()) == (True, 2)


def test_it_says_in_words_that_the_centre_is_busy(centre: Any, other: Nearby) -> None:
    other.answer = lambda _asked: (503, {"Retry-After": "3600"}, b"")
    run = harvest(centre)
    assert ("busy" in run.trouble, len(other.asked)) == (True, 1)


def test_it_waits_a_little_where_it_is_asked_to(centre: Any, other: Nearby) -> None:
    other.pages = {"": listed(record("a"))}
    other.answer = lambda _asked: (503, {"Retry-After": "0"}, b"") if len(other.asked) == 1 else None
    assert harvest(centre).counts == {"new": 1}


def test_it_leaves_out_one_record_that_cannot_be_read_and_takes_the_others(centre: Any, other: Nearby) -> None:
    other.pages = {"": listed(record("a", ""), record("b"), "<record><metadata/></record>")}
    run = harvest(centre)
    assert (run.counts, [each["key"] for each in run.left_out]) == ({"left_out": 2, "new": 1}, ["a", "?"])


def test_it_finishes_where_nothing_is_new(centre: Any, other: Nearby) -> None:
    run = harvest(centre)
    centre.refresh_from_db()
    assert (run.ended_at is not None, run.trouble, centre.since) == (True, "", "2026-11-20T10:00:00Z")


@pytest.mark.parametrize("body", [
    b"", b"<html></html>", b"<OAI-PMH", b'<!DOCTYPE x [<!ENTITY a "b">]><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">&a;</OAI-PMH>',
    b"<a>" * 100, b"\xff\xfe\x00",
])  # fmt: skip
def test_it_is_stopped_by_no_answer_that_means_harm(centre: Any, other: Nearby, body: bytes) -> None:
    other.answer = lambda _asked: (200, {}, body)
    run = harvest(centre)
    assert (bool(run.trouble), held().count()) == (True, 0)


def test_it_follows_no_redirect(centre: Any, other: Nearby) -> None:
    other.answer = lambda _asked: (302, {"Location": "http://127.0.0.1:1/secret"}, b"")
    assert ("leads on" in harvest(centre).trouble, len(other.asked)) == (True, 1)


def test_it_stops_at_an_answer_that_unpacks_to_far_too_much(centre: Any, other: Nearby, monkeypatch: Any) -> None:
    import gzip

    from hamroh.library.exchange import fetching

    monkeypatch.setattr(fetching, "MOST_UNPACKED", 10_000)
    other.answer = lambda _asked: (200, {"Content-Encoding": "gzip"}, gzip.compress(b" " * 1_000_000))
    assert "too long" in harvest(centre).trouble


def test_it_leaves_a_list_that_leads_to_itself(centre: Any, other: Nearby) -> None:
    other.pages = {"": listed(record("a"), token="x"), "x": listed(record("b"), token="x")}
    assert (bool(harvest(centre).trouble), len(other.asked)) == (True, 2)


def test_it_says_who_it_is(centre: Any, other: Nearby) -> None:
    harvest(centre)
    assert other.asked[0]["agent"].startswith("Hamroh")


def test_it_keeps_a_hidden_record_hidden_whatever_the_centre_says(cast: Any, centre: Any, other: Nearby) -> None:
    from hamroh.library.actions import hide_record

    other.pages = {"": listed(record("a", "Before then"))}
    harvest(centre)
    hide_record(actor=cast.zarina, record=held().get())
    other.pages = {"": listed(record("a", "After that"))}
    harvest(centre)
    assert (held().get().is_public, held().get().titles) == (False, {"en": "After that"})


def test_it_shows_a_hidden_record_again(cast: Any, centre: Any, other: Nearby) -> None:
    from hamroh.library.actions import hide_record, show_record

    other.pages = {"": listed(record("a"))}
    harvest(centre)
    show_record(actor=cast.zarina, record=hide_record(actor=cast.zarina, record=held().get()))
    assert held().get().is_public


def test_it_offers_no_harvested_record_to_others(client: Any, centre: Any, other: Nearby) -> None:
    other.pages = {"": listed(record("a"))}
    harvest(centre)
    response = client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc")
    assert b"noRecordsMatch" in b"".join(response.streaming_content)


def test_it_lets_only_editors_of_the_house_add_a_centre(cast: Any, other: Nearby) -> None:
    from hamroh.accounts import policy
    from hamroh.library.actions import add_centre

    with pytest.raises(policy.Refused):
        add_centre(actor=cast.aygun, organisation=cast.centre, names={"en": "X"}, base_url=other.url, prefix="oai_dc")


@pytest.mark.parametrize("ip", [
    "127.0.0.1", "10.0.0.5", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1", "::1", "fe80::1", "fc00::1",
    "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::7f00:1", "255.255.255.255",
])  # fmt: skip
def test_it_asks_no_machine_of_this_network(ip: str) -> None:
    from hamroh.library.exchange.fetching import is_open

    assert not is_open(ip)


def test_it_asks_public_machines() -> None:
    from hamroh.library.exchange.fetching import is_open

    assert is_open("93.184.215.14")
    assert is_open("2606:2800:21f:cb07:6820:80da:af6b:8b2c")


@pytest.mark.parametrize("address", [
    "file:///etc/passwd", "ftp://example.org/oai", "http://", "http://user:word@example.org/", "http://[::1]/", "http://127.0.0.1/oai", "http://2130706433/", "http://0x7f.1/",
    "http://localhost/", "http://127.0.0.1:22/", "http://example.org:22/oai", "http://127.1/", "gopher://x", "http://exa mple.org/", "http://127.0.0.1\r\nX: y/",
])  # fmt: skip
def test_it_refuses_addresses_that_lead_inside(address: str, settings: Any) -> None:
    from hamroh.library.exchange.fetching import Unreachable, checked

    settings.HARVEST_NEAR = False
    with pytest.raises(Unreachable):
        checked(address)


def test_it_connects_to_the_address_that_was_checked(monkeypatch: Any, settings: Any) -> None:
    """A name that means another machine the second time it is asked is not asked a second time."""
    import socket

    from hamroh.library.exchange import fetching

    settings.HARVEST_NEAR = False
    answers = iter([("93.184.215.14", 80), ("127.0.0.1", 80)])
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_a, **_k: [(2, 1, 6, "", next(answers))])
    went: list[Any] = []

    def connect(address: Any, timeout: int) -> Any:
        went.append(address)
        raise OSError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(fetching.Unreachable):
        fetching.fetch("http://rebinding.example.org/oai", {"verb": "Identify"})
    assert went == [("93.184.215.14", 80)]
