"""The register of released figures: it grows, it is asked before every table, and two tables at once are one after the other."""

import uuid

import pytest
from django.db import IntegrityError, transaction

from hamroh.kernel.disclosure import Dimension, Rules, Shape, Table
from hamroh.vault import journal
from hamroh.vault.actions import figures
from hamroh.vault.models import FiguresRelease, Population

pytestmark = pytest.mark.django_db
HOUSE = uuid.uuid4()
PLACES = Dimension.of("district", ("asht", "ayni", "vose"))


class Somebody:
    pk = uuid.uuid4()


def table(*counts, week=1):
    known = frozenset(str(each) for each in range(1, week + 1))
    return Table(
        Shape((PLACES,), {"known": known}), {(code,): n for code, n in zip(PLACES.leaves, counts, strict=True)}
    )


def judged(found):
    population = figures.population_of(organisation_id=HOUSE, key="cases")
    return figures.judge(population, found, Rules(), lambda _tables: [])


def let_out(found):
    return figures.release(actor=Somebody, judged=found, mark=found.mark, asked={"by": ["district"]}, audience="public")


def test_it_keeps_what_left_and_says_so_in_the_journal(fresh_keys):
    row = let_out(judged(table(20, 30, 40)))
    assert [each.shown["*",] for each in figures.released(row.population)] == [90]
    assert row.digest == figures.digest(row.table)
    (line,) = journal.history(row)
    assert (line.verb, line.facts["digest"], line.facts["turn"]) == ("figures.release", row.digest, 1)


def test_it_judges_a_table_beside_what_left_before(fresh_keys):
    assert judged(table(21, 30, 40, week=2)).protected.withheld == 0
    let_out(judged(table(20, 30, 40)))
    found = judged(table(21, 30, 40, week=2)).protected
    assert {cell for cell, why in found.why.items() if why != "shown"} >= {("asht",), ("*",)}
    assert found.why["vose",] == "shown"


def test_it_keeps_a_refused_table_with_the_reason_and_without_the_figures(fresh_keys):
    row = let_out(judged(table(1, 0, 2)))
    assert (row.refusal, row.table, row.turn, row.population.turn) == ("nothing left", None, None, 0)
    (line,) = journal.history(row)
    assert (line.verb, line.facts["why"]) == ("figures.refused", "nothing left")


def test_it_lets_only_one_of_two_tables_out_that_were_looked_at_together(fresh_keys):
    one, other = judged(table(20, 30, 40)), judged(table(21, 30, 40, week=2))
    let_out(one)
    with pytest.raises(figures.Overtaken):
        let_out(other)
    assert FiguresRelease.objects.count() == 1


def test_it_lets_nothing_out_that_nobody_looked_at(fresh_keys):
    seen, now = judged(table(20, 30, 40)), judged(table(20, 30, 41))
    with pytest.raises(figures.Overtaken):
        figures.release(actor=Somebody, judged=now, mark=seen.mark, asked={}, audience="public")
    assert not Population.objects.exists()


def test_it_keeps_no_figures_of_a_refused_table_even_if_told_to(fresh_keys):
    row = let_out(judged(table(1, 0, 2)))
    with pytest.raises(IntegrityError), transaction.atomic():
        FiguresRelease.objects.filter(pk=row.pk).update(table={"cells": [1, 0, 2]})
