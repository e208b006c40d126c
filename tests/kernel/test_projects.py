"""Where projects stand by their dates, and what indicators say."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.projects import Aim, Dates, Part, Progress, Span, figure_of, first_day, last_day, progress, status

TODAY = dt.date(2026, 11, 23)
NAMES = {"pipeline", "active", "finalisation", "closed", "cancelled", "unknown"}
years, months = st.integers(1998, 2040), st.integers(1, 12)
partial = st.one_of(
    st.just(""), years.map(str), st.builds("{}-{:02}".format, years, months),
    st.dates(dt.date(1998, 1, 1), dt.date(2040, 12, 31)).map(dt.date.isoformat),
)  # fmt: skip
dates = st.builds(Dates, partial, partial, partial, partial, partial)
amounts = st.integers(0, 10_000).map(Decimal)


def span(year: int, target: int | None, *values: int, missing: bool = False) -> Span:
    parts = tuple(Part(Decimal(value)) for value in values)
    aimed = None if target is None else Decimal(target)
    return Span(dt.date(year, 1, 1), dt.date(year, 12, 31), aimed, parts, missing)


@pytest.mark.parametrize(
    ("facts", "name", "reason"),
    [
        (Dates(), "unknown", "no_dates"),
        (Dates(starts_planned="2027"), "pipeline", "begins"),
        (Dates(starts_planned="2026-03"), "pipeline", "start_passed"),
        (Dates(starts="2025", ends_planned="2027"), "active", "begun"),
        (Dates(starts="2014-03-18", ends="2016-03"), "closed", "ended"),
        (Dates(starts="2024", ends_planned="2026-06"), "finalisation", "begun"),
        (Dates(starts="2025", ends_planned="2027", stopped="2026-01"), "cancelled", "stopped"),
        (Dates(starts="2010"), "unknown", "begun"),
        (Dates(starts_planned="2006", ends_planned="2008"), "unknown", "never_told"),
    ],
)
def test_it_says_where_a_project_stands_and_why(facts: Dates, name: str, reason: str) -> None:
    found = status(facts, TODAY)
    assert (found.name, found.reasons[0].code) == (name, reason)


@given(dates, st.dates(dt.date(1998, 1, 1), dt.date(2040, 12, 31)))
def test_it_always_gives_a_status_with_a_reason(facts: Dates, today: dt.date) -> None:
    found = status(facts, today)
    assert found.name in NAMES
    assert found.reasons


@given(partial.filter(bool))
def test_it_knows_the_ends_of_a_partial_date(text: str) -> None:
    first, last = first_day(text), last_day(text)
    assert first is not None
    assert last is not None
    assert first <= last
    assert first.isoformat().startswith(text)
    assert last.isoformat().startswith(text)


@given(st.lists(amounts, min_size=1, max_size=6))
def test_it_adds_what_may_be_added_whatever_the_order(values: list[Decimal]) -> None:
    spans = [span(2020 + at, None, int(value)) for at, value in enumerate(values)]
    assert progress(Aim(), spans, TODAY).value == progress(Aim(), spans[::-1], TODAY).value == sum(values)


@given(amounts, amounts)
def test_it_never_adds_per_cent(first: Decimal, second: Decimal) -> None:
    spans = [span(2024, 50, int(first)), span(2025, 50, int(second))]
    assert progress(Aim(measure="percent", aggregation="last"), spans, TODAY).value == second


@pytest.mark.parametrize(
    ("aim", "spans", "verdict"),
    [
        (Aim(), [span(2025, 100, 60), span(2026, 100, 140)], "reached"),
        (Aim(), [span(2025, 100, 60)], "missed"),
        (Aim(), [span(2026, 100, 90)], "on_the_way"),
        (Aim(), [span(2026, 100, 20)], "behind"),
        (Aim(aggregation="last", direction="down", baseline=Decimal(40)), [span(2026, 10, 12)], "on_the_way"),
        (Aim(aggregation="last", direction="down", baseline=Decimal(40)), [span(2026, 10, 8)], "reached"),
        (Aim(), [span(2027, 100)], "not_begun"),
        (Aim(), [span(2026, None, 4)], "unknown"),
        (Aim(measure="words"), [span(2026, None)], "unknown"),
    ],
)
def test_it_judges_against_the_target_and_the_time(aim: Aim, spans: list[Span], verdict: str) -> None:
    assert progress(aim, spans, TODAY).verdict == verdict


def test_it_counts_only_what_was_approved() -> None:
    parts = (Part(Decimal(9), approved=False),)
    found = progress(Aim(), [Span(dt.date(2026, 1, 1), dt.date(2026, 12, 31), Decimal(10), parts)], TODAY)
    assert (found.value, [reason.code for reason in found.reasons]) == (None, ["no_figure", "not_approved"])


def test_it_names_periods_that_are_over_and_say_nothing() -> None:
    found = progress(Aim(), [span(2023, 5, 5), span(2024, 5), span(2025, 5, missing=True)], TODAY)
    assert [each.starts.year for each in found.missing] == [2024]


def test_it_adds_parts_only_where_they_are_of_one_kind() -> None:
    women, girls = Part(Decimal(3), (("sex", "f"),)), Part(Decimal(2), (("age", "child"),))
    men = Part(Decimal(4), (("sex", "m"),))
    assert figure_of([women, men], adds=True).value == Decimal(7)
    assert figure_of([women, girls], adds=True).value is None
    assert figure_of([women, men], adds=False).value is None


def test_it_takes_the_whole_before_its_parts() -> None:
    parts = [Part(Decimal(3), (("sex", "f"),)), Part(Decimal(10))]
    assert figure_of(parts, adds=True).value == Decimal(10)


@given(
    st.lists(st.tuples(st.integers(2020, 2028), st.none() | amounts, st.none() | amounts), max_size=5), st.booleans()
)
def test_it_never_fails_on_what_is_not_known(
    rows: list[tuple[int, Decimal | None, Decimal | None]], down: bool
) -> None:
    spans = [Span(dt.date(y, 1, 1), dt.date(y, 12, 31), t, (Part(v),) if v is not None else ()) for y, t, v in rows]
    for way in ("sum", "last", "average", "none"):
        found = progress(Aim(direction="down" if down else "up", aggregation=way), spans, TODAY)
        assert isinstance(found, Progress)
