"""The rules of disclosure at their very edges: one more or one less changes the answer."""

import pytest

from hamroh.kernel.disclosure.rules import Rules, Zeros


def test_it_counts_as_the_house_decided() -> None:
    rules = Rules()
    assert (rules.threshold, rules.limit_of(1), rules.limit_of(2)) == (5, 5, 10)
    assert (rules.width, rules.largest, rules.share, rules.percent) == (5, 1, 0.8, 10)


@pytest.mark.parametrize(("count", "small"), [(1, True), (4, True), (5, False), (6, False)])
def test_it_calls_small_what_is_under_the_threshold(count: int, small: bool) -> None:
    assert Rules().is_small(count) is small


@pytest.mark.parametrize(("count", "small"), [(9, True), (10, False)])
def test_it_takes_a_limit_instead_of_its_own(count: int, small: bool) -> None:
    assert Rules().is_small(count, 10) is small


@pytest.mark.parametrize(("zeros", "small"), [(Zeros.SMALL, True), (Zeros.SHOWN, False)])
def test_it_treats_none_as_the_table_says(zeros: Zeros, small: bool) -> None:
    assert Rules(zeros=zeros).is_small(0) is small


@pytest.mark.parametrize(
    ("parts", "dominated"),
    [
        ([], False), ([0, 0], False), ([10], True), ([50, 40, 10], False), ([85, 5, 5, 5], False), ([86, 5, 5, 4], True),
        ([50, 46, 4], True), ([50, 45, 5], False), ([1, 1, 1], False),
    ],
)  # fmt: skip
def test_it_sees_a_sum_that_one_giver_rules(parts: list[int], dominated: bool) -> None:
    """At a share of 0.85 of the largest and a tenth of it among all but two."""
    assert Rules(share=0.85, largest=1, percent=10).is_dominated(parts) is dominated


@pytest.mark.parametrize(("high", "apart"), [(10, 2), (20, 2), (21, 3), (100, 10)])
def test_it_asks_for_a_wider_gap_where_sums_are_large(high: int, apart: int) -> None:
    rules = Rules(width=2, percent=10)
    assert (rules.needed(high, careful=True), rules.needed(high, careful=False)) == (apart, 2)


@pytest.mark.parametrize(
    "wrong",
    [{"width": 1}, {"width": 6}, {"share": 0.0}, {"share": 1.01}, {"largest": 0}, {"percent": -1}, {"percent": 100}],
)
def test_it_refuses_rules_that_protect_nobody(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        Rules(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("right", [{"width": 2}, {"width": 5}, {"share": 1.0}, {"percent": 0}, {"percent": 99}])
def test_it_takes_rules_at_their_ends(right: dict[str, float]) -> None:
    Rules(**right)  # type: ignore[arg-type]


@pytest.mark.parametrize(("parts", "dominated"), [([1], True), ([1, 0, 0], True)])
def test_it_sees_a_sum_of_one(parts: list[int], dominated: bool) -> None:
    assert Rules().is_dominated(parts) is dominated


def test_it_weighs_the_largest_alone_against_all_but_two() -> None:
    assert Rules(share=1.0, percent=10).is_dominated([1000, 900, 99])
    assert not Rules(share=1.0, percent=10).is_dominated([1000, 900, 100])


def test_it_widens_by_hundredths() -> None:
    assert Rules(width=2, percent=10).needed(1001, careful=True) == 101
