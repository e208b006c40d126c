"""From the case to the letter: somebody is missed, found under a third spelling, asked alone, and sends a message and nothing more."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from found_world import HIS_PROOF, NEWS, TALKED_AT
from hamroh.tracing.actions import telling
from hamroh.tracing.models import Letter, PoolRecord, Request, Wish
from hamroh.tracing.reading import CHECKS
from hamroh.vault import journal
from seats import Seat
from tracing_world import NO, NOTE, PLACE, Search, listed, open_search, settle
from vault_keys import settled

THIRD = "Zafer Qurbanov"
#: what an officer knows of him, and the seeker's side reads nowhere
HIDDEN = (PLACE, NOTE, TALKED_AT, HIS_PROOF, THIRD, "Zwqx")


@pytest.fixture
def search(demonstration: None) -> Search:
    found = open_search()
    settled(found.office.centre, found.office.other)
    return found


@pytest.mark.parametrize("lang", ["tg", pytest.param("ru", marks=pytest.mark.long)])
def test_it_brings_the_family_his_message_and_no_place(
    request: Any, browser: Any, home: str, search: Search, lang: str
) -> None:
    with journal.openings("task"):
        _journey(lambda user: Seat(request, browser, home, user, lang), search)


def _journey(seat: Any, search: Search) -> None:
    farzona, bahrom, shahlo = (seat(user) for user in (search.farzona, search.bahrom, search.shahlo))
    base = _asked(farzona, search)
    silent = farzona.at(base, "her-page-before").words()
    _met_and_judged(bahrom, shahlo, search, base)
    assert farzona.at(base).words() == silent
    _asked_alone(bahrom, base)
    shahlo.at("/desk/tracing/letters/", "letters").page.locator("main ul.list a").first.click()
    letter = Letter.objects.get()
    shahlo.at(f"/desk/tracing/letters/{letter.pk}/", "read")
    shahlo.fill(**{f"c_{code}": "no" for code in CHECKS}, after="approved").send()
    assert farzona.at(base).words() == silent
    assert telling.tell_all(timezone.now() + dt.timedelta(days=8)) == 1
    assert NEWS in _told(farzona, base)
    _reads_no_place(farzona, search, base)


def _asked(farzona: Seat, search: Search) -> str:
    farzona.at(f"/desk/cases/{search.case.code}/").unfold()
    farzona.page.locator(f"a[href$='?case={search.case.code}']").first.click()
    farzona.fill(name="Зафар Қурбонов", father="Раҳим", sex="m", first="1988", home="Кӯлоб", way="voice")
    farzona.fill(**{f"q_{code}": "no" for code in NO}).send()
    row = Request.objects.get()
    settle(row)
    return f"/desk/tracing/{row.code}/"


def _met_and_judged(bahrom: Seat, shahlo: Seat, search: Search, base: str) -> None:
    pool = listed(search)
    bahrom.at(f"/desk/tracing/pools/{pool.code}/add/")
    bahrom.fill(
        name=THIRD, father="Rəhim", first="1988", sex="m", place=PLACE, note=NOTE, agreed="yes", sign="by word"
    ).send()
    record = PoolRecord.objects.get()
    for who in (bahrom, shahlo):
        who.at(f"{base}found/?look=1", "shortlist")
        assert THIRD in who.seen()
        who.at(f"{base}found/{record.pk}/", "beside")
        assert who.page.locator("#why + p + ul li, section[aria-labelledby=why] li").count() >= 2
        who.fill(answer="same", words="Падараш ҳамон, солаш ҳамон.").send()
    assert Request.objects.get().state == "verified"


def _asked_alone(bahrom: Seat, base: str) -> None:
    today = timezone.localdate()
    bahrom.at(f"{base}person/talk/", "talk")
    bahrom.fill(outcome="spoken", way="visit", place=TALKED_AT, proof=HIS_PROOF).send()
    bahrom.at(f"{base}person/wishes/", "wishes")
    bahrom.fill(**{f"w_{wish}": "yes" if wish == Wish.MESSAGE else "no" for wish in Wish.values}, way="voice")
    bahrom.fill(until_date=(today + dt.timedelta(days=90)).isoformat()).send()
    bahrom.at(f"{base}person/letter/").fill(body=NEWS).send()
    bahrom.at(f"{base}person/", "person")
    assert Request.objects.get().state == "answer"


def _told(farzona: Seat, base: str) -> str:
    farzona.at(base, "her-page-after").page.locator("section[aria-labelledby=told] ul.list a").first.click()
    farzona.at(farzona.page.url.removeprefix(farzona.home), "told")
    words = farzona.seen()
    farzona.send("main form[action$='given/']")
    assert Letter.objects.get().state == "delivered"
    return words


def _reads_no_place(farzona: Seat, search: Search, base: str) -> None:
    """Every page and file that hangs together with hers, as far as links lead from it."""
    left, seen = [base, "/desk/", "/desk/tracing/", "/desk/notices/", f"/desk/cases/{search.case.code}/"], set[str]()
    while left:
        address = left.pop()
        if address in seen or len(seen) > 120:
            continue
        seen.add(address)
        answer = farzona.page.request.get(farzona.home + address)
        body = answer.body().decode("utf-8", "replace")
        assert (address, [each for each in HIDDEN if each in body]) == (address, [])
        if answer.ok and "text/html" in answer.headers["content-type"]:
            left += _links(farzona, body, search, base)
    assert len(seen) > 20


def _links(farzona: Seat, body: str, search: Search, base: str) -> list[str]:
    import re

    found = re.findall(r'href="(/desk/[^"#?]*)', body)
    return [each for each in found if each.startswith((base, f"/desk/cases/{search.case.code}/", "/desk/tracing/"))]
