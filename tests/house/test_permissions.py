"""Who may open and do what at the desk: every route, every role, both methods; and what a form must bring."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from desk_routes import EXPECTED, NOBODY, OPEN_POSTS, PEOPLE, routes
from desk_things import Things, made
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from world import World

FOUND, FORMS = {200, 302, 303}, {200, 302, 303, 400, 422}


def test_it_states_who_may_for_every_route_of_the_desk() -> None:
    # test_doors.py in tests/rooms/cases, tracing, emergencies, training, bulletins and groups (and beside it of meetings), and two of fieldwork, drive every route of these
    elsewhere = (
        "desk/cases/",
        "desk/tracing/",
        "desk/emergencies/",
        "desk/field/",
        "desk/training/",
        "desk/groups/",
        "desk/bulletins/",
        "desk/projects/",
        "desk/statistics/",
    )
    desk = {name for name, path, _route in routes() if path.startswith("desk/") and not path.startswith(elsewhere)}
    assert desk == set(EXPECTED)


@pytest.fixture(scope="module")
def standing(miniature: World, django_db_blocker: Any) -> Iterator[Things]:
    """Made once, and taken back after the last test; each test takes back what it changes of them."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield made(miniature)
        transaction.set_rollback(True)


@pytest.fixture
def things(standing: Things, db: None) -> Things:
    return standing


@pytest.fixture(scope="module")
def signed_in(standing: Things, django_db_blocker: Any) -> dict[str, str]:
    """Each role's session, begun once: what a test's own requests write in it is taken back with the test."""
    from hamroh.accounts.models import User

    with django_db_blocker.unblock():
        return {role: session_of(User.objects.get(username=name)) for role, name in PEOPLE.items()}


def session_of(user: Any) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def people(things: Things, signed_in: dict[str, str]) -> dict[str, str]:
    return signed_in


def ask(who: str | None, method: str, address: str) -> Any:
    client = Client(raise_request_exception=False)
    if who is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = who
    return getattr(client, method)(address)


def test_it_is_kept_in_no_cache(things: Things, people: dict[str, str]) -> None:
    """Every page of the desk, as it opens to each and as it is refused."""
    kept = [
        (role, name)
        for role, who in people.items()
        for name, (may, _post) in EXPECTED.items()
        if may is not None and "no-store" not in ask(who, "get", things.address(name)).headers.get("Cache-Control", "")
    ]
    assert kept == []


CASES = [(name, method) for name in sorted(EXPECTED) for method in ("get", "post")]


@pytest.mark.parametrize(("name", "method"), CASES)
def test_it_opens_to_whom_it_should(things: Things, people: dict[str, str], name: str, method: str) -> None:
    may = EXPECTED[name][method == "post"]
    for role, who in people.items():
        status = ask(who, method, things.address(name)).status_code
        if may is None:
            assert status == 405, role
        else:
            assert status in ((FORMS if method == "post" else FOUND) if role in may else {404}), role


@pytest.mark.parametrize(("name", "method"), CASES)
def test_it_asks_visitors_to_sign_in(things: Things, name: str, method: str) -> None:
    answer = ask(None, method, things.address(name))
    assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, reverse("accounts:sign-in"))


def said(answer: Any, address: str) -> tuple[int, str]:
    """The answer without what differs each time and without its own address."""
    text = answer.content.decode().replace(address, "")
    return answer.status_code, re.sub(r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"', "", text)


@pytest.mark.parametrize(("name", "method"), CASES)
def test_it_looks_the_same_whether_there_is_a_record_or_not(
    things: Things, people: dict[str, str], name: str, method: str
) -> None:
    may = EXPECTED[name][method == "post"]
    for role in people.keys() - (may or NOBODY):
        real, unreal = things.address(name), things.address(name, missing=True)
        assert said(ask(people[role], method, real), real) == said(ask(people[role], method, unreal), unreal), role


@pytest.mark.parametrize("name", sorted(name for name, (_get, post) in EXPECTED.items() if post))
def test_it_takes_no_form_without_its_token(things: Things, people: dict[str, str], name: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies[settings.SESSION_COOKIE_NAME] = people["keeper"]
    assert client.post(things.address(name)).status_code == 403


def test_it_leaves_no_other_form_open() -> None:
    """Uploads read their token themselves, one step in; interfaces for programs only read."""
    exempt = {
        name
        for name, path, route in routes()
        if getattr(route.callback, "csrf_exempt", False) and not path.startswith("api/")
    }
    uploads = {
        "directory-desk:import",
        "tracing:upload",
        "tracing:upload-records",
        "exchanges:bring",
        "exchanges:take-in",
    }
    reading = {"oai"}
    # anonymous: a budget that nothing keeps, counts for a workshop's code, a wish to come, a certificate's code
    unknown = {"budget:page", "budget:share", "training-public:sign-up", "training-public:verify"}
    # somebody asks for letters; a signed link says yes or leaves
    unknown |= {"bulletins-public:ask", "bulletins-public:confirm", "bulletins-public:leave"}
    # devices show who they are at each request: by digest access or a token, by a cookie that only our own page sends
    devices = {name for name, _path, _route in routes() if name.startswith("openrosa:")} | {
        "filler:api-packages",
        "meetings:phone-api",
    }
    # the door to the editors' tool opens none of them but a list, to be read (tests of the pages' room)
    behind = {f"wagtailadmin_api:pages:{name}" for name in ("listing", "detail", "find", "action")}
    assert exempt == OPEN_POSTS | uploads | reading | unknown | behind | devices


def test_it_only_reads_for_programs(client: Client, db: None) -> None:
    paths = [path for _name, path, _route in routes() if path.startswith("api/") and "<" not in path]
    answers = {path: client.post(f"/{path}").status_code for path in paths if not path.endswith(".json")}
    assert set(answers.values()) <= {404, 405}
    assert 405 in answers.values()


def test_it_writes_nothing_by_get_at_the_desk(things: Things, people: dict[str, str]) -> None:
    from test_crawl import tables

    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = people["keeper"]
    before = tables()
    for name, (may_get, _may_post) in EXPECTED.items():
        if may_get:
            client.get(things.address(name))
    assert tables() == before
