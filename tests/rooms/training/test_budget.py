"""The page of the household budget without script: it reckons, keeps nothing and leaves no trace."""

import gzip
import logging
from pathlib import Path

import pytest
from django.test import Client

from hamroh.training.forms.budget import BudgetForm

ROOM = Path(__file__).parents[3] / "src" / "hamroh"
FILES = [
    ROOM / "web/static/web/hamroh.css",
    ROOM / "web/static/web/exit.js",
    *(ROOM / "training/static/training/budget").iterdir(),
]
TOLD = {"m": "TJS", "h": "100", "i1a": "1500.50", "i1m": "4-10", "e1a": "900", "e4a": "400", "e4m": "9", "s": "now"}

pytestmark = pytest.mark.django_db


def post(lang: str = "en", **told: str):
    return Client().post(f"/{lang}/budget/", TOLD | told)


def test_it_reckons_without_script():
    page = post().content.decode()
    assert "The money runs out in" in page
    assert "1,500.50" in page


def test_it_leaves_no_trace(caplog, django_assert_num_queries):
    caplog.set_level(logging.DEBUG)
    with django_assert_num_queries(0):
        answer = post(h="987654.32")
    assert (answer["Cache-Control"], answer["Referrer-Policy"], dict(answer.cookies)) == ("no-store", "no-referrer", {})
    assert "987654" not in caplog.text
    assert "<title>Places and opening hours</title>" in answer.content.decode()


def test_it_logs_no_word_of_a_fault(monkeypatch, caplog):
    def breaks(*_given):
        raise ValueError("987654")

    monkeypatch.setattr("hamroh.training.budgettelling.answer", breaks)
    answer = Client(raise_request_exception=False).post("/en/budget/", TOLD)
    assert (answer.status_code, "987654" in caplog.text) == (500, False)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("i1a", "1e9"), ("h", "-5"), ("i1m", "13"), ("i1m", "4-"), ("k", "21"), ("d1r", "100.01"), ("t1b", "13.2027"),
        ("r1d", "31.2.2026"), ("r1a", "0"), ("s", "gone"), ("i1s", "7"), ("e1a", "1" * 30), ("h", "\0"),
    ],
)  # fmt: skip
def test_it_says_what_is_wrong_and_keeps_what_was_typed(name, typed):
    answer = post(**{name: typed})
    assert answer.status_code == 422
    form = BudgetForm(TOLD | {name: typed})
    assert list(form.errors) == [name]
    assert f'value="{TOLD["e4a"]}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "fault"),
    [({"t1a": "50"}, "t1b"), ({"r1a": "2"}, "r1d"), ({"r1d": "1.1.2026"}, "r1a"), ({"r1a": "2", "r1d": "1.1.2026", "r1c": "TJS"}, "r1c")],
)  # fmt: skip
def test_it_asks_for_what_belongs_together(typed, fault):
    assert list(BudgetForm(TOLD | typed).errors) == [fault]


@pytest.mark.parametrize(
    ("typed", "months"),
    [("", set(range(1, 13))), ("9", {9}), ("4-6", {4, 5, 6}), ("11 – 2", {11, 12, 1, 2}), ("1, 5;9", {1, 5, 9})],
)
def test_it_reads_months_as_they_are_said(typed, months):
    form = BudgetForm(TOLD | {"i1m": typed})
    assert form.is_valid()
    assert form.plan((2026, 11)).incomes[0].months == months


def test_it_reads_no_flood():
    assert Client().post("/en/budget/", {"h": "9" * 20_000}).status_code == 413
    assert Client().post("/en/budget/", {f"x{number}": "1" for number in range(300)}).status_code == 413


def test_it_quotes_nothing_as_markup():
    page = post(h='"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("lang", ["tg", "ru", "az", "en"])
def test_it_is_light_enough_for_a_slow_line(lang):
    page = Client().get(f"/{lang}/budget/").content
    whole = sum(len(gzip.compress(part, 6)) for part in (page, *(each.read_bytes() for each in FILES)))
    assert whole <= 60 * 1024


def test_it_keeps_this_page_alone_by_its_worker():
    answer = Client().get("/tg/budget/worker.js")
    text = answer.content.decode()
    assert text.startswith('const PAGE = "/tg/budget/", FILES = ["/static/')
    assert (answer["Cache-Control"], "POST" in text) == ("no-store", False)


def test_it_allows_no_script_but_its_own():
    said = Client().get("/en/budget/")["Content-Security-Policy"]
    assert "script-src 'nonce-" in said
    assert "unsafe" not in said
