"""Columns of facts: packed and opened alike, counted like rows, thinned without a trace."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.facts import UNKNOWN, Block

NAMES = ("district", "kind", "age")
ROWS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.sampled_from("123")), max_size=40)


@given(ROWS)
def test_it_counts_like_rows(rows) -> None:
    block = Block.opened(Block.of(NAMES, rows).packed())
    assert block.counts(("age", "district")) == Counter((age, district) for district, _kind, age in rows)


@given(ROWS)
def test_it_counts_those_alone_who_are_meant(rows) -> None:
    found = Block.of(NAMES, rows).counts(("kind",), {"age": ("1", "3"), "district": ("a",)})
    assert found == Counter((kind,) for district, kind, age in rows if age in "13" and district == "a")


def test_it_forgets_who_is_taken_out() -> None:
    block = Block.of(NAMES, [("a", "x", "1"), ("b", "y", "2"), ("a", "y", "3")]).without([1])
    assert Block.opened(block.packed()).counts(("district", "kind")) == {("a", "x"): 1, ("a", "y"): 1}


def test_it_knows_nothing_of_a_variable_that_came_later() -> None:
    block = Block.of(NAMES, [("a", "x", "1")])
    assert block.counts(("kind", "channel")) == {("x", UNKNOWN): 1}
    assert block.counts(("kind",), {"channel": ("visit",)}) == {}


def test_it_takes_as_many_categories_as_there_are_villages() -> None:
    rows = [(f"village {number}", "x", "1") for number in range(1000)]
    assert sum(Block.opened(Block.of(NAMES, rows).packed()).counts(("district",)).values()) == 1000
