"""Charts and maps as drawings: what a reader with or without eyes, colours or script gets."""

import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from hamroh.evidence.charts import Drawing, Point, Series, chart, drawn, map_of, rows_to_draw
from hamroh.evidence.charts.paper import folded
from hamroh.evidence.charts.scales import scale
from hamroh.evidence.presenting.page import Number, PageRow, PageTable

YEARS = ("2004", "2005", "2006")
SVG = "{http://www.w3.org/2000/svg}"


def table(columns, *rows, unit=""):
    return PageTable(
        tuple(columns),
        tuple(
            PageRow(label, "item", tuple(Number(f"{label}{at}", text) for at, text in enumerate(cells)))
            for label, cells in rows
        ),
        unit=unit,
    )


def figures(made):
    """What the manifest says of the cells of a table of plain numbers."""
    cells = [cell for row in made.rows for cell in row.cells if cell.text.lstrip("-").isdigit()]
    return {cell.code: {"value": cell.text, "low": None, "high": None} for cell in cells}


def svg(shape, made, lang="en", **more):
    return chart({"shape": shape}, made, figures(made) | more, lang, title="Immigrants", alt="They fell.")


def parts(drawing, name):
    return ET.fromstring(drawing).iter(f"{SVG}{name}")


def words(drawing):
    return [each.text for each in parts(drawing, "text")]


def bars_of(drawing):
    return [each for each in parts(drawing, "rect") if each.find(f"{SVG}title") is not None]


def point(value=None, **more):
    return Point(str(value), None if value is None else Decimal(value), **more)


@pytest.mark.parametrize("shape", ["line", "bar", "stacked", "range"])
def test_it_says_its_name_and_what_it_shows(shape):
    root = ET.fromstring(svg(shape, table(YEARS, ("All", ["1", "2", "3"]))))
    named = root.get("aria-labelledby").split()
    said = {each.get("id"): each.text for each in root.iter() if each.get("id")}
    assert (root.get("role"), [said[each] for each in named]) == ("img", ["Immigrants", "They fell."])


@pytest.mark.parametrize("shape", ["line", "bar", "stacked", "range"])
def test_it_takes_hostile_labels_as_text(shape):
    made = table(YEARS, ('</text><script>alert("1")</script>', ["1", "2", "3"]), ("B&B", ["1", "2", "3"]))
    assert not list(parts(svg(shape, made), "script"))


@pytest.mark.parametrize("shape", ["line", "bar", "stacked", "range"])
def test_it_draws_nothing_known_without_failing(shape):
    assert list(parts(svg(shape, table(YEARS, ("All", ["…", "…", "…"]))), "text"))


def test_it_writes_the_axis_as_the_language_does():
    made = table(YEARS, ("A", ["4000", "5000", "6000"]))
    assert {lang: "6\xa0000" in words(svg("bar", made, lang)) for lang in ("az", "ru", "tg")} == {
        "az": True, "ru": True, "tg": True,
    }  # fmt: skip
    assert "6,000" in words(svg("bar", made))


def test_it_draws_a_bar_as_long_as_its_figure():
    low, high = bars_of(svg("bar", table(YEARS[:2], ("All", ["10", "40"]))))
    assert float(high.get("height")) == pytest.approx(4 * float(low.get("height")), rel=0.02)


def test_it_stacks_parts_upon_each_other():
    made = table(YEARS[:2], ("A", ["10", "10"]), ("B", ["30", "10"]))
    first, second = bars_of(svg("stacked", made))[:2]
    assert float(second.get("y")) + float(second.get("height")) == pytest.approx(float(first.get("y")), abs=0.2)


def test_it_hangs_what_is_below_zero_under_the_line():
    up, down = bars_of(svg("bar", table(YEARS[:2], ("Net", ["5", "-5"]))))
    assert float(up.get("y")) + float(up.get("height")) == pytest.approx(float(down.get("y")), abs=0.2)


def test_it_tells_series_apart_without_colour():
    made = table(YEARS, *((name, ["1", "2", "3"]) for name in "ABCDEF"))
    fills = {each.get("fill") for each in bars_of(svg("bar", made))}
    lines = {each.get("stroke-dasharray") for each in parts(svg("line", made), "path") if each.get("fill") == "none"}
    assert len([each for each in fills if each.startswith("url(")]) == 4
    assert len(lines) == 6


def test_it_leaves_a_gap_where_no_figure_is():
    made = table(("2003", *YEARS), ("All", ["1", "…", "2", "3"]))
    joined = [each.get("d") for each in parts(svg("line", made), "path") if each.get("stroke-linejoin")]
    assert [each.count("L") for each in joined] == [1]


def test_it_joins_no_line_across_a_break():
    made = table(YEARS, ("All", ["1", "2", "3"]))
    row = made.rows[0]
    broken = Number(row.cells[1].code, "2", flags=("B",))
    cut = PageTable(made.columns, (PageRow("All", "item", (row.cells[0], broken, row.cells[2])),))
    joined = [each.get("d") for each in parts(svg("line", cut), "path") if each.get("stroke-linejoin")]
    assert [each.count("L") for each in joined] == [1]


def test_it_draws_an_estimate_pale_and_says_so():
    made = PageTable(YEARS[:1], (PageRow("A", "item", (Number("a", "5", flags=("E",)),)),))
    drawing = chart({"shape": "bar"}, made, {"a": {"value": "5", "low": None, "high": None}}, "en", title="", alt="")
    assert bars_of(drawing)[0].get("stroke-dasharray")
    assert any("estimated" in each for each in words(drawing))


def test_it_does_not_speak_of_estimates_where_none_are():
    assert not any("estimated" in each for each in words(svg("bar", table(YEARS, ("A", ["1", "2", "3"])))))


def test_it_puts_times_along_the_foot_when_they_stand_in_rows():
    drawing = svg("line", table(["total", "urban"], ("2004", ["1", "2"]), ("2005", ["3", "4"])))
    assert words(drawing)[:2] == ["total", "urban"]


def test_it_draws_a_table_in_thousands_in_thousands():
    made = PageTable(YEARS[:1], (PageRow("A", "item", (Number("a", "6"),)),))
    told = {"a": {"value": "6000", "low": None, "high": None, "thousands": 3}}
    assert "6,000" not in words(chart({"shape": "bar"}, made, told, "en", title="", alt=""))


def test_it_writes_each_figure_at_the_end_of_a_lying_bar():
    made = table(["2006"], ("From the Russian Federation", ["12"]), ("From elsewhere", ["3"]))
    assert {"12", "3", "From elsewhere"} <= set(words(svg("bar", made)))


def test_it_points_on_where_no_end_is_told():
    drawing = Drawing("range", "", "", "en", ("A", "B"), (Series("", (point(5, low=Decimal(5)), point(9))),))
    assert any("l7 6l-7 6z" in each.get("d") for each in parts(drawn(drawing), "path"))


def test_it_spans_from_the_least_to_the_most():
    said = (Point("1-3", None, Decimal(100), Decimal(300)), point(200))
    span = bars_of(drawn(Drawing("range", "", "", "en", ("A", "B"), (Series("", said),))))[0]
    assert float(span.get("width")) == pytest.approx(398, abs=3)


def test_it_shows_totals_as_lines_and_parts_as_bars():
    rows = [{"role": "total", "label": "T"}, {"role": "item", "label": "A"}, {"role": "of_which", "label": "a"}]
    assert (rows_to_draw({"shape": "line"}, rows), rows_to_draw({"shape": "stacked"}, rows)) == ([0], [1])


def test_it_shows_the_rows_that_it_names():
    rows = [{"role": "total", "label": "T"}, {"key": "EST", "label": "Estonia"}, {"label": "Latvia"}]
    assert rows_to_draw({"rows": ["EST", "Latvia"]}, rows) == [1, 2]


@pytest.mark.parametrize(
    ("least", "most"), [("0.001", "0.004"), ("-7", "12"), ("0", "989586"), ("5", "5"), ("-3", "-1")]
)
def test_it_reaches_every_figure_with_round_numbers(least, most):
    found = scale([Decimal(least), Decimal(most)], 0, 100)
    assert found.ticks[0] <= Decimal(least)
    assert found.ticks[-1] >= Decimal(most)
    assert 2 <= len(found.ticks) <= 8


def test_it_begins_at_zero_unless_the_course_is_what_is_read():
    near, far = [Decimal(100), Decimal(104)], [Decimal(1), Decimal(100)]
    assert scale(near, 0, 100).ticks[0] == 0
    assert scale(near, 0, 100, from_zero=False).ticks[0] == 100
    assert scale(far, 0, 100, from_zero=False).ticks[0] == 0


def test_it_folds_at_words():
    assert " ".join(folded("one two three four five six seven", 60)) == "one two three four five six seven"


def regions(area, values, lang="tg"):
    rows = tuple(PageRow(unit, "item", (Number(unit, text),)) for unit, text in values.items())
    made = PageTable(("",), rows)
    content = {"area": area, "values": {unit: unit for unit in values}}
    return map_of(content, made, figures(made), lang, title="M", alt="")


def test_it_names_a_region_in_the_language_of_the_page():
    assert "Суғд" in words(regions("TJK", {"TJ-SU": "5"}))


def test_it_shades_more_with_more():
    made = regions("TJK", {"TJ-SU": "500", "TJ-KT": "5"})
    shades = {each.find(f"{SVG}title").text: each.get("class") for each in bars_of(made)}
    assert shades["Суғд: 500"] == "ch-q3"
    assert shades["Хатлон: 5"] < "ch-q3"


def test_it_leaves_a_region_without_a_figure_empty():
    assert sum(each.get("class") == "ch-none" for each in bars_of(regions("TJK", {"TJ-SU": "5"}))) == 4


def test_it_says_that_a_tile_is_no_boundary():
    assert "boundary" in " ".join(words(regions("TJK", {"TJ-SU": "5"}, "en")))


def test_it_has_a_tile_for_every_district():
    assert len(bars_of(regions("AZE", {"AZ-QBA": "5"}))) == 74


def test_it_draws_no_map_of_what_it_has_no_tiles_of():
    assert regions("RUS", {"RU-MOW": "5"}) == ""


def test_it_carries_no_style_and_no_address():
    drawing = svg("stacked", table(YEARS, ("A", ["1", "2", "3"]), ("B", ["1", "2", "3"])))
    assert " style=" not in drawing
    assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)", drawing)


def test_it_stays_light():
    made = table([str(year) for year in range(1995, 2007)], *((f"Country {name}", ["100"] * 12) for name in "ABC"))
    assert max(len(svg(shape, made).encode()) for shape in ("line", "bar", "stacked")) < 12_000
