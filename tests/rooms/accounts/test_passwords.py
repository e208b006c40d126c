"""Passwords: which are taken, how they are kept, and that a closed account's opens nothing."""

import re

import pytest
from django.test import Client
from django.utils.translation import override

from door import let_in, password_step
from hamroh.accounts import actions
from hamroh.accounts.forms import NewPassword
from hamroh.accounts.hashers import Argon2id

LONG = "four birds over a cold river and one more over the grey mountain"


def refused(password: str) -> bool:
    return not NewPassword({"password": password}).is_valid()


@pytest.mark.parametrize(
    "password", ["quiet donkeys 7", LONG, "чор парранда бар рӯди хунук", "🐦🐋🌳🐦🐋🪨🐦🌊🐋🌳🐎🐦🐋🌳🐎"], ids=str
)
def test_it_takes_signs_of_every_sort_from_fifteen_on(password: str) -> None:
    assert not refused(password)


@pytest.mark.parametrize("password", ["quiet donkeys ", LONG * 5], ids=["fourteen", "too long to be read whole"])
def test_it_refuses_a_length_outside_its_bounds(password: str) -> None:
    assert refused(password)


@pytest.mark.parametrize("password", ["ten signs!", "password123456789"], ids=["short", "usual"])
def test_it_says_in_the_readers_language_what_is_wrong(password: str) -> None:
    with override("tg"):
        faults = " ".join(NewPassword({"password": password}).errors["password"])
    assert re.search(r"[a-z]", faults) is None


def test_it_allows_sixty_four_signs() -> None:
    assert len(LONG) == 64
    assert not refused(LONG)


@pytest.mark.parametrize("given", [f" {LONG}", f"{LONG} ", LONG.upper(), LONG[:-1]])
def test_it_takes_a_password_exactly_as_it_was_typed(client: Client, cast, given: str) -> None:
    cast.zarina.set_password(LONG)
    cast.zarina.save()
    password_step(client, "zarina", given)
    assert not let_in(client)
    password_step(client, "zarina", LONG)
    assert let_in(client)


def test_it_keeps_passwords_under_argon2id() -> None:
    kept = Argon2id().encode(LONG, "some salt of a row")
    assert kept.startswith("argon2$argon2id$v=19$m=65536,t=3,p=1$")
    assert Argon2id().verify(LONG, kept)
    assert not Argon2id().verify(LONG[:-1], kept)


def test_it_lets_nobody_in_with_a_closed_account(client: Client, cast) -> None:
    password_step(client, "zarina", cast.password)
    assert let_in(client)
    actions.close_account(actor=None, user=cast.zarina)
    assert not let_in(client)
    password_step(client, "zarina", cast.password)
    assert not let_in(client)


@pytest.mark.parametrize(
    "password",
    ["password1password", "gfhjkmgfhjkm1234", "Zarina Karimova 1990", "centre centre 2026", "Migrant support 1"],
)
def test_it_refuses_lists_keyboards_and_names_around_her(cast, password: str) -> None:
    cast.zarina.display_name = "Zarina Каримова"
    assert not NewPassword({"password": password}, user=cast.zarina).is_valid()


def test_it_takes_what_is_neither(cast) -> None:
    assert NewPassword({"password": "four birds over a cold river"}, user=cast.zarina).is_valid()
