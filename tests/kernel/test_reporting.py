"""Reports as plain data: what changed between two and why, what keeps one from approval, which small numbers stay inside."""

from typing import Any

import pytest

from hamroh.kernel import reporting
from hamroh.kernel.reporting import Finding, Flaw, Why

FIGURE = {"value": "120", "record": "a", "ends": "2014-06-30", "source": {"kind": "typed"}, "confirmed": True}


def content(figures: dict[str, dict[str, Any]], ends: str = "2014-06", **more: Any) -> dict[str, Any]:
    return {
        "figures": figures,
        "period": {"starts": "2014-01", "ends": ends},
        "sections": [],
        "languages": ["en"],
    } | more


def changed(
    old: dict[str, Any] | None, new: dict[str, Any] | None, ends: str = "2014-12"
) -> list[tuple[str, str, Why]]:
    before, after = ({"k": each} if each is not None else {} for each in (old, new))
    found = reporting.difference(content(before), content(after, ends))
    return [(each.before, each.after, each.why) for each in found]


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        (FIGURE, FIGURE | {"value": "118", "record": "b"}, ("120", "118", Why.CORRECTED)),
        (FIGURE, FIGURE | {"value": "121"}, ("120", "121", Why.RECOUNTED)),
        (FIGURE, FIGURE | {"value": "121", "running": True, "ends": "2014-12-31"}, ("120", "121", Why.NEW_PERIOD)),
        (None, FIGURE | {"ends": "2014-12-31"}, ("", "120", Why.NEW_PERIOD)),
        (None, FIGURE, ("", "120", Why.LATE)),
        (FIGURE | {"value": None}, FIGURE, ("", "120", Why.LATE)),
        (FIGURE, None, ("120", "", Why.GONE)),
        (FIGURE, FIGURE | {"withheld": True}, ("120", "*", Why.WITHHELD)),
    ],
)  # fmt: skip
def test_it_says_why_a_figure_is_another_one(old: Any, new: Any, change: Any) -> None:
    assert changed(old, new) == [change]


def test_it_finds_no_change_between_two_spellings_of_a_number() -> None:
    assert changed(FIGURE, FIGURE | {"value": "120.00"}) == []


def test_it_tells_a_new_target_beside_a_figure_that_stayed() -> None:
    assert changed(FIGURE | {"target": "150"}, FIGURE | {"target": "200"}) == [("150", "200", Why.TARGET)]


def test_it_compares_with_nothing_where_there_was_no_report() -> None:
    assert reporting.difference(None, content({"k": FIGURE})) == []


def test_it_writes_the_same_bytes_whatever_the_order() -> None:
    assert reporting.canonical({"a": 1, "b": {"c": 2, "d": 3}}) == reporting.canonical({"b": {"d": 3, "c": 2}, "a": 1})


def found(figure: dict[str, Any]) -> list[Flaw]:
    made = reporting.findings(content({"k": figure}), needs_words=(), today="2014-07-01")
    return [each.flaw for each in made]


def test_it_misses_a_figure_of_a_period_that_is_over() -> None:
    awaited = {"value": None, "awaited": True, "ends": "2014-06"}
    assert found(awaited) == [Flaw.NO_ACTUAL]
    assert found(awaited | {"ends": "2014"}) == []


@pytest.mark.parametrize(
    ("wrong", "flaw"),
    [
        ({"source": None}, Flaw.NO_SOURCE),
        ({"unreleased": True}, Flaw.NOT_RELEASED),
        ({"confirmed": False}, Flaw.NOT_CONFIRMED),
    ],
)
def test_it_finds_what_is_wrong_with_a_figure(wrong: Any, flaw: Flaw) -> None:
    assert found(FIGURE) == []
    assert found(FIGURE | wrong) == [flaw]


def test_it_stops_what_cannot_be_mended_afterwards() -> None:
    assert [flaw for flaw in Flaw if Finding(flaw, "k").stops] == [
        Flaw.NO_SOURCE,
        Flaw.NOT_RELEASED,
        Flaw.NO_WORDS,
        Flaw.NO_CONSENT,
    ]


def test_it_asks_for_words_in_every_language_of_the_report() -> None:
    sections = [
        {"code": "short", "words": {"en": "So it went."}},
        {"code": "risks", "words": {}},
        {"code": "next", "words": {"tg": " "}},
    ]
    made = reporting.findings(
        content({}, sections=sections, languages=["en", "tg"]), needs_words=["short", "next"], today="2014-07-01"
    )
    assert [(each.about, each.lang) for each in made] == [("short", "tg"), ("next", "en"), ("next", "tg")]


@pytest.mark.parametrize(
    ("numbers", "told"),
    [((5, 7), True), ((0, 7), True), ((4, 70), False), ((None, 9), True), ((), True), ((1, 0), False)],
)
def test_it_tells_parts_only_where_none_is_small(numbers: Any, told: bool) -> None:
    assert reporting.tells_parts(numbers) is told


@pytest.mark.parametrize(
    ("span", "meets"),
    [
        (("2014-03-01", "2014-03-05"), True),
        (("2013", "2013"), False),
        (("2014", "2014"), True),
        (("2014-07-01", ""), False),
        (("", "2014-01"), True),
        (("", "2013-12"), False),
    ],
)
def test_it_compares_dates_that_are_known_in_part(span: tuple[str, str], meets: bool) -> None:
    assert reporting.meet(*span, "2014-01", "2014-06") is meets


def test_it_takes_a_period_only_where_it_lies_within() -> None:
    assert reporting.lies_within("2014-01-01", "2014-06-30", "2014-01", "2014-06")
    assert not reporting.lies_within("2014", "2014", "2014-01", "2014-06")
