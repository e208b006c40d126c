"""Every role, in its own house and in another, standing so and so to a record, through every route of a sealed room.

What is expected is written here by hand, apart from the policy's own rules.
"""

import datetime as dt
import itertools
import re
import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from hamroh.accounts.models import BreakGlass, ConflictBlock, Membership, Organisation, RecordGrant, Role, User
from hamroh.vault.models import JournalLine
from sealedroom.models import Matter, Note

pytestmark = [pytest.mark.django_db, pytest.mark.urls("sealedroom.urls")]
CASE_WORKERS = {"lawyer", "psychologist", "social_worker"}
RELATIONS = ("stranger", "owner", "team", "lent", "shut out", "emergency")
ROUTES = ("list", "matter", "note", "rename")
ROOM = "/desk/sealed/"


def expected(role: str, house: str, relation: str, route: str) -> bool:
    """May somebody of this role see (or change) the record?"""
    if relation == "shut out":
        return False
    if house == "other":
        lends = relation == "lent" and role in CASE_WORKERS | {"supervisor", "partner_guest"}
        return lends and route != "rename"
    if role == "supervisor" or (role in CASE_WORKERS and relation in ("owner", "team")):
        return True
    return relation == "emergency" and route in ("matter", "note")


@pytest.fixture
def houses(db, settings, fresh_keys):
    settings.IS_DEMO = True  # one factor is enough there, on this machine
    return [Organisation.objects.create(code=code, country="tj") for code in ("own", "other")]


class Scene:
    """One record, and one person of some role who stands to it in some way."""

    def __init__(self, houses, role: str, house: str, relation: str) -> None:
        self.home, self.other = houses
        self.user = User.objects.create_user(f"u{uuid.uuid4().hex[:12]}", display_name="Somebody")
        where = houses[0] if house == "own" else houses[1]
        team = "red" if relation == "team" else ""
        Membership.objects.create(user=self.user, organisation=where, role=role, team=team)
        self.matter = Matter.objects.create(
            organisation=self.home, owner=self.user if relation == "owner" else None, team=team,
            opened_week=dt.date(2026, 11, 16), name="Гулнора",
        )  # fmt: skip
        self.note = Note.objects.create(organisation=self.home, matter=self.matter, text="Ba telefon")
        self._except(relation)
        self.client = Client(raise_request_exception=False)
        self.client.force_login(self.user)

    def _except(self, relation: str) -> None:
        record = {"record_kind": "sealedroom.matter", "record_id": str(self.matter.pk)}
        soon = timezone.now() + dt.timedelta(hours=3)
        if relation == "shut out":
            Matter.objects.filter(pk=self.matter.pk).update(owner=self.user)
            ConflictBlock.objects.create(user=self.user, **record)
        elif relation == "lent":
            verbs = ["matter.list", "matter.read"]
            RecordGrant.objects.create(
                organisation=self.home, to_organisation=self.other, verbs=verbs, ends_at=soon, **record
            )
        elif relation == "emergency":
            BreakGlass.objects.create(
                organisation=self.home,
                user=self.user,
                reason="danger",
                words="He is at the door",
                ends_at=soon,
                **record,
            )

    def ask(self, route: str, *, missing: bool = False):
        matter, note = (uuid.uuid4(), uuid.uuid4()) if missing else (self.matter.pk, self.note.pk)
        if route == "list":
            return self.client.get(ROOM)
        if route == "rename":
            return self.client.post(f"{ROOM}{matter}/rename/", {"name": "Зайнаб"})
        return self.client.get(f"{ROOM}{matter}/" if route == "matter" else f"{ROOM}notes/{note}/")

    def saw(self, route: str) -> bool:
        answer = self.ask(route)
        if route == "list":
            return str(self.matter.pk) in answer.content.decode()
        assert answer.status_code in (200, 204, 404)
        return answer.status_code in (200, 204)


@pytest.mark.parametrize(("house", "relation"), list(itertools.product(("own", "other"), RELATIONS)))
def test_it_opens_to_whom_it_should(houses, house, relation):
    wrong = {
        (role, route): not expected(role, house, relation, route)
        for role in Role.values
        for scene in [Scene(houses, role, house, relation)]
        for route in ROUTES
        if scene.saw(route) != expected(role, house, relation, route)
    }
    assert wrong == {}


def said(answer) -> tuple[int, str, set[str]]:
    """The answer without what differs each time."""
    changing = r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
    text = re.sub(changing, "", answer.content.decode())
    return answer.status_code, text, set(answer.headers)


@pytest.mark.parametrize("relation", ["stranger", "lent", "shut out"])
def test_it_answers_alike_whether_there_is_a_record_or_not(houses, relation):
    for role, house in itertools.product(Role.values, ("own", "other")):
        shut = [route for route in ROUTES[1:] if not expected(role, house, relation, route)]
        scene = Scene(houses, role, house, relation) if shut else None
        for route in shut:
            assert said(scene.ask(route)) == said(scene.ask(route, missing=True)), (role, house, route)


def test_it_asks_the_database_alike_whether_there_is_a_record_or_not(houses):
    scene = Scene(houses, "lawyer", "other", "stranger")
    asked = []
    for missing in (False, True):
        with CaptureQueriesContext(connection) as captured:
            scene.ask("matter", missing=missing)
        asked.append([re.sub(r"'[^']*'|\d+(\.\d+)?", "?", query["sql"]) for query in captured])
    assert asked[0] == asked[1]


def test_it_writes_down_who_opened_what(houses):
    scene = Scene(houses, "supervisor", "own", "stranger")
    scene.ask("matter")
    line = JournalLine.objects.get(verb="matter.read")
    assert (line.actor_id, line.record_id, line.purpose) == (scene.user.pk, str(scene.matter.pk), "page")


def test_it_writes_no_opening_for_who_was_refused(houses):
    scene = Scene(houses, "lawyer", "other", "stranger")
    scene.ask("matter")
    assert not JournalLine.objects.filter(verb="matter.read").exists()
