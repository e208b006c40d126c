"""A donor with every table that left and a solver: no small count is hers, not to within two. What hid counts under five gave away."""

import pytest

from hamroh.site.benches import donor


def test_it_gives_a_donor_with_all_tables_and_a_solver_no_small_count() -> None:
    ours, theirs = donor.all_of(donor.duels(3))
    assert (ours.exact, ours.near) == (0, 0), ours.examples
    assert ours.withheld > 20
    assert theirs.exact > 20


@pytest.mark.long
def test_it_gives_her_none_in_a_thousand_histories() -> None:
    ours, theirs = donor.all_of(donor.duels(1000))
    assert (ours.exact, ours.near) == (0, 0), ours.examples
    assert theirs.exact > 1000


def test_it_refuses_twenty_pairs_of_tables_that_differ_by_few() -> None:
    """Each is harmless alone; whoever holds both subtracts."""
    pairs = list(donor.pairs(20))
    assert {pair.difference for pair in pairs} == {1, 2, 3, 4}
    assert [pair for pair in pairs if pair.told] == []
