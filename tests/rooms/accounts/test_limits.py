"""Guessing: how many tries are looked at, that they are counted together, and that the owner still comes in."""

import time
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from door import SECOND, SIGN_IN, let_in, password_step
from hamroh.accounts import limits
from hamroh.accounts.models import Allowance, User

START = datetime(2026, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def evaluated(monkeypatch) -> list[str]:
    """The passwords that were really looked at."""
    seen: list[str] = []
    usual = User.check_password

    def looked_at(self, password):
        seen.append(password)
        return usual(self, password)

    monkeypatch.setattr(User, "check_password", looked_at)
    return seen


def guesses(count: int, addresses: int, seconds: float = 3600):
    """So many guesses, evenly over the time, in turn from so many addresses."""
    for number in range(count):
        with time_machine.travel(START.timestamp() + seconds * number / count, tick=False):
            password_step(Client(), "zarina", f"guess {number}", REMOTE_ADDR=f"203.0.113.{number % addresses}")


def test_it_looks_at_few_of_many_guesses(cast, evaluated) -> None:
    guesses(150, 50)
    assert 8 <= len(evaluated) <= 60


@pytest.mark.long
def test_it_looks_at_few_of_ten_thousand_guesses_and_lets_the_owner_in(cast, evaluated) -> None:
    owner = Client()
    with time_machine.travel(START.timestamp() - 3600, tick=False):
        password_step(owner, "zarina", cast.password)
        owner.post("/accounts/sign-out/")
    evaluated.clear()
    guesses(10_000, 50)
    assert len(evaluated) <= 60
    with time_machine.travel(START.timestamp() + 3600, tick=False):
        password_step(owner, "zarina", cast.password)
        assert let_in(owner)


def test_it_lets_the_owner_in_on_her_device_while_others_guess(cast) -> None:
    owner, stranger = Client(), Client()
    password_step(owner, "zarina", cast.password)
    owner.post("/accounts/sign-out/")
    for _each in range(20):
        password_step(stranger, "zarina", "wrong")
    assert "Too many tries" in password_step(stranger, "zarina", cast.password).content.decode()
    password_step(owner, "zarina", cast.password)
    assert let_in(owner)


def test_it_keeps_the_number_of_tries_on_a_stolen_device_small(cast, evaluated) -> None:
    owner = Client()
    password_step(owner, "zarina", cast.password)
    owner.post("/accounts/sign-out/")
    evaluated.clear()
    with time_machine.travel(START, tick=False):
        for number in range(40):
            password_step(owner, "zarina", f"guess {number}")
    assert len(evaluated) == limits.DEVICE.at_once


def test_it_knows_a_device_only_for_who_came_in_on_it(cast) -> None:
    owner = Client()
    owner.cookies["lang"] = "en"
    password_step(owner, "aygun", cast.password)
    owner.post("/accounts/sign-out/")
    for _each in range(limits.NAME.at_once):
        password_step(Client(), "zarina", "wrong")
    assert "Too many tries" in password_step(owner, "zarina", cast.password).content.decode()


def test_it_believes_no_device_cookie_that_was_made_up(cast) -> None:
    client = Client()
    client.cookies["device"] = "x" * 43
    for _each in range(limits.NAME.at_once):
        password_step(Client(), "zarina", "wrong")
    password_step(client, "zarina", cast.password)
    assert not let_in(client)


@pytest.mark.parametrize("username", ["zarina", "nobody"])
def test_it_refuses_names_that_nobody_bears_after_as_many_tries(cast, username) -> None:
    answers = [password_step(Client(), username, "wrong").content.decode() for _each in range(9)]
    assert ["Too many tries" in answer for answer in answers] == [False] * 8 + [True]


def test_it_says_the_same_of_every_name(cast) -> None:
    def said(username: str) -> list[str]:
        answers = [password_step(Client(), username, "wrong") for _each in range(9)]
        import re

        return [
            re.sub(r'nonce="[^"]+"|csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode()).replace(
                username, ""
            )
            for answer in answers
        ]

    User.objects.create_user("absent", None, display_name="Without a password")
    assert said("zarina") == said("nobody") == said("absent")


def test_it_hashes_once_for_every_name(cast, monkeypatch) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    User.objects.create_user("absent", None, display_name="Without a password")
    for username in ("zarina", "nobody", "absent"):
        done: list[str] = []
        usual = MD5PasswordHasher.encode
        monkeypatch.setattr(
            MD5PasswordHasher,
            "encode",
            lambda self, *given, done=done, usual=usual: done.append("") or usual(self, *given),
        )
        password_step(Client(), username, "wrong")
        monkeypatch.undo()
        assert len(done) == 1, username


def test_it_counts_everything_from_one_address(cast) -> None:
    with time_machine.travel(START, tick=False):
        for number in range(limits.ADDRESS.at_once):
            password_step(Client(), f"name-{number}", "wrong", REMOTE_ADDR="198.51.100.7")
        answer = password_step(Client(), "zarina", cast.password, REMOTE_ADDR="198.51.100.7")
        assert "Too many tries" in answer.content.decode()
        password_step(elsewhere := Client(), "zarina", cast.password, REMOTE_ADDR="198.51.100.8")
    assert Allowance.objects.exists()
    assert elsewhere.cookies["device"].value


@pytest.mark.parametrize(("one", "other"), [("2001:db8::1", "2001:db8::ffff:2"), ("192.0.2.1", "192.0.2.1")])
def test_it_takes_a_household_for_one_address(rf, one, other) -> None:
    assert limits.address(rf.get("/", REMOTE_ADDR=one)) == limits.address(rf.get("/", REMOTE_ADDR=other))


def test_it_looks_at_few_codes(client, cast, lawyer, phone) -> None:
    password_step(client, "rustam", cast.password)
    for _each in range(limits.CODE.at_once):
        client.post(SECOND, {"code": phone.wrong()})
    client.post(SECOND, {"code": phone.code()})
    assert not let_in(client)


def test_it_keeps_no_name_and_no_address_in_clear(cast) -> None:
    password_step(Client(), "zarina", "wrong", REMOTE_ADDR="198.51.100.7")
    kept = " ".join(Allowance.objects.values_list("key", flat=True))
    assert "zarina" not in kept
    assert "198.51" not in kept


def test_it_forgets_what_is_refilled(cast) -> None:
    password_step(Client(), "zarina", "wrong")
    with time_machine.travel(time.time() + 3600, tick=False):
        limits.drop_refilled()
    assert not Allowance.objects.exists()


@pytest.mark.django_db
def test_it_gives_one_more_after_its_time() -> None:
    limit = limits.Limit("test", 3, 60)
    with time_machine.travel(START, tick=False) as clock:
        assert [limits.take(limit, "x") for _each in range(4)] == [True, True, True, False]
        clock.shift(61)
        assert [limits.take(limit, "x") for _each in range(2)] == [True, False]


def test_it_shows_the_name_again_but_not_the_password(cast) -> None:
    for _each in range(9):
        answer = Client().post(SIGN_IN, {"username": "zarina", "password": "wrong secret words"})
    assert 'value="zarina"' in answer.content.decode()
    assert "wrong secret words" not in answer.content.decode()


@pytest.mark.parametrize(
    ("behind", "forwarded", "found"),
    [
        (False, "198.51.100.7", "127.0.0.1"),
        (True, "198.51.100.7", "198.51.100.7"),
        (True, "10.9.8.7, 198.51.100.7", "198.51.100.7"),
        (True, "", "127.0.0.1"),
        (True, "2001:db8:1:2:3::4", "2001:db8:1:2::/64"),
    ],
)
def test_it_asks_only_its_own_proxy_who_asks(settings, rf, behind, forwarded, found):
    settings.BEHIND_PROXY = behind
    assert limits.address(rf.get("/", HTTP_X_FORWARDED_FOR=forwarded, REMOTE_ADDR="127.0.0.1")) == found


def test_it_believes_nobody_else_about_addresses(settings, rf):
    settings.BEHIND_PROXY = True
    assert limits.address(rf.get("/", HTTP_X_FORWARDED_FOR="10.0.0.1", REMOTE_ADDR="203.0.113.9")) == "203.0.113.9"
