"""Who sits at the desk in its tests, and what they do there."""

import datetime as dt
import re
import time
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hamroh import vault
from hamroh.accounts import actions, policy
from hamroh.accounts.actions import access
from hamroh.accounts.models import BreakGlass, Membership, Task, User
from hamroh.vault import journal

WORDS = "She rang: he is at the door."
TODAY = dt.date(2026, 11, 23)
#: a Monday, at ten in Dushanbe
NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)


def employ(username: str, organisation: Any, role: str) -> Any:
    user = User.objects.create_user(username, display_name=username.title())
    Membership.objects.create(user=user, organisation=organisation, role=role, starts_at=NOW - dt.timedelta(days=400))
    return user


def at(user: Any) -> Client:
    client = Client()
    client.cookies["lang"] = "en"
    client.force_login(user)
    return client


def shown(client: Client) -> Client:
    """She showed a moment ago who sits there."""
    session = client.session
    session["confirmed_at"] = time.time()
    session.save()
    return client


def page(user: Any, address: str) -> str:
    answer = at(user).get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def add(people: Any, words: str = "Ring the court", days: int = 0, **more: Any) -> Task:
    return actions.add_task(
        actor=people["farzona"], organisation=people["centre"], words=words, due_date=TODAY + dt.timedelta(days=days),
        **more,
    )  # fmt: skip


def look(user: Any, matter: Any, field: str = "name", verb: str = "matter.read") -> None:
    decision = policy.require(user, verb, matter)
    with journal.openings("request"):
        vault.open(matter, field, decision=decision, purpose="page")


def break_glass(people: Any, matter: Any, who: str = "nigora") -> BreakGlass:
    return access.break_glass(actor=people[who], record=matter, reason="danger", words=WORDS)


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return sum(not re.match("SAVEPOINT|RELEASE|BEGIN|COMMIT|SELECT current_setting", query["sql"]) for query in queries)
