"""Mediation is refused while violence stands against it; coming back together counts only after the check of the third month."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel import risk
from hamroh.kernel.mediation import (
    LIFTED,
    RECENT,
    WISH_HOLDS,
    Check,
    Checked,
    Screen,
    Why,
    Wish,
    asked_of_violence,
    checks_from,
    found_by,
    gate,
    is_success,
    months_after,
    violence_in,
)

TODAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 5, 0, tzinfo=dt.UTC)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def screen(ago: dt.timedelta = DAY, due: int = 30, **more) -> Screen:
    return Screen(at=NOW - ago, due=TODAY + dt.timedelta(days=due), **more)


HURT = screen(violence=("hit",))
CLEAR = screen(ago=HOUR)
SIGNED = Wish(at=NOW - 2 * HOUR, taken_by="farzona", signed_at=NOW - HOUR, signed_by="manizha")


def whys(*screens: Screen, wishes=()) -> tuple[Why, ...]:
    return gate(screens, wishes, now=NOW, today=TODAY).whys


def may(*screens: Screen, wishes=()) -> bool:
    return gate(screens, wishes, now=NOW, today=TODAY).may


def test_it_refuses_where_nobody_asked():
    assert (may(), whys()) == (False, (Why.NOT_ASKED,))


def test_it_lets_through_whose_answers_are_all_no():
    assert may(CLEAR)


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (HURT, Why.VIOLENCE),
        (screen(is_raised=True), Why.RAISED),
        (screen(open_=("forced",)), Why.LEFT_OPEN),
        (screen(due=-1), Why.PAST_DUE),
    ],
)
def test_it_refuses_and_says_why(found, why):
    assert (may(found), whys(found)) == (False, (why,))


def test_it_takes_the_last_day_of_a_screen():
    assert may(screen(due=0))


def test_it_keeps_violence_in_mind_that_she_took_back():
    assert whys(HURT, CLEAR) == (Why.VIOLENCE,)


@pytest.mark.parametrize(("ago", "stands"), [(RECENT, True), (RECENT + dt.timedelta(seconds=1), False)])
def test_it_forgets_violence_after_half_a_year(ago, stands):
    assert (Why.VIOLENCE in whys(screen(ago=ago, violence=("hit",)), CLEAR)) is stands


def test_it_opens_to_a_wish_that_somebody_else_signed():
    found = gate([HURT], [SIGNED], now=NOW, today=TODAY)
    assert (found.may, found.by_wish, found.whys) == (True, True, (Why.VIOLENCE,))


@pytest.mark.parametrize(
    "wish",
    [
        Wish(at=NOW - HOUR, taken_by="farzona"),
        Wish(at=NOW - HOUR, taken_by="farzona", signed_at=NOW, signed_by="farzona"),
        Wish(at=NOW - 2 * DAY, taken_by="farzona", signed_at=NOW, signed_by="manizha"),
        Wish(at=NOW - 3 * DAY, taken_by="farzona", signed_at=NOW - 2 * DAY, signed_by="manizha"),
    ],
    ids=["nobody signed", "who took it signed", "written before the screen", "signed before the screen"],
)
def test_it_stays_shut_to_another_wish(wish):
    assert not may(HURT, wishes=[wish])


@pytest.mark.parametrize(("ago", "holds"), [(WISH_HOLDS, True), (WISH_HOLDS + HOUR, False)])
def test_it_lets_a_wish_run_out(ago, holds):
    wish = Wish(at=NOW - ago, taken_by="farzona", signed_at=NOW - ago, signed_by="manizha")
    assert may(screen(ago=ago + DAY, violence=("hit",)), wishes=[wish]) is holds


@pytest.mark.parametrize("found", [screen(due=-1, violence=("hit",)), screen(due=-1)])
def test_it_lets_no_wish_stand_for_asking_anew(found):
    assert not may(found, wishes=[SIGNED])


SCREENS = st.builds(
    Screen,
    at=st.integers(0, 400).map(lambda days: NOW - days * DAY),
    due=st.integers(-40, 40).map(lambda days: TODAY + days * DAY),
    violence=st.sampled_from([(), ("hit",), ("kill", "threat")]),
    open_=st.sampled_from([(), ("forced",)]),
    is_raised=st.booleans(),
)
MOMENTS = st.integers(0, 400).map(lambda days: NOW - days * DAY + HOUR)
WISHES = st.builds(
    Wish, at=MOMENTS, taken_by=st.sampled_from("ab"), signed_at=st.none() | MOMENTS, signed_by=st.sampled_from("ab")
)


@given(st.lists(SCREENS, max_size=4), st.lists(WISHES, max_size=3))
def test_it_keeps_safety_rule_8_whatever_was_answered(screens, wishes):
    found = gate(screens, wishes, now=NOW, today=TODAY)
    recent = [each for each in screens if each.is_positive and NOW - each.at <= RECENT]
    other_hands = [each for each in wishes if each.signed_at and each.signed_by != each.taken_by]
    after = [each for each in other_hands if all(min(each.at, each.signed_at) > harm.at for harm in recent)]
    assert not found.may or (bool(screens) and (not recent or bool(after)))
    assert not found.may or set(found.whys) <= LIFTED


def test_it_asks_of_violence_what_the_tool_has():
    assert asked_of_violence(risk.tool()) == {
        "hit", "choked", "kill", "threat", "weapon", "forced", "worse", "in_laws", "children_hurt"
    }  # fmt: skip


def test_it_reads_what_is_open_of_violence_alone():
    said = dict.fromkeys(asked_of_violence(risk.tool()), "no") | {"hit": "yes", "forced": "unsaid", "money": "yes"}
    assert violence_in(risk.tool(), said) == (("hit",), ("forced",))


# -- together again -------------------------------------------------------------------------------------------------

BEGAN = dt.date(2026, 11, 30)


def made(*found: tuple[int, str], late: int = 0) -> list[Check]:
    """The checks of a reunification, these made so many days after their day."""
    told = dict(found)
    return [
        Check(each.month, each.due, each.due + late * DAY if each.month in told else None, told.get(each.month, ""))
        for each in checks_from(BEGAN)
    ]


def test_it_checks_after_1_3_6_and_12_months():
    assert [(each.month, str(each.due)) for each in checks_from(BEGAN)] == [
        (1, "2026-12-30"), (3, "2027-02-28"), (6, "2027-05-30"), (12, "2027-11-30")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [("2027-11-30", 3, "2028-02-29"), ("2026-12-01", 1, "2027-01-01"), ("2026-08-31", 1, "2026-09-30")],
)
def test_it_counts_months_by_the_calendar(day, months, due):
    assert str(months_after(dt.date.fromisoformat(day), months)) == due


@pytest.mark.parametrize(
    ("checks", "counts"),
    [
        ([], False),
        (made(), False),
        (made((1, "safe")), False),
        (made((3, "safe")), True),
        (made((3, "safe"), late=-1), False),
        (made((3, "safe"), late=40), True),
        (made((1, "safe"), (3, "safe")), True),
        (made((1, "unsafe"), (3, "safe")), False),
        (made((3, "unsafe")), False),
        (made((3, "apart")), False),
        (made((6, "safe")), False),
        (made((3, "safe"), (6, "unsafe")), False),
        (made((3, "safe"), (6, "safe"), (12, "apart")), False),
    ],
)
def test_it_keeps_safety_rule_8_and_counts_success_by_the_third_month(checks, counts):
    assert is_success(checks) is counts


@pytest.mark.parametrize("told", [{"harmed": BEGAN}, {"apart": BEGAN}])
def test_it_keeps_safety_rule_8_and_counts_no_success_after_harm_or_parting(told):
    assert not is_success(made((3, "safe")), **told)


@pytest.mark.parametrize(
    ("together", "violence", "asked", "found"),
    [
        (True, False, CLEAR, Checked.SAFE),
        (False, False, CLEAR, Checked.APART),
        (True, True, CLEAR, Checked.UNSAFE),
        (True, False, HURT, Checked.UNSAFE),
        (False, False, HURT, Checked.UNSAFE),
        (True, False, screen(open_=("forced",)), Checked.UNSAFE),
    ],
)
def test_it_takes_violence_before_all_else_in_a_check(together, violence, asked, found):
    assert found_by(together=together, violence=violence, screen=asked) is found
