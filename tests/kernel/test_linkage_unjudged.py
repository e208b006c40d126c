"""Weights learned from searches that nobody judged, where the truth is made and therefore known."""

import itertools
import math
import random
from dataclasses import replace

import pytest

from hamroh.kernel.linkage import Index
from hamroh.kernel.linkage.probability import Calibration, shipped_calibration
from hamroh.kernel.linkage.unjudged import (
    CONTRARY,
    MEASURES,
    TOGETHER,
    Guessed,
    Pair,
    Unjudged,
    learn_unjudged,
    looked_at,
)
from hamroh.kernel.names.weights import Weights, shipped

#: how often a year, a place and a word of two records agree: of one person's, of strangers'
TRUE = {
    "year": {"year/same": (0.7, 0.04), "year/one": (0.2, 0.08), "year/against": (0.1, 0.88)},
    "place": {"place/same": (0.9, 0.05), "place/elsewhere": (0.1, 0.95)},
    "word": {"same/same": (0.75, 0.01), "vowels/same": (0.2, 0.01), "against": (0.05, 0.98)},
}
#: where it begins: strangers weigh what the calibration takes them for, but how much says what is not known
HINTED = Weights({code: 0.0 for group in TRUE.values() for code in group} | {
    "same/same": 5.5, "vowels/same": 5.5, "against": -4.0, "year/same": 1.0, "place/same": 1.0, "rarity": 1.0, "exact": 12.0,
})  # fmt: skip
CALIBRATION = Calibration(scale=1, nobody=0, growth=1, kin=0.1, strong=0.97, possible=0.8, weak=0.05)
POOL, ABSENT = 60, 0.4


def pair(chance: random.Random, of: int) -> Pair:
    """What two records show: of one person's (0) or of strangers' (1)."""
    return tuple((group, ((_drawn(chance, codes, of), 1.0),)) for group, codes in TRUE.items())


def _drawn(chance: random.Random, codes: dict[str, tuple[float, float]], of: int) -> str:
    drawn, sums = chance.random(), itertools.accumulate(often[of] for often in codes.values())
    return next((code for code, most in zip(codes, sums, strict=True) if drawn < most), [*codes][-1])


def world(count: int, absent: float = ABSENT) -> list[Unjudged]:
    """Searches in a pool: the candidates are the one, where he is there, and all strangers whose word is met."""
    chance = random.Random(11)
    return [_search(chance, there=chance.random() >= absent) for _search_number in range(count)]


def _search(chance: random.Random, *, there: bool) -> Unjudged:
    everybody = [pair(chance, 0)] * there + [pair(chance, 1) for _stranger in range(POOL - there)]
    is_near = [at < there or each[2][1][0][0] != "against" for at, each in enumerate(everybody)]
    near, far = (
        [each for each, is_one in zip(everybody, is_near, strict=True) if is_one == way] for way in (True, False)
    )
    return Unjudged(near, chance.sample(far, 15), POOL)


@pytest.fixture(scope="module")
def guessed() -> Guessed:
    return learn_unjudged(world(400), HINTED, CALIBRATION, caution=0.5)


def true_bits(code: str) -> float:
    one, stranger = next(codes[code] for codes in TRUE.values() if code in codes)
    return math.log2(one / stranger)


@pytest.mark.parametrize(
    ("code", "other"),
    [("year/same", "year/one"), ("year/same", "year/against"), ("place/same", "place/elsewhere"), ("same/same", "vowels/same")],
)  # fmt: skip
def test_it_finds_the_odds_of_grounds_though_nobody_said_who_is_the_one(
    guessed: Guessed, code: str, other: str
) -> None:
    """Only differences within a group are known: what all its grounds weigh more or less is a matter of the calibration."""
    found = guessed.weights.bits[code] - guessed.weights.bits[other]
    assert found == pytest.approx(true_bits(code) - true_bits(other), abs=0.8)


def test_it_tells_how_often_strangers_agree(guessed: Guessed) -> None:
    assert guessed.strangers["place/same"] == pytest.approx(0.05, abs=0.01)


def test_it_tells_how_often_the_ones_agree(guessed: Guessed) -> None:
    assert guessed.ones["place/same"] == pytest.approx(0.9, abs=0.05)


@pytest.mark.parametrize("absent", [0.1, 0.4, 0.8])
def test_it_finds_the_share_of_searches_whose_one_is_in_the_pool(absent: float) -> None:
    found = learn_unjudged(world(80, absent), HINTED, CALIBRATION, caution=0.5)
    assert found.share == pytest.approx(1 - absent, abs=0.1)


def test_it_makes_nobody_likelier_where_few_are_found() -> None:
    few, many = (learn_unjudged(world(40, absent), HINTED, CALIBRATION).calibration.nobody for absent in (0.9, 0.1))
    assert few > many


def test_it_stays_near_where_it_began_where_it_is_cautious() -> None:
    bold, cautious = (learn_unjudged(world(40), HINTED, CALIBRATION, caution=each).weights for each in (0.5, 1e6))
    assert abs(cautious.bits["year/against"]) < 0.05
    assert abs(bold.bits["year/against"]) > 1


def test_it_keeps_the_weights_that_it_is_told_to_keep_and_those_that_are_not_guessed() -> None:
    bits = learn_unjudged(world(40), HINTED, CALIBRATION, frozenset({"year/same"})).weights.bits
    assert [bits[code] for code in ("year/same", "rarity", "exact", "against")] == [1.0, 1.0, 12.0, -4.0]


def test_it_leaves_a_ground_that_nobody_showed_as_it_is() -> None:
    start = Weights({**HINTED.bits, "place/within": 2.0})
    assert learn_unjudged(world(40), start, CALIBRATION).weights.bits["place/within"] == pytest.approx(2.0, abs=0.01)


def test_it_never_lets_a_contradiction_speak_for() -> None:
    """Here a place elsewhere is met between all who are taken for one person, and between few strangers."""
    one: Pair = (("word", (("same/same", 1.0),)), ("place", (("place/elsewhere", 1.0),)))
    stranger: Pair = (("word", (("against", 1.0),)), ("place", (("place/same", 1.0),)))
    start = Weights({**HINTED.bits, "same/same": 12.0})
    bits = learn_unjudged([Unjudged([one], [stranger] * 5, 100)] * 100, start, CALIBRATION).weights.bits
    assert bits["place/elsewhere"] == 0.0


def test_it_weighs_a_stranger_who_shares_a_rare_word_as_much_as_that_makes_of_him() -> None:
    """Rarity is how seldom strangers meet by this very word, so that it is not counted once more in the weight of the meeting."""

    def with_rarity(of: Pair, bits: float) -> Pair:
        return tuple(
            (group, (*grounds, ("rarity", bits))) if group == "word" else (group, grounds) for group, grounds in of
        )

    def rare(search: Unjudged) -> Unjudged:
        return replace(search, candidates=[with_rarity(each, 3.0) for each in search.candidates])

    start = Weights({**HINTED.bits, "same/same": 2.5, "vowels/same": 2.5})
    plain = learn_unjudged(world(80), HINTED, CALIBRATION, caution=0.5).weights.bits
    found = learn_unjudged([rare(each) for each in world(80)], start, CALIBRATION, caution=0.5).weights.bits
    assert found["same/same"] == pytest.approx(plain["same/same"] - 3, abs=0.3)


SURE: Pair = (("word", (("same/same", 1.0),)), ("place", (("place/named", 1.0),)))
STRANGER: Pair = (("word", (("against", 1.0),)), ("place", (("place/elsewhere", 1.0),)))
SURELY = Weights({**HINTED.bits, "same/same": 12.0, "place/named": 0.0, "against_given": 0.0})


def test_it_takes_the_one_for_no_stranger() -> None:
    """What only the ones show weighs more than what one of the hundred in the pool shows by chance: 6.6 bits."""
    searches = [Unjudged([SURE], [STRANGER] * 5, 100)] * 100
    assert learn_unjudged(searches, SURELY, CALIBRATION, caution=0.1).weights.bits["place/named"] > 8


def test_it_takes_few_brothers_and_sisters_for_the_one() -> None:
    sibling: Pair = (*SURE, ("word", (("against_given", 1.0),)))
    found = learn_unjudged([Unjudged([sibling], [STRANGER] * 5, 100)] * 100, SURELY, CALIBRATION)
    assert found.share < 0.2


def test_it_says_that_there_is_nothing_to_learn_from() -> None:
    with pytest.raises(ValueError, match="nothing to learn"):
        learn_unjudged([Unjudged([], [], 10)], HINTED, CALIBRATION)


def test_it_speaks_of_grounds_that_the_table_knows() -> None:
    assert shipped().bits.keys() >= CONTRARY | MEASURES | TOGETHER


def people() -> list[dict[str, object]]:
    names = ("Раҳмонов Ҷамшед", "Назаров Фарҳод", "Қурбонов Саид", "Шарифов Карим", "Ҳакимов Алишер", "Юсуфов Далер")
    return [{"id": f"p{number}", "name": name, "year": 1980 + number, "sex": "m"} for number, name in enumerate(names)]


def looked() -> list[Unjudged]:
    asked = ("Jamshed Rahmonov", "Farhod Nazarov", "Said Kurbanov", "Sharifov Karim", "", "Zubaydullo Asrorov")
    queries = [{"name": name, "year": 1980 + number, "sex": "m"} for number, name in enumerate(asked)]
    return looked_at(Index.from_records(people()), queries * 3, people(), shipped())


def test_it_looks_at_strangers_who_are_no_candidates() -> None:
    assert all(search.strangers and not set(search.strangers) & set(search.candidates) for search in looked())


def test_it_sees_that_the_sexes_are_alike_where_both_are_known() -> None:
    assert all(("sex", ()) in pair for search in looked() for pair in (*search.candidates, *search.strangers))


def test_it_learns_from_searches_of_an_index() -> None:
    found = learn_unjudged(looked(), shipped(), shipped_calibration())
    assert 0.3 < found.share < 0.9
    assert found.weights.bits.keys() == shipped().bits.keys()


def test_it_keeps_a_name_nearest_to_itself_in_every_script() -> None:
    bits = learn_unjudged(looked(), shipped(), shipped_calibration()).weights.bits
    assert len({bits[f"same/{relation}"] for relation in ("same", "cross", "arabic")}) == 1
