"""A workshop: a code for some hours, counts that tell of nobody, totals once, and only of enough households."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from desk_world import NOW, at
from hamroh.accounts import policy
from hamroh.training.actions import NotNow
from hamroh.training.actions import workshops as actions
from hamroh.training.models import Workshop, WorkshopCount
from hamroh.training.selectors import workshops as reads
from hamroh.vault.models import JournalLine
from training_world import planned

CLASSES = {"came": 4, "spent": 3, "owed": 0, "aside": 2}
SENT = {"currency": "TJS", **CLASSES}


@pytest.fixture
def opened(school) -> Workshop:
    return actions.open_workshop(actor=school.dilbar, round=planned(school), expected=12, hours=3)


def shared(row: Workshop, many: int, **more: Any) -> list[bool]:
    return [actions.share(code=row.code, currency="TJS", classes=CLASSES | more) for _each in range(many)]


def send(row_code: str, sender: str = "10.0.0.1", **more: Any) -> Any:
    sent = {"code": row_code, **SENT, **more}
    return Client(REMOTE_ADDR=sender).post("/en/budget/w/", sent, headers={"X-Asked": "1"})


def close(school, row: Workshop) -> dict[str, Any]:
    actions.close_workshop(actor=school.dilbar, round=row.round, workshop=row)
    row.refresh_from_db()
    return row.released


def test_it_tells_classes_of_enough_households_when_it_closes(school, opened):
    shared(opened, 6)
    shared(opened, 5, came=7)
    told = close(school, opened)
    assert told["households"] == 11
    assert told["currencies"]["TJS"]["came"] == [[0, 1000, 6], [1000, None, 5]]
    assert told["currencies"]["TJS"]["spent"] == []  # all are alike there
    assert reads.households_with_a_plan(rounds=[opened.round]) == 11


def test_it_tells_nothing_of_few(school, opened):
    shared(opened, 4)
    assert close(school, opened) == {"households": 0, "currencies": {}}


def test_it_leaves_out_a_money_of_few_and_does_not_tell_how_few(school, opened):
    shared(opened, 7)
    for _each in range(3):
        actions.share(code=opened.code, currency="USD", classes=CLASSES)
    told = close(school, opened)
    assert (told["households"], list(told["currencies"])) == (7, ["TJS"])


def test_it_keeps_counts_and_no_row_of_a_household(school, opened):
    shared(opened, 5)
    rows = WorkshopCount.objects.filter(workshop=opened)
    assert sorted(rows.values_list("measure", "band", "households")) == sorted(
        (name, band, 5) for name, band in CLASSES.items()
    )
    assert {field.name for field in WorkshopCount._meta.fields} == {
        "id", "organisation", "workshop", "measure", "currency", "band", "households",
    }  # fmt: skip
    close(school, opened)
    assert not rows.exists()


def test_it_writes_no_line_about_who_shares(school, opened):
    before = JournalLine.objects.count()
    shared(opened, 3)
    assert JournalLine.objects.count() == before


def test_it_shows_no_count_before_it_closes(school, opened):
    address = reverse("workshops:round", kwargs={"code": opened.round.code})
    browser = at(school.dilbar)

    def body() -> str:
        text = browser.get(address).content.decode()
        return text[text.index("<main") : text.index('name="csrfmiddlewaretoken"')]

    empty = body()
    shared(opened, 9)
    assert body() == empty


def test_it_takes_no_more_than_were_expected(school, opened):
    assert shared(opened, 13) == [True] * 12 + [False]


@pytest.mark.parametrize("why", ["over", "closed", "wrong"])
def test_it_answers_alike_whatever_is_amiss_with_the_code(school, opened, time_machine, why):
    if why == "over":
        time_machine.move_to(NOW + dt.timedelta(hours=4))
    if why == "closed":
        close(school, opened)
    answer = send("00000000" if why == "wrong" else opened.code)
    assert (answer.status_code, answer.json()) == (422, {"said": "This code is not open. Ask the trainer."})


def test_it_reads_the_code_with_its_gap(school, opened):
    assert send(f"{opened.code[:4]} {opened.code[4:]}").status_code == 200
    assert WorkshopCount.objects.count() == 4


@pytest.mark.parametrize("sent", [{"came": "99"}, {"spent": "-1"}, {"owed": "x"}, {"currency": "ZZZ"}, {"aside": ""}])
def test_it_takes_nothing_that_is_no_class(school, opened, sent):
    assert send(opened.code, **sent).status_code == 422
    assert not WorkshopCount.objects.exists()


def test_it_does_not_let_one_line_stuff_it(school):
    row = actions.open_workshop(actor=school.dilbar, round=planned(school), expected=200, hours=3)
    codes = [send(row.code).status_code for _each in range(24)]
    assert codes.count(200) <= 21
    assert codes[-1] == 429
    assert send(row.code, "10.0.0.2").status_code == 200


def test_it_sets_no_cookie_for_who_shares(school, opened):
    answer = send(opened.code)
    assert (answer.cookies, answer["Cache-Control"], answer["Referrer-Policy"]) == ({}, "no-store", "no-referrer")


def test_it_closes_once(school, opened):
    close(school, opened)
    with pytest.raises(NotNow):
        close(school, opened)


@pytest.mark.parametrize(
    ("who", "may"), [("dilbar", True), ("lola", True), ("safar", False), ("vusal", False), ("zebo", False)]
)
def test_it_is_for_the_trainers_of_the_round_and_who_plans(school, opened, who, may):
    browser, code = at(getattr(school, who)), opened.round.code
    address = reverse("workshops:round", kwargs={"code": code})
    ways = [
        browser.get(address).status_code,
        browser.post(address, {"expected": "9", "hours": "3"}).status_code,
        browser.post(reverse("workshops:close", kwargs={"code": code, "workshop": opened.pk})).status_code,
    ]
    assert ways == ([200, 302, 302] if may else [404] * 3)


def test_it_closes_no_workshop_of_another_round(school, opened):
    other = planned(school, opened.round.course, number=7)
    browser = at(school.dilbar)
    address = reverse("workshops:close", kwargs={"code": other.code, "workshop": opened.pk})
    assert browser.post(address).status_code == 404
    opened.refresh_from_db()
    assert opened.closed_at is None


def test_it_says_what_is_wrong_and_keeps_what_was_typed(school):
    row = planned(school)
    answer = at(school.dilbar).post(
        reverse("workshops:round", kwargs={"code": row.code}), {"expected": "4", "hours": "8"}
    )
    assert (answer.status_code, "Write a number from 5 to 200." in answer.content.decode()) == (422, True)
    assert 'value="4"' in answer.content.decode()


def test_it_refuses_who_may_not_write(school):
    with pytest.raises(policy.Refused):
        actions.open_workshop(actor=school.safar, round=planned(school), expected=9, hours=3)


def test_it_asks_equally_often_for_many_workshops(school, opened, django_assert_max_num_queries):
    browser, address = at(school.dilbar), reverse("workshops:round", kwargs={"code": opened.round.code})
    for _each in range(6):
        actions.open_workshop(actor=school.dilbar, round=opened.round, expected=9, hours=3)
    browser.get(address)
    with django_assert_max_num_queries(30):
        browser.get(address)
