"""Ways of a judgment across borders: dated, with their certainty, and silent where nothing is known."""

from collections import Counter

import pytest

from hamroh.kernel.law import Certainty, route
from hamroh.kernel.law.routes import routes
from kernel.law.people import day

ON = day("2026-11-22")


@pytest.mark.parametrize(
    ("origin", "destination", "on", "treaties", "certainty"),
    [
        ("TJ", "RU", "2026-11-22", ["treaty.minsk_1993"], "B"),
        ("AZ", "RU", "2026-11-22", ["treaty.minsk_1993"], "C"),
        ("AZ", "TJ", "2026-11-22", ["treaty.chisinau_2002", "treaty.minsk_1993"], "C"),
        ("AZ", "KG", "2024-11-01", ["treaty.hague_2007"], "B"),
        ("AZ", "US", "2026-11-22", [], "A"),
        ("AZ", "UA", "2026-11-22", ["treaty.hague_2007"], "B"),
        ("TJ", "UA", "2026-11-22", [], "A"),
    ],
)
def test_it_knows_the_way_of_a_judgment(origin, destination, on, treaties, certainty):
    found = route(origin, destination, day(on))
    assert ([act.code for act in found.treaties], found.certainty) == (treaties, certainty)


@pytest.mark.parametrize(("destination", "on"), [("KG", "2024-10-31"), ("KZ", "2024-02-27"), ("JP", "2026-11-22")])
def test_it_says_nothing_where_nothing_is_known(destination, on):
    assert route("AZ", destination, day(on)) is None


def test_it_is_no_more_certain_than_what_was_read():
    assert Counter(each.certainty for each in routes()) == {Certainty.A: 2, Certainty.B: 8, Certainty.C: 4}


def test_it_says_why_in_four_languages():
    assert [each for each in routes() if not all(each.why[lang] for lang in ("en", "tg", "az", "ru"))] == []
