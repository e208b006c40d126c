"""The site's own pages: health, the walk, the desk's first page."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.urls import resolve
from django.utils.translation import override

from hamroh.accounts.models import Role
from hamroh.site.tour import STOPS, WHO


def test_it_is_alive_without_a_database(client: Any, django_assert_num_queries: Any, db: None) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz").status_code == 200


def test_it_is_ready_when_the_database_answers(client: Any, db: None) -> None:
    assert client.get("/readyz").status_code == 200


def test_it_is_not_ready_without_its_tables(client: Any, db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE directory_adminunit RENAME TO gone")
    try:
        assert client.get("/readyz").status_code == 503
    finally:
        connection.needs_rollback = False


@pytest.mark.parametrize("lang", ["en", "az", "ru", "tg"])
def test_it_walks_only_in_a_demonstration(client: Any, db: None, settings: Any, lang: str) -> None:
    settings.IS_DEMO = True
    assert client.get(f"/{lang}/tour/").status_code == 200
    settings.IS_DEMO = False
    assert client.get(f"/{lang}/tour/").status_code == 404


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.path)
def test_it_stops_only_where_a_page_is(stop: Any) -> None:
    path = stop.path if stop.path.startswith("/") else f"/en/{stop.path}"
    with override("en"):
        assert resolve(urlsplit(path).path)


def test_it_counts_what_waits_for_an_editor(client: Any, cast: Any) -> None:
    client.force_login(cast.zarina)
    assert "Reports from the public" in client.get("/desk/").content.decode()


def test_it_opens_no_room_for_an_administrator(client: Any, cast: Any) -> None:
    client.force_login(cast.temur)
    page = client.get("/desk/").content.decode()
    assert "/desk/directory/" not in page


def test_it_hides_the_desk_from_who_has_no_role(client: Any, cast: Any) -> None:
    client.force_login(cast.rustam)
    assert client.get("/desk/").status_code == 404


def test_it_leads_every_role_through_a_room():
    assert set(WHO) == set(Role)
    assert {str(who) for who in WHO.values()} <= {str(stop.who) for stop in STOPS}
