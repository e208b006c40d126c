"""The figures of a printed profile: read as printed, and every fault that a careful audit of it found."""

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hamroh.kernel.datafiles import document, rows
from hamroh.kernel.figures import RULES, Finding, Profile, Severity, Unreadable, examine, read_profile

BALTIC = "Estonia, Lithuania, Latvia"
MISFITS = {"1995": 49, "2000": 17, "2001": 9, "2002": 3, "2003": 7, "2004": 15, "2005": 11}


@cache
def printed() -> Profile:
    return read_profile(document("profile/azerbaijan-2008.yml"))


@cache
def findings() -> tuple[Finding, ...]:
    return tuple(examine(printed()))


def found(rule: str, start: str = "") -> list[Finding]:
    return [each for each in findings() if each.rule == rule and each.where[0].startswith(start)]


def test_it_reads_every_cell_and_every_single_figure() -> None:
    assert len([each for table in printed().tables for each in table.figures()]) == 325
    assert len(printed().singles) == 78


def test_it_keeps_each_figure_as_printed() -> None:
    data = document("profile/azerbaijan-2008.yml")
    cells = [str(cell) for table in data["tables"].values() for row in table["rows"] for cell in row["cells"]]
    assert [each.printed for each in printed().figures()] == [
        *cells,
        *(str(each["printed"]) for each in data["figures"]),
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("T1/Total/1995", "6222"), ("T2/2003/total", "-1300"), ("T2/1998/total", "-5100"), ("T4/2007/million", "993000000"),
        ("T5/of whom women, %/2005", "34"), ("T8/From Azerbaijan to RF/1997", "29878"),
    ],
)  # fmt: skip
def test_it_reads_a_cell_by_the_signs_and_the_unit_of_its_table(cell: str, value: str) -> None:
    assert next(each.value for each in printed().figures() if each.id == cell) == Decimal(value)


def test_it_has_a_source_or_says_that_there_is_none_for_every_figure() -> None:
    silent = {each.id for each in printed().figures() if not each.source}
    assert (
        silent
        == {"ES1", "ES2", "6.7b", "6.7c"}
        == {each.where[0] for each in found("CITE") if each.code == "cite/none"}
    )


def test_it_finds_both_subtotals_wrong_in_seven_of_eight_years() -> None:
    wrong = {(each.where[0], each.facts["misfit"]) for each in found("SUM", "T1")}
    assert wrong == {
        (f"T1/{group}/{year}", str(off)) for group in ("CIS countries", "Non-CIS") for year, off in MISFITS.items()
    }


def test_it_explains_the_subtotals_by_the_three_baltic_rows() -> None:
    told = found("EXPLAIN", "T1")
    assert len(told) == 14
    assert {each.facts["rows"] for each in told} == {BALTIC}


def test_it_finds_those_rows_without_knowing_the_group_of_countries() -> None:
    data = document("profile/concepts.yml")
    nameless = read_profile(document("profile/azerbaijan-2008.yml"), {**data, "groups": {}})
    assert {
        each.facts["rows"] for each in examine(nameless) if each.rule == "EXPLAIN" and each.where[0].startswith("T1")
    } == {BALTIC}


def test_it_says_since_when_they_are_counted_where_they_stand() -> None:
    assert [(each.where[0], each.facts["since"]) for each in found("BREAK")] == [("T1/CIS countries/2006", "2006")]


@pytest.mark.parametrize("table", ["T2", "T6", "T9"])
def test_it_lets_sums_pass_that_come_out_with_what_is_of_them_left_aside(table: str) -> None:
    assert not found("SUM", table)


def test_it_sees_how_much_of_a_list_is_in_no_row() -> None:
    assert {(each.where[0], each.facts["share"]) for each in found("COVERAGE")} == {("T3", "13.6"), ("T5", "32.4")}


def test_it_finds_the_number_behind_the_rounded_words() -> None:
    (sum_,), (reason,) = found("SUM", "6.7l"), found("EXPLAIN", "6.7l")
    assert sum_.facts == {"sum": "1003000", "whole": "989586", "misfit": "13414"}
    assert (reason.facts["said"], reason.facts["meant"]) == ("700000", "686586")


def test_it_works_the_share_of_refugees_out() -> None:
    assert [(each.facts["printed"], each.facts["exact"]) for each in found("SHARE", "1.2f")] == [("1.5", "1.65")]


@pytest.mark.parametrize("right", ["1.1b", "2.1b", "2.2c", "6.4c"])
def test_it_lets_a_share_pass_that_its_parts_give_as_it_is_rounded(right: str) -> None:
    assert not found("SHARE", right)


def test_it_finds_the_two_dashes_that_read_as_minus() -> None:
    assert [each.where[0] for each in found("SIGN")] == ["1.1b", "2.1b"]


def test_it_finds_one_number_under_two_definitions() -> None:
    assert {each.where for each in found("SAME-NUMBER") if each.code == "same/twice"} == {
        ("1.2a", "6.4h"),
        ("1.2b", "6.4i"),
    }


def test_it_finds_a_figure_inside_a_total_of_another_time() -> None:
    assert [each.where for each in found("SAME-NUMBER") if each.code == "same/inside"] == [("6.7c", "6.7g")]


def test_it_holds_both_ends_of_the_movement_with_russia_together() -> None:
    assert [(each.where[0][-4:], each.facts["off"]) for each in found("MIRROR")] == [
        ("2000", "17.6"), ("2001", "29.4"), ("2002", "117.9"), ("2005", "10.0"),
    ]  # fmt: skip


def test_it_finds_the_declining_trend_that_rises_and_no_other() -> None:
    assert [(each.where[0], each.facts["first"], each.facts["last"]) for each in found("TREND")] == [
        ("6.4 trend", "2584", "8900")
    ]


@pytest.mark.parametrize(
    "side_by_side",
    [
        {"ES1", "6.7a", "6.7c"}, {"T9/IDPs protected/assisted by UNHCR/2006-12-31", "6.7n"}, {"T7/2005/Identified as VoTs", "5.3b"},
        {"1.2c", "1.2d", "6.4j"},
    ],
    ids=["displaced", "idps", "victims", "labour migrants"],
)  # fmt: skip
def test_it_puts_figures_of_one_thing_side_by_side(side_by_side: set[str]) -> None:
    assert side_by_side in [set(each.where) for each in found("CONFLICT")]


def test_it_finds_a_part_that_is_larger_than_its_whole() -> None:
    assert [each.where for each in found("SUBSET")] == [("2.2e", "2.1a")]


def test_it_finds_at_least_eight_faults_of_citation() -> None:
    wrong = {each.where[0]: each.code for each in found("CITE") if each.code not in ("cite/unnamed", "cite/none")}
    assert wrong.items() >= {
        "2.1a": "cite/ibid", "3.2b": "cite/older", "6.7f": "cite/older", "6.7g": "cite/older", "2.2g": "cite/chain", "2.2h": "cite/chain",
        "BF1": "cite/pooled", "T5/Irregular crossing of the state border (incl. Azerbaijani citizens)/2005": "cite/other",
    }.items()  # fmt: skip


def test_it_finds_a_value_of_a_day_after_its_letter() -> None:
    assert "6.4l" in [each.where[0] for each in found("PERIOD") if each.code == "period/after"]


def test_it_finds_nine_months_among_years() -> None:
    assert [len(each.where) for each in found("PERIOD", "T7")] == [4]


def test_it_finds_leaps_that_nothing_marks() -> None:
    assert ("T4/2004/million", "T4/2005/million") in [each.where for each in found("JUMP")]


def test_it_finds_how_carelessly_numbers_are_written() -> None:
    assert {each.code for each in found("NOTATION")} == {
        "notation/unit", "notation/decimal", "notation/nil", "notation/fused", "notation/space",
    }  # fmt: skip


def test_it_finds_so_much_and_no_more() -> None:
    assert Counter(each.rule for each in findings()) == {
        "CITE": 21, "SUM": 15, "EXPLAIN": 15, "NOTATION": 11, "CONFLICT": 5, "MIRROR": 4, "JUMP": 4, "PERIOD": 3, "SAME-NUMBER": 3,
        "STALE": 3, "SHARE": 2, "SIGN": 2, "COVERAGE": 2, "TREND": 1, "BREAK": 1, "SUBSET": 1,
    }  # fmt: skip


def test_it_names_errors_first() -> None:
    order = [Severity.ERROR, Severity.WARNING, Severity.INFO]
    assert [each.severity for each in findings()] == sorted((each.severity for each in findings()), key=order.index)


@pytest.mark.parametrize("lang", ["en", "az", "ru", "tg"])
def test_it_says_every_finding_in_every_language(lang: str) -> None:
    assert all(each.said(lang) and "{" not in each.said(lang) for each in findings())


def test_it_has_a_sentence_in_four_languages_for_every_code() -> None:
    assert all(all(row[lang] for lang in ("en", "az", "ru", "tg")) for row in rows("profile/findings.csv"))


def test_it_writes_numbers_as_each_language_does() -> None:
    (finding,) = found("SUM", "6.7l")
    assert [
        ("1,003,000" in finding.said("en")),
        ("1.003.000" in finding.said("az")),
        ("1\u00a0003\u00a0000" in finding.said("tg")),
    ] == [True] * 3


def test_it_is_described_with_every_rule_its_weight_and_its_tolerance() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/figures.md").read_text()
    told = [line.split(" | ") for line in page.splitlines() if line.startswith("| `")]
    assert [(each[0][3:-1], each[1], each[3][:-2]) for each in told] == [
        (rule.id, rule.severity, rule.tolerance) for rule in RULES
    ]


def test_it_names_the_rule_of_every_finding() -> None:
    assert {each.rule for each in findings()} <= {rule.id for rule in RULES}


# -- a profile that is not as it must be ------------------------------------------------------------------------------


def broken(**parts: Any) -> Mapping[str, Any]:
    return {
        "area": "TJK",
        "date": "2011",
        "sources": {"s": {"title": "S", "kind": "publication", "issued": "2011"}},
        **parts,
    }


@pytest.mark.parametrize(
    ("parts", "word"),
    [
        ({"date": "spring"}, "is no period"),
        ({"figures": [{"id": "a", "concept": "dragons", "printed": "1", "value": 1}]}, "no concept"),
        ({"figures": [{"id": "a", "concept": "idps", "printed": "1", "value": "many"}]}, "is no number"),
        ({"figures": [{"id": "a", "concept": "idps", "printed": "1", "value": 1, "source": "x"}]}, "no source"),
        ({"figures": [{"id": "a", "concept": "idps", "printed": "1", "value": 1, "note": 3}]}, "no note"),
        ({"notes": {2: {"ibid": 5}, 5: {"source": "s"}}}, "no note before it"),
        ({"tables": {"T": {"concept": "idps", "columns": ["2010", "2011"], "rows": [{"label": "r", "cells": ["1"]}]}}}, "1 cells beside 2"),
        ({"tables": {"T": {"concept": "idps", "columns": ["2010"], "rows": [{"label": "r", "cells": ["1o7"]}]}}}, "is no number"),
        ({"tables": {"T": {"concept": "idps", "columns": ["2010"], "rows": [{"label": "r", "role": "king", "cells": ["1"]}]}}}, "no role"),
    ],
)  # fmt: skip
def test_it_says_what_cannot_be_read(parts: dict[str, Any], word: str) -> None:
    with pytest.raises(Unreadable, match=word):
        read_profile(broken(**parts))
