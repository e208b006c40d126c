"""Opening in an emergency, and the review of it."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desk_world import NOW, WORDS, at, break_glass, employ, page, shown
from hamroh.accounts import policy
from hamroh.accounts.actions import access
from hamroh.accounts.models import BreakGlass, Role
from hamroh.vault.models import JournalLine
from sealedroom.cast import make_matter
from sealedroom.models import Shelter

pytestmark = [pytest.mark.urls("sealedroom.urls"), pytest.mark.usefixtures("demonstration")]


# -- open in an emergency ------------------------------------------------------------------------------------------


def told(code: str, /, **changed: str) -> dict[str, str]:
    return {"code": code, "reason": "danger", "words": WORDS} | changed


def test_it_leads_to_the_record_that_it_opened(people: Any, matter: Any) -> None:
    client = shown(at(people["nigora"]))
    assert client.get(f"/desk/sealed/{matter.pk}/").status_code == 404
    answer = client.post("/desk/emergency/", told(str(matter.pk)[:8]))
    assert answer["Location"] == f"/desk/sealed/{matter.pk}/"
    assert client.get(answer["Location"]).status_code == 200


def test_it_opens_once_when_the_form_comes_twice(people: Any, matter: Any) -> None:
    client = shown(at(people["nigora"]))
    for _time in range(2):
        client.post("/desk/emergency/", told(str(matter.pk)[:8], form_key="abcdefgh"))
    assert BreakGlass.objects.count() == 1


def test_it_needs_no_emergency_for_a_record_that_opens_anyhow(people: Any, matter: Any) -> None:
    answer = shown(at(people["farzona"])).post("/desk/emergency/", told(str(matter.pk)[:8]))
    assert (answer["Location"], BreakGlass.objects.count()) == (f"/desk/sealed/{matter.pk}/", 0)


@pytest.fixture
def codes(people: Any, matter: Any) -> dict[str, str]:
    """Codes that answer alike: of no record, of another organisation's, of one that Nigora is shut out of."""
    other = make_matter(people["cast"], organisation=people["cast"].gender_centre)
    access.shut_out(actor=people["manizha"], record=matter, user=people["nigora"])
    return {"absent": "01234567", "other": str(other.pk)[:8], "shut out": str(matter.pk)[:8]}


def test_it_answers_alike_whether_a_record_is_not_there_or_not_hers(people: Any, codes: dict[str, str]) -> None:
    client, answers, queries = shown(at(people["nigora"])), set(), set()
    client.post("/desk/emergency/", told("76543210"))
    for code in codes.values():
        with CaptureQueriesContext(connection) as asked_for:
            answer = client.post("/desk/emergency/", told(code))
        html = answer.content.decode().replace(code, "")
        secret = r'nonce="[^"]+"|name="(?:csrfmiddlewaretoken|form_key)" value="[^"]+"'
        answers.add((answer.status_code, re.sub(secret, "", html)))
        queries.add(len(asked_for))
    assert (len(answers), len(queries), BreakGlass.objects.count()) == (1, 1, 0)
    assert answers.pop()[0] == 422


@pytest.mark.parametrize(
    "wrong", [{"words": "too short"}, {"reason": "curious"}, {"reason": ""}, {"code": ""}, {"words": "x\x00" * 20}],
)  # fmt: skip
def test_it_keeps_the_words_of_an_emergency_that_lacks_something(
    people: Any, matter: Any, wrong: dict[str, str]
) -> None:
    answer = shown(at(people["nigora"])).post("/desk/emergency/", told(str(matter.pk)[:8], **wrong))
    html = answer.content.decode()
    assert (answer.status_code, BreakGlass.objects.count(), 'role="alert"' in html) == (422, 0, True)
    assert wrong.get("words", WORDS) in html or "\x00" in wrong.get("words", "")


@pytest.fixture
def installation(settings: Any, people: Any, matter: Any, monkeypatch: Any) -> Client:
    """No demonstration: Nigora signed in with both factors, a while ago."""
    client = at(people["nigora"])
    monkeypatch.setattr("hamroh.accounts.factors.is_waived", lambda _request: False)
    monkeypatch.setattr("hamroh.accounts.factors.passed", lambda _request, _user: True)
    return client


def test_it_asks_who_sits_here_before_the_form(installation: Client) -> None:
    answer = installation.get("/desk/emergency/")
    assert answer["Location"] == "/accounts/confirm/?next=%2Fdesk%2Femergency%2F"


def test_it_opens_nothing_without_that_and_keeps_the_words(installation: Client, matter: Any) -> None:
    answer = installation.post("/desk/emergency/", told(str(matter.pk)[:8]))
    html = answer.content.decode()
    assert (answer.status_code, BreakGlass.objects.count(), WORDS in html) == (422, 0, True)
    assert "Show who I am, in another tab" in html


def test_it_opens_right_after_she_showed_who_she_is(installation: Client, matter: Any) -> None:
    assert shown(installation).post("/desk/emergency/", told(str(matter.pk)[:8])).status_code == 302


def test_it_says_on_the_record_that_it_is_open(people: Any, matter: Any, rf: Any) -> None:
    from django.template import Context, Template

    def banner(user: Any) -> str:
        request = rf.get("/")
        request.user = user
        template = Template("{% load desk %}{% emergency_banner record %}")
        return template.render(Context({"request": request, "record": matter}))

    break_glass(people, matter)
    assert ("14:00" in banner(people["nigora"]), banner(people["farzona"]).strip()) == (True, "")


def test_it_opens_a_shelter_but_not_where_it_is(people: Any) -> None:
    shelter = Shelter.objects.create(organisation=people["centre"], code="s1")
    officer = employ("bahrom", people["centre"], Role.DUTY_OFFICER)
    shown(at(officer)).post("/desk/emergency/", told("s1"))
    assert BreakGlass.objects.count() == 1
    assert not policy.allowed(officer, "shelter.read", shelter)


# -- review --------------------------------------------------------------------------------------------------------


def test_it_shows_a_supervisor_what_was_said(people: Any, matter: Any) -> None:
    break_glass(people, matter)
    html = page(people["manizha"], "/desk/emergency/review/")
    assert ("Nigora" in html, WORDS in html, "26\N{NO-BREAK SPACE}November 2026, 10:00" in html) == (True, True, True)
    assert JournalLine.objects.filter(purpose="review of an emergency opening").count() == 1


def test_it_takes_the_review(people: Any, matter: Any) -> None:
    glass = break_glass(people, matter)
    at(people["manizha"]).post(f"/desk/emergency/review/{glass.pk}/", {"outcome": "wrong"})
    glass.refresh_from_db()
    assert (glass.outcome, glass.reviewed_by) == ("wrong", people["manizha"])


def test_it_asks_again_for_a_review_without_outcome(people: Any, matter: Any) -> None:
    glass = break_glass(people, matter)
    answer = at(people["manizha"]).post(f"/desk/emergency/review/{glass.pk}/", {"outcome": "maybe"})
    assert (answer.status_code, "Say whether it was needed" in answer.content.decode()) == (422, True)


def test_it_shows_nobody_her_own_opening_for_review(people: Any, matter: Any) -> None:
    supervisor = employ("sevda", people["centre"], Role.SUPERVISOR)
    glass = BreakGlass.objects.create(
        organisation=people["centre"], record_kind="sealedroom.matter", record_id=str(matter.pk), user=supervisor,
        reason="danger", words=WORDS, ends_at=timezone.now() + dt.timedelta(hours=4),
    )  # fmt: skip
    assert WORDS not in page(supervisor, "/desk/emergency/review/")
    assert at(supervisor).post(f"/desk/emergency/review/{glass.pk}/", {"outcome": "right"}).status_code == 404


def test_it_shows_no_opening_to_a_supervisor_who_is_shut_out(people: Any, matter: Any) -> None:
    other = employ("sevda", people["centre"], Role.SUPERVISOR)
    break_glass(people, matter)
    access.shut_out(actor=people["manizha"], record=matter, user=other)
    assert "No emergency opening waits" in page(other, "/desk/emergency/review/")


def test_it_tells_who_opened_what_awaits_her(people: Any, matter: Any) -> None:
    break_glass(people, matter)
    assert "your account rests after 72 hours" in page(people["nigora"], "/desk/")


def test_it_closes_the_desk_to_a_paused_account(people: Any, matter: Any, time_machine: Any) -> None:
    break_glass(people, matter)
    time_machine.move_to(NOW + dt.timedelta(hours=73))
    assert at(people["nigora"]).get("/desk/").status_code == 404
