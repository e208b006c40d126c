"""Signing in and out."""

import pytest

SIGN_IN, DEMO = "/accounts/sign-in/", "/accounts/demo/"


def _signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_it_signs_in_with_the_right_password(client, cast) -> None:
    client.post(SIGN_IN, {"username": "zarina", "password": cast.password})
    assert _signed_in(client)


@pytest.mark.parametrize("username", ["zarina", "nobody"])
def test_it_says_the_same_of_a_wrong_password_and_a_wrong_name(client, cast, username: str) -> None:
    answer = client.post(SIGN_IN, {"username": username, "password": "wrong"})
    assert "do not fit together" in answer.content.decode()


def test_it_keeps_the_typed_name_after_a_mistake(client, cast) -> None:
    answer = client.post(SIGN_IN, {"username": "zarina", "password": "wrong"})
    assert 'value="zarina"' in answer.content.decode()


def test_it_never_shows_the_typed_password(client, cast) -> None:
    answer = client.post(SIGN_IN, {"username": "zarina", "password": "wrong secret words"})
    assert "wrong secret words" not in answer.content.decode()


def test_it_does_not_send_people_to_another_site(client, cast) -> None:
    answer = client.post(SIGN_IN, {"username": "zarina", "password": cast.password, "next": "https://evil.example/"})
    assert answer["Location"] == "/desk/"


def test_it_signs_out_only_by_post(client, cast) -> None:
    client.force_login(cast.zarina)
    assert client.get("/accounts/sign-out/").status_code == 405
    client.post("/accounts/sign-out/")
    assert not _signed_in(client)


def test_it_signs_in_by_a_click_in_a_demonstration(client, cast, settings) -> None:
    settings.IS_DEMO = True
    client.post(DEMO, {"username": "zarina"})
    assert _signed_in(client)


def test_it_has_no_such_click_in_an_installation(client, cast, settings) -> None:
    settings.IS_DEMO = False
    assert client.post(DEMO, {"username": "zarina"}).status_code == 404
    assert "demo-people" not in client.get(SIGN_IN).content.decode()


def test_it_has_no_such_click_from_another_machine(client, cast, settings) -> None:
    settings.IS_DEMO = True
    assert client.post(DEMO, {"username": "zarina"}, REMOTE_ADDR="203.0.113.9").status_code == 404


def test_it_does_not_click_into_an_account_without_a_role(client, cast, settings) -> None:
    settings.IS_DEMO = True
    assert client.post(DEMO, {"username": "rustam"}).status_code == 404


@pytest.fixture
def clicker(client, cast, settings):
    """Somebody of a demonstration who came in by a click and has nothing to show; her screen is locked."""
    settings.IS_DEMO = True
    cast.zarina.set_unusable_password()
    cast.zarina.save()
    client.post(DEMO, {"username": "zarina"})
    client.post("/accounts/lock/")
    return client


def _locked(client, **request: str) -> bool:
    return "zarina" not in client.get("/desk/", follow=True, **request).context["request"].user.get_username()


def test_it_unlocks_by_a_click_whom_a_click_let_in(clicker) -> None:
    assert _locked(clicker)
    clicker.post("/accounts/confirm/", {"next": "/desk/"})
    assert not _locked(clicker)


@pytest.mark.parametrize(
    "beyond", [{"REMOTE_ADDR": "203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}], ids=["far", "passed on"]
)
def test_it_unlocks_nothing_by_a_click_from_another_machine(clicker, beyond: dict[str, str]) -> None:
    clicker.post("/accounts/confirm/", {"next": "/desk/"}, **beyond)
    assert _locked(clicker)


def test_it_unlocks_nothing_by_a_click_in_an_installation(clicker, settings) -> None:
    settings.IS_DEMO = False
    clicker.post("/accounts/confirm/", {"next": "/desk/"})
    assert _locked(clicker)


def test_it_asks_who_has_a_password_for_it_also_in_a_demonstration(client, cast, settings) -> None:
    settings.IS_DEMO = True
    client.post(DEMO, {"username": "zarina"})
    client.post("/accounts/lock/")
    client.post("/accounts/confirm/", {"next": "/desk/"})
    assert _locked(client)
