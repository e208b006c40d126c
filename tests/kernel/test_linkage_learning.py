"""Weights and probabilities of the name engine, learned from judged searches."""

import random

import pytest

from hamroh.kernel.linkage import Index
from hamroh.kernel.linkage.judging import Search, searched, taught, tried, tried_apart
from hamroh.kernel.linkage.learning import Case, Judged, calibrate, doubt, learn
from hamroh.kernel.linkage.probability import Calibration, shipped_calibration
from hamroh.kernel.names.weights import Weights, shipped

START = Weights({"alike": 0.0, "rare": 0.0, "against": 0.0})
FLAT = Calibration(scale=1, nobody=0, growth=0, kin=0.1, strong=0.97, possible=0.8, weak=0.05)


def world(count: int) -> list[Case]:
    """Searches in which the one is nearly always alike and seldom contradicted."""
    chance = random.Random(7)
    cases = []
    for _search in range(count):
        strangers = [_grounds(chance, alike=0.3, against=0.8) for _stranger in range(9)]
        at = chance.randrange(10)
        candidates = [*strangers[:at], _grounds(chance, alike=0.9, against=0.1), *strangers[at:]]
        cases.append(Case(candidates, at))
    return cases


def _grounds(chance: random.Random, *, alike: float, against: float) -> tuple[tuple[str, float], ...]:
    found = [("rare", chance.random())]
    found += [("alike", 1.0)] * (chance.random() < alike) + [("against", 1.0)] * (chance.random() < against)
    return tuple(found)


def test_it_learns_the_odds_of_a_ground_in_bits() -> None:
    """log2 of the odds: alike (.9 / .1) / (.3 / .7) is 4.4 bits, against (.1 / .9) / (.8 / .2) is -5.2."""
    bits = learn(world(1500), START, caution=1e-6).weights.bits
    assert bits == {
        "alike": pytest.approx(4.4, abs=0.4),
        "against": pytest.approx(-5.2, abs=0.4),
        "rare": pytest.approx(0, abs=0.4),
    }


def test_it_stays_near_where_it_began_where_it_is_cautious() -> None:
    cautious, bold = (learn(world(200), START, caution=caution).weights.bits["alike"] for caution in (10, 0.001))
    assert 0 < cautious < 0.3 < bold


def test_it_keeps_the_weights_that_it_is_told_to_keep() -> None:
    assert learn(world(200), START, frozenset({"alike"})).weights.bits["alike"] == 0.0


def test_it_is_less_surprised_by_the_answers_than_before() -> None:
    learned = learn(world(300), START)
    assert learned.after < learned.before


def test_it_says_that_there_is_nothing_to_learn_from() -> None:
    with pytest.raises(ValueError, match="nothing to learn"):
        learn([], START)


def test_it_gives_less_to_a_candidate_the_more_others_are_like_him() -> None:
    alone, beside = FLAT.probabilities([6.0], 1000)[0], FLAT.probabilities([6.0, 6.0], 1000)[0]
    assert alone > beside


def test_it_gives_less_to_a_candidate_the_larger_the_pool() -> None:
    growing = Calibration(1, 0, 0.5, 0.1, 0.97, 0.8, 0.05)
    assert growing.probabilities([6.0], 1_000)[0] > growing.probabilities([6.0], 1_000_000)[0]


def test_it_gives_no_probability_that_is_none() -> None:
    for bits in ([], [-1000.0], [1e6, -1e6], [0.0] * 50):
        chances = FLAT.probabilities(bits, 0)
        assert all(0 <= chance <= 1 for chance in chances)
        assert sum(chances) <= 1 + 1e-9


@pytest.mark.parametrize(("chance", "band"), [(0.99, "strong"), (0.9, "possible"), (0.5, "weak"), (0.01, "faint")])
def test_it_has_a_word_for_a_probability(chance: float, band: str) -> None:
    assert FLAT.band(chance) == band


def test_it_calibrates_so_that_the_answers_surprise_it_less() -> None:
    chance = random.Random(3)
    judged = [
        Judged([chance.gauss(9, 3) if there else chance.gauss(2, 3), chance.gauss(2, 3)], 1000, 0 if there else None)
        for there in [True, False] * 40
    ]
    assert doubt(judged, calibrate(judged, FLAT)) < doubt(judged, FLAT) - 0.1


def people() -> list[dict[str, str]]:
    names = ("Раҳмонов Ҷамшед", "Назаров Фарҳод", "Қурбонов Саид", "Шарифов Карим", "Ҳакимов Алишер", "Юсуфов Далер")
    return [{"id": f"p{number}", "name": name} for number, name in enumerate(names)]


def judged() -> list[Search]:
    asked = (
        "Jamshed Rahmonov",
        "Farhod Nazarov",
        "Said Kurbanov",
        "Sharifov Karim",
        "Khakimov Alisher",
        "Zubaydullo Asrorov",
    )
    answers = ("p0", "p1", "p2", "p3", "p4", "")
    lines = [{"query": {"name": name}, "same": same} for name, same in zip(asked, answers, strict=True)]
    return searched(Index.from_records(people()), lines * 2)


def test_it_tells_how_its_searches_did() -> None:
    found = tried(judged(), shipped(), shipped_calibration())
    assert (found.first, found.ten) == (1.0, 1.0)
    assert sum(right for _count, right in found.bands.values()) == 10


def test_it_tries_what_it_learned_on_searches_that_it_was_not_learned_from() -> None:
    assert tried_apart(judged(), shipped(), shipped_calibration()).ten == 1.0


def test_it_leaves_the_weights_of_facts_as_they_are() -> None:
    learned, _calibration = taught(judged(), shipped(), shipped_calibration())
    assert learned.weights.bits["year/same"] == shipped().bits["year/same"]


def test_it_keeps_a_name_nearest_to_itself_in_every_script() -> None:
    learned, _calibration = taught(judged(), shipped(), shipped_calibration())
    assert len({learned.weights.bits[f"same/{relation}"] for relation in ("same", "cross", "arabic")}) == 1


@pytest.mark.parametrize(
    ("code", "share"), [("against_given", 0.1), ("against", 0.1), ("against_woman", 1.0), ("father_absent", 1.0)]
)
def test_it_leaves_a_share_to_whom_only_a_given_name_may_tell_from_a_brother(code: str, share: float) -> None:
    """A woman's other surname may be her husband's."""
    assert FLAT.kept({"same/same", code}) == share
