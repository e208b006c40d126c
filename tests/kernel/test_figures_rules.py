"""Each rule on a small profile made for it: what it finds, and what it lets pass."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.figures import Finding, Profile, compare_vintages, examine, read_profile
from hamroh.kernel.figures.periods import Period
from hamroh.kernel.figures.reading import NotANumber, printed_slack, read_cell, read_loosely, slips
from hamroh.kernel.figures.words import written

SOURCES = {
    "a": {"title": "A", "kind": "database", "issued": "2024"},
    "b": {"title": "B", "kind": "database", "issued": "2024"},
    "c": {"title": "C", "kind": "publication", "issued": "2024"},
}


def profile(**parts: Any) -> Profile:
    return read_profile({"area": "TJK", "date": "2024", "sources": SOURCES, **parts})


def figure(name: str, concept: str, value: Any, **more: Any) -> dict[str, Any]:
    return {
        "id": name,
        "concept": concept,
        "printed": str(value),
        "value": value,
        "period": "2020",
        "source": "a",
        **more,
    }


def table(concept: str, columns: list[str], *rows: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "title": "t",
        "concept": concept,
        "columns": columns,
        "time": "columns",
        "source": "a",
        "rows": list(rows),
        **more,
    }


def row(label: str, *cells: str, **more: Any) -> dict[str, Any]:
    return {"label": label, "cells": list(cells), **more}


def of(rule: str, made: Profile) -> list[Finding]:
    return [each for each in examine(made) if each.rule == rule]


def moved(source: str, turned: bool = False) -> dict[str, Any]:
    ends = [
        ("UZB", "TJK", "120"),
        ("TJK", "UZB", "340"),
        ("KGZ", "TJK", "77"),
        ("TJK", "KGZ", "910"),
        ("RUS", "TJK", "55"),
        ("TJK", "RUS", "8700"),
    ]
    said = [
        row(f"{one}-{other}", many, origin=other if turned else one, destination=one if turned else other) for one, other, many in ends
    ]  # fmt: skip
    return table("registered_movement", ["2020"], *said, source=source)


def test_it_gives_rounded_parts_their_room() -> None:
    rounded = table(
        "remittances_in",
        ["2020"],
        row("all", "10.0", role="total"),
        row("x", "3.3"),
        row("y", "3.3"),
        row("z", "3.3"),
        thousands=6,
    )
    assert not of("SUM", profile(tables={"T": rounded}))


def test_it_gives_persons_none() -> None:
    counted = table("refugees", ["2020"], row("all", "10", role="total"), row("x", "3"), row("y", "6"))
    assert [each.facts["misfit"] for each in of("SUM", profile(tables={"T": counted}))] == ["1"]


def test_it_finds_a_row_that_was_counted_twice() -> None:
    rows = [
        row("all", "150", role="total"),
        row("one", "100", role="subtotal", group="one"),
        row("two", "50", role="subtotal", group="two"),
    ]
    rows += [
        row("x", "60", group="one"),
        row("y", "40", group="one"),
        row("w", "17", group="one"),
        row("z", "50", group="two"),
    ]
    assert [
        each.facts["rows"] for each in of("EXPLAIN", profile(tables={"T": table("refugees", ["2020"], *rows)}))
    ] == ["w"]


def test_it_refuses_a_share_above_a_hundred() -> None:
    assert len(of("RANGE", profile(figures=[figure("x", "remittances_rural_share", 104)]))) == 1


def test_it_refuses_a_least_above_the_most() -> None:
    turned = {**figure("x", "idps", 1), "value": None, "low": 20, "high": 10}
    assert [each.code for each in of("RANGE", profile(figures=[turned]))] == ["range/turned"]


@pytest.mark.parametrize(("times", "code"), [(1000, ["unit/power"]), (1, []), (Decimal("1.31"), ["unit/steady"])])
def test_it_tells_another_unit_and_other_prices(times: Any, code: list[str]) -> None:
    values = [100, 130, 90, 210]
    one = [figure(f"a{at}", "remittances_in", value, period=str(2015 + at)) for at, value in enumerate(values)]
    other = [
        figure(f"b{at}", "remittances_in", str(value * times), period=str(2015 + at), source="b")
        for at, value in enumerate(values)
    ]
    assert [each.code for each in of("UNIT", profile(figures=one + other))] == code


def test_it_finds_a_table_whose_ends_were_swapped() -> None:
    assert "mirror/swapped" in [
        each.code for each in of("MIRROR", profile(tables={"S": moved("a"), "T": moved("b", turned=True)}))
    ]


def test_it_finds_nothing_where_both_ends_agree() -> None:
    assert not of("MIRROR", profile(tables={"S": moved("a"), "T": moved("b")}))


@pytest.mark.parametrize(("net", "count"), [(-300, 0), (300, 1)])
def test_it_works_the_balance_out(net: int, count: int) -> None:
    made = profile(
        figures=[figure("n", "net_migration", net), figure("i", "immigrants", 200), figure("e", "emigrants", 500)]
    )
    assert len(of("BALANCE", made)) == count


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Write to her: zarina@example.org", ["pii/mail"]),
        ("Call +992 93 555-00-12 in the evening", ["pii/phone"]),
        ("From 1,365,004 in 2005 to 8.4 million; see 12-13 and 2004-2007, law 254 of 29.06.2005", []),
        ("Of 12 365 004 people, on 2014-06-30, ISBN 978 92 9068 478 7, in 2011 2012 2013", []),
        ("Call +994501234567", ["pii/phone"]),
        ("Write to zarina (at) example.org", ["pii/mail"]),
        ("She answers at t.me/zarina_help", ["pii/account"]),
        ("Her passport No. C01234567 was taken", ["pii/paper"]),
    ],
)
def test_it_finds_what_names_a_person_in_a_text_for_all(text: str, codes: list[str]) -> None:
    assert [each.code for each in of("PII", profile(texts={"block": text}))] == codes


def test_it_compares_no_flow_of_two_years_with_one_of_one() -> None:
    both = [figure("x", "immigrants", 500, period="2019/2020"), figure("y", "immigrants", 250, period="2020")]
    assert not of("CONFLICT", profile(figures=both))


def test_it_lets_ranges_pass_that_overlap() -> None:
    wide = {**figure("x", "idps", 1), "value": None, "low": 500, "high": 900}
    assert not of("CONFLICT", profile(figures=[wide, figure("y", "idps", 800, source="b")]))


def test_it_finds_opposite_signs() -> None:
    both = [figure("x", "net_migration", -400), figure("y", "net_migration", 1000, source="b")]
    assert len(of("CONFLICT", profile(figures=both))) == 1


def test_it_tells_round_numbers_from_the_same_number() -> None:
    assert not of("SAME-NUMBER", profile(figures=[figure("x", "idps", 50_000), figure("y", "stateless", 50_000)]))


def test_it_finds_no_leap_where_a_break_is_marked() -> None:
    marked = table("remittances_in", ["2019", "2020"], row("x", "200", "900", flags=["B"]))
    assert not of("JUMP", profile(tables={"T": marked}))


def test_it_tells_what_a_later_release_revised() -> None:
    def release(values: list[int]) -> list[Any]:
        said = [figure(f"r{at}", "remittances_in", value, period=str(2003 + at)) for at, value in enumerate(values)]
        return list(profile(figures=said).singles)

    found = compare_vintages(release([171, 227, 693, 812, 993]), release([156, 204, 623, 790, 1268]))
    assert [each.facts["off"] for each in found] == ["-8.8", "-10.1", "-10.1", "27.7"]


@pytest.mark.parametrize(
    ("printed", "decimal", "value"),
    [
        ("6,222", ".", "6222"),
        ("-9,8", ",", "-9.8"),
        ("- 5,1", ",", "-5.1"),
        ("1\u00a0234,5", ",", "1234.5"),
        ("19%", ".", "19"),
        ("−3", ".", "-3"),
    ],
)
def test_it_reads_numbers_as_they_are_printed(printed: str, decimal: str, value: str) -> None:
    assert read_cell(printed, decimal).value == Decimal(value)


@pytest.mark.parametrize(
    ("printed", "value", "ends"),
    [
        ("310*", "310", None),
        ("~300", "300", None),
        ("1,234 [3]", "1234", None),
        ("812 (e)", "812", None),
        ("330–350", None, ("330", "350")),
        ("n/a", None, None),
        ("н/д", None, None),
        ("…", None, None),
    ],
)
def test_it_reads_cells_as_an_analyst_does(printed: str, value: str | None, ends: tuple[str, str] | None) -> None:
    read = read_loosely(printed)
    assert read.value == (Decimal(value) if value else None)
    assert (read.low, read.high) == (tuple(map(Decimal, ends)) if ends else (None, None))


@pytest.mark.parametrize(
    ("printed", "value", "slack"),
    [
        ("1,5 млн", "1500000", "50000"),
        ("16,2 %", "16.2", "0.05"),
        ("3 720 400", "3720400", "0.5"),
        ("1.204", "1204", "0.5"),
        ("USD 1.7 billion", "1700000000", "50000000"),
        ("about 60,000", "60000", "3000"),
        ("təxminən 10,1 milyon", "10100000", "50000"),
        ("only nine", "9", "0"),
        ("2,618 (2006)", "2618", "0.5"),
    ],
)
def test_it_knows_how_far_a_text_is_rounded(printed: str, value: str, slack: str) -> None:
    assert printed_slack(printed, Decimal(value)) == Decimal(slack)


@pytest.mark.parametrize("printed", ["1o7", "12,34", "1,23,456", "--2", "five", "1.2.3"])
def test_it_takes_nothing_for_a_number_that_is_none(printed: str) -> None:
    with pytest.raises(NotANumber):
        read_cell(printed)


def test_it_lets_a_range_be_written_with_a_dash() -> None:
    assert not slips("30-40% of the national GDP")


def test_it_finds_slips_of_the_pen() -> None:
    assert [slips(each) for each in ("-16.2%", "Refugees-126,068", "989, 586", "181,818 (2005)")] == [
        ("dash",),
        ("fused",),
        ("space",),
        (),
    ]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2006", "2006-01-01", "2006-12-31"),
        ("2003-02", "2003-02-01", "2003-02-28"),
        ("2004/2007-06", "2004-01-01", "2007-06-30"),
        ("2004-2007", "2004-01-01", "2007-12-31"),
        ("2006-Q2", "2006-04-01", "2006-06-30"),
        ("2006-S2", "2006-07-01", "2006-12-31"),
    ],
)
def test_it_reads_times(text: str, first: str, last: str) -> None:
    period = Period.read(text)
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)


@given(st.integers(-(10**12), 10**12))
def test_it_reads_back_every_number_it_writes_in_english(value: int) -> None:
    assert read_cell(written(str(value), "en")).value == value


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=8))
def test_it_finds_no_fault_in_a_table_that_adds_up(values: list[int]) -> None:
    rows = [row(f"r{at}", str(value)) for at, value in enumerate(values)]
    made = profile(tables={"T": table("refugees", ["2020"], row("all", str(sum(values)), role="total"), *rows)})
    assert not of("SUM", made)


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=8), st.integers(1, 10**6))
def test_it_finds_every_misfit(values: list[int], off: int) -> None:
    rows = [row(f"r{at}", str(value)) for at, value in enumerate(values)]
    made = profile(tables={"T": table("refugees", ["2020"], row("all", str(sum(values) + off), role="total"), *rows)})
    assert [each.facts["misfit"] for each in of("SUM", made)] == [str(off)]


@given(st.text(max_size=300))
def test_it_reads_any_text_or_says_that_it_is_no_number(text: str) -> None:
    try:
        read_cell(text)
    except NotANumber:
        return
