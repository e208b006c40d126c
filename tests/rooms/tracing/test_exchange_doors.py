"""Private exchanges over HTTP: who opens what at the desk, the whole of it by forms, and the line that partners alone may ask."""

import hashlib
import json
import time
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from desk_world import at, employ, shown
from exchanges_world import (
    PURPOSE,
    acquainted,
    answered,
    file_of,
    gone_through,
    offered,
    our_list,
    pinned,
    signed_for,
    their_list,
    worked,
)
from hamroh.accounts.models import Role
from hamroh.tracing import urls_exchanges
from hamroh.tracing.actions import exchangekeys, exchanging
from hamroh.tracing.exchanging import parts, wire
from hamroh.tracing.exchanging.wire import Asked
from hamroh.tracing.models import Exchange, ExchangePair, ExchangePart, ExchangePartner
from strangers import answered as seen

PATHS = {f"exchanges:{each.name}": each for each in urls_exchanges.urlpatterns}
ROUTES = {name: set(each.pattern.regex.groupindex) for name, each in PATHS.items()}
OF_ALL = sorted(name for name in ROUTES if not ROUTES[name])
ONE = set(ROUTES) - set(OF_ALL)
STRANGERS = ("another organisation", "administrator", "donor", "guest", "lawyer")


@pytest.fixture
def there(pair) -> dict[str, Any]:
    row, _back, _mine, _yours = gone_through(pair)
    found = ExchangePair.objects.get(exchange=row)
    return {"code": row.code, "partner": row.partner.code, "pair": found.pk}


def address(name: str, there: dict[str, Any]) -> str:
    return reverse(name, kwargs={each: there[each] for each in ROUTES[name]})


def nowhere(name: str) -> str:
    return reverse(name, kwargs={each: uuid.uuid4() if each == "pair" else "22222222" for each in ROUTES[name]})


@pytest.mark.parametrize("who", STRANGERS)
def test_it_answers_a_stranger_as_if_there_were_no_exchange(pair, there, who):
    house = pair.search.centre
    people = {
        "another organisation": pair.aziz, "administrator": employ("temur2", house, Role.ADMINISTRATOR),
        "donor": employ("lola", house, Role.PROGRAMME_MANAGER), "guest": employ("guest", house, Role.PARTNER_GUEST),
        "lawyer": employ("lawyer2", house, Role.LAWYER),
    }  # fmt: skip
    client, told = at(people[who]), []
    for name in sorted(ONE):
        for method in ("get", "post"):
            found = seen(client, method, address(name, there))
            if found[0] not in (404, 405) or found != seen(client, method, nowhere(name)):
                told.append(f"{method} {name}")
    assert told == []


@pytest.mark.parametrize("who", STRANGERS[1:])
def test_it_opens_no_list_to_who_does_not_search(pair, who):
    role = {
        "administrator": Role.ADMINISTRATOR,
        "donor": Role.PROGRAMME_MANAGER,
        "guest": Role.PARTNER_GUEST,
        "lawyer": Role.LAWYER,
    }
    client = at(employ("zwq", pair.search.centre, role[who]))
    assert [name for name in OF_ALL if seen(client, "get", reverse(name))[0] not in (404, 405)] == []


def test_it_leaves_keys_to_who_supervises(pair):
    acquainted(pair)
    client = at(pair.search.bahrom)
    assert {client.post(reverse(f"exchanges:{name}")).status_code for name in ("make-key", "pin")} == {404}
    assert at(pair.search.manizha).get(reverse("exchanges:pin")).status_code == 200


def test_it_asks_visitors_to_sign_in(there):
    assert [name for name in ROUTES if seen(Client(), "get", address(name, there))[0] not in (302, 405)] == []


def test_it_is_done_by_two_organisations_over_http(pair):
    """Keys, signs, the wish, the second person, files to and fro, a pair, a judgement, the end."""
    boss, officer, theirs, their_boss = (
        shown(at(each)) for each in (pair.search.manizha, pair.search.bahrom, pair.aziz, pair.umed)
    )
    for one in (boss, their_boss):
        one.post(reverse("exchanges:make-key"))
    for one, other, other_house in ((boss, officer, pair.somon), (their_boss, theirs, pair.search.centre)):
        key = exchangekeys.key_of(other_house.pk).public
        told = {
            "name": other_house.code,
            "key": json.dumps({"name": "x", "key": key}),
            "terms": "Agreed on 2 March.",
            "months": "6",
        }
        where = one.post(reverse("exchanges:pin"), told)["Location"]
        assert other.post(f"{where}decide/", {"do": "check"}).status_code == 302
    pool, other_pool = our_list(pair)[0], their_list(pair)[0]
    partner = ExchangePartner.objects.get(organisation=pair.search.centre)
    wish = {
        "partner": partner.code, "pool": pool.code, "purpose": PURPOSE, "fields_told": ["year", "place"], "most_theirs": "50",
        "days": "20", "width": "wide", "told": "on",
    }  # fmt: skip
    where = officer.post(reverse("exchanges:new"), wish)["Location"]
    assert boss.post(f"{where}decide/", {"do": "release"})["Location"] == where
    row = worked(Exchange.objects.get())
    offer = officer.get(f"{where}file/")
    upload = SimpleUploadedFile("x", b"".join(offer.streaming_content))
    there = theirs.post(reverse("exchanges:take-in"), {"file": upload})["Location"]
    assert PURPOSE in theirs.get(there).content.decode()
    theirs.post(f"{there}agree/", {"pool": other_pool.code, "told": "on"})
    their_boss.post(f"{there}decide/", {"do": "release"})
    back = worked(Exchange.objects.get(organisation=pair.somon))
    answer = SimpleUploadedFile("x", b"".join(theirs.get(f"{there}file/").streaming_content))
    assert officer.post(f"{where}bring/", {"file": answer})["Location"] == where
    worked(row)
    result = SimpleUploadedFile("x", b"".join(officer.get(f"{where}file/").streaming_content))
    theirs.post(f"{there}bring/", {"file": result})
    worked(back)
    page = theirs.get(there).content.decode()
    assert "Қурбонов Зафар" in page
    assert "the same year of birth" in page
    found = ExchangePair.objects.get(exchange=back)
    theirs.post(f"{there}pair/{found.pk}/", {"answer": "same", "words": "Their officer says the same."})
    assert "Their officer says the same." in theirs.get(f"{there}pair/{found.pk}/").content.decode()
    theirs.post(f"{there}decide/", {"do": "end"})
    assert theirs.get(f"{there}pair/{found.pk}/").status_code == 404
    assert "Ended and shredded" in theirs.get(there).content.decode()


def test_it_keeps_what_was_typed(pair):
    acquainted(pair)
    page = at(pair.search.bahrom).post(reverse("exchanges:new"), {"purpose": PURPOSE})
    assert (page.status_code, PURPOSE in page.content.decode()) == (422, True)


def test_it_shows_no_name_in_an_address_or_a_title(pair, there):
    page = at(pair.search.bahrom).get(address("exchanges:pair", there)).content.decode()
    title = page.split("<title>")[1].split("</title>")[0]
    assert not [word for word in ("Zafar", "Kurbonov", "Somon") if word in title]


def test_it_refuses_a_private_address_of_a_partner(pair, settings):
    settings.HARVEST_NEAR = False
    exchangekeys.make_key(actor=pair.search.manizha, organisation=pair.search.centre)
    for near in (
        "http://127.0.0.1:8000",
        "https://10.0.0.7",
        "https://169.254.169.254",
        "https://[::1]/",
        "ftp://example.org",
    ):
        told = {"name": "Somon", "key": "a" * 64, "terms": "agreed", "months": "6", "address": near}
        page = at(pair.search.manizha).post(reverse("exchanges:pin"), told)
        assert page.status_code == 422, near


# -- the line --------------------------------------------------------------------------------------------------------


@pytest.fixture
def line(pair):
    """An offer of the centre, and the way in which its installation asks Somon's."""
    ours, _theirs = acquainted(pair)
    row = offered(pair, ours, our_list(pair)[0])
    secret = exchangekeys.secret_of(pair.search.centre.pk)
    return Line(row, ours.key, secret)


class Line:
    def __init__(self, row: Exchange, to: str, secret: str) -> None:
        self.row, self.to, self.secret = row, to, secret

    def path(self, kind: str, query: str = "") -> str:
        return f"/api/exchange/{self.to}/{self.row.number}/{kind}/{query}"

    def asked(self, method: str, path: str, body: bytes = b"", header: str | None = None) -> Any:
        told = wire.signed(Asked(method, path, body), self.secret) if header is None else header
        return Client().generic(
            method, path, body, content_type="application/octet-stream", headers={"Authorization": told}
        )

    def sent(self, content: bytes, kind: str = "offer") -> Any:
        found = None
        for number in range(parts.count(len(content))):
            part = content[number * parts.PART : (number + 1) * parts.PART]
            found = self.asked("PUT", self.path(kind, f"?part={number}&whole={len(content)}"), part)
        return found


def test_it_takes_an_offer_over_the_line_once(line, pair):
    content = file_of(line.row)
    assert [line.sent(content).json() for _turn in range(2)] == [{"next": parts.count(len(content))}] * 2
    (found,) = Exchange.objects.filter(organisation=pair.somon)
    assert (found.state, found.number) == ("came", line.row.number)


def test_it_goes_on_where_the_line_broke(line, pair, monkeypatch):
    monkeypatch.setattr(parts, "PART", 4096)
    monkeypatch.setattr("hamroh.tracing.views.exchangeline.PART", 4096)
    parts.keep(line.row, "offer", content := file_of(line.row))
    for number in (0, 1):
        part = content[number * parts.PART : (number + 1) * parts.PART]
        line.asked("PUT", line.path("offer", f"?part={number}&whole={len(content)}"), part)
    assert line.asked("GET", line.path("offer")).json() == {"next": 2}
    assert not Exchange.objects.exclude(state="coming").filter(organisation=pair.somon).exists()


def test_it_shows_nobody_an_offer_that_is_only_on_its_way(line, pair):
    line.asked("PUT", line.path("offer", f"?part=0&whole={parts.PART + 5}"), b"x" * parts.PART)
    found = Exchange.objects.get(organisation=pair.somon)
    assert found.state == "coming"
    assert at(pair.aziz).get(reverse("exchanges:one", args=[found.code])).status_code == 404


def test_it_throws_away_what_is_no_offer(line, pair):
    assert line.sent(b"hamroh-exchange 3 offer\nZwqx").status_code == 422
    assert not Exchange.objects.filter(organisation=pair.somon).exists()
    assert not ExchangePart.objects.filter(organisation=pair.somon).exists()


def test_it_answers_whoever_is_no_partner_as_if_there_were_nothing(line, pair):
    content, path = file_of(line.row)[:1000], line.path("offer", "?part=0&whole=1000")
    good, stranger = wire.signed(Asked("PUT", path, content), line.secret), hashlib.sha256(b"z").hexdigest()
    headers = {
        "unsigned": "", "of another key": wire.signed(Asked("PUT", path, content), stranger), "for another body": wire.signed(Asked("PUT", path, b""), line.secret),
        "for another way": wire.signed(Asked("GET", path, content), line.secret), "of yesterday": wire.signed(Asked("PUT", path, content), line.secret, time.time() - 86_400),
        "changed": good[:-1] + ("0" if good[-1] != "0" else "1"), "nonsense": "Hamroh-Exchange key=x",
    }  # fmt: skip
    assert {
        name: line.asked("PUT", path, content, told).status_code for name, told in headers.items()
    } == dict.fromkeys(headers, 404)
    assert not Exchange.objects.filter(organisation=pair.somon).exists()
    assert line.asked("PUT", path, content, good).status_code == 422  # a partner is told that it is no offer


def test_it_answers_nobody_whose_signs_are_not_compared_any_more(line, pair):
    ExchangePartner.objects.filter(organisation=pair.somon).update(checked_by=None, checked_at=None)
    assert line.sent(file_of(line.row)).status_code == 404


def test_it_takes_no_part_longer_than_a_part(line, pair):
    content = b"x" * (parts.PART + 1)
    assert line.asked("PUT", line.path("offer", f"?part=0&whole={len(content)}"), content).status_code == 404
    assert line.asked("PUT", line.path("offer", f"?part=0&whole={2**40}"), b"x" * parts.PART).status_code == 422


def test_it_gives_the_answer_when_two_have_agreed(line, pair):
    line.sent(file_of(line.row))
    assert line.asked("GET", line.path("answer", "?part=0")).status_code == 202
    back = answered(pair, Exchange.objects.get(organisation=pair.somon), their_list(pair)[0])
    told = line.asked("GET", line.path("answer", "?part=0"))
    assert (told.status_code, int(told["X-Hamroh-Whole"])) == (200, parts.size(back, "answer"))
    assert told.content == file_of(back)[: parts.PART]


def test_it_tells_who_offered_that_it_is_over(line, pair):
    line.sent(file_of(line.row))
    exchanging.end(actor=pair.aziz, row=Exchange.objects.get(organisation=pair.somon))
    assert line.asked("GET", line.path("answer", "?part=0")).status_code == 410


def test_it_gives_an_answer_to_nobody_but_its_partner(line, pair):
    """Another partner of Somon, whose key counts there, asks for the centre's exchange."""
    line.sent(file_of(line.row))
    answered(pair, Exchange.objects.get(organisation=pair.somon), their_list(pair)[0])
    other = pair.search.office.other
    boss = employ("otherboss", other, Role.SUPERVISOR)
    pinned(pair.umed, pair.aziz, pair.somon, signed_for(boss, other))
    line.secret = exchangekeys.secret_of(other.pk)
    assert line.asked("GET", line.path("answer", "?part=0")).status_code == 202
