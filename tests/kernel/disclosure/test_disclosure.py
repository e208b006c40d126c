"""Figures that leave expose nobody: what is withheld cannot be worked out, by hand, by trying everything, or by a solver."""

import itertools
import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from counts import tried
from hamroh.kernel.disclosure import (
    ALL,
    Contradiction,
    Dimension,
    Published,
    Refusal,
    Rules,
    Shape,
    Table,
    TooWide,
    Why,
    Zeros,
    audit,
    protect,
)

DISTRICT, KIND = ("asht", "ayni", "devashtich"), ("alimony", "divorce")
SHAPE = Shape((Dimension.of("district", DISTRICT), Dimension.of("kind", KIND)))
FINEST = list(itertools.product(DISTRICT, KIND))


def table(*counts, shape=SHAPE):
    leaves = itertools.product(*(dimension.leaves for dimension in shape.dimensions))
    return Table(shape, dict(zip(leaves, counts, strict=True)))


def worlds(published, most=14):
    """Every table of whole numbers up to ``most`` that agrees with what was published: found by trying all of them."""
    leaves = list(itertools.product(*(dimension.leaves for dimension in published.shape.dimensions)))
    units = [dimension.units for dimension in published.shape.dimensions]

    def covers(cell, leaf):
        return all(each[leaf_code] <= each[code] for each, code, leaf_code in zip(units, cell, leaf, strict=True))

    sums = [([covers(cell, leaf) for leaf in leaves], count) for cell, count in published.shown.items()]

    def grown(so_far):
        place = len(so_far)
        for covered, count in sums:
            told = sum(n for n, counts in zip(so_far, covered, strict=False) if counts)
            if told > count or (told != count and not any(covered[place:])):
                return
        if place == len(leaves):
            yield dict(zip(leaves, so_far, strict=True))
            return
        for n in range(most + 1):
            yield from grown((*so_far, n))

    return grown(())


def spread(published):
    """The least and the most that each withheld finest cell is in any world."""
    found = {}
    for world in worlds(published):
        for cell in published.withheld:
            if ALL not in cell:
                low, high = found.get(cell, (99, 0))
                found[cell] = min(low, world[cell]), max(high, world[cell])
    return found


@given(st.lists(st.integers(0, 9), min_size=4, max_size=4), st.sampled_from(Zeros))
def test_it_leaves_room_around_every_cell_that_is_withheld_in_all_whole_worlds(counts, zeros):
    shape = Shape((Dimension.of("district", DISTRICT[:2]), Dimension.of("kind", KIND)))
    judged = protect(table(*counts, shape=shape), Rules(zeros=zeros))
    assume(not judged.refusal)
    assert all(high - low >= 5 for low, high in spread(judged.published()).values())


@given(st.lists(st.integers(0, 8), min_size=6, max_size=6))
def test_it_finds_every_cell_that_trying_everything_finds(counts):
    full = table(*counts)
    shown = {cell: n for cell, n in full.values.items() if n >= 5 or ALL in cell}  # small cells alone are withheld
    published = Published(SHAPE, shown)
    exposed = {each.cell for each in audit([], published) if ALL not in each.cell}
    assert exposed == {cell for cell, (low, high) in spread(published).items() if high - low < 5}


@given(st.permutations(FINEST), st.lists(st.integers(0, 12), min_size=6, max_size=6))
def test_it_withholds_the_same_whatever_the_order_of_rows_and_categories(order, counts):
    rows = dict(zip(FINEST, counts, strict=True))
    turned = Shape((Dimension.of("kind", KIND[::-1]), Dimension.of("district", DISTRICT[::-1])))
    first = protect(Table(SHAPE, rows))
    second = protect(Table(turned, {(kind, district): rows[district, kind] for district, kind in order}))
    assert first.why == {(district, kind): why for (kind, district), why in second.why.items()}


@tried(4, 25)
@given(st.lists(st.integers(0, 14), min_size=6, max_size=6), st.lists(st.integers(0, 2), min_size=6, max_size=6))
def test_it_lets_no_later_table_tell_what_an_earlier_one_withheld(counts, more):
    """Two snapshots, the second with the cases that came since; whatever is let out, both hold against trying and adding up."""
    first, second = snapshot(1, counts, TWO), snapshot(2, [a + b for a, b in zip(counts, more, strict=True)], TWO)
    before = protect(first)
    assume(not before.refusal)
    after = protect(second, released=[before.published()])
    assume(not after.refusal)
    assert attacked([before.published(), after.published()]) == []


MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")
TWO = MONTHS[:2]


def snapshot(week, counts, months=MONTHS):
    about = {"known": frozenset(str(each) for each in range(1, week + 1))}
    return table(*counts, shape=Shape((Dimension.of("district", DISTRICT), Dimension.of("month", months)), about))


def attacked(released, width=5):
    """What an attacker works out who holds every published table, and a solver: small cells that are withheld and lie within less than ``width``.

    Written out by itself: one unknown for every combination of single units, one equation for every count that is shown.
    """
    import highspy

    names = sorted({name for each in released for name in each.shape.box(each.shape.cells[0])})
    boxes = [(each, cell, each.shape.box(cell)) for each in released for cell in each.shape.cells]
    units = {
        name: sorted({unit for _t, _c, box in boxes for unit in box.get(name, ())} | {"elsewhere"}) for name in names
    }
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    people = {point: solver.addVariable(lb=0, ub=200) for point in itertools.product(*units.values())}

    def total(box):
        inside = (
            v for point, v in people.items() if all(u in box.get(n, (u,)) for n, u in zip(names, point, strict=True))
        )
        return sum(inside, start=highspy.highs_linear_expression())

    for each, cell, box in boxes:
        if cell in each.shown:
            solver.addConstr(total(box) == each.shown[cell])
    found = []
    for each, cell, box in boxes:
        if cell not in each.shown:
            solver.minimize(total(box))
            low = solver.getObjectiveValue()
            solver.maximize(total(box))
            if low < width - 1e-6 and solver.getObjectiveValue() - low < width - 1e-6:
                found.append((cell, low, solver.getObjectiveValue()))
    return found


BY_KIND = (12, 3, 9, 2, 2, 14)


def test_it_stands_against_an_attacker_to_whom_a_threshold_alone_gives_everything_away():
    full = table(*BY_KIND)
    alone = Published(SHAPE, {cell: n for cell, n in full.values.items() if n >= 5})
    assert attacked([alone]) == [
        (("asht", "divorce"), 3, 3),
        (("ayni", "divorce"), 2, 2),
        (("devashtich", "alimony"), 2, 2),
    ]
    assert attacked([protect(full).published()]) == []


def test_it_stands_against_an_attacker_who_holds_tables_that_share_their_margins():
    kinds = protect(table(*BY_KIND)).published()
    shape = Shape((Dimension.of("district", DISTRICT), Dimension.of("month", ("01", "02"))))
    months = protect(table(8, 7, 6, 5, 10, 6, shape=shape), released=[kinds])
    assert months.refusal is None
    assert attacked([kinds, months.published()]) == []


def ages(*bands):
    leaves = {f"{first}-{last}": frozenset(str(year) for year in range(first, last + 1)) for first, last in bands}
    return Shape((Dimension("age", leaves), Dimension.of("kind", KIND)))


def test_it_sees_one_year_of_age_between_two_tables_whose_bands_differ_by_it():
    first = table(20, 11, 30, 40, shape=ages((18, 24), (25, 60)))
    second = table(22, 11, 28, 40, shape=ages((18, 25), (26, 60)))  # two women of 25
    released = [protect(first).published()]
    told = audit(released, Published(second.shape, second.values))
    assert {(each.low, each.high) for each in told if each.cell is None} >= {(2, 2)}
    assert attacked([*released, protect(second, released=released).published()]) == []


def test_it_withholds_from_a_snapshot_all_that_tells_of_the_one_woman_who_came_since_the_last():
    counts = [20, 11, 9, 14, 8, 30, 12, 9, 7, 16, 8, 10]
    released = [protect(snapshot(1, counts)).published()]
    judged = protect(snapshot(2, [21, *counts[1:]]), released=released)
    hers = {("asht", "2026-01"), ("asht", ALL), (ALL, "2026-01"), (ALL, ALL)}
    assert all(judged.why[cell] is not Why.SHOWN for cell in hers)
    assert attacked([*released, judged.published()]) == []


def test_it_refuses_a_table_of_which_nothing_is_left():
    judged = protect(table(1, 0, 2, 0, 0, 1))
    assert judged.refusal is Refusal.NOTHING_LEFT
    with pytest.raises(ValueError, match="nothing left"):
        judged.published()


def test_it_lets_the_same_table_out_twice():
    counts = [20, 11, 9, 14, 8, 30, 12, 9, 7, 16, 8, 3]
    first = protect(snapshot(1, counts)).published()
    assert protect(snapshot(1, counts), released=[first]).published() == first


def test_it_keeps_tables_apart_that_are_about_other_people():
    one, other = (Shape(SHAPE.dimensions, {"year": frozenset({year})}) for year in ("2024", "2025"))
    released = [protect(table(*BY_KIND, shape=one)).published()]
    assert protect(table(*BY_KIND, shape=other), released=released).why == protect(table(*BY_KIND, shape=other)).why


def test_it_withholds_a_group_so_that_its_districts_cannot_be_told():
    regions = {"sughd": ("asht", "ayni"), "khatlon": ("vose", "yovon", "danghara")}
    shape = Shape((Dimension.of("district", [d for each in regions.values() for d in each], regions),))
    judged = protect(table(30, 4, 20, 25, 31, shape=shape))
    assert judged.why["ayni",] is Why.SMALL
    assert judged.why["asht",] is Why.GUARDS_OTHERS
    assert attacked([judged.published()]) == []
    assert judged.published().shown["khatlon",] == 76


def test_it_says_that_figures_contradict_those_that_were_released():
    released = [Published(SHAPE, table(20, 20, 20, 20, 20, 20).values)]
    assert protect(table(20, 20, 20, 20, 20, 21), released=released).refusal is Refusal.CONTRADICTS
    with pytest.raises(Contradiction):
        audit(released, Published(SHAPE, table(20, 20, 20, 20, 20, 21).values))


def test_it_says_nothing_is_safe_where_too_many_groups_would_be_told_apart():
    codes = [f"{n:03}" for n in range(32)]
    wide = [Shape((Dimension.of("a", codes), Dimension.of(name, codes))) for name in ("b", "c")]
    assert protect(Table(wide[0]), released=[Published(wide[1], {})]).refusal is Refusal.TOO_WIDE
    with pytest.raises(TooWide):
        audit([Published(wide[1], {})], Published(wide[0], {}))


def test_it_withholds_a_nought_that_tells_of_everybody_else():
    counts = (11, 0, 9, 8, 7, 12)  # all women from Asht ask about alimony
    telling = protect(table(*counts), Rules(zeros=Zeros.TELLING))
    assert telling.why["asht", "divorce"] is Why.ZERO
    assert attacked([telling.published()]) == []
    assert protect(table(*counts), Rules(zeros=Zeros.SHOWN)).withheld == 0


def test_it_knows_which_groups_are_empty_by_nature():
    """Who closed before opening is nobody: with that known, the women who opened late and closed late are told by subtraction."""
    opened = Shape((Dimension.of("opened", ("1", "2")),))
    closed = Shape((Dimension.of("closed", ("1", "2")),), {"opened": frozenset({"1", "2"})})
    released = [Published(opened, table(10, 6, shape=opened).values)]
    never = [{"opened": frozenset({"2"}), "closed": frozenset({"1"})}]
    new = Published(closed, table(8, 5, shape=closed).values)
    told = {(e.low, e.high) for e in audit(released, new, impossible=never)}
    assert told == {(0, 2), (3, 5), (1, 3)}  # the last are whom no month closed


def test_it_withholds_a_sum_that_one_giver_dominates():
    shape = Shape((Dimension.of("district", DISTRICT),))
    even = {f"giver {n}": 100 for n in range(6)}
    parts = {("asht",): even, ("ayni",): {**even, "giver 0": 9000}, ("devashtich",): {"giver 1": 50, "giver 2": 60}}
    judged = protect(Table(shape, parts=parts))
    assert judged.why["ayni",] is Why.DOMINATED
    assert judged.why["devashtich",] is Why.SMALL
    assert Rules(share=1).is_dominated([1000, 500, 90])  # the second knows the first to within a tenth


def test_it_bounds_a_large_sum_in_proportion_to_it():
    shape = Shape((Dimension.of("district", DISTRICT),))
    shown = Published(shape, {("asht",): 500, (ALL,): 1500}, careful=True)
    assert audit([], shown) == []
    told = audit([Published(shape, {("ayni",): 960, (ALL,): 1500}, careful=True)], shown)
    assert {(each.low, each.high) for each in told if each.cell} == {(40, 40), (500, 500), (960, 960)}


def test_it_reads_what_it_wrote_as_plain_data():
    published = protect(table(*BY_KIND)).published()
    assert Published.from_json(json.loads(json.dumps(published.as_json()))) == published


@pytest.mark.parametrize(
    "made",
    [
        lambda: Dimension.of("district", []),
        lambda: Dimension.of("district", [ALL]),
        lambda: Dimension.of("district", ["a"], {"r": ("b",)}),
        lambda: Dimension.of("district", ["a"], {"r": ("s",), "s": ("r",)}),
        lambda: Dimension("age", {"18-25": frozenset({"25"}), "25-30": frozenset({"25"})}),
        lambda: Shape((SHAPE.dimensions[0], SHAPE.dimensions[0])),
        lambda: Table(SHAPE, {("asht", "tracing"): 1}),
        lambda: Table(SHAPE, {("asht", "divorce"): -1}),
        lambda: Rules(threshold=5, width=6),
    ],
)
def test_it_refuses_what_is_no_table(made):
    with pytest.raises(ValueError):
        made()
