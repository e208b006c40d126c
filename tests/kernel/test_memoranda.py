"""Whether a memorandum holds on a day, with the reason."""

import datetime as dt

import pytest

from hamroh.kernel.memoranda import Facts, Standing, bounds, standing

DAY = dt.date(2024, 6, 15)
D = dt.date


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (Facts("draft"), Standing.UNSIGNED),
        (Facts("signed"), Standing.HOLDS_UNDATED),
        (Facts("signed", signed="2023"), Standing.HOLDS),
        (Facts("signed", signed="2024"), Standing.PERHAPS),
        (Facts("signed", signed="2024-06"), Standing.PERHAPS),
        (Facts("signed", signed="2024-06-15"), Standing.HOLDS),
        (Facts("signed", signed="2024-07"), Standing.NOT_YET),
        (Facts("signed", signed="2023", begins=D(2024, 7, 1)), Standing.NOT_YET),
        (Facts("signed", begins=DAY), Standing.HOLDS),
        (Facts("signed", until=DAY), Standing.HOLDS_UNDATED),
        (Facts("signed", until=D(2024, 6, 14)), Standing.RUN_OUT),
        (Facts("ended", signed="2023", ended=D(2024, 6, 1)), Standing.ENDED),
        (Facts("ended", signed="2023", ended=D(2024, 7, 1)), Standing.HOLDS),
        (Facts("ended"), Standing.UNSIGNED),
        (Facts("renewed", signed="2023", ended=D(2024, 6, 15)), Standing.RENEWED),
        (Facts("renewed", signed="2023", ended=D(2024, 6, 16)), Standing.HOLDS),
    ],
)
def test_it_says_how_a_memorandum_stands(facts: Facts, expected: Standing) -> None:
    assert standing(facts, DAY) is expected


def test_it_holds_with_or_without_a_date() -> None:
    assert [each for each in Standing if each.holds] == [Standing.HOLDS, Standing.HOLDS_UNDATED]


@pytest.mark.parametrize(
    ("partial", "expected"),
    [
        ("2024", (D(2024, 1, 1), D(2024, 12, 31))),
        ("2024-02", (D(2024, 2, 1), D(2024, 2, 29))),
        ("2024-02-03", (D(2024, 2, 3), D(2024, 2, 3))),
    ],
)
def test_it_knows_the_days_that_a_partial_date_may_mean(partial: str, expected: tuple[dt.date, dt.date]) -> None:
    assert bounds(partial) == expected
