"""Sessions: what rests in the database, how long they live, when they lock, who ends them."""

import json
from base64 import b64decode
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from door import CONFIRM, DESK, SECOND, SECURITY, SIGN_IN, come_in, give_phone, let_in, password_step
from hamroh.accounts import actions, recency
from hamroh.accounts.models import KnownDevice, Session
from hamroh.accounts.sessions import SessionStore

CANARY = "a word that must not rest"


def later(**span):
    return time_machine.travel(timezone.now() + timedelta(**span), tick=False)


def cookie(client) -> str:
    return client.cookies[settings.SESSION_COOKIE_NAME].value


# ---- at rest


def at_rest() -> bytes:
    rows = Session.objects.values_list("digest", "payload", "device")
    return b"".join(digest.encode() + bytes(payload) + device.encode() for digest, payload, device in rows)


def test_it_keeps_only_the_hash_of_the_id(inside) -> None:
    assert cookie(inside).encode() not in at_rest()


def test_it_seals_what_a_session_holds(inside, lawyer) -> None:
    session = inside.session
    session["words"] = CANARY
    session.save()
    assert CANARY.encode() not in at_rest()
    assert SessionStore(cookie(inside))["words"] == CANARY


def test_it_does_not_open_with_a_content_from_another_row(inside, cast) -> None:
    other = Client()
    password_step(other, "zarina", cast.password)
    theirs = Session.objects.get(user=cast.zarina)
    Session.objects.filter(user__username="rustam").update(payload=theirs.payload)
    assert not let_in(inside)


def test_it_keeps_a_secret_under_the_id_alone(inside) -> None:
    store = SessionStore(cookie(inside))
    store.put_secret("key", CANARY.encode())
    store.save()
    assert SessionStore(cookie(inside)).get_secret("key") == CANARY.encode()
    assert CANARY not in json.dumps(dict(store.items()))
    assert CANARY.encode() not in b64decode(store["sealed_secrets"]["key"])


def test_it_carries_secrets_over_to_a_new_id(inside) -> None:
    store = SessionStore(cookie(inside))
    store.put_secret("key", CANARY.encode())
    store.cycle_key()
    store.save()
    assert store.session_key != cookie(inside)
    assert SessionStore(store.session_key).get_secret("key") == CANARY.encode()


def test_it_gives_no_secret_while_it_is_locked(inside) -> None:
    store = SessionStore(cookie(inside))
    store.put_secret("key", CANARY.encode())
    store.save()
    store.lock()
    assert SessionStore(cookie(inside)).get_secret("key") is None


# ---- how long


def test_it_changes_the_id_at_sign_in(client, cast) -> None:
    client.get("/accounts/sign-in/passkey/")
    before = cookie(client)
    password_step(client, "zarina", cast.password)
    assert cookie(client) != before
    assert not SessionStore(before).load()


def test_it_ends_after_half_an_hour_without_a_sign(inside) -> None:
    with later(minutes=31):
        assert inside.get(SECURITY)["Location"].startswith(SIGN_IN)


def test_it_ends_after_ten_hours_whatever_happens(inside, cast) -> None:
    start = timezone.now()
    for minutes in range(9, 601, 9):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            opened = let_in(inside)
        assert opened is (minutes < 600), minutes
    with time_machine.travel(start + timedelta(minutes=601), tick=False):
        assert not let_in(inside)


def test_it_does_not_write_for_every_page(inside, django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    inside.get(SECURITY)
    with CaptureQueriesContext(connection) as seen:
        inside.get(SECURITY)
    assert not [query for query in seen.captured_queries if query["sql"].startswith(("UPDATE", "INSERT"))]


def test_it_asks_the_browser_to_forget_it(inside) -> None:
    assert inside.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""
    assert inside.cookies[settings.SESSION_COOKIE_NAME]["httponly"]


def test_it_keeps_pages_of_a_session_out_of_caches(inside) -> None:
    assert "no-store" in inside.get("/en/about/")["Cache-Control"]


# ---- the lock


def test_it_locks_by_itself_after_ten_minutes(inside, lawyer, cast) -> None:
    with later(minutes=11):
        assert inside.get(DESK)["Location"].startswith(SIGN_IN)
        assert inside.get(SIGN_IN + "?next=/desk/")["Location"] == f"{CONFIRM}?next=%2Fdesk%2F"
        assert inside.post(CONFIRM, {"password": cast.password, "next": SECURITY})["Location"] == SECURITY
        assert let_in(inside)


def test_it_stays_open_while_somebody_types(inside) -> None:
    start = timezone.now()
    for minutes in (8, 16, 24):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            assert inside.post("/accounts/here/").status_code == 204


def test_it_locks_at_once_when_asked(inside) -> None:
    inside.post("/accounts/lock/")
    assert not let_in(inside)
    assert inside.post("/accounts/here/").status_code == 401


def test_it_shows_a_locked_session_what_a_visitor_sees(inside, lawyer) -> None:
    inside.post("/accounts/lock/")
    assert inside.get("/en/about/").context["request"].user.is_anonymous


def test_it_unlocks_by_a_code_of_the_app(inside, lawyer, phone) -> None:
    inside.post("/accounts/lock/")
    with later(minutes=2):
        inside.post(CONFIRM, {"code": phone.code(), "with": "code"})
        assert let_in(inside)


def test_it_stays_locked_for_a_wrong_password(inside) -> None:
    inside.post("/accounts/lock/")
    assert "not your password" in inside.post(CONFIRM, {"password": "wrong"}).content.decode()
    assert not let_in(inside)


def test_it_answers_the_page_beneath_the_cover_in_short(inside, cast) -> None:
    inside.post("/accounts/lock/")
    asks = {"HTTP_ACCEPT": "application/json"}
    assert inside.post(CONFIRM, {"password": "wrong"}, **asks).status_code == 422
    assert inside.post(CONFIRM, {"password": cast.password}, **asks).status_code == 204
    assert let_in(inside)


def test_it_ends_a_locked_session_on_which_somebody_guesses(inside, cast) -> None:
    inside.post("/accounts/lock/")
    for _each in range(7):
        inside.post(CONFIRM, {"password": "wrong"})
    assert inside.post(CONFIRM, {"password": cast.password})["Location"].startswith(SIGN_IN)
    assert not let_in(inside)


def test_it_takes_no_printed_code_for_a_lock(inside, lawyer) -> None:
    from hamroh.accounts import factors

    code = factors.print_codes(lawyer)[0]
    inside.post("/accounts/lock/")
    inside.post(CONFIRM, {"code": code, "with": "code"})
    assert not let_in(inside)


# ---- is it you?


def test_it_asks_again_after_five_minutes(inside, rf) -> None:
    @recency.confirmed()
    def reveal(request):
        return "revealed"

    request = rf.get("/desk/x/")
    request.session = inside.session
    assert reveal(request) == "revealed"
    with later(minutes=6):
        assert reveal(request)["Location"] == f"{CONFIRM}?next=%2Fdesk%2Fx%2F"


def test_it_counts_from_when_she_showed_it(inside, cast, rf) -> None:
    request = rf.get("/desk/x/")
    with later(minutes=6):
        inside.post(CONFIRM, {"password": cast.password})
        request.session = inside.session
        assert recency.recently_confirmed(request)


def test_it_has_not_confirmed_anybody_who_locked(inside, rf) -> None:
    inside.post("/accounts/lock/")
    request = rf.get("/desk/x/")
    request.session = inside.session
    assert not recency.recently_confirmed(request)


# ---- seeing and ending them


@pytest.fixture
def elsewhere(inside, lawyer, cast, phone) -> Client:
    """The same person in another browser, two minutes later."""
    other = Client(HTTP_USER_AGENT="Mozilla/5.0 (Android 14; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0")
    with later(minutes=2):
        come_in(other, lawyer, cast.password, phone)
    return other


def test_it_lists_devices_roughly_and_no_address(inside, elsewhere) -> None:
    text = inside.get(SECURITY).content.decode()
    assert "Firefox, Android" in text
    assert "127.0.0.1" not in text
    assert "140.0" not in text


def test_it_ends_one_session(inside, elsewhere) -> None:
    digest = SessionStore(cookie(elsewhere)).digest
    inside.post("/accounts/security/end-session/", {"session": digest[:24]})
    assert not let_in(elsewhere)
    assert let_in(inside)


def test_it_ends_all_others(inside, elsewhere) -> None:
    inside.post("/accounts/security/end-session/")
    assert not let_in(elsewhere)
    assert let_in(inside)


def test_it_ends_nobody_elses_session(inside, cast) -> None:
    other = Client()
    password_step(other, "zarina", cast.password)
    inside.post("/accounts/security/end-session/", {"session": SessionStore(cookie(other)).digest[:24]})
    assert let_in(other)


def test_it_signs_out_everywhere_and_forgets_the_devices(inside, elsewhere, lawyer) -> None:
    inside.post("/accounts/security/sign-out-everywhere/")
    assert not let_in(inside)
    assert not let_in(elsewhere)
    assert not KnownDevice.objects.filter(user=lawyer).exists()


def test_it_ends_sessions_elsewhere_with_a_new_password(inside, elsewhere) -> None:
    inside.post("/accounts/security/password/", {"password": "four birds over a cold river"})
    assert let_in(inside)
    assert not let_in(elsewhere)


def test_it_ends_sessions_with_the_role(inside, cast, lawyer) -> None:
    actions.end_role(actor=cast.temur, membership=lawyer.memberships.get())
    assert not let_in(inside)


def test_it_drops_what_has_ended(inside) -> None:
    with later(minutes=31):
        SessionStore.clear_expired()
    assert not Session.objects.exists()


def test_it_leaves_no_session_behind_the_exit(inside) -> None:
    before = cookie(inside)
    inside.get("/exit")
    assert not SessionStore(before).load()


@pytest.mark.parametrize(
    ("way", "body"), [("end-session", {}), ("end-session", {"session": "0" * 24}), ("sign-out-everywhere", {})]
)
def test_it_asks_who_is_there_before_it_ends_sessions(inside, elsewhere, way, body) -> None:
    with later(minutes=6):
        answer = inside.post(f"/accounts/security/{way}/", body)
        assert answer["Location"] == f"{CONFIRM}?next=%2Faccounts%2Fsecurity%2F"
        assert let_in(elsewhere)


def test_it_leaves_nothing_of_staff_in_the_cache(inside) -> None:
    assert inside.post("/accounts/sign-out/")["Clear-Site-Data"] == '"cache"'


# ---- a new id at every proof


def test_it_changes_the_id_with_every_proof(inside, cast, lawyer, phone) -> None:
    """Who learnt the id before she showed who she is has nothing of it."""
    before = cookie(inside)
    inside.post(CONFIRM, {"password": cast.password})
    assert cookie(inside) != before
    assert let_in(inside)
    assert not SessionStore(before).load()


def test_it_changes_the_id_when_it_is_unlocked(inside, cast) -> None:
    inside.post("/accounts/lock/")
    before = cookie(inside)
    inside.post(CONFIRM, {"password": cast.password}, headers={"accept": "application/json"})
    assert cookie(inside) != before
    assert let_in(inside)


def test_it_changes_the_id_when_the_second_step_comes_later(client, cast, lawyer, phone) -> None:
    client.force_login(lawyer)
    before = cookie(client)
    client.post(SECOND, {"code": phone.wrong()})
    assert cookie(client) == before
    client.post(SECOND, {"code": phone.code()})
    assert cookie(client) != before
    assert let_in(client)


def test_it_keeps_its_longest_life_through_every_new_id(inside, cast) -> None:
    start = timezone.now()
    for minutes in range(9, 601, 9):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            inside.post(CONFIRM, {"password": cast.password})
            opened = let_in(inside)
        assert opened is (minutes < 600), minutes


def test_it_keeps_a_secret_through_a_new_id(inside, cast) -> None:
    store = SessionStore(cookie(inside))
    store.put_secret("key", CANARY.encode())
    store.save()
    inside.post(CONFIRM, {"password": cast.password})
    assert SessionStore(cookie(inside)).get_secret("key") == CANARY.encode()


# ---- a full disk


def test_it_reads_on_where_a_sign_of_life_cannot_be_written(inside, lawyer, monkeypatch) -> None:
    def full(self, **values):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr(SessionStore, "_note", full)
    with later(minutes=2):
        assert let_in(inside)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="a read-only connection is SQLite's")
def test_it_reads_on_while_nothing_can_be_written(inside) -> None:
    with connection.cursor() as cursor, later(minutes=2):
        cursor.execute("PRAGMA query_only = ON")
        try:
            assert let_in(inside)
        finally:
            cursor.execute("PRAGMA query_only = OFF")


def test_it_asks_for_the_second_step_when_a_role_comes_to_an_open_session(client, cast) -> None:
    give_phone(cast.zarina)
    client.force_login(cast.zarina)
    assert let_in(client)
    cast.zarina.memberships.update(role="lawyer")
    assert client.get(SIGN_IN)["Location"].startswith(SECOND)
