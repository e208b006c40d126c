"""Who has no right to a case is answered as if there were none, at every address of the room, whether she reads or writes."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cases_addresses import OF_A_HOUSE, there
from desk_world import at, employ
from hamroh.accounts.models import ConflictBlock, Role
from strangers import Stranger, answered

FOUND = {200, 302, 303, 400, 422}


def routes(patterns: Any = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(each.pattern)
        if isinstance(each, URLResolver) and "desk/cases/".startswith(path[: len("desk/cases/")]):
            yield from routes(each.url_patterns, path)
        elif isinstance(each, URLPattern) and path.startswith("desk/cases/"):
            yield f"cases:{each.name}", each


ROUTES = dict(routes())
#: rows of a whole organisation are not shut with a case: their own tests drive them
HOUSES = {name for name, each in ROUTES.items() if set(each.pattern.regex.groupindex) & OF_A_HOUSE}
OF_A_CASE = sorted(name for name, each in ROUTES.items() if each.pattern.regex.groupindex and name not in HOUSES)
OF_ALL = sorted(set(ROUTES) - set(OF_A_CASE) - HOUSES)


#: who must learn nothing of Gulnora's case
STRANGERS = ("another worker", "another organisation", "shut out", "administrator", "donor")


@pytest.fixture
def known(office, case) -> dict[str, str]:
    return there(office, case)


@pytest.fixture
def strangers(office, case) -> dict[str, Any]:
    ConflictBlock.objects.create(user=office.manizha, record_kind="cases.case", record_id=str(case.pk))
    people = (office.zebo, office.nermin, office.manizha, office.temur)
    return dict(zip(STRANGERS, (*people, employ("lola", office.centre, Role.PROGRAMME_MANAGER)), strict=True))


def address(name: str, known: dict[str, str]) -> str:
    return reverse(name, kwargs={each: known[each] for each in ROUTES[name].pattern.regex.groupindex})


def missing(known: dict[str, str]) -> dict[str, str]:
    return {name: "22222222" if name == "code" else str(uuid.uuid4()) for name in known}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("who", STRANGERS)
def test_it_keeps_safety_rule_4_a_stranger_is_answered_as_if_there_were_no_case(strangers, known, who, method):
    stranger, nothing = Stranger(at(strangers[who]), each=who == "another worker"), missing(known)
    told = [name for name in OF_A_CASE if stranger.learns(method, address(name, known), address(name, nothing))]
    assert told == []


def test_it_opens_to_its_owner(office, known):
    client = at(office.farzona)
    shut = [
        name
        for name in OF_A_CASE
        if not {answered(client, method, address(name, known))[0] for method in ("get", "post")} & FOUND
    ]
    assert shut == []


@pytest.mark.parametrize("who", ["administrator", "donor"])
def test_it_has_no_room_of_cases_for_who_does_not_work_with_them(strangers, who):
    client = at(strangers[who])
    open_ = [
        name
        for name in OF_ALL
        if {answered(client, method, reverse(name))[0] for method in ("get", "post")} - {404, 405}
    ]
    assert open_ == []


def test_it_asks_visitors_to_sign_in(known):
    let_in = [name for name in ROUTES if answered(Client(), "get", address(name, known))[0] not in (302, 405)]
    assert let_in == []
