"""What was opened is written before anything of it leaves, whatever happens to the request."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, transaction
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from hamroh.vault import journal
from hamroh.vault.middleware import Openings, chunks
from hamroh.vault.models import JournalLine, TakenForm

ACTOR, RECORD = uuid.uuid4(), ("cases.matter", str(uuid.uuid4()))


def read(field: str = "name", record: tuple[str, str] = RECORD, purpose: str = "call back") -> None:
    journal.opened(actor_id=ACTOR, verb="cases.read", record=record, fields=(field,), purpose=purpose)


def lines() -> list[tuple[str, list[str]]]:
    return [(line.record_id, line.facts["fields"]) for line in JournalLine.objects.order_by("id")]


def some_page(request: Any) -> HttpResponse:
    with transaction.atomic():
        read()
    return HttpResponse("Зарина")


def broken_page(request: Any) -> HttpResponse:
    with transaction.atomic():
        TakenForm.objects.create(digest="x", taken_at="2026-01-01T00:00Z")
        read()
        raise ZeroDivisionError


def long_page(request: Any) -> StreamingHttpResponse:
    def rows() -> Iterator[bytes]:
        for name in ("name", "phone", "story"):
            read(name)
            yield name.encode()

    return StreamingHttpResponse(rows())


urlpatterns = [path("some", some_page), path("broken", broken_page), path("long", long_page)]
handler500 = "hamroh.web.views.server_error"
at_test_pages = override_settings(ROOT_URLCONF=__name__)


@contextmanager
def full_disk() -> Iterator[None]:
    def refuse(*_arguments: Any, **_named: Any) -> None:
        raise OperationalError("database or disk is full")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(JournalLine.objects, "bulk_create", refuse)
        yield


def test_it_refuses_to_open_where_nobody_writes_it_down() -> None:
    with pytest.raises(RuntimeError, match=r"journal\.openings"):
        read()


@pytest.mark.parametrize("purpose", ["", "x" * 81])
def test_it_asks_what_for(db: None, purpose: str) -> None:
    with journal.openings("task"), pytest.raises(ValueError, match="opened for"):
        read(purpose=purpose)


def test_it_writes_one_line_for_a_person_a_record_and_a_purpose(db: None) -> None:
    other = ("cases.matter", "other")
    with journal.openings("task"):
        for field in ("name", "phone", "name"):
            read(field)
        read("name", other)
        read("name", purpose="report")
    assert lines() == [(RECORD[1], ["name", "phone"]), ("other", ["name"]), (RECORD[1], ["name"])]


def test_it_says_who_opened_what_for_which_purpose(db: None) -> None:
    with journal.openings("command"):
        read("")
    line = JournalLine.objects.get()
    assert (line.actor_id, line.verb, line.purpose, line.facts) == (
        ACTOR, "cases.read", "call back", {"fields": [""], "where": "command"},
    )  # fmt: skip


def test_it_writes_nothing_where_nothing_was_opened(db: None, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0), journal.openings("request"):
        pass


def test_it_writes_what_an_inner_task_opened_for_itself(db: None) -> None:
    with journal.openings("request"):
        read("name")
        with journal.openings("task"):
            read("phone")
    assert {line.facts["where"]: line.facts["fields"] for line in JournalLine.objects.all()} == {
        "request": ["name"], "task": ["phone"],
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_it_keeps_the_record_of_what_a_rolled_back_write_read() -> None:
    with pytest.raises(ZeroDivisionError), journal.openings("request"), transaction.atomic():
        TakenForm.objects.create(digest="x", taken_at="2026-01-01T00:00Z")
        read()
        raise ZeroDivisionError
    assert (lines(), TakenForm.objects.count()) == ([(RECORD[1], ["name"])], 0)


@pytest.mark.django_db(transaction=True)
def test_it_refuses_to_end_inside_a_transaction() -> None:
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic(), journal.openings("task"):
        read()


@at_test_pages
@pytest.mark.django_db(transaction=True)
def test_it_writes_the_openings_of_a_page() -> None:
    assert Client().get("/some").content.decode() == "Зарина"
    assert lines() == [(RECORD[1], ["name"])]


@at_test_pages
@pytest.mark.django_db(transaction=True)
def test_it_writes_the_openings_of_a_page_that_broke() -> None:
    assert Client(raise_request_exception=False).get("/broken").status_code == 500
    assert (lines(), TakenForm.objects.count()) == ([(RECORD[1], ["name"])], 0)


@at_test_pages
def test_it_withholds_a_page_whose_openings_cannot_be_written(db: None) -> None:
    with full_disk():
        answer = Client().get("/some")
    assert (answer.status_code, "Зарина" in answer.content.decode()) == (503, False)


@at_test_pages
def test_it_says_in_four_languages_that_a_page_is_withheld(db: None) -> None:
    with full_disk():
        said = Client().get("/some").content.decode()
    assert [lang for lang in ("en", "az", "ru", "tg") if f'<section lang="{lang}">' in said] == ["en", "az", "ru", "tg"]


@at_test_pages
def test_it_writes_each_chunk_s_openings_before_it_leaves(db: None) -> None:
    answer = Openings(long_page)(RequestFactory().get("/long"))
    seen = [(chunk, lines()[-1][1]) for chunk in answer]  # type: ignore[attr-defined]
    assert seen == [(b"name", ["name"]), (b"phone", ["phone"]), (b"story", ["story"])]


@at_test_pages
def test_it_cuts_a_stream_whose_openings_cannot_be_written(db: None) -> None:
    answer = Openings(long_page)(RequestFactory().get("/long"))
    stream = iter(answer)  # type: ignore[call-overload]
    assert next(stream) == b"name"
    with full_disk(), pytest.raises(journal.Unwritable):
        next(stream)


def test_it_leaves_no_buffer_open_between_chunks(db: None) -> None:
    stream = chunks([b"a", b"b"])
    next(stream)
    with pytest.raises(RuntimeError, match="openings"):
        read()


@at_test_pages
def test_it_streams_packed_pages_too(db: None) -> None:
    answer = Client().get("/long", headers={"accept-encoding": "gzip"})
    assert (answer.headers["Content-Encoding"], bool(b"".join(answer))) == ("gzip", True)  # type: ignore[arg-type]
    assert [fields for _record, fields in lines()] == [["name"], ["phone"], ["story"]]
