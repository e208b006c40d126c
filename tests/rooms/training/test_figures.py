"""Figures of trainings leave only of a half-year that is over, and never small."""

import datetime as dt

from desk_world import NOW
from hamroh.kernel.disclosure import Refusal, protect
from hamroh.training import figures
from training_world import counted, course, held


def test_it_counts_those_with_a_name_and_those_who_were_counted(school, time_machine) -> None:
    row = held(school)
    counted(school, row, 20, sex="f")
    counted(school, row, 3, sex="m")
    table = figures.table_of(None, figures.Wish("2026-2", "sex"), school.house.pk, 1)
    assert (table.values["budget", "f"], table.values["budget", "m"]) == (20, 3)


def test_it_withholds_three_men(school) -> None:
    row = held(school)
    counted(school, row, 20, sex="f")
    counted(school, row, 3, sex="m")
    counted(school, row, 30)
    other = held(school, course(school, kind="rights"), number=1)
    for number, sex in ((40, "f"), (25, "m"), (30, "")):
        counted(school, other, number, sex=sex)
    wish = figures.Wish("2026-2", "sex")
    shown = protect(figures.table_of(None, wish, school.house.pk, 1), wish.rules).published()
    assert ("budget", "m") not in shown.shown


def test_it_lets_nothing_out_of_a_half_year_that_goes_on(school, time_machine) -> None:
    wish = figures.Wish("2026-2", "sex")
    assert figures.bars(wish, school.house.pk) is Refusal.NOTHING_LEFT
    time_machine.move_to(NOW + dt.timedelta(days=60))
    assert figures.bars(wish, school.house.pk) is None


def test_it_counts_no_round_of_another_house(school) -> None:
    counted(school, held(school), 20, sex="f")
    table = figures.table_of(None, figures.Wish("2026-2", "sex"), school.office.other.pk, 1)
    assert sum(table.values.values()) == 0
