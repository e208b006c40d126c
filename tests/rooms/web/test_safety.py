"""What every answer says to the browser, and the way out."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpResponse
from django.template.response import SimpleTemplateResponse
from django.test import RequestFactory

from hamroh.web.decorators import MARKER, sensitive
from hamroh.web.middleware import FormProtection

BROWSER = {"HTTP_ACCEPT": "text/html,application/xhtml+xml"}


@sensitive(title="Places and opening hours")
def places(request):
    return HttpResponse("the page itself")


@pytest.fixture
def visit():
    def go(address="/tg/info/?a=4", method="get", cookies=None, **headers):
        request = getattr(RequestFactory(), method)(address, **{**BROWSER, **headers})
        request.COOKIES.update(cookies or {})
        request.csp_nonce = "n"
        return places(request)

    return go


@pytest.fixture
def policy(client, db):
    return client.get("/en/")["Content-Security-Policy"]


def test_it_allows_nothing_unsafe(policy):
    assert "unsafe" not in policy


def test_it_allows_nothing_from_elsewhere(policy):
    sources = {word for rule in policy.split(";") for word in rule.split()[1:]}
    assert {word for word in sources if not word.startswith("'nonce-")} == {"'none'", "'self'", "data:"}


def test_it_gives_every_answer_its_own_nonce(client, db):
    nonces = {re.search(r"nonce-([\w-]+)", client.get("/en/")["Content-Security-Policy"])[1] for _ in range(3)}
    assert len(nonces) == 3


def test_it_gives_its_one_script_the_nonce_of_the_answer(client, db):
    answer = client.get("/en/")
    nonce = re.search(r"nonce-([\w-]+)", answer["Content-Security-Policy"])[1]
    assert re.findall(r"<script[^>]*>", answer.content.decode()) == [
        f'<script src="/static/web/exit.js" nonce="{nonce}" defer>'
    ]


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    ],
)
def test_it_sends_the_header(client, db, header, value):
    assert client.get("/en/about/")[header] == value


def test_it_asks_for_no_power_of_the_device(client, db):
    assert "geolocation=()" in client.get("/en/about/")["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/", "/en/", "/tg/about/safety/", "/nothing", "/accounts/sign-in/"])
def test_it_writes_no_style_or_script_into_the_page(client, db, address):
    html = client.get(address).content.decode()
    assert re.findall(r'\sstyle="|\son\w+="|<style|<script(?![^>]*\ssrc=)|javascript:', html) == []


@pytest.mark.parametrize("address", ["/", "/en/", "/tg/about/safety/"])
def test_it_asks_nothing_of_another_host(client, db, address):
    html = client.get(address).content.decode()
    assert re.findall(r'<(?:link|script|img|iframe|source)[^>]*(?:src|href)="(?:https?:)?//', html) == []


def test_it_keeps_no_copy_and_sends_no_referrer(visit):
    answer = visit(cookies={"seen": "1"})
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")


def test_it_explains_the_way_out_before_the_first_page(visit, db):
    html = visit().content.decode()
    assert "the page itself" not in html
    assert f'href="/tg/info/?a=4&amp;{MARKER}=1"' in html


def test_it_keeps_no_copy_of_the_explanation(visit, db):
    assert visit()["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "seen",
    [
        {"address": "/tg/info/?go=1"},
        {"cookies": {"seen": "1"}},
        {"method": "post"},
        {"HTTP_ACCEPT": "application/json"},
        {"HTTP_SEC_FETCH_SITE": "same-origin"},
    ],
)
def test_it_explains_once_only(visit, seen):
    assert visit(**seen).content == b"the page itself"


def test_it_explains_to_who_comes_from_the_first_page(visit, db):
    answer = visit(HTTP_SEC_FETCH_SITE="same-origin", HTTP_REFERER="http://testserver/tg/")
    assert b"the page itself" not in answer.content


def test_it_remembers_with_a_cookie_that_says_nothing_and_ends_with_the_browser(visit):
    cookie = visit("/tg/info/?go=1").cookies["seen"]
    assert (cookie.value, cookie["max-age"], cookie["expires"], cookie["httponly"]) == ("1", "", "", True)


def test_it_gives_the_neutral_title_whatever_the_page_says(rf):
    from django.template import engines

    @sensitive(title="Places and opening hours")
    def page(request):
        source = '{% extends "web/base.html" %}{% block title %}He beats me{% endblock %}'
        return HttpResponse(engines["django"].from_string(source).render({}, request))

    request = rf.get("/tg/info/")
    request.csp_nonce = "n"
    html = page(request).content.decode()
    assert "<title>Places and opening hours</title>" in html
    assert "He beats me" not in html


@pytest.mark.parametrize("lang", ["en", "az", "ru", "tg"])
def test_it_leads_out_to_a_page_of_the_language(client, db, lang):
    answer = client.get(f"/exit?l={lang}")
    assert (answer.status_code, answer["Location"]) == (303, settings.EXIT_TARGETS[lang])


def test_it_leads_nowhere_else(client, db):
    assert client.get("/exit?l=https://example.org/")["Location"] in settings.EXIT_TARGETS.values()


def test_it_forgets_everything_on_the_way_out(client, db):
    answer = client.get("/exit")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert {name for name, cookie in answer.cookies.items() if cookie["max-age"] == 0} == {
        "sessionid",
        "csrftoken",
        "lang",
        "seen",
    }


@pytest.mark.parametrize("way", ["get", "post"])
def test_it_ends_the_session_on_the_server(client, cast, way):
    from hamroh.accounts.models import Session

    client.force_login(cast.zarina)
    getattr(client, way)("/exit")
    assert not Session.objects.filter(user=cast.zarina).exists()
    assert SESSION_KEY not in client.session


def test_it_answers_a_beacon_without_a_page(client, db):
    assert client.post("/exit", headers={"sec-fetch-mode": "no-cors"}).status_code == 204


@pytest.mark.parametrize(("site", "trusted"), [("same-origin", True), ("cross-site", False), ("", False)])
def test_it_trusts_a_post_without_origin_only_from_the_same_site(rf, site, trusted):
    request = rf.post("/tg/info/w/", HTTP_ORIGIN="null", HTTP_SEC_FETCH_SITE=site)
    assert FormProtection(lambda _: SimpleTemplateResponse())._origin_verified(request) is trusted
