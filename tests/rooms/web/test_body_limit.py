"""A request that is too large is refused before it is read."""

from django.test import Client


def test_it_refuses_what_says_that_it_is_too_large(db, settings):
    settings.BODY_MAX = 100
    answer = Client().post("/ru/info/w", {"w": "x" * 200})
    assert answer.status_code == 413
    assert "слишком велико" in answer.content.decode()
    assert "default-src" in answer["Content-Security-Policy"]


def test_it_takes_what_is_small_enough(db, settings):
    settings.BODY_MAX = 10_000
    assert Client().post("/ru/info/w", {"w": "x"}).status_code != 413
