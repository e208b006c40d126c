"""A file of figures against what is held: another unit, other prices, swapped ends; and cells that only look like numbers."""

from decimal import Decimal

import pytest

from hamroh.kernel.figures.incoming import Pair, check_ends, check_scale, check_totals
from hamroh.kernel.figures.reading import NotANumber, read_cell

AREAS = ("ALB", "ARM", "AZE", "BGR", "GEO")


def pairs(factors: dict[int, str], areas: tuple[str, ...] = AREAS) -> list[Pair]:
    """What is held, times a factor a year."""
    return [
        Pair("remittances_in", area, str(year), Decimal(100 * at + year), Decimal(factor) * (100 * at + year))
        for at, area in enumerate(areas, 1)
        for year, factor in factors.items()
    ]


def rules(found: object) -> list[str]:
    return [each.code for each in found]  # type: ignore[attr-defined]


def test_it_sees_another_unit() -> None:
    assert rules(check_scale(pairs({2004: "0.000001", 2005: "0.000001"}))) == ["unit/power"]


def test_it_sees_other_prices_in_one_factor_a_year() -> None:
    assert rules(check_scale(pairs({2000: "1.56", 2001: "1.63", 2002: "1.56", 2003: "1.37"}))) == ["unit/prices"]


def test_it_says_nothing_where_figures_are_as_before() -> None:
    assert rules(check_scale(pairs({2000: "1", 2001: "1.01", 2002: "1", 2003: "1.02"}))) == []


def test_it_takes_revisions_for_what_they_are() -> None:
    revised = [
        Pair("idps", area, str(year), Decimal(100), Decimal(90 + 7 * at + year % 5))
        for at, area in enumerate(AREAS)
        for year in range(2000, 2006)
    ]
    assert rules(check_scale(revised)) == []


def test_it_needs_several_places_to_speak_of_prices() -> None:
    assert rules(check_scale(pairs({2000: "1.56", 2001: "1.63", 2002: "1.5"}, ("AZE",)))) == []


def matrix(factor: str) -> list[Pair]:
    return [Pair("migrant_stock", area, "2005", Decimal(1000), Decimal(factor) * 1000) for area in AREAS]


def test_it_sees_ends_that_are_swapped() -> None:
    assert rules(check_ends(matrix("3"), matrix("1.01"))) == ["mirror/swapped"]
    assert rules(check_ends(matrix("1"), matrix("1.01"))) == []


def test_it_sees_totals_that_change_places() -> None:
    straight = [Pair("migrant_stock", "AZE", "2005", Decimal(181_818), Decimal(1_455_180))]
    turned = [Pair("migrant_stock", "AZE", "2005", Decimal(181_818), Decimal(301_834))]
    assert rules(check_totals(straight, turned)) == ["mirror/totals"]
    assert rules(check_totals(turned, straight)) == []


@pytest.mark.parametrize("text", ["A123", "\u202e1", "x5", "/7"])
def test_it_takes_no_letter_for_a_sign(text: str) -> None:
    with pytest.raises(NotANumber):
        read_cell(text)
