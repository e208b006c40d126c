"""Queries whose words are made once: they answer as the same query would that is made each time."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from hamroh.accounts.models import Membership, User
from hamroh.web.prepared import Prepared

PEOPLE = Prepared(lambda name: User.objects.filter(username=name), name=str)
ROLES = Prepared(lambda user: Membership.objects.filter(user=user).values_list("organisation_id", "role"), user=UUID)


def test_it_answers_each_value_with_its_own_rows(cast: Any) -> None:
    asked = [cast.zarina, cast.rustam, cast.zarina]
    assert [PEOPLE.ask(name=each.username) for each in asked] == [[each] for each in asked]


def test_it_gives_values_as_the_query_itself_would(cast: Any) -> None:
    ROLES.ask(user=uuid4())
    wanted = Membership.objects.filter(user=cast.zarina).values_list("organisation_id", "role")
    assert ROLES.ask(user=cast.zarina.pk) == list(wanted) != []


def test_it_finds_nothing_for_what_is_not_there(cast: Any) -> None:
    assert (PEOPLE.ask(name="nobody"), ROLES.ask(user=uuid4()), ROLES.ask(user=None)) == ([], [], [])


def test_it_reads_anew_each_time(cast: Any) -> None:
    PEOPLE.ask(name=cast.zarina.username)
    User.objects.filter(pk=cast.zarina.pk).update(display_name="Anew")
    assert PEOPLE.ask(name=cast.zarina.username)[0].display_name == "Anew"


def test_it_asks_the_database_once(cast: Any) -> None:
    PEOPLE.ask(name="nobody")
    with CaptureQueriesContext(connection) as asked:
        PEOPLE.ask(name=cast.zarina.username)
    assert len(asked) == 1


def test_it_keeps_nothing_that_another_thread_could_use(db: None) -> None:
    def made() -> object:
        found = PEOPLE._made()
        connections["default"].close()
        return found

    with ThreadPoolExecutor(1) as beside:
        assert beside.submit(made).result() is not PEOPLE._made()


def test_it_refuses_a_value_that_its_query_does_not_ask_for(cast: Any) -> None:
    with pytest.raises(ValueError, match="name"):
        Prepared(lambda name: User.objects.all(), name=str).ask(name="x")  # noqa: ARG005 - that is the fault
