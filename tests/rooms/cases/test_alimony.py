"""What is told of an alimony matter through its pages is what the engine gets, and the sheet says its lines."""

from typing import Any

import pytest
from django.db import connection

from cases_alimony import PAYMENT, address, child_of, enter, form_of
from cases_matters import matter_of
from cases_world import gulnoras
from desk_world import at, page
from hamroh.cases import sheets
from hamroh.cases.actions import alimony as actions
from hamroh.cases.models import AlimonyFact, Matter
from hamroh.cases.selectors import alimony as reads
from hamroh.vault import journal
from hamroh.vault.models import JournalLine
from kernel.law.worked import EXAMPLES

#: how golden calculations are entered: the country, the children's birthdays, and the forms in their order
JUDGMENT = {"basis": "judgment", "paper": "judgment"}
THREE = ("2007-03-15", "2007-10-01", "2012-05-05")


def wage(first: str, last: str, amount: str, currency: str = "AZN") -> tuple[str, dict[str, str]]:
    told = {"first": first, "last": last, "situation": "known", "amount": amount, "currency": currency}
    return "income", {**told, "paper": "wage certificate"}


def no_papers(first: str, last: str) -> tuple[str, dict[str, str]]:
    return "income", {"first": first, "last": last, "situation": "no_papers", "currency": "AZN"}


def roubles(on: str, amount: str, rate: str) -> tuple[str, dict[str, str]]:
    told = {"on": on, "amount": amount, "currency": "RUB", "kind": "receipt", "paper": "bank slip", "rate": rate}
    return "payment", {**told, "rate_date": on, "rate_source": "National Bank"}


def period(first: str, last: str, on: str) -> tuple[str, dict[str, str]]:
    return "period", {"how": "", "first": first, "last": last, "on": on}


def stated(about: str, value: str, **days: str) -> tuple[str, dict[str, str]]:
    return "assumption", {"about": about, "value": value, "article": "the order of that year", **days}


WAGES = {2023: "600", 2024: "700", 2025: "800", 2026: "800"}
LATEST = ("choice", {"about": "average_wage_figure=latest_month"})
ENTERED: dict[str, tuple[str, tuple[str, ...], tuple[tuple[str, dict[str, Any]], ...]]] = {
    "E01": (
        "AZ", (),
        (
            ("decision-share", {**JUDGMENT, "share": "1/4", "filed": "2026-01-01"}),
            wage("2026-01-01", "2026-06-30", "800"), period("2026-01-01", "2026-06-30", "2026-07-01"),
        ),
    ),
    "E05": (
        "AZ", (),
        (
            ("decision-multiple", {**JUDGMENT, "times": "1", "unit": "subsistence_child", "since": "2024-11-01"}),
            period("2024-11-01", "2026-02-28", "2026-03-01"),
        ),
    ),
    "E06": (
        "AZ", (),
        (
            ("decision-multiple", {**JUDGMENT, "times": "0,5", "unit": "minimum_wage", "since": "2024-10-01"}),
            stated("minimum_wage", "345", last="2024-12-31"),
            stated("minimum_wage", "400", first="2025-01-01", last="2025-03-31"),
            period("2024-10-01", "2025-03-31", "2025-04-01"),
        ),
    ),
    "E13": (
        "AZ", (),
        (
            ("decision-share", {**JUDGMENT, "share": "1/4", "since": "2023-02-10"}),
            *(wage(f"{year}-01-01", f"{year}-12-31", sum_) for year, sum_ in WAGES.items()),
            ("period", {"how": "claim", "claim": "2026-02-10", "took_steps": "yes", "evaded": "yes", "on": "2026-03-01"}),
        ),
    ),
    "E15": (
        "TJ", (),
        (
            ("decision-share", {**JUDGMENT, "share": "1/3", "since": "2025-01-01"}),
            wage("2025-01-01", "2025-03-31", "3000", "TJS"), no_papers("2025-04-01", "2025-08-31"), LATEST,
            period("2025-01-01", "2025-08-31", "2025-10-15"),
        ),
    ),
    "E02": (
        "AZ", THREE,
        (
            ("decision-steps", {**JUDGMENT, "steps": "3: 1/2, 2: 1/3, 1: 25%", "since": "2025-01-01"}),
            wage("2025-01-01", "2025-12-31", "1 200"), period("2025-01-01", "2025-12-31", "2026-01-05"),
        ),
    ),
    "E04": (
        "AZ", (),
        (
            ("decision-share", {**JUDGMENT, "share": "1/3", "since": "2025-07-01"}),
            wage("2025-07-01", "2025-09-30", "900"), no_papers("2025-10-01", "2026-02-28"), LATEST,
            period("2025-07-01", "2026-02-28", "2026-03-20"),
        ),
    ),
    "E07": (
        "TJ", (),
        (
            ("decision-fixed", {**JUDGMENT, "fixed": "600", "since": "2026-01-01"}),
            roubles("2026-02-10", "5000", "0.1200"), roubles("2026-04-05", "4000", "0,1180"),
            period("2026-01-01", "2026-04-30", "2026-05-01"),
        ),
    ),
    "E09": (
        "AZ", (),
        (
            ("decision-share", {**JUDGMENT, "share": "25%", "since": "2026-01-01"}),
            ("decision-share", {"basis": "judgment", "paper": "second judgment", "share": "1/6", "in_force": "2026-05-11"}),
            wage("2026-01-01", "2026-06-30", "1500"), period("2026-01-01", "2026-06-30", "2026-07-01"),
        ),
    ),
    "E14a": (
        "AZ", (),
        (
            ("decision-fixed", {**JUDGMENT, "fixed": "100", "since": "2019-09-01"}),
            ("period", {"how": "writ", "first": "2019-09-01", "presented": "2026-01-15", "fault": "no", "on": "2026-03-01"}),
        ),
    ),
    "E16": (
        "AZ", (),
        (
            ("decision-mixed", {**JUDGMENT, "share": "1/4", "fixed": "100", "since": "2026-01-01"}),
            wage("2026-01-01", "2026-03-31", "400"), period("2026-01-01", "2026-03-31", "2026-04-01"),
        ),
    ),
    "E17": (
        "AZ", (),
        (
            ("decision-share", {**JUDGMENT, "share": "1/3", "since": "2025-07-01"}),
            wage("2025-07-01", "2025-09-30", "900"), no_papers("2025-10-01", "2026-02-28"), LATEST,
            ("relief", {"on": "2026-03-20", "paper": "judgment on relief", "share": "30%"}),
            period("2025-07-01", "2026-02-28", "2026-03-20"),
        ),
    ),
    "E18": (
        "AZ", ("2008-06-20",),
        (
            ("decision-fixed", {**JUDGMENT, "fixed": "260", "since": "2026-01-01"}),
            period("2026-01-01", "2026-08-31", "2026-09-01"),
        ),
    ),
}  # fmt: skip


def told_through_pages(office: Any, case: Any, name: str) -> Matter:
    country, births, forms = ENTERED[name]
    matter = matter_of(office, case, country=country)
    client = at(office.farzona)
    for number, born in enumerate(births):
        person = child_of(office, case, born, f"Child {number}")
        enter(office, matter, "child", client, person=person)
    for thing, typed in forms:
        enter(office, matter, thing, client, **typed)
    return matter


def outcome_of(office: Any, matter: Matter) -> sheets.Outcome:
    row, decision = reads.alimony_of(actor=office.farzona, code=matter.case.code, pk=matter.pk)
    with journal.openings("task"):
        return sheets.worked_out(reads.opened(matter=row, decision=decision).told, "en")


def lines(sheet: Any) -> list[tuple[str, str, str, str]]:
    return [(line.period, line.working, f"{line.amount}", str(line.certainty)) for line in sheet.lines]


@pytest.mark.parametrize("name", sorted(ENTERED))
def test_it_works_out_what_was_entered_as_on_paper(office, case, name):
    outcome = outcome_of(office, told_through_pages(office, case, name))
    expected = EXAMPLES[name].sheet
    assert outcome.reckoning is not None, outcome.why_not
    found = outcome.reckoning.sheet
    assert lines(found) == lines(expected)
    assert (found.balance, found.certainty, found.months) == (expected.balance, expected.certainty, expected.months)
    assert [ground.rule.id for ground in found.grounds if ground.rule] == [
        ground.rule.id for ground in expected.grounds if ground.rule
    ]


def test_it_says_what_each_day_of_a_decision_is(office, case):
    matter = matter_of(office, case)
    days = {"since": "2025-01-12", "filed": "2025-01-10", "in_force": "2025-02-21"}
    enter(office, matter, "decision-share", **JUDGMENT, share="1/4", **days)
    text = page(office.farzona, address(matter)).replace("\N{NO-BREAK SPACE}", " ")
    shown = ("owed from 12 January 2025", "filed on 10 January 2025", "in force since 21 February 2025")
    assert [each for each in shown if each not in text] == []


def test_it_shows_each_line_of_the_sheet(office, case):
    matter = told_through_pages(office, case, "E02")
    text = page(office.farzona, address(matter, "sheet"))
    shown = (
        "1–14\N{NO-BREAK SPACE}March 2025",
        "1200 × 1/2 × 14/31",
        "270.97",
        "219.35",
        "Owed: 4,990.32 AZN",
        "Family Code of Azerbaijan, 76.1",
    )
    assert [each for each in shown if each not in text] == []


def test_it_seals_everything_that_was_entered(office, case):
    told_through_pages(office, case, "E07")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_alimonyfact")
        stored = repr(cursor.fetchall())
    assert not [each for each in ("judgment", "National", "2026-02-10", "transfer") if each in stored]


def test_it_changes_a_thing_and_takes_it_back(office, case):
    matter = matter_of(office, case)
    client = at(office.farzona)
    enter(office, matter, "payment", client, **PAYMENT)
    row = AlimonyFact.objects.get()
    assert 'value="300"' in client.get(address(matter, str(row.pk))).content.decode()
    client.post(address(matter, str(row.pk)), PAYMENT | {"amount": "450"})
    assert "450 AZN" in page(office.farzona, address(matter))
    client.post(address(matter, str(row.pk), "back"))
    assert not AlimonyFact.objects.exists()
    verbs = JournalLine.objects.filter(record_id=str(case.pk)).values_list("verb", flat=True)
    assert sorted(verb for verb in verbs if "alimony" in verb) == [
        "case.take_back_alimony", "case.tell_alimony", "case.tell_alimony",
    ]  # fmt: skip


REFUSED = {
    "a negative amount": ("payment", PAYMENT | {"amount": "-300"}, "without a minus"),
    "no number": ("payment", PAYMENT | {"amount": "1e999"}, "without a minus"),
    "a thousand that is none": ("payment", PAYMENT | {"amount": "1,250"}, "is it a thousand"),
    "a currency without its rate": ("payment", PAYMENT | {"currency": "RUB"}, "Another currency needs its rate"),
    "a rate of nothing": (
        "payment", roubles("2026-02-10", "500", "0")[1], "A rate is more than nothing",
    ),
    "a year long gone": ("payment", PAYMENT | {"on": "0026-02-10"}, "Check the year"),
    "more than the whole": ("decision-share", {**JUDGMENT, "share": "5/4", "since": "2026-01-01"}, "at most the whole"),
    "parts of nothing": ("decision-share", {**JUDGMENT, "share": "1/0", "since": "2026-01-01"}, "Write a share"),
    "no start": ("decision-share", {**JUDGMENT, "share": "1/4"}, "from when does it run"),
    "steps in words": ("decision-steps", {**JUDGMENT, "steps": "three a half", "since": "2026-01-01"}, "3: 1/2"),
    "an end before its beginning": (
        "income", wage("2026-03-01", "2026-01-01", "5")[1], "The last day is before the first",
    ),
    "income without a paper": ("income", wage("2026-01-01", "2026-03-01", "5")[1] | {"paper": ""}, "the paper that proves"),
    "a penalty without its rate": ("assumption", {"about": "penalty", "article": "108"}, "This needs a value"),
}  # fmt: skip


@pytest.mark.parametrize("fault", REFUSED)
def test_it_says_what_is_wrong_and_keeps_what_was_typed(office, case, fault):
    thing, typed, said = REFUSED[fault]
    part, told = form_of(thing, typed)
    answer = at(office.farzona).post(address(matter_of(office, case), "new", part), told)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert all(str(value) in text for value in typed.values() if value)
    assert not AlimonyFact.objects.exists()


def test_it_takes_no_two_incomes_for_the_same_days(office, case):
    matter = matter_of(office, case)
    enter(office, matter, *wage("2026-01-01", "2026-03-31", "500")[:1], **wage("2026-01-01", "2026-03-31", "500")[1])
    answer = at(office.farzona).post(address(matter, "new", "income"), wage("2026-03-31", "2026-05-31", "700")[1])
    assert answer.status_code == 422
    assert "the same days already" in answer.content.decode()


def test_it_enters_many_payments_all_or_none(office, case):
    matter = matter_of(office, case)
    client = at(office.farzona)
    typed = "\n".join(f"2026-01-{1 + number % 28:02} {100 + number} slip {number}" for number in range(150))
    assert (
        client.post(address(matter, "many"), {"lines": typed + "\nyesterday 5", "kind": "receipt"}).status_code == 422
    )
    assert not AlimonyFact.objects.exists()
    assert client.post(address(matter, "many"), {"lines": typed, "kind": "receipt"}).status_code == 302
    assert AlimonyFact.objects.count() == 150


def test_it_leaves_out_payments_from_before_its_time_and_says_so(office, case):
    matter = matter_of(office, case)
    enter(office, matter, "decision-fixed", **JUDGMENT, fixed="100", since="2026-01-01")
    enter(office, matter, "payment", **PAYMENT | {"on": "2025-12-30"})
    enter(office, matter, "period", how="", last="2026-02-28", on="2026-03-01")
    outcome = outcome_of(office, matter)
    assert outcome.reckoning is not None
    assert f"{outcome.reckoning.sheet.owed}" == "200.00"
    assert "Before the time that is worked out" in page(office.farzona, address(matter, "sheet"))


def test_it_leaves_out_payments_from_after_the_reckoning_and_says_so(office, case):
    matter = matter_of(office, case)
    enter(office, matter, "decision-fixed", **JUDGMENT, fixed="100", since="2026-01-01")
    enter(office, matter, "payment", **PAYMENT | {"on": "2026-03-02"})
    enter(office, matter, "period", how="", last="2026-02-28", on="2026-03-01")
    text = page(office.farzona, address(matter, "sheet"))
    assert "After the day of the reckoning" in text
    assert "Owed: 200.00 AZN" in text


def test_it_works_out_nothing_over_more_than_a_life(office, case):
    matter = matter_of(office, case)
    enter(office, matter, "decision-fixed", **JUDGMENT, fixed="100", since="2026-01-01")
    enter(office, matter, "period", how="", last="2099-02-28")
    assert "the time is too long" in page(office.farzona, address(matter, "sheet"))


def test_it_works_out_nothing_where_one_row_was_tampered_with(office, case):
    matter = told_through_pages(office, case, "E16")
    first, second = AlimonyFact.objects.filter(part__in=["income", "period"]).values_list("pk", flat=True)
    with connection.cursor() as cursor:
        table = "cases_alimonyfact"
        cursor.execute(
            f"UPDATE {table} SET facts = (SELECT facts FROM {table} WHERE id = %s) WHERE id = %s",
            [first.hex, second.hex],
        )
    text = page(office.farzona, address(matter, "sheet"))
    assert "does not open" in text
    assert "Owed" not in text


@pytest.mark.parametrize("tail", [[], ["back"]])
def test_it_knows_no_row_of_another_matter(office, case, tail):
    other = matter_of(office, gulnoras(office))
    enter(office, other, "payment", **PAYMENT)
    row = AlimonyFact.objects.get()
    answer = at(office.farzona).post(address(matter_of(office, case), str(row.pk), *tail), PAYMENT)
    assert answer.status_code == 404
    assert AlimonyFact.objects.filter(pk=row.pk).exists()


def test_it_knows_no_child_of_another_case(office, case):
    stranger = child_of(office, gulnoras(office), "2015-01-01")
    answer = at(office.farzona).post(address(matter_of(office, case), "new", "child"), {"person": stranger})
    assert not AlimonyFact.objects.exists()
    assert answer.status_code == 422 or "No child of this case" in answer.content.decode()


def test_it_lets_only_a_lawyer_state_the_law(office, case):
    matter = matter_of(office, case)
    answer = at(office.manizha).post(address(matter, "new", "choice"), LATEST[1])
    assert answer.status_code == 404
    assert not AlimonyFact.objects.exists()


def test_it_asks_as_many_queries_with_many_rows_as_with_few(office, case, django_assert_max_num_queries):
    from desk_world import asked

    matter = matter_of(office, case)
    enter(office, matter, "payment", **PAYMENT)
    few = asked(at(office.farzona), address(matter))
    told = [PAYMENT | {"amount": str(number)} for number in range(1, 60)]
    actions.tell_many(actor=office.farzona, matter=matter, part="payment", told=told)
    assert asked(at(office.farzona), address(matter)) == few + 0


def test_it_opens_the_fold_where_something_is_wrong_under_it(office, case):
    client, where = at(office.farzona), address(matter_of(office, case), "new", "payment")
    assert "<details>" in client.get(where).content.decode()
    assert "<details open>" in client.post(where, PAYMENT | {"currency": "RUB"}).content.decode()


def asks(office, matter, thing, **typed):
    """What a page of questions answers: its status and its text."""
    answer = at(office.farzona).post(address(matter, "new", thing), typed)
    return answer.status_code, answer.content.decode()


def test_it_asks_what_is_owed_before_how_much_and_from_when(office, case):
    matter = matter_of(office, case)
    first = page(office.farzona, address(matter, "new", "decision"))
    assert ("Question 1 of" in first, 'name="share"' in first, "From which day, if" in first) == (True, False, False)
    _status, second = asks(office, matter, "decision", at="how", how="mixed")
    assert [each in second for each in ("Which share of his income?", "How much a month?", "Question 2 of 4")] == [
        True
    ] * 3
    assert "This field is required" not in second


def test_it_asks_a_wrong_answer_again_before_anything_after_it(office, case):
    matter = matter_of(office, case)
    told = {"how": "mixed", "share": "5/4", "fixed": "150"}
    status, text = asks(office, matter, "decision", at="share", **told)
    assert (status, "at most the whole" in text, 'value="5/4"' in text, 'value="150"' in text) == (
        422,
        True,
        True,
        True,
    )
    assert "from when does it run" not in text


def test_it_goes_a_question_back_and_loses_nothing_that_was_typed(office, case):
    matter = matter_of(office, case)
    told = {"how": "fixed", "fixed": "15o", "since": "2026-02-30", "paper": "2-114"}
    status, text = asks(office, matter, "decision", at="since", to="back", **told)
    assert (status, "How much a month?" in text) == (200, True)
    assert [each for each in told.values() if f'value="{each}"' not in text] == []


def test_it_writes_after_the_last_question_with_those_whom_it_is_for(office, case):
    matter = matter_of(office, case)
    child = child_of(office, case, "2015-05-01")
    told = {**JUDGMENT, "how": "share", "share": "1/4", "since": "2026-01-01", "whom": child, "at": "basis"}
    status, _text = asks(office, matter, "decision", **told)
    parts = sorted(AlimonyFact.objects.values_list("part", flat=True))
    assert (status, parts, str(AlimonyFact.objects.get(part="child").person_id)) == (302, ["child", "decision"], child)
    assert "For which children?" not in page(office.farzona, address(matter, "new", "decision"))


def test_it_asks_of_the_time_only_what_its_first_answer_needs(office, case):
    matter = matter_of(office, case)
    _status, text = asks(office, matter, "period", at="how", how="writ")
    assert ("On which day was the writ presented?" in text, "On which day was the claim brought?" in text) == (
        True,
        False,
    )
    status, _text = asks(office, matter, "period", at="presented", how="writ", presented="")
    assert status == 422


def test_it_says_on_the_last_question_what_was_answered_to_the_others(office, case):
    told = {"how": "", "first": "2026-01-01", "last": "", "on": ""}
    _status, text = asks(office, matter_of(office, case), "period", at="on", **told)
    assert [each for each in ("What you answered", "From when alimony began", "January") if each not in text] == []
