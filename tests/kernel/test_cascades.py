"""Who trained whom: people counted once, and ranges that always hold the truth."""

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hamroh.kernel.cascades import CascadeFault, Range, Taught, Why, below, in_order, reach, tree
from hamroh.kernel.gains import Kind, gain


def rounds_of(sets: list[set[int]], *, names: float, said: float, chance: random.Random) -> list[Taught]:
    """Rounds as a trainer would write down who was really there: some by name, some counted, some with who came before."""
    found, earlier = [], set[int]()
    for at, people in enumerate(sets):
        known = {each for each in people if chance.random() < names}
        others = people - known
        before = len(others & earlier) if chance.random() < said else None
        shared = {
            f"{other}": len(others & sets[other])
            for other in range(at)
            if before is None and chance.random() < said / 2
        }
        found.append(
            Taught(str(at), frozenset(map(str, known)), len(others), before, shared, tuple(str(at - 1) for _each in range(at > 0)))
        )  # fmt: skip
        earlier |= people
    return found


@given(
    sets=st.lists(st.sets(st.integers(0, 30)), max_size=7), names=st.sampled_from([0.0, 0.4, 1.0]),
    said=st.sampled_from([0.0, 0.5, 1.0]), seed=st.integers(0, 99),
)  # fmt: skip
def test_it_holds_the_truth_in_its_range(sets, names, said, seed) -> None:
    truth = len(set().union(*sets)) if sets else 0
    found = reach(rounds_of(sets, names=names, said=said, chance=random.Random(seed)))
    assert found.total.low <= truth <= found.total.high
    seen = set[int]()
    for people, step in zip(sets, found.steps, strict=True):
        assert step.new.low <= len(people - seen) <= step.new.high
        assert step.again.low <= len(people & seen) <= step.again.high
        seen |= people


@given(sets=st.lists(st.sets(st.integers(0, 30)), max_size=7))
def test_it_is_exact_where_everybody_is_known(sets) -> None:
    found = reach(rounds_of(sets, names=1, said=0, chance=random.Random(1))).total
    assert found == Range(*[len(set().union(*sets)) if sets else 0] * 2)


@given(sets=st.lists(st.sets(st.integers(0, 30)), max_size=7))
def test_it_is_exact_where_it_was_said_who_came_before(sets) -> None:
    found = reach(rounds_of(sets, names=0, said=1, chance=random.Random(1))).total
    assert found == Range(*[len(set().union(*sets)) if sets else 0] * 2)


@given(
    people=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3)), max_size=30),
    split=st.integers(1, 4),
)
def test_it_counts_who_may_be_one_as_one_and_as_two(people, split) -> None:
    """A person has a name and stands under several keys; whichever keys are one person, the range holds it."""
    alike = {f"{name}.{key}": str(name) for name, key in people}
    keys = [f"{name}.{key}" for name, key in people]
    found = reach([Taught(str(at), frozenset(keys[at::split])) for at in range(split)], alike).total
    assert (found.low, found.high) == (len(set(alike.values())), len(set(alike)))


def cascade() -> list[set[int]]:
    """5 trainers teach 60, these teach 900 in 45 rounds of 20; three in ten of a round have been there before."""
    chance, fresh = random.Random(5), iter(range(100_000))
    sets: list[set[int]] = [{next(fresh) for _each in range(5)}]
    for size, count in ((20, 3), (20, 45)):
        for _round in range(count):
            pool = sorted(set().union(*sets))
            again = set(chance.sample(pool, min(len(pool), size * 3 // 10)))
            sets.append(again | {next(fresh) for _each in range(size - len(again))})
    return sets


@pytest.mark.parametrize("names", [0, 0.5, 1])
def test_it_reaches_what_a_count_of_every_head_reaches(names) -> None:
    sets = cascade()
    truth = len(set().union(*sets))
    assert sum(map(len, sets)) == 965
    said = reach(rounds_of(sets, names=names, said=1, chance=random.Random(2))).total
    unsaid = reach(rounds_of(sets, names=names, said=0, chance=random.Random(2))).total
    assert said.low <= truth <= said.high
    assert unsaid.low <= said.low <= said.high <= unsaid.high
    if names in (0, 1):
        assert said == Range(truth, truth)


def test_it_says_why_a_number_is_not_exact() -> None:
    found = reach([Taught("a", others=5), Taught("b", others=9), Taught("c", frozenset({"x"}), at_least=True)])
    assert found.total == Range(9, 15, is_open=True)
    assert found.why == (Why.UNSTATED, Why.MIXED, Why.AT_LEAST)


def test_it_refuses_more_who_came_before_than_there_were() -> None:
    with pytest.raises(CascadeFault, match="more_before_than_people"):
        reach([Taught("a", others=5), Taught("b", others=9, before=6)])


def test_it_draws_each_round_under_the_one_its_trainers_come_from() -> None:
    found = tree(
        [Taught("a"), Taught("b", parents=("a",)), Taught("c", parents=("a",)), Taught("d", parents=("b", "c"))]
    )
    assert [(node.key, node.depth, node.also) for node in found] == [
        ("a", 0, ()),
        ("b", 1, ()),
        ("d", 2, ("c",)),
        ("c", 1, ()),
    ]


def test_it_refuses_a_round_that_learned_from_a_later_one() -> None:
    with pytest.raises(CascadeFault, match="not_earlier"):
        tree([Taught("a", parents=("b",)), Taught("b")])


def test_it_finds_what_came_of_a_round() -> None:
    rounds = [Taught("a"), Taught("z"), Taught("b", parents=("a",)), Taught("c", parents=("b",))]
    assert [each.key for each in below(rounds, "a")] == ["a", "b", "c"]


# -- tests before and after --------------------------------------------------------------------------------------------


def test_it_compares_each_with_herself() -> None:
    found = gain([(Fraction(4), Fraction(9)), (Fraction(6), Fraction(7)), (Fraction(1), None)], 10)
    assert (found.kind, found.n, found.n_before, found.n_after, found.gain) == (Kind.PAIRED, 2, 3, 2, 3)
    assert (found.before, found.after, found.share) == (5, 8, Fraction(3, 10))


def test_it_says_that_counts_cannot_be_paired() -> None:
    found = gain([], 10, {Fraction(4): 2}, {Fraction(8): 1, Fraction(6): 1})
    assert (found.kind, found.n, found.gain) == (Kind.APART, 2, 3)


def test_it_gains_nothing_from_one_test() -> None:
    assert gain([(Fraction(4), None)], 10).kind is Kind.NOTHING


@given(st.dictionaries(st.integers(0, 12), st.lists(st.integers(0, 12), max_size=3), max_size=12))
def test_it_puts_teachers_before_those_they_taught(parents) -> None:
    """Whatever somebody wrote down, even circles: a tree can be drawn, and no round is lost."""
    rounds = [Taught(str(key), parents=tuple(map(str, above))) for key, above in parents.items()]
    found = in_order(rounds)
    assert {each.key for each in found} == {each.key for each in rounds}
    assert len(tree(found)) == len(rounds)
