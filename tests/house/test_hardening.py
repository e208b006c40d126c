"""What every answer of a production home carries, whatever it is an answer to."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ASKED = """
import json
import django
django.setup()
from django.conf import settings
from django.test import Client
from django.urls import reverse

def told(method, address, **named):
    answer = getattr(Client(raise_request_exception=False), method)(address, **named)
    return {"status": answer.status_code, "headers": {name.lower(): value for name, value in answer.items()}}

# an interface, words for programs, a drawing, a missing page, a broken one, a wrong method and plain HTTP
addresses = ["/api/v1/openapi.json", "/healthz", "/robots.txt", "/favicon.ico", "/en/nothing", "/accounts/sign-in/"]
answers = {address: told("get", address, secure=True) for address in addresses}
answers["wrong method"] = told("post", "/healthz", secure=True)
answers["plain"] = told("get", "/en/")
others = {name: told("get", name, secure=secure, headers={"host": host}) for name, secure, host in (
    ("/healthz", False, "example.org"), ("/readyz", False, "127.0.0.1"), ("/api/v1/openapi.json", False, "example.org"),
)}
strangers = {f"{address} {host}": told("get", address, secure=secure, headers={"host": host})["status"]
    for address in ("/healthz", "/en/", "/accounts/sign-in/") for secure in (True, False)
    for host in ("evil.example", "testserver.evil.example", "example.org.evil.example", "example.org@evil.example")}
from hamroh.accounts.models import Membership, Organisation, Role, User
centre = Organisation.objects.create(code="centre", names={}, country="tj")
zarina = User.objects.create_user("zarina", "a long walk to the river", display_name="Zarina")
Membership.objects.create(user=zarina, organisation=centre, role=Role.EDITOR)
browser, cookies = Client(enforce_csrf_checks=True, headers={"host": "example.org"}), []

def visit(method, address, form=None, **more):
    answer = getattr(browser, method)(address, form, secure=True, headers={"referer": "https://example.org/", **more})
    cookies.extend(morsel.OutputString() for morsel in answer.cookies.values())
    return answer

visit("get", "/tg/info/?go=1", accept="text/html")
visit("get", "/accounts/sign-in/")
token = browser.cookies["__Host-csrf"].value
came = visit("post", "/accounts/sign-in/", {"username": "zarina", "password": "a long walk to the river", "csrfmiddlewaretoken": token})
token = browser.cookies["__Host-csrf"].value
visit("post", "/language", {"language": "tg", "csrfmiddlewaretoken": token})
desk = visit("get", "/desk/")
left = visit("post", "/accounts/sign-out/", {"csrfmiddlewaretoken": token})
print(json.dumps({
    "answers": answers, "others": others, "strangers": strangers, "cookies": cookies,
    "statuses": [came.status_code, desk.status_code, left.status_code], "cleared": left["Clear-Site-Data"],
    "hosts": settings.ALLOWED_HOSTS, "hashers": settings.PASSWORD_HASHERS, "debug": settings.DEBUG,
}))
"""
SECURE = ["/api/v1/openapi.json", "/healthz", "/robots.txt", "/favicon.ico", "/en/nothing", "/accounts/sign-in/"]


@pytest.fixture(scope="module")
def production(tmp_path_factory: Any, blank_home: Callable[..., Path]) -> dict[str, Any]:
    home = blank_home(tmp_path_factory.mktemp("home"))
    (home / "mode").write_text("production\n", encoding="ascii")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HAMROH_")}
    environment = kept | {"HAMROH_HOME": str(home), "DJANGO_SETTINGS_MODULE": "hamroh.site.settings"}
    done = subprocess.run(
        [sys.executable, "-c", ASKED], env=environment | {"HAMROH_HOSTS": "testserver,example.org,127.0.0.1"}, capture_output=True,
        text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def headers(production: dict[str, Any], name: str) -> dict[str, str]:
    return {asked: answer["headers"].get(name, "") for asked, answer in production["answers"].items()}


def test_it_asks_for_answers_of_every_sort(production: dict[str, Any]) -> None:
    statuses = {answer["status"] for answer in production["answers"].values()}
    assert {200, 301, 405} < statuses
    assert statuses & {404, 500}


def test_it_keeps_browsers_on_tls_for_a_year_with_all_subdomains(production: dict[str, Any]) -> None:
    given = headers(production, "strict-transport-security")
    assert {given[asked] for asked in [*SECURE, "wrong method"]} == {"max-age=31536000; includeSubDomains; preload"}


def test_it_leads_plain_http_to_tls(production: dict[str, Any]) -> None:
    plain = production["answers"]["plain"]
    assert (plain["status"], plain["headers"]["location"]) == (301, "https://testserver/en/")


@pytest.mark.parametrize("rule", ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"])
def test_it_says_in_every_answer_what_a_browser_may_do(production: dict[str, Any], rule: str) -> None:
    policies = headers(production, "content-security-policy")
    assert [asked for asked, policy in policies.items() if rule not in policy.split("; ")] == []


@pytest.mark.parametrize(
    ("name", "value"), [("x-content-type-options", "nosniff"), ("cross-origin-opener-policy", "same-origin")]
)
def test_it_carries_the_header_in_every_answer(production: dict[str, Any], name: str, value: str) -> None:
    assert set(headers(production, name).values()) == {value}


def test_it_hashes_passwords_by_argon2id_alone(production: dict[str, Any]) -> None:
    assert production["hashers"] == ["hamroh.accounts.hashers.Argon2id"]


def test_it_answers_a_supervisor_on_this_machine_without_a_redirect(production: dict[str, Any]) -> None:
    health = {address: production["others"][address] for address in ("/healthz", "/readyz")}
    assert {answer["status"] for answer in health.values()} <= {200, 503}
    assert {answer["headers"]["content-type"] for answer in health.values()} == {"text/plain; charset=utf-8"}


def test_it_refuses_programs_that_come_without_tls(production: dict[str, Any]) -> None:
    assert production["others"]["/api/v1/openapi.json"]["status"] == 403


def test_it_answers_to_its_own_names_alone(production: dict[str, Any]) -> None:
    assert set(production["strangers"].values()) == {400}


def test_it_knows_no_name_of_tests_by_itself() -> None:
    asked = "from hamroh.site import settings; print(settings.ALLOWED_HOSTS)"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HAMROH_")}
    done = subprocess.run([sys.executable, "-c", asked], env=kept, capture_output=True, text=True, check=True)
    assert ast.literal_eval(done.stdout) == ["127.0.0.1", "localhost", "[::1]"]


def test_it_names_its_cookies_for_one_host(production: dict[str, Any]) -> None:
    """Every cookie that a visitor and somebody who signs in and out is ever given, as it was sent."""
    assert production["statuses"] == [302, 200, 302]
    names = {cookie.partition("=")[0] for cookie in production["cookies"]}
    assert names == {"__Host-seen", "__Host-csrf", "__Host-session", "__Host-device", "__Host-lang"}
    for cookie in production["cookies"]:
        said = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"secure", "path=/", "samesite=lax"} <= said, cookie
        assert not [part for part in said if part.startswith("domain")], cookie
        assert "httponly" in said or "max-age=0" in said, cookie


def test_it_asks_the_browser_to_forget_what_staff_saw(production: dict[str, Any]) -> None:
    assert production["cleared"] == '"cache"'


@pytest.mark.parametrize(
    ("address", "mode"),
    [
        ("postgres://hamroh_app@db.example.org/hamroh", "verify-full"), ("postgres://hamroh_app@127.0.0.1/hamroh", None),
        ("postgres:///hamroh", None), ("postgres://hamroh_app@db.example.org/hamroh?sslmode=verify-ca", "verify-ca"),
    ],
)  # fmt: skip
def test_it_checks_the_certificate_of_a_database_elsewhere(address: str, mode: str | None) -> None:
    from hamroh.site import settings

    assert settings._postgres(address)["OPTIONS"].get("sslmode") == mode
