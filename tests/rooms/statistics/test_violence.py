"""Reports about violence: acts for the house, people for what leaves, and a rate only where both numbers may be said."""

import datetime as dt
from decimal import Decimal

import pytest

from boards_world import open_boards
from cases_violence import TOLD, day, told_incident
from cases_work import consent
from cases_world import gulnoras
from desk_world import NOW, TODAY, at, page
from hamroh.cases.actions import incidents as actions
from hamroh.cases.models import Consent
from hamroh.kernel.disclosure import ALL, Dimension, Published, Shape
from hamroh.statistics import rates, violence
from hamroh.statistics.quarters import Quarter
from hamroh.statistics.rates import Over, Rate
from hamroh.statistics.selectors import violence as reads
from hamroh.vault import journal
from hamroh.vault.models import JournalLine
from vault_keys import settled

NOW_Q = Quarter.around(TODAY)


@pytest.fixture
def house(db, fresh_keys, settings, time_machine):
    settings.IS_DEMO = True
    time_machine.move_to(NOW)
    found = open_boards()
    settled(found.office.centre, found.office.other)
    return found


def counted(house):
    with journal.openings("task"):
        return violence.acts(
            actor=house.anvar,
            organisation=house.office.centre,
            first=NOW_Q.start,
            last=NOW_Q.end - dt.timedelta(days=1),
        )


def test_it_counts_acts_by_kind_and_by_what_is_derived(house):
    told_incident(house.office, gulnoras(house.office))
    found = violence.counts(counted(house), "kind", "age")
    assert found == {("denial", "a26"): 1}


def test_it_leaves_out_what_was_set_aside(house):
    row = told_incident(house.office, gulnoras(house.office))
    with journal.openings("task"):
        actions.set_aside(actor=house.office.farzona, row=row, words="Written twice.")
    assert counted(house) == []


def test_it_counts_people_once_a_year_by_the_gravest_act(house):
    case = gulnoras(house.office)
    for kind in ("psychological", "physical_assault", "denial"):
        told_incident(house.office, case, {"kind": [kind]})
    people = violence.people(counted(house), NOW_Q)
    assert [each.codes["kind"] for each in people] == ["physical_assault"]


def test_it_does_not_count_somebody_again_in_a_later_quarter_of_the_year():
    act = violence.Act(None, "she", dt.date(2026, 2, 1), {"kind": "rape"})
    later = violence.Act(None, "she", dt.date(2026, 5, 1), {"kind": "rape"})
    assert violence.people([act, later], Quarter.of("2026-q2")) == []


def test_it_tells_nothing_of_who_does_not_want_to_be_counted(house):
    case = gulnoras(house.office)
    said = consent(house.office, case, "refused")
    Consent.objects.filter(pk=said.pk).update(purpose="statistics")
    told_incident(house.office, case)
    assert violence.counts(counted(house), "kind") == {("unknown",): 1}


def test_it_writes_one_line_for_all_that_is_counted(house):
    for _more in range(3):
        told_incident(house.office, gulnoras(house.office), TOLD, happened=day(TODAY))
    before = JournalLine.objects.filter(verb="statistics.see").count()
    counted(house)
    lines = JournalLine.objects.filter(verb="statistics.see")
    assert (lines.count() - before, lines.last().facts["fields"]) == (1, ["3 counted"])


def test_it_shows_the_report_to_who_supervises(house):
    told_incident(house.office, gulnoras(house.office))
    assert "1 act of violence was written down." in page(house.office.manizha, "/desk/statistics/incidents/")


@pytest.mark.parametrize("who", ["dilya", "farzona", "temur", "nermin"])
@pytest.mark.parametrize("part", ["", "work/", "rates/", "figures.xlsx"])
def test_it_opens_no_report_to_others(house, part, who):
    reader = getattr(house, who, None) or getattr(house.office, who)
    assert at(reader).get(f"/desk/statistics/incidents/{part}").status_code == 404


def test_it_shows_sixteen_figures_and_says_which_is_not_kept(house):
    gulnoras(house.office)
    text = page(house.office.manizha, "/desk/statistics/incidents/work/")
    assert (text.count('id="f-'), "Nobody asks her yet" in text) == (16, True)


@pytest.mark.parametrize("quarter", ["2026-q9", "x", "1-q1"])
def test_it_knows_no_quarter_that_there_is_not(house, quarter):
    assert at(house.office.manizha).get(f"/desk/statistics/incidents/?quarter={quarter}").status_code == 404


# -- rates ---------------------------------------------------------------------------------------------------------

OVER = Over("TJK", "labour_emigrants", {}, Decimal(800000), "800,000", "2009", "A source", "2010", "x")


def test_it_has_no_rate_of_what_was_withheld():
    assert Rate("", None, OVER).value is None


def test_it_has_no_rate_where_nothing_is_published():
    assert Rate("", 12, None).value is None


def test_it_counts_for_every_thousand():
    assert Rate("", 1200, OVER).value == Decimal("1.50")


def test_it_says_that_no_figure_is_published(house):
    shape = Shape((Dimension.of("district", ["tj-kulob"]),), {"opened": frozenset({"2026-01"})}, "cases")
    table = type("Table", (), {"published": Published(shape, {(ALL,): 40})})()
    lines = rates.rates(table, "tj")
    assert [(line.count, line.over) for line in lines] == [(40, None)]


def test_it_has_no_file_where_nothing_left(house):
    with journal.openings("task"):
        assert reads.left(actor=house.anvar, organisation=house.office.centre) == []
    assert at(house.anvar).get("/desk/statistics/incidents/figures.xlsx").status_code == 404
