"""A day in a place is planned, counted by taps, looked at in the evening; no name, no hour."""

from typing import Any

import pytest

from desk_world import TODAY, at, page
from field_world import Field
from hamroh.directory.models import AdminUnit
from hamroh.fieldwork import reporting
from hamroh.fieldwork.actions import days
from hamroh.fieldwork.actions.days import DayRefused
from hamroh.fieldwork.answerfigures import DaysWish, table_of_days
from hamroh.fieldwork.models import DayTally, FieldDay
from hamroh.fieldwork.selectors import days as reads

BASE = "/desk/field/results/days/"
CANARY = "Zwqxhall of the school"


@pytest.fixture
def day(field: Field) -> FieldDay:
    """Zebo's day with Madina in Vose, begun."""
    place = AdminUnit.objects.create(key="tj-kt-vose", code=1923, level="district", names={"en": "Vose", "tg": "Восеъ"})
    row = days.plan_day(
        actor=field.office.zebo, organisation=field.centre, place=place, spot=CANARY, on_date=TODAY, team=[field.madina]
    )
    days.begin_day(actor=field.madina, day=row)
    return FieldDay.objects.get(pk=row.pk)


def counts(day: FieldDay) -> dict[tuple[str, str], int]:
    return {(row.topic, row.who): row.count for row in DayTally.objects.filter(day=day) if row.count}


def tapped(by: Any, day: FieldDay, **told: str) -> Any:
    return at(by).post(f"{BASE}{day.code}/count/", told)


def test_it_counts_a_tap(field: Field, day: FieldDay) -> None:
    tapped(field.madina, day, who="woman", topic="alimony")
    tapped(field.office.zebo, day, who="girl", topic="health")
    assert counts(day) == {("alimony", "woman"): 1, ("health", "girl"): 1}


def test_it_takes_the_last_tap_back_and_no_other(field: Field, day: FieldDay) -> None:
    tapped(field.madina, day, who="woman", topic="alimony")
    tapped(field.office.zebo, day, who="woman", topic="health")
    for _turn in range(2):
        tapped(field.madina, day, undo="1")
    assert counts(day) == {("health", "woman"): 1}


def test_it_counts_a_form_that_is_sent_twice_once(field: Field, day: FieldDay) -> None:
    client = at(field.madina)
    for _turn in range(2):
        client.post(f"{BASE}{day.code}/count/", {"who": "man", "topic": "divorce", "form_key": "one-and-the-same"})
    assert counts(day) == {("divorce", "man"): 1}


@pytest.mark.parametrize(
    "told", [{"who": "woman", "topic": "nothing"}, {"who": "nobody", "topic": "health"}, {"topic": "health"}]
)
def test_it_counts_nothing_that_has_no_button(field: Field, day: FieldDay, told: dict[str, str]) -> None:
    assert tapped(field.madina, day, **told).status_code == 302
    assert counts(day) == {}


def test_it_never_counts_less_than_none(field: Field, day: FieldDay) -> None:
    tapped(field.madina, day, who="woman", less="health")
    assert counts(day) == {}


def test_it_counts_nothing_once_it_is_closed(field: Field, day: FieldDay) -> None:
    days.close_day(actor=field.madina, day=day)
    with pytest.raises(DayRefused):
        days.tap(actor=field.madina, day=day, topic="health", who="woman")


def test_it_counts_what_was_said_in_codes(field: Field, day: FieldDay) -> None:
    at(field.madina).post(f"{BASE}{day.code}/talk/", {"topic": "health", "said": ["where", "case"]})
    assert dict(reads.talks(day=day))["Her case was taken up"] == 1


def test_it_says_in_the_evening_what_is_missing(field: Field, day: FieldDay) -> None:
    days.talk(actor=field.madina, day=day, topic="health", said=["case"])
    assert reads.evening(day=day).missing == 1
    assert "1 is missing" in page(field.madina, f"{BASE}{day.code}/evening/")


def test_it_shows_where_exactly_on_the_page_of_the_day_alone(field: Field, day: FieldDay) -> None:
    assert CANARY in page(field.madina, f"{BASE}{day.code}/")
    assert CANARY not in page(field.madina, BASE)
    assert CANARY not in page(field.madina, f"{BASE}{day.code}/report/")


def test_it_prints_no_small_count(field: Field, day: FieldDay) -> None:
    for _turn in range(3):
        days.tap(actor=field.madina, day=day, topic="health", who="girl")
    paper = reporting.day_paper(day, "en")
    assert {cell for row in paper.sheets[0].rows for cell in row[1:]} == {"×"}
    assert reporting.pdf(paper).startswith(b"%PDF")


def test_it_leaves_nobody_outside_the_categories_of_its_figures(field: Field, day: FieldDay) -> None:
    tapped(field.madina, day, who="woman", topic="alimony")
    days.close_day(actor=field.madina, day=day)
    half = f"{TODAY:%Y}-{1 if TODAY.month < 7 else 2}"
    table = table_of_days(field.madina, DaysWish(half), field.centre.pk, 0)
    assert (sum(table.counts.values()), table.shape.whole) == (1, {"topic", "who"})


def test_it_plans_a_day(field: Field, day: FieldDay) -> None:
    shown = page(field.office.zebo, f"{BASE}new/")
    assert "Where exactly?" in shown
