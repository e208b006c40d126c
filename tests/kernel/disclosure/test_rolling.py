"""Sensitive variables that meet, rules that stay with what left, and coarser tables that are proposed."""

from hamroh.kernel.disclosure import (
    ALL,
    Dimension,
    Published,
    Rules,
    Shape,
    Step,
    Table,
    Why,
    audit,
    proposals,
    protect,
)

DISTRICT = Dimension.of("district", ("asht", "ayni", "vose", "hamadoni"), {"sughd": ("asht", "ayni"), "khatlon": ("vose", "hamadoni")})  # fmt: skip
KIND = Dimension.of("kind", ("beaten", "debt"))
BOTH = frozenset({"district", "kind"})
ROWS = {("asht", "beaten"): 7, ("asht", "debt"): 30, ("ayni", "beaten"): 12, ("ayni", "debt"): 28, ("vose", "beaten"): 15, ("vose", "debt"): 31, ("hamadoni", "beaten"): 14, ("hamadoni", "debt"): 26}  # fmt: skip


def told(sensitive=BOTH) -> Table:
    return Table(Shape((DISTRICT, KIND), {}, "people", sensitive), ROWS)


def test_it_asks_for_ten_where_two_sensitive_variables_meet() -> None:
    assert protect(told()).why["asht", "beaten"] is Why.SMALL
    assert protect(told(frozenset({"district"}))).why["asht", "beaten"] is Why.SHOWN


def test_it_asks_for_ten_where_one_of_them_is_what_the_table_is_about() -> None:
    shape = Shape((DISTRICT,), {"kind": frozenset({"beaten"})}, "people", BOTH)
    table = Table(shape, {(code,): ROWS[code, "beaten"] for code in DISTRICT.leaves})
    assert protect(table).why["asht",] is Why.SMALL


def test_it_asks_for_five_in_a_margin_of_one_of_them() -> None:
    few = Table(Shape((DISTRICT, KIND), {}, "people", BOTH), {**ROWS, ("asht", "beaten"): 0, ("asht", "debt"): 7})
    assert protect(few).why["asht", ALL] is not Why.SMALL


def test_it_keeps_withheld_what_left_by_a_stricter_rule() -> None:
    """Seven women were too few for the first table; a second one by looser rules does not give them away."""
    first = protect(told()).published()
    bare = Shape((DISTRICT,), {"kind": frozenset({"beaten"})})
    second = Published(bare, Table(bare, {(code,): ROWS[code, "beaten"] for code in DISTRICT.leaves}).values)
    assert (7, 7) in {(each.low, each.high) for each in audit([first], second, Rules())}


def test_it_says_the_same_after_it_was_written_down() -> None:
    left = protect(told()).published()
    assert Published.from_json(left.as_json()) == left


def test_it_sees_whom_a_narrower_table_leaves_over() -> None:
    """Twelve in half a year, nine of them in its second quarter: three are told by subtraction, whom neither table withheld."""
    months = Dimension.of("district", ("asht", "vose"))
    half = Shape((months,), {"month": frozenset("123456")})
    quarter = Shape((months,), {"month": frozenset("456")})
    first = Published(half, Table(half, {("asht",): 40, ("vose",): 12}).values)
    second = Published(quarter, Table(quarter, {("asht",): 20, ("vose",): 9}).values)
    assert {(each.low, each.high) for each in audit([first], second)} == {(3, 3)}


def test_it_proposes_coarser_tables_that_show_more_people() -> None:
    sparse = Table(told().shape, {cell: count // 2 + 1 for cell, count in ROWS.items()})
    judged = protect(sparse)
    found = proposals(sparse)
    assert found[0].people > sum(judged.table.values[cell] for cell in ROWS if judged.why[cell] is Why.SHOWN)
    assert ((Step.COARSER, "district"),) in [each.steps for each in proposals(sparse, most=9)]


def test_it_proposes_nothing_that_tells_of_somebody() -> None:
    for each in proposals(told(), most=9):
        assert audit([], each.judged.published()) == []


def test_it_says_whom_a_table_without_a_variable_is_about() -> None:
    """A table of two quarters without them is of those two quarters, and of no others."""
    months = Dimension("opened", {"q1": frozenset("123"), "q2": frozenset("456")})
    table = Table(Shape((KIND, months), whole=frozenset({"kind"})), {("debt", "q1"): 40, ("beaten", "q2"): 40})
    found = {each.steps: each.judged.table.shape.about for each in proposals(table, most=9)}
    assert found[(Step.WITHOUT, "opened"),] == {"opened": frozenset("123456")}
    assert found[(Step.WITHOUT, "kind"),] == {}
