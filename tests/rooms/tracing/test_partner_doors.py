"""Two organisations over HTTP: who opens what of the partner desk, and that nothing but a skeleton is there to be read."""

import json
import re
import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from desk_world import asked as queries
from desk_world import at, employ
from hamroh.accounts.models import Membership, Notice, Role
from hamroh.tracing import urls_partners
from hamroh.tracing.actions import looking, partnering
from hamroh.tracing.models import Alarm, Shown
from hamroh.vault import opening
from hamroh.vault.decisions import Upkeep
from hamroh.vault.models import JournalLine
from partners_world import CONTACT, WORDS, agreed, looked, meet_somon, offered, shown, they_met
from strangers import answered
from tracing_world import NOTE, PLACE, ZAFAR, asked
from vault_keys import settled

PATHS = {f"partners:{each.name}": each for each in urls_partners.urlpatterns}
ROUTES = {name: set(each.pattern.regex.groupindex) for name, each in PATHS.items()}
OF_ALL = sorted(name for name in ROUTES if not ROUTES[name])
ONE = set(ROUTES) - set(OF_ALL)
THEIRS = {"partners:one", "partners:found"}
FOUND = {200, 302, 303, 400, 422}
#: every word of a request that must not be read at the partner's
WHY, ASKER, WORK, WITH, SAID, VILLAGE, NEWS = (
    f"Zwqx{word}" for word in ("why", "asker", "work", "with", "said", "village", "news")
)
SECRETS = (
    WHY, ASKER, WORK, WITH, SAID, VILLAGE, NEWS, "Зафар", "Қурбонов", "Раҳим", "Zafar", "Qurbonov", "Kurbonov", "zafar", "kurbon",
    "5554433", "555-44-33", "1986", "1988", "Farzona", "farzona", "Гулнора", "Гулнор", "Raqibov",
)  # fmt: skip
SOUGHT = replace(
    ZAFAR, names=[{"kind": "father", "value": "Раҳим"}, {"kind": "spelling", "value": "Zafar Qurbonov"}],
    home=f"{VILLAGE}, Кӯлоб", born={"first": 1986, "last": 1988},
    news={"what": NEWS, "on": {"year": 2024, "month": 3}, "place": "Zwqxcity", "source": "Raqibov"},
    facts={"sex": "m", "why": WHY, "work": WORK, "companions": WITH, "said": SAID, "asker": ASKER},
)  # fmt: skip


@pytest.fixture
def pair(search):
    found = meet_somon(search)
    agreed(found)
    return found


@pytest.fixture
def there(pair) -> dict[str, Any]:
    """A request that Somon is shown, a search with it, and an alarm."""
    row, theirs = shown(pair)
    search = looked(pair, theirs, who=pair.rano)
    for _turn in range(3):
        looked(pair, theirs, who=pair.rano)
    found = {"request": row, "shown": theirs, "made": search}
    return found | {each.organisation.code: each for each in Alarm.objects.select_related("organisation")}


def address(name: str, there: dict[str, Any], pair: Any, side: str = "somon") -> str:
    pact = pair.theirs if side == "somon" else pair.ours
    known = {"shown": there["shown"].code, "search": there["made"].pk, "pact": pact.code, "alarm": there[side].pk}
    return reverse(name, kwargs={each: known[each] for each in ROUTES[name]})


def nowhere(name: str) -> str:
    return reverse(
        name, kwargs={each: uuid.uuid4() if each in ("search", "alarm") else "22222222" for each in ROUTES[name]}
    )


def shut(who: Any, names: Any, there: dict[str, Any], pair: Any, side: str = "somon") -> list[str]:
    """Addresses that answer somebody otherwise than if there were nothing."""
    client, told = at(who), []
    for name in sorted(names):
        for method in ("get", "post"):
            found = answered(client, method, address(name, there, pair, side))
            if found[0] not in (404, 405) or found != answered(client, method, nowhere(name)):
                told.append(f"{method} {name}")
    return told


STRANGERS = ("another organisation", "administrator", "donor", "guest", "worker")


@pytest.mark.parametrize("who", STRANGERS)
def test_it_answers_a_stranger_as_if_there_were_no_partner(pair, there, who):
    people = {
        "another organisation": pair.search.office.nermin, "administrator": employ("temur2", pair.somon, Role.ADMINISTRATOR),
        "donor": employ("lola", pair.somon, Role.PROGRAMME_MANAGER), "guest": employ("guest", pair.somon, Role.PARTNER_GUEST),
        "worker": employ("lawyer", pair.somon, Role.LAWYER),
    }  # fmt: skip
    assert shut(people[who], ONE, there, pair) == []
    lists = [name for name in OF_ALL if answered(at(people[who]), "get", reverse(name))[0] not in (404, 405)]
    assert lists == []


def test_it_opens_to_the_asking_side_no_page_of_the_partners(pair, there):
    """Nobody of the centre reads what Somon has of its own request, not even who supervises."""
    for who in (pair.search.manizha, pair.search.bahrom, pair.search.farzona):
        assert shut(who, ONE, there, pair, side="somon") == []


def test_it_opens_to_the_partner_no_page_of_the_asking_side(pair, there):
    own = {
        name: {"code": there["request"].code}
        for name in ("request", "shortlist", "photo-file", "protection", "consent")
    }
    for who in (pair.aziz, pair.umed):
        client = at(who)
        told = [
            name
            for name, kwargs in own.items()
            if client.get(reverse(f"tracing:{name}", kwargs=kwargs)).status_code != 404
        ]
        assert told == []
        assert shut(who, ONE - THEIRS, there, pair, side="centre") == []


def test_it_opens_agreements_to_read_and_leaves_the_rest_to_who_supervises(pair, there):
    client = at(pair.aziz)
    assert client.get(address("partners:agreement", there, pair)).status_code == 200
    assert client.post(address("partners:agreement", there, pair), {"contact": "x"}).status_code == 404
    assert shut(pair.aziz, {"partners:decide", "partners:alarm"}, there, pair) == []
    opens = at(pair.umed)
    assert {opens.get(address(name, there, pair)).status_code for name in ("partners:agreement", "partners:alarm")} == {
        200
    }


def test_it_asks_visitors_to_sign_in(pair, there):
    assert [name for name in ROUTES if answered(Client(), "get", address(name, there, pair))[0] not in (302, 405)] == []


def test_it_is_done_by_two_organisations_over_http(search):
    """Offer, yes, a search, an answer, and what the asking officer reads; then the end."""
    pair = meet_somon(search)
    asker, answerer = at(search.manizha), at(pair.umed)
    told = {
        "partner": str(pair.somon.pk), "words": "We look for people who are missed.", "contact": "+992 37 221-00-00",
        "per_person": "20", "per_house": "60", "months": "12",
    }  # fmt: skip
    assert asker.post(reverse("partners:offer"), told).status_code == 302
    offer = reverse("partners:agreement", args=[pair.theirs.code])
    assert answerer.post(offer, {"contact": CONTACT}).status_code == 302
    record = they_met(pair)
    row, theirs = shown(pair)
    officer = at(pair.aziz)
    answer = officer.post(reverse("partners:one", args=[theirs.code]), {"purpose": "first", "words": WORDS})
    page = officer.get(answer["Location"]).content.decode()
    assert "krbn- ~ kurbonov" in page
    sent = officer.post(answer["Location"], {"who": str(record.pk), "officer": str(pair.rano.pk)})
    assert (sent.status_code, sent["Location"]) == (302, reverse("partners:requests"))
    page = at(search.bahrom).get(reverse("tracing:shortlist", args=[row.code])).content.decode()
    assert all(word in page for word in ("There may be somebody", "Very likely the same person", "Rano", CONTACT))
    asker.post(reverse("partners:decide", args=[pair.ours.code]), {"do": "end"})
    assert officer.get(reverse("partners:one", args=[theirs.code])).status_code == 404


def test_it_keeps_what_was_typed(pair, there):
    page = at(pair.aziz).post(reverse("partners:one", args=[there["shown"].code]), {"purpose": "", "words": WORDS})
    assert (page.status_code, WORDS in page.content.decode()) == (422, True)


def test_it_says_on_the_page_that_she_is_stopped(pair, there):
    client = at(pair.rano)
    for where in (reverse("partners:requests"), reverse("partners:one", args=[there["shown"].code])):
        assert "You are stopped for now." in client.get(where).content.decode()


def test_it_leaves_what_her_side_reads_as_it_was(pair):
    """The seeker's side reads no word of partners' searches and answers: the same page with and without one."""
    rows = [shown(pair)[0], shown(pair)[0]]
    looked(pair, Shown.objects.get(request_id=rows[0].pk))
    client = at(pair.search.farzona)
    pages = [client.get(reverse("tracing:request", args=[row.code])).content.decode() for row in rows]
    plain = [re.sub(r"nonce=\S+|value=\S+|<time.*?</time>|<title>.*?</title>", "", page) for page in pages]
    assert plain[0].replace(rows[0].code, "") == plain[1].replace(rows[1].code, "")
    assert "Rano" not in pages[0]


def test_it_says_yes_for_a_partner_at_the_same_cost_whichever_way_a_request_went(pair):
    """Whoever works on the case learns by no query whether a request is shown to somebody or guarded."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for facts in ({"sex": "m"}, {"sex": "f"}):
        row = asked(pair.search, sought=replace(ZAFAR, facts=facts))
        client, where = at(pair.search.farzona), reverse("tracing:consent", args=[row.code])
        told = {"partner": str(pair.somon.pk), "given": "given", "way": "voice", "words": ""}
        client.get(where)
        with CaptureQueriesContext(connection) as found:
            assert client.post(where, told).status_code == 302
        counts.append(len(found))
    assert counts[0] == counts[1]


# -- nothing but the skeleton ----------------------------------------------------------------------------------------


def read_by(who: Any, there: dict[str, Any], pair: Any) -> dict[str, str]:
    """Every page that somebody of the partner can open, by its address, opened."""
    client = at(who)
    pages = [address(name, there, pair) for name in ROUTES]
    pages += [reverse(f"tracing:{name}") for name in ("list", "searches", "pools", "guarded", "new")]
    pages += [
        "/desk/",
        "/desk/notices/",
        "/desk/looked/",
        "/desk/cases/",
        "/desk/cases/team/",
        "/desk/figures/",
        "/api/v1/openapi.json",
    ]
    return {f"{method} {page}": answered(client, method, page)[1] for page in pages for method in ("get", "post")}


def test_it_keeps_safety_rule_7_nothing_but_the_skeleton_is_on_any_page(pair):
    _row, theirs = shown(pair, sought=SOUGHT)
    search = looked(pair, theirs, who=pair.umed)
    there = {"shown": theirs, "made": search, "somon": Alarm(pk=uuid.uuid4())}
    pages = read_by(pair.umed, there, pair) | read_by(pair.aziz, there, pair)
    assert [(page, word) for page, text in pages.items() for word in SECRETS if word in text] == []
    assert any("zfr krbn-" in text and "1985–1989" in text for text in pages.values())


def test_it_keeps_safety_rule_7_nothing_but_the_skeleton_is_in_any_row_of_the_partners(pair):
    """Every column of every row that belongs to the partner, the sealed ones opened; and every line of the journal on them."""
    they_met(pair, None)
    _row, theirs = shown(pair, sought=SOUGHT)
    looked(pair, theirs)
    read = []
    for model in apps.get_models():
        if any(field.name == "organisation" for field in model._meta.fields) and model.__name__ not in (
            "PoolRecord",
            "Pool",
        ):
            read += [_told(row) for row in model._base_manager.filter(organisation=pair.somon)]
    read += [json.dumps(line.facts, default=str) for line in JournalLine.objects.filter(organisation_id=pair.somon.pk)]
    read += [f"{each.about} {each.record_kind}" for each in Notice.objects.filter(user__in=_people(pair))]
    text = "\n".join(read)
    assert "zfr" in text
    assert [word for word in SECRETS if word in text] == []


def _people(pair):
    return Membership.objects.filter(organisation=pair.somon).values("user")


def _told(row: Any) -> str:
    """A row in clear."""
    from hamroh.vault import sealing

    sealed = list(sealing.sealed_fields(type(row))) if hasattr(row, "row_seal") else []
    plain = {field.name: str(field.value_from_object(row)) for field in row._meta.fields if field.name not in sealed}
    if not sealed:
        return str(plain)
    decision = Upkeep(sealing.claimed_row(row).record)
    return f"{plain} {opening.open_each(row, sealed, decision=decision, purpose='test')}"


def test_it_keeps_safety_rule_7_nothing_of_their_record_crosses(pair):
    """The asking side reads neither name nor place, on no page, in no row."""
    record = they_met(pair)
    row, theirs = shown(pair)
    officer = at(pair.aziz)
    answer = officer.post(reverse("partners:one", args=[theirs.code]), {"purpose": "first", "words": WORDS})
    officer.post(answer["Location"], {"who": str(record.pk), "officer": str(pair.rano.pk)})
    words = (PLACE, NOTE, "Zwqx", "Zafar Kurbonov", "777-66-55", str(record.pk), "Book of autumn", WORDS)
    clients = [at(who) for who in (pair.search.bahrom, pair.search.manizha, pair.search.farzona)]
    pages = [
        reverse("tracing:shortlist", args=[row.code]),
        reverse("tracing:request", args=[row.code]),
        "/desk/",
        "/desk/notices/",
    ]
    pages += [
        f"{pages[0]}?look=1",
        reverse("partners:agreements"),
        reverse("partners:agreement", args=[pair.ours.code]),
    ]
    text = "".join(answered(client, "get", page)[1] for client in clients for page in pages)
    for model in apps.get_models():
        if any(field.name == "organisation" for field in model._meta.fields):
            text += "".join(_told(each) for each in model._base_manager.filter(organisation=pair.search.centre))
    text += "".join(
        json.dumps(line.facts, default=str)
        for line in JournalLine.objects.filter(organisation_id=pair.search.centre.pk)
    )
    assert "There may be somebody" in text
    assert [word for word in words if word in text] == []


def test_it_asks_a_constant_number_of_queries_for_its_lists(pair):
    pages = {
        reverse("partners:requests"): pair.aziz, reverse("partners:agreements"): pair.umed,
    }  # fmt: skip

    def more() -> dict[str, int]:
        shown(pair)
        return {page: queries(at(who), page) for page, who in pages.items()}

    settled(pair.somon)
    first = more()
    assert more() == first


def test_it_asks_a_constant_number_of_queries_for_answers(pair):
    row, theirs = shown(pair)
    where = reverse("tracing:shortlist", args=[row.code])
    counts = []
    for _turn in range(2):
        looking.answer(actor=pair.aziz, search=looked(pair, theirs))
        counts.append(queries(at(pair.search.bahrom), where))
    assert counts[0] == counts[1]


def test_it_refuses_an_offer_that_is_not_there(pair):
    page = at(pair.search.manizha).post(reverse("partners:offer"), {"partner": str(pair.somon.pk), "words": "x" * 20})
    assert page.status_code == 422
    with pytest.raises(partnering.PartnerRefused):
        offered(pair)
