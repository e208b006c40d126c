"""Acts of violence as they are counted: no band is guessed, and an answer stands only where its question is asked."""

import datetime as dt

import pytest

from hamroh.kernel import incidents
from hamroh.kernel.incidents import UNKNOWN, UNSAID, tool

TOLD = dt.date(2026, 3, 20)


@pytest.mark.parametrize(
    ("happened", "band"),
    [
        ({"year": 2026, "month": 3, "day": 17}, "d3"), ({"year": 2026, "month": 3, "day": 16}, "d5"),
        ({"year": 2026, "month": 3, "day": 6}, "w2"), ({"year": 2026, "month": 2, "day": 17}, "m1"),
        ({"year": 2026, "month": 1}, "longer"), ({"year": 2025}, "longer"), ({"year": 2026, "month": 3}, UNKNOWN),
        (None, UNKNOWN), ({"year": 2026, "month": 4}, UNKNOWN), ("2026", UNKNOWN),
    ],
)  # fmt: skip
def test_it_says_how_long_she_waited_only_where_the_day_settles_it(happened, band):
    assert incidents.delay(happened, TOLD) == band


@pytest.mark.parametrize(
    ("born", "band"),
    [
        ({"year": 2014, "month": 3, "day": 20}, "a12"), ({"year": 2014, "month": 3, "day": 21}, "a0"),
        ({"year": 1990}, "a26"), ({"year": 2008}, UNKNOWN), ({"year": 1965, "month": 3}, UNKNOWN), ({"year": 1960}, "a61"), ({}, UNKNOWN),
    ],
)  # fmt: skip
def test_it_says_how_old_she_was_only_where_her_birth_settles_it(born, band):
    assert incidents.age(born, TOLD) == band


@pytest.mark.parametrize(
    ("couples", "lived"),
    [
        ([], UNKNOWN), ([{"social": "nikoh", "legal": "not_registered"}], "nikoh"),
        ([{"social": "left", "legal": "registered"}], "apart"), ([{"legal": "registered"}], "married"),
        ([{"social": "widowed"}, {"social": "registered"}], "married"), ([{"social": ""}], UNKNOWN),
    ],
)  # fmt: skip
def test_it_says_how_she_lived_as_the_file_says_it(couples, lived):
    assert incidents.marital(couples) == lived


def test_it_lets_go_of_an_answer_whose_question_is_not_asked():
    assert tool().kept({"kind": ["rape"], "denied": ["phone"]}) == {"kind": ["rape"]}


def test_it_keeps_each_answer_as_a_browser_sends_it():
    for question in tool().questions.values():
        assert all(isinstance(answer, str) for answer in question.answers), question.code


@pytest.mark.parametrize("told", [{"kind": ["murder"]}, {"weather": ["rain"]}, {"kind": ["rape", "denial"]}])
def test_it_refuses_what_is_no_answer(told):
    with pytest.raises(ValueError, match="no such answer"):
        tool().kept(told)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([], UNKNOWN),
        ([UNSAID], UNSAID),
        (["husband"], "husband"),
        (["husband", "in_law"], "several"),
        (["gone"], UNKNOWN),
    ],
)
def test_it_counts_every_act_under_one_category(answers, code):
    assert incidents.code_of("who", {"answers": {"who": answers}}) == code


@pytest.mark.parametrize("dimension", incidents.DIMENSIONS)
def test_it_has_a_category_for_whatever_is_told(dimension):
    assert incidents.code_of(dimension, {}) in incidents.codes_of(dimension)
