"""Figures of benchmarks, and the judged sets that search is measured on."""

from importlib.util import find_spec

import pytest

from hamroh.site.benches import BENCHES, queries
from hamroh.site.benches.figures import Figure, percentile


@pytest.mark.parametrize(
    ("value", "bar", "holds"),
    [(30, "<= 30", True), (30.1, "<= 30", False), (0.95, ">= 0.95", True), (0.94, ">= 0.95", False), (1, None, None)],
)
def test_it_says_whether_a_bar_holds(value, bar, holds):
    assert Figure("id", value, "ms", bar).holds is holds


def test_it_writes_a_figure_with_the_promised_names():
    assert set(Figure("id", 1, "ms").as_json()) == {"id", "value", "unit", "bar", "holds", "peer", "peer_value"}


def test_it_takes_the_value_that_nineteen_of_twenty_do_not_exceed():
    assert percentile([*range(1, 21)], 0.95) == 20
    assert percentile([*range(1, 101)], 0.5) == 51


@pytest.mark.parametrize("name", BENCHES)
def test_it_has_a_module_for_each_bench(name):
    assert find_spec(BENCHES[name])


@pytest.mark.parametrize("lang", queries.LANGUAGES)
def test_it_keeps_at_least_sixty_judged_queries_of_a_language(lang):
    asked = queries.queries(lang)
    assert len({judged.text for judged in asked}) >= 60
    assert {"inflected", "keyboard", "typo", "synonym"} <= {judged.trait for judged in asked}


def test_it_judges_only_records_that_are_there():
    known = {document.record_id for document in queries.corpus()}
    judged = {one for lang in queries.LANGUAGES for query in queries.queries(lang) for one in query.relevant}
    assert judged <= known
    assert len(known) >= 200
