"""Files of statistics become releases of their source."""

from decimal import Decimal

import pytest

from hamroh.accounts.policy import Refused
from hamroh.evidence.actions import RecordingRefused, Release, import_figures
from hamroh.evidence.models import ImportBatch, Observation, Vintage
from hamroh.vault.models import JournalLine
from statistics_files import MATRIX, WDI


def figure(area: str, period: str, **dims: str) -> Observation:
    key = ";".join(f"{name}={value}" for name, value in sorted(dims.items()))
    return Observation.objects.get(series__area=area, period=period, series__dims_key=key)


def test_it_brings_in_the_table_of_the_bank(bring) -> None:
    looked, batch = bring(WDI)
    assert looked.layout.shape == "wdi"
    assert figure("AZE", "2005").value == Decimal("623200000.5")
    assert figure("TJK", "2006").series.indicator.concept.key == "remittances_in"
    assert batch.counts["added"] == 6


def test_it_gives_a_blank_cell_a_reason(bring) -> None:
    bring(WDI)
    blank = figure("AZE", "2006")
    assert (blank.value, blank.missing) == (None, "O")


def test_it_keeps_nought_apart_from_blank(bring) -> None:
    bring("Country,Year,Value\nAZE,2005,0\nAZE,2006,\n", settled={"indicator": "refugees"})
    assert (figure("AZE", "2005").value, figure("AZE", "2005").missing) == (0, "")
    assert figure("AZE", "2006").missing == "O"


def test_it_leaves_groups_and_blank_rows_out_with_their_lines(bring) -> None:
    looked, batch = bring(WDI)
    assert [(each.line, each.code) for each in looked.plan.left_out] == [(8, "group"), (9, "blank")]
    assert [(each["line"], each["code"]) for each in batch.left_out] == [(8, "group"), (9, "blank")]


def test_it_reads_a_matrix_with_codes_as_floats_and_marks_on_names(bring) -> None:
    bring(MATRIX)
    assert figure("MUS", "2005", origin="RUS", destination="MUS").value == 34
    assert figure("AZE", "2005", origin="XXX", destination="AZE").value == 0


def test_it_counts_all_sexes_once(bring) -> None:
    bring(MATRIX)
    of_pair = Observation.objects.filter(series__area="RUS", series__dims__origin="AZE")
    assert {each.series.dims.get("sex", ""): int(each.value) for each in of_pair} == {"": 866843, "F": 406000}


def test_it_takes_the_world_as_an_end_for_the_total(bring) -> None:
    bring(MATRIX)
    assert figure("AZE", "2005").value == 301834


def test_it_lays_a_later_release_beside_the_earlier(bring) -> None:
    bring(WDI, label="2024-05")
    looked, _batch = bring(WDI.replace("466700000", "500000000").replace('"203600000"', '"203600001"'), label="2025-05")
    assert [(each.area, each.before, each.after) for each in looked.plan.large] == [("TJK", 466700000, 500000000)]
    assert (len(looked.plan.changed), looked.plan.same, looked.plan.new) == (2, 4, 0)
    assert sorted(each.value for each in Observation.objects.filter(series__area="TJK", period="2005")) == [
        466700000,
        500000000,
    ]


def test_it_lists_first_what_changed_most(bring) -> None:
    bring("iso3,year,hdi\nAZE,2000,0.5\nAZE,2001,0.5\nAZE,2002,0.5\n", label="a")
    looked, _batch = bring("iso3,year,hdi\nAZE,2000,0.51\nAZE,2001,0.6\nAZE,2002,\n", label="b")
    assert [each.period for each in looked.plan.changed] == ["2001", "2002", "2000"]
    assert [each.period for each in looked.plan.large] == ["2001", "2002"]


def test_it_takes_off_what_a_binary_fraction_leaves(bring) -> None:
    bring("iso3,year,hdi\nALB,2002,0.6890000000000001\n")
    assert figure("ALB", "2002").value == Decimal("0.689")
    assert figure("ALB", "2002").printed == "0.689"


def test_it_says_what_stands_in_the_file_twice(bring) -> None:
    looked, _batch = bring("iso3,year,hdi\nALB,2002,0.6\nALB,2002,0.6\nALB,2002,0.7\n")
    assert [(each.line, each.code) for each in looked.plan.left_out] == [(3, "twice"), (4, "otherwise")]
    assert Observation.objects.count() == 1


@pytest.mark.parametrize(
    ("line", "code"),
    [("Ruritania,2005,1", "area"), ("ALB,soon,1", "period"), ("ALB,2005,many", "number"), ("Africa,2005,1", "group")],
)
def test_it_says_why_a_line_is_left_out(bring, line: str, code: str) -> None:
    looked, _batch = bring(f"Country,Year,Value\nAZE,2005,3\n{line}\n", settled={"indicator": "refugees"})
    assert [(each.line, each.code) for each in looked.plan.left_out] == [(3, code)]


def test_it_leaves_out_what_nobody_knows_the_meaning_of(bring) -> None:
    looked, _batch = bring("Country,Indicator,Year,Value\nAZE,XX.YY,2005,3\nAZE,SP.POP.TOTL,2005,3\n")
    assert [(each.line, each.code, each.detail) for each in looked.plan.left_out] == [(2, "indicator", "XX.YY")]


def test_it_refuses_the_same_release_and_the_same_file_again(bring) -> None:
    bring(WDI, label="2024")
    with pytest.raises(RecordingRefused):
        bring(WDI.replace("203600000", "203600001"), label="2024")
    with pytest.raises(RecordingRefused):
        bring(WDI, label="2025")
    assert Vintage.objects.filter(source__key="a-source").count() == 1


def test_it_is_brought_in_by_analysts_of_the_organisation_alone(people, bring) -> None:
    looked, _batch = bring(WDI)
    release = Release(key="other", label="1", digest="0", facts={"title": "Other"})
    for somebody in (people.leyla, people.davlat, people.kamran):
        with pytest.raises(Refused):
            import_figures(actor=somebody, organisation=people.centre, release=release, figures=looked.plan.figures)
    assert ImportBatch.objects.count() == 1


def test_it_writes_one_line_of_the_journal_and_names_nobody(bring) -> None:
    _looked, batch = bring(WDI)
    assert JournalLine.objects.filter(verb="evidence.import").count() == 1
    assert batch.digest


def test_it_takes_the_same_number_of_queries_for_many_rows(bring, django_assert_max_num_queries) -> None:
    bring("iso3,year,hdi\nAZE,1990,0.5\n")
    rows = "\n".join(f"{area},{year},0.5" for area in ("ALB", "ARM", "AZE", "BGR") for year in range(1990, 2021))
    # half of them tell the index what is counted and from where
    with django_assert_max_num_queries(72):
        bring(f"iso3,year,hdi\n{rows}\n", label="2")
