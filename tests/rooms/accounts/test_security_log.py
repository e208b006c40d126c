"""The security log: what is written when, one line an event, that tells nobody's data and that nothing typed can break."""

import json
import logging
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client

from door import CONFIRM, SECOND, come_in, password_step
from hamroh.accounts import actions, limits, watch
from hamroh.accounts.models import LinkKind
from hamroh.web import logs

#: a name and a password as nobody types them: a second line, a terminal's colour, another direction, a lost half
CANARY = 'Зумрад\n{"event": "forged"}\r\x1b[31mred\u202eturned\u2028line'
Events = Callable[..., list[dict[str, Any]]]


class Kept(logging.Handler):
    """Keeps lines as the log's own handler writes them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(logs.Security())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


@pytest.fixture
def log() -> Iterator[list[str]]:
    kept = Kept()
    logging.getLogger("hamroh.security").addHandler(kept)
    yield kept.lines
    logging.getLogger("hamroh.security").removeHandler(kept)


@pytest.fixture
def events(log: list[str], django_capture_on_commit_callbacks: Any) -> Iterator[Events]:
    """The events of one kind; what commits is told, as outside of tests."""

    def of(kind: str) -> list[dict[str, Any]]:
        return [event for event in map(json.loads, log) if event["event"] == kind]

    with django_capture_on_commit_callbacks(execute=True):
        yield of


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Any) -> Any:
    return lambda: django_capture_on_commit_callbacks(execute=True)


def test_it_tells_who_came_in_and_how(client, cast, phone, log, committed) -> None:
    with committed():
        come_in(client, cast.rustam, cast.password, phone)
    told = [json.loads(line) for line in log]
    entry = next(each for each in told if each["event"] == "accounts.sign_in")
    assert (entry["user"], entry["facts"]) == (str(cast.rustam.pk), {"with": ["password", "totp"]})


def test_it_tells_a_failed_sign_in_by_a_hash_of_the_name(client, cast, events) -> None:
    for name in ("zarina", " Zarina", "ＺＡＲＩＮＡ", "nobody"):
        password_step(client, name, "wrong")
    names = [event["name"] for event in events("accounts.sign_in_failed")]
    assert names == [watch.hashed("zarina")] * 3 + [watch.hashed("nobody")]


def test_it_tells_of_limits_that_were_reached(client, cast, events) -> None:
    for _each in range(limits.NAME.at_once + 2):
        password_step(client, "zarina", "wrong")
    assert len(events("accounts.sign_in_failed")) == limits.NAME.at_once
    assert len(events("accounts.sign_in_limited")) == 2


def test_it_tells_of_codes_that_do_not_fit(client, cast, lawyer, phone, events) -> None:
    password_step(client, "rustam", cast.password)
    client.post(SECOND, {"code": phone.wrong()})
    assert [(each["user"], each["proof"]) for each in events("accounts.proof_failed")] == [(str(lawyer.pk), "code")]


def test_it_tells_of_passkeys_that_nobody_has(client, cast, events) -> None:
    client.post("/accounts/sign-in/passkey/", {"credential": "{}"})
    assert [each["proof"] for each in events("accounts.proof_failed")] == ["passkey"]


def test_it_tells_of_a_session_that_guesses_ended(inside, lawyer, events) -> None:
    for _each in range(limits.CONFIRM.at_once + 1):
        inside.post(CONFIRM, {"password": "wrong"})
    assert [each["user"] for each in events("accounts.ended_by_guesses")] == [str(lawyer.pk)]
    assert len(events("accounts.proof_failed")) == limits.CONFIRM.at_once


def test_it_tells_of_changed_factors_and_passwords(lawyer, log, committed) -> None:
    with committed():
        factors_sheet = actions.print_codes(actor=lawyer)
        actions.set_password(actor=lawyer, password="four birds over a cold river")
    told = [json.loads(line)["event"] for line in log]
    assert told == ["accounts.print_codes", "accounts.set_password"]
    assert not any(code in line for code in factors_sheet for line in log)


def test_it_tells_nothing_that_was_rolled_back(lawyer, log, committed) -> None:
    from django.db import transaction

    with committed(), pytest.raises(ValueError, match="changed my mind"), transaction.atomic():
        actions.print_codes(actor=lawyer)
        raise ValueError("changed my mind")
    assert log == []


def test_it_tells_what_the_policy_refused(client, cast, lawyer, phone, events) -> None:
    come_in(client, lawyer, cast.password, phone)
    assert client.get("/desk/people/").status_code == 404
    (event,) = events("access.refused")
    assert (event["user"], event["reason"]) == (str(lawyer.pk), "no role for accounts.see_people")
    assert event["page"]


def test_it_tells_of_ids_that_somebody_tries(client, cast, phone, events) -> None:
    come_in(client, cast.rustam, cast.password, phone)
    client.get(f"/desk/tasks/{uuid.uuid4()}/")
    assert len(events("access.refused")) == 1


def test_it_tells_of_links_that_open_nothing(client, cast, events) -> None:
    client.get("/accounts/link/a-secret-that-was-guessed/")
    assert len(events("accounts.link_refused")) == 1


def test_it_tells_of_a_form_without_its_token(cast, events) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.post(
        "/accounts/sign-in/", {"username": "zarina", "password": CANARY}, headers={"Origin": "https://evil.example"}
    )
    assert [each["reason"] for each in events("form.refused")] == ["Origin checking failed"]


def test_it_tells_of_a_body_that_is_too_large(client, settings, events) -> None:
    settings.BODY_MAX = 10
    client.post("/accounts/sign-in/", {"username": "x" * 100})
    assert len(events("request.too_large")) == 1


def test_it_joins_the_lines_of_one_request_and_of_one_network(cast, events) -> None:
    for address in ("203.0.113.7", "203.0.113.200", "198.51.100.7"):
        password_step(Client(), "zarina", "wrong", REMOTE_ADDR=address)
    failed = events("accounts.sign_in_failed")
    assert len({each["request"] for each in failed}) == 3
    assert [each["whence"] for each in failed].count(failed[0]["whence"]) == 2


@pytest.mark.parametrize(("one", "other"), [("2001:db8:1:2::1", "2001:db8:1:3::1"), ("192.0.2.1", "192.0.2.9")])
def test_it_takes_a_network_for_one(rf, one, other) -> None:
    assert watch.whence(rf.get("/", REMOTE_ADDR=one)) == watch.whence(rf.get("/", REMOTE_ADDR=other))


def test_it_writes_one_line_an_event_whatever_was_typed(client, cast, lawyer, phone, log) -> None:
    client.post("/accounts/sign-in/", {"username": CANARY, "password": CANARY}, HTTP_USER_AGENT=CANARY.splitlines()[0])
    password_step(client, "rustam", cast.password)
    client.post(SECOND, {"code": CANARY[:20]})
    client.get("/accounts/link/forged%0aline/")
    assert len(log) == 3
    assert all(line.isascii() and line.isprintable() and json.loads(line) for line in log)


def test_it_tells_nothing_that_was_typed_and_nobody_s_data(client, lawyer, phone, log, committed) -> None:
    """Through the whole door: names, passwords, codes, links, addresses and numbers are told nowhere."""
    typed = ["Zwqxtyped", "a password of hers 77", "203.0.113.77", "Mozilla Zwqxagent"]
    with committed():
        secret = actions.link_from_shell(user=lawyer, kind=LinkKind.PASSWORD)
        password_step(client, typed[0], typed[1], REMOTE_ADDR=typed[2], HTTP_USER_AGENT=typed[3])
        client.get(f"/accounts/link/{secret}/")
        client.post("/accounts/link/", {"password": "four birds over a cold river"})
        code = phone.code()
        password_step(client, "rustam", "four birds over a cold river")
        client.post(SECOND, {"code": code})
        client.post("/accounts/sign-out/")
    whole = "\n".join(log)
    assert "accounts.sign_out" in whole
    hers = [lawyer.username, lawyer.display_name, secret, code, phone.seed]
    assert [each for each in (*typed, *hers) if each in whole] == []


def test_it_grows_no_journal_by_failures(client, cast, lawyer, phone) -> None:
    """Whoever guesses may fill a log that the service manager turns over, never the chain that is kept for ever."""
    from hamroh.vault.models import JournalLine

    before = JournalLine.objects.count()
    for number in range(12):
        password_step(client, f"nobody-{number}", "wrong")
        client.get("/accounts/link/a-secret-that-was-guessed/")
        client.get("/desk/people/")
    assert JournalLine.objects.count() == before


def test_it_escapes_what_breaks_a_line_of_the_server_s_log() -> None:
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, "Not Found: %s", (CANARY,), None)
    line = logs.WithoutData("%(levelname)s %(message)s").format(record)
    assert len(line.splitlines()) == 1
    assert not {"\x1b", "\u202e", "\u2028"} & set(line)


def test_it_names_only_people_by_their_ids() -> None:
    """Every place that writes to the log passes our own words, ids and hashes: a new one is looked at and put here."""
    from pathlib import Path

    import hamroh

    files = Path(hamroh.__file__).parent.rglob("*.py")
    writers = {path.name for path in files if "watch.note(" in (text := path.read_text()) or "logs.security(" in text}
    assert writers == {
        "entering.py", "links.py", "watch.py", "scope.py", "middleware.py", "views.py", "journal.py", "files.py",
        "upkeep.py", "letters.py", "ownkey.py", "unlocking.py", "poolfiles.py", "filler_api.py", "phone.py",
    }  # fmt: skip
