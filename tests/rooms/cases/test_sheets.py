"""The sheet as a file: only of what may stand in a document, written down, in four languages, and nothing typed is markup."""

import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from cases_alimony import address, enter
from cases_matters import matter_of
from desk_world import at, page
from hamroh.cases import printing, sheets
from hamroh.cases.actions import alimony as actions
from hamroh.cases.models import AlimonyFact
from hamroh.cases.sheets import Paper, Table
from hamroh.vault.models import JournalLine

WRIT = {"basis": "judgment", "paper": "judgment", "share": "1/4", "since": "2026-01-01"}
WAGE = {
    "first": "2026-01-01", "last": "2026-03-31", "situation": "known", "amount": "800", "currency": "AZN", "paper": "certificate",
}  # fmt: skip
PERIOD = {"how": "", "first": "2026-01-01", "last": "2026-03-31", "on": "2026-04-01"}
PRINT = {"purpose": "court", "language": "tg", "format": "pdf"}


@pytest.fixture
def matter(office, case):
    matter = matter_of(office, case)
    client = at(office.farzona)
    for thing, typed in {"decision-share": WRIT, "income": WAGE, "period": PERIOD}.items():
        enter(office, matter, thing, client, **typed)
    return matter


def printed(office, matter, **asked):
    return at(office.farzona).post(address(matter, "sheet", "file"), PRINT | asked)


@pytest.mark.parametrize("language", ["tg", "ru", "az", "en"])
@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_it_hands_out_the_sheet_in_each_language(office, matter, language, form):
    answer = printed(office, matter, language=language, format=form)
    assert answer.status_code == 200
    assert answer.content[:4] == {"pdf": b"%PDF", "xlsx": b"PK\x03\x04"}[form]
    assert answer["Content-Disposition"] == f'attachment; filename="{matter.case.code}-20260401.{form}"'
    assert "no-store" in answer["Cache-Control"]


def test_it_writes_down_what_the_sheet_was_taken_for(office, matter):
    printed(office, matter)
    line = JournalLine.objects.get(verb="case.hand_out_sheet")
    assert {name: line.facts[name] for name in ("purpose", "language", "form")} == {
        "purpose": "court", "language": "tg", "form": "pdf",
    }  # fmt: skip


@pytest.mark.parametrize("lacking", ["purpose", "language", "format"])
def test_it_hands_out_nothing_before_it_is_said_what_for(office, matter, lacking):
    asked = {name: value for name, value in PRINT.items() if name != lacking}
    assert at(office.farzona).post(address(matter, "sheet", "file"), asked).status_code == 422
    assert not JournalLine.objects.filter(verb="case.hand_out_sheet").exists()


def pay(office, matter, **more):
    typed = {"on": "2026-02-20", "amount": "300", "currency": "AZN", "kind": "receipt", "paper": "slip"}
    enter(office, matter, "payment", **typed | more)


def test_it_prints_nothing_that_nobody_answers_for(office, matter):
    pay(office, matter)
    answer = printed(office, matter)
    assert answer.status_code == 422
    assert "a payment goes to the oldest unpaid month first" in answer.content.decode()
    assert not JournalLine.objects.filter(verb="case.hand_out_sheet").exists()


def test_it_prints_what_a_lawyer_answers_for_under_her_name(office, matter):
    pay(office, matter)
    answered = at(office.farzona).post(address(matter, "sheet", "answer"), {"payment_order": "on"})
    assert answered.status_code == 302
    assert "chosen by Farzona" in page(office.farzona, address(matter, "sheet"))
    assert printed(office, matter).status_code == 200


def test_it_lets_nobody_else_answer_for_the_law(office, matter):
    pay(office, matter)
    assert at(office.manizha).post(address(matter, "sheet", "answer"), {"payment_order": "on"}).status_code == 404
    assert not AlimonyFact.objects.filter(part="choice").exists()


def test_it_says_what_is_missing_instead_of_a_sum(office, matter):
    enter(office, matter, "period", **PERIOD | {"last": "2026-05-31"})
    text = page(office.farzona, address(matter, "sheet"))
    assert "His income of 2026-04 is not stated" in text
    assert "Owed" not in text
    assert printed(office, matter).status_code == 422


def test_it_works_out_no_penalty_without_a_rate_and_says_why(office, matter):
    enter(office, matter, "period", **PERIOD | {"fault": "yes"})
    assert "Nothing is worked out until a lawyer states the rate" in page(office.farzona, address(matter, "sheet"))


def test_it_prints_the_penalty_by_the_rate_of_the_lawyer(office, matter):
    enter(office, matter, "period", **PERIOD | {"fault": "yes"})
    enter(office, matter, "assumption", about="penalty", value="0.1", article="Family Code, 108.2")
    text = page(office.farzona, address(matter, "sheet"))
    assert "assumed by Farzona (Family Code, 108.2, 0.1)" in text


HOSTILE = '=1+1 @SUM +1 -1 #panic("x") ]] $x$ \\ `raw` <b>' + "w" * 300 + "\x07\N{RIGHT-TO-LEFT OVERRIDE}"


def hostile_paper() -> Paper:
    rows = [[HOSTILE, "=2+5", "-1", "A", "@x"]]
    table = Table("lines", HOSTILE, [(HOSTILE, ""), ("+1", ""), ("=a", "num"), ("", ""), ("", "")], rows)
    return Paper("tg", HOSTILE, [("=1", HOSTILE)], HOSTILE, [table], [(HOSTILE, [(1, HOSTILE)])], [HOSTILE])


def test_it_reads_no_name_as_markup():
    assert printing.pdf(hostile_paper())[:4] == b"%PDF"


def test_it_writes_no_formula():
    book = load_workbook(io.BytesIO(printing.xlsx(hostile_paper())))
    cells = [cell for page in book for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]
    begins = [cell for cell in cells if cell.value[:1] in "=+-@"]
    assert len(begins) >= 8
    assert {(cell.data_type, cell.quotePrefix) for cell in begins} == {("s", True)}


def test_it_carries_six_hundred_payments(office, matter):
    told = [
        {
            "on": f"2026-0{1 + number % 3}-{1 + number % 28:02}",
            "amount": "1",
            "currency": "AZN",
            "kind": "receipt",
            "paper": "slip",
        }
        for number in range(600)
    ]
    actions.tell_many(actor=office.farzona, matter=matter, part="payment", told=told)
    at(office.farzona).post(address(matter, "sheet", "answer"), {"payment_order": "on"})
    answer = printed(office, matter)
    assert answer.status_code == 200


def test_it_says_days_in_words():
    day = dt.date.fromisoformat
    said = [sheets.span_said(day(first), day(last), "en").replace("\N{NO-BREAK SPACE}", " ") for first, last in (
        ("2026-01-01", "2026-01-31"), ("2026-01-15", "2026-01-31"), ("2025-12-31", "2026-01-02"), ("2026-01-05", "2026-01-05"),
    )]  # fmt: skip
    assert said == ["January 2026", "15–31 January 2026", "31 December 2025 – 2 January 2026", "5 January 2026"]
