"""The median of what left: right where everything is shown, and true of whatever stands in what is withheld."""

from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.disclosure import median_place

COUNTS = st.lists(st.integers(0, 9), min_size=1, max_size=5).filter(any)


def place_of_the_middle(counts: list[int]) -> int:
    people = [place for place, count in enumerate(counts) for _each in range(count)]
    return people[(len(people) - 1) // 2]


@given(COUNTS)
def test_it_finds_the_band_of_the_middle_one_where_all_bands_are_shown(counts: list[int]) -> None:
    assert median_place(counts, sum(counts)) == place_of_the_middle(counts)


@given(COUNTS, st.sets(st.integers(0, 4)))
def test_it_says_of_withheld_bands_only_what_holds_whatever_stands_in_them(counts: list[int], hidden: set[int]) -> None:
    shown = [None if place in hidden else count for place, count in enumerate(counts)]
    assert median_place(shown, sum(counts)) in (None, place_of_the_middle(counts))


def test_it_says_nothing_where_withheld_bands_leave_it_open() -> None:
    assert median_place([None, 5, None], 26) is None
