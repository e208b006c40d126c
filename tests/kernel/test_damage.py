"""Damage by source: counts that may be unknown, the newest card of a place, wider places, and no sum over two sources."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.damage import EFFECTS, HAZARDS, Card, Count, Known, Total, by_source, glide_fault

DAY = dt.date(2026, 11, 23)
TWELVE, SOME, NONE = Count(Known.NUMBER, 12), Count(Known.SOME), Count(Known.NONE)


def said(*cards: Card, above: dict[str, set[str]] | None = None) -> dict[str, dict[str, Total]]:
    return {source: dict(each.totals) for source, each in by_source(cards, above or {}).items()}


def card(source: str = "office", place: str = "ayni", on: int = 0, order: int = 0, **counts: Count) -> Card:
    return Card(source, place, DAY + dt.timedelta(days=on), counts, order)


def test_it_never_adds_two_sources_up() -> None:
    assert said(card(dead=TWELVE), card("village", dead=Count(Known.NUMBER, 3))) == {
        "office": {"dead": Total(12, False, 1)}, "village": {"dead": Total(3, False, 1)},
    }  # fmt: skip


def test_it_adds_places_of_one_source_up() -> None:
    assert said(card(dead=TWELVE), card(place="panj", dead=TWELVE))["office"]["dead"] == Total(24, False, 2)


def test_it_takes_the_newest_card_of_a_place() -> None:
    assert said(card(dead=TWELVE, on=1), card(dead=NONE))["office"]["dead"] == Total(12, False, 1)


def test_it_takes_the_later_card_of_a_day() -> None:
    assert said(card(dead=NONE, order=2), card(dead=TWELVE, order=1))["office"]["dead"] == Total(0, False, 0)


def test_it_keeps_an_effect_that_the_newer_card_does_not_speak_of() -> None:
    assert said(card(dead=TWELVE), card(injured=SOME, on=1))["office"].keys() == {"dead", "injured"}


def test_it_says_at_least_where_a_number_is_unknown() -> None:
    assert said(card(dead=TWELVE), card(place="panj", dead=SOME))["office"]["dead"] == Total(12, True, 2)


def test_it_counts_a_wider_place_instead_of_those_within() -> None:
    found = by_source([card(dead=TWELVE, place="sughd"), card(dead=Count(Known.NUMBER, 5))], {"ayni": {"sughd", "tj"}})[
        "office"
    ]
    assert (found.totals["dead"], found.covered) == (Total(12, False, 1), {"ayni"})


def test_it_counts_a_place_whose_wider_one_says_nothing_of_the_effect() -> None:
    found = by_source([card(injured=TWELVE, place="sughd"), card(dead=TWELVE)], {"ayni": {"sughd"}})["office"]
    assert found.totals["dead"] == Total(12, False, 1)


@pytest.mark.parametrize(
    ("known", "value"), [(Known.NUMBER, 0), (Known.SOME, 3), (Known.NONE, 1), (Known.NUMBER, -1), (Known.NUMBER, 10**9)]
)
def test_it_has_no_other_counts(known: Known, value: int) -> None:
    with pytest.raises(ValueError, match="number"):
        Count(known, value)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.integers(0, 5), st.integers(1, 99))))
def test_it_never_says_more_than_a_source_did(rows: list[tuple[str, str, int, int]]) -> None:
    cards = [
        card(source, place, on, at, dead=Count(Known.NUMBER, value))
        for at, (source, place, on, value) in enumerate(rows)
    ]
    for source, totals in said(*cards).items():
        assert totals["dead"].number <= sum(value for one, _place, _on, value in rows if one == source)


def test_it_names_a_column_once() -> None:
    columns = [name for pair in EFFECTS.values() for name in pair if name]
    assert len(columns) == len(set(columns))


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("", ""), ("MS-2010-000158-TJK", ""), ("OT-2010-000158-TJK", ""), ("ms-2010-000158-TJK", "form"), ("MS-2010-158-TJK", "form"),
        ("MS-2010-000158-TJ", "form"), ("FL-2010-000158-TJK", "hazard"), ("ZZ-2010-000158-TJK", "hazard"), ("MS-2011-000158-TJK", "year"),
        ("MS-2010-000158-TJK ", "form"), ("MS-٢٠١٠-000158-TJK", "form"),
    ],
)  # fmt: skip
def test_it_reads_glide_numbers(number: str, fault: str) -> None:
    assert glide_fault(number, "mudflow", 2010) == fault


def test_it_has_letters_for_every_hazard() -> None:
    assert all(len(letters) == 2 and letters.isupper() for letters in HAZARDS.values())
