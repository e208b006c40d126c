"""What is typed on a page of help stands in no log, also when the page fails and its fault repeats it."""

import logging
from typing import Any

import pytest
from django.test import Client
from world import World

TYPED = "Zwqxtyped он не звонит"
DOORS = {"w": {"w": TYPED, "a": "0"}, "v": {"v": TYPED, "a": "0"}, "k/f": {"a": "0", "b": "0", "x": TYPED}}
#: what each of these pages asks first
FIRST = {"w": "finder_words.understand", "v": "finder_words.meant", "k/f": "finder_cards.sheet"}


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> Any:
    """All loggers at their most talkative, without the database's statements, which are never logged outside of tests."""
    caplog.set_level(logging.DEBUG)
    return lambda: "\n".join(
        f"{caplog.handler.format(record)} {record.args!r}"
        for record in caplog.records
        if not record.name.startswith("django.db.backends")
    )


@pytest.mark.parametrize("door", DOORS)
def test_it_logs_no_typed_word(world: World, client: Client, log: Any, door: str) -> None:
    assert client.post(f"/ru/info/{door}", DOORS[door]).status_code < 500
    assert "Zwqxtyped" not in log()


@pytest.mark.parametrize("door", DOORS)
def test_it_logs_no_typed_word_when_it_fails(
    world: World, log: Any, door: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object, **named: object) -> None:
        raise RuntimeError(f"cannot read {given} {named}")

    monkeypatch.setattr(f"hamroh.directory.selectors.{FIRST[door]}", fail)
    answer = Client(raise_request_exception=False).post(f"/ru/info/{door}", DOORS[door])
    assert (answer.status_code, "Zwqxtyped" in answer.content.decode()) == (500, False)
    assert ("RuntimeError" in log(), "Zwqxtyped" in log()) == (True, False)


def test_it_logs_no_typed_word_of_an_address_that_fails(
    world: World, log: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search stands in the address; the log of a fault names the page, not the words."""

    def fail(*_given: object, **_named: object) -> None:
        raise RuntimeError("the room is closed")

    monkeypatch.setattr("hamroh.site.search_asked.find", fail)
    answer = Client(raise_request_exception=False).get("/ru/search/", {"q": TYPED})
    assert answer.status_code == 500
    assert "Zwqxtyped" not in log()
