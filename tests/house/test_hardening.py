"""What every answer of a production home carries, whatever it is an answer to."""

import json
import os
import subprocess
import sys
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
print(json.dumps({"answers": answers, "hashers": settings.PASSWORD_HASHERS, "debug": settings.DEBUG}))
"""
SECURE = ["/api/v1/openapi.json", "/healthz", "/robots.txt", "/favicon.ico", "/en/nothing", "/accounts/sign-in/"]


@pytest.fixture(scope="module")
def production(tmp_path_factory: Any) -> dict[str, Any]:
    home: Path = tmp_path_factory.mktemp("home")
    (home / "mode").write_text("production\n", encoding="ascii")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HAMROH_")}
    environment = kept | {"HAMROH_HOME": str(home), "DJANGO_SETTINGS_MODULE": "hamroh.site.settings"}
    done = subprocess.run(
        [sys.executable, "-c", ASKED], env=environment | {"HAMROH_HOSTS": "testserver"}, capture_output=True,
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
