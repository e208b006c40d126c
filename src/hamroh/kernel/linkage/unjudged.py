"""Weights learned from searches that nobody judged: who is the one is guessed, learned from, and guessed again, until nothing moves.

This is expectation and maximization for the model of Fellegi and Sunter (Winkler 1988; Enamorado, Fifield and Imai 2019): a ground
weighs log2(m/u), where m is how often it is met between records of one person, u how often between strangers. Strangers are drawn
from the whole pool, for the candidates of a search are those who look alike. What goes along with a ground, as the rarity of a word,
is u of that very word: a stranger counts as much as it makes him weigh. At most one candidate of a search is the one.
"""

import functools
import itertools
import math
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hamroh.kernel.linkage.facts import Facts, Reason, compare_facts
from hamroh.kernel.linkage.index import Index
from hamroh.kernel.linkage.judging import MOST
from hamroh.kernel.linkage.learning import tied
from hamroh.kernel.linkage.people import Record, names_of
from hamroh.kernel.linkage.probability import Calibration
from hamroh.kernel.names.comparing import Frequency, Meeting, compare
from hamroh.kernel.names.weights import Grounds, Shape, Weights, relation

Matrix = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.int64]
#: what one word or fact of two records shows: the name of those grounds of which it shows one, and the grounds
Seen = tuple[str, Grounds]
Pair = tuple[Seen, ...]
#: what is not learned so: measures of how much, which are u of something else; numbers that no two strangers drawn share
MEASURES = frozenset({"rarity", "unlike/same", "unlike/cross", "unlike/arabic", "year/wide", "exact"})
#: nor what several words of a name show together, for the model takes each for independent of the others: brothers and sisters, who
#: share all but one name, would be taken for one person, and these grounds for weaker than they are
TOGETHER = frozenset({
    "against", "against_woman", "against_given", "against_father", "word_absent", "father_absent", "father_cross",
    "ending_same", "ending_one", "ending_other", "ending_child", "sex_same", "sex_other",
})  # fmt: skip
#: facts that speak against: whatever is guessed, they never come to speak for
CONTRARY = frozenset({"year/far", "year/against", "place/elsewhere", "sex/other"})
#: rounds of guessing, steps of Newton's method in each, the change in bits at which they have arrived, the longest step
_ROUNDS, _STEPS, _ENOUGH, _FAR = 200, 30, 1e-3, 1.0
#: people that are drawn from the pool beside each search, and the seed of the draw
_STRANGERS, _SEED = 60, 1988
_LN2 = math.log(2)


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A search whose answer nobody knows: its candidates, some other people of the pool, and the size of the pool."""

    candidates: Sequence[Pair]
    strangers: Sequence[Pair]
    pool: int

    @property
    def grounds(self) -> tuple[Grounds, ...]:
        """All grounds of each candidate."""
        return tuple(tuple(ground for _group, grounds in pair for ground in grounds) for pair in self.candidates)


@dataclass(frozen=True, slots=True)
class Guessed:
    """New weights and calibration, the share of searches whose one is in the pool, how many rounds it took, and of each ground that was
    learned how often it is met between records of one person (m) and between strangers (u), among the grounds that exclude it."""

    weights: Weights
    calibration: Calibration
    share: float
    rounds: int
    times: Mapping[str, float]
    ones: Mapping[str, float]
    strangers: Mapping[str, float]


class _Patterns:
    """The distinct sets of learned codes that a word or fact showed, each in its group, as rows of a table."""

    def __init__(self, codes: Sequence[str], scale: float, start: Weights) -> None:
        self._column = {code: at for at, code in enumerate(codes)}
        self._scale, self._start = scale, start
        self._places: dict[tuple[str, tuple[int, ...]], int] = {}

    def place(self, seen: Seen) -> tuple[int, float]:
        """The number of the pattern, and the bits of what goes along with it."""
        group, grounds = seen
        learned = tuple(sorted(self._column[tied(code)] for code, _times in grounds if tied(code) in self._column))
        along = sum(self._start.bits[code] * times for code, times in grounds if tied(code) not in self._column)
        return self._places.setdefault((group, learned), len(self._places)), along * self._scale

    def tables(self) -> tuple[Matrix, Numbers]:
        """Which codes each pattern has, and its group."""
        grounds = np.zeros((len(self._places), len(self._column)))
        groups: dict[str, int] = {}
        for at, (_group, learned) in enumerate(self._places):
            np.add.at(grounds[at], list(learned), 1)
        of = [groups.setdefault(group, len(groups)) for group, _learned in self._places]
        return grounds, np.array(of, np.int64)


@dataclass(frozen=True, slots=True)
class _Slots:
    """What many pairs showed: the pattern of each, the row of its pair, and the power of two of what goes along with it."""

    pattern: Numbers
    row: Numbers
    along: Matrix

    @classmethod
    def of(cls, pairs: Iterable[Pair], patterns: _Patterns) -> "_Slots":
        found = [(*patterns.place(seen), row) for row, pair in enumerate(pairs) for seen in pair]
        pattern, along, row = zip(*found, strict=True) if found else ((), (), ())
        return cls(np.array(pattern, np.int64), np.array(row, np.int64), np.array(along, float))

    def counted(self, often: Matrix, count: int) -> Matrix:
        """How often each of `count` patterns was shown, where each pair counts so often."""
        return np.asarray(np.bincount(self.pattern, often[self.row], count), np.float64)

    def weighed(self, often: Matrix, count: int) -> Matrix:
        """The same, each time as much as what goes along with it makes of it."""
        return np.asarray(np.bincount(self.pattern, often[self.row] * np.exp2(self.along), count), np.float64)


class _Data:
    """Searches as tables, for weights at `codes` that are learned."""

    def __init__(
        self, searches: Sequence[Unjudged], start: Weights, calibration: Calibration, codes: Sequence[str]
    ) -> None:
        patterns = _Patterns(codes, calibration.scale, start)
        candidates = [pair for search in searches for pair in search.candidates]
        others = [pair for search in searches for pair in search.strangers]
        self.slots, drawn = _Slots.of(candidates, patterns), _Slots.of(others, patterns)
        self.grounds, self.group = patterns.tables()
        self.pools = [search.pool for search in searches]
        self.ends = list(itertools.accumulate(len(search.candidates) for search in searches))
        grounds = [each for search in searches for each in search.grounds]
        self.kept = np.array([calibration.kept({code for code, _times in each}) for each in grounds])
        self.scale = calibration.scale
        stand_for = [(max(0, each.pool - len(each.candidates)), len(each.strangers)) for each in searches]
        often = np.array([rest / count for rest, count in stand_for for _drawn in range(count)])
        self.rest = drawn.weighed(often, len(self.group))
        self.plain = drawn.counted(often, len(self.group))

    def chances(self, at: Matrix, calibration: Calibration) -> Matrix:
        """For each candidate the chance that he is the one."""
        bits = (self.grounds @ at)[self.slots.pattern] + self.slots.along / self.scale
        sums = np.bincount(self.slots.row, bits, len(self.kept)).tolist()
        of = itertools.pairwise([0, *self.ends])
        found = [calibration.probabilities(sums[a:b], pool) for (a, b), pool in zip(of, self.pools, strict=True)]
        return np.asarray(np.array([chance for each in found for chance in each]) * self.kept, np.float64)

    def strangers(self, chances: Matrix) -> Matrix:
        """How often each pattern is shown by strangers, as much as what goes along makes of it."""
        return self.rest + self.slots.weighed(1 - chances, len(self.group))

    def shown(self, chances: Matrix) -> Matrix:
        """How often each pattern is shown by the ones, as far as they are guessed."""
        return self.slots.counted(chances, len(self.group))

    def powers(self, at: Matrix) -> Matrix:
        """How many times likelier each pattern is between records of one person than between strangers."""
        return np.asarray(np.exp2(self.scale * (self.grounds @ at)), np.float64)

    def shares(self, of: Matrix) -> Matrix:
        """For each code its share of what was shown in the groups that know it."""
        inside = np.zeros((int(self.group.max()) + 1, len(self.group)))
        inside[self.group, np.arange(len(self.group))] = 1
        whole: Matrix = (inside @ of) @ (inside @ self.grounds > 0)
        return np.asarray((of @ self.grounds) / np.maximum(whole, 1e-9), np.float64)

    def told(self, chances: Matrix, codes: Sequence[str]) -> Iterator[dict[str, float]]:
        """By code: how often the ones show it, and its share among the ones and among strangers."""
        ones, strangers = self.shown(chances), self.plain + self.shown(1 - chances)
        for each in (ones @ self.grounds, self.shares(ones), self.shares(strangers)):
            yield dict(zip(codes, each.tolist(), strict=True))

    def grouped(self, of: Matrix) -> Matrix:
        """For each pattern the sum over its group."""
        return np.asarray(np.bincount(self.group, of)[self.group], np.float64)


def learn_unjudged(
    searches: Sequence[Unjudged],
    start: Weights,
    calibration: Calibration,
    kept: frozenset[str] = frozenset(),
    caution: float = 3.0,
) -> Guessed:
    """Weights and the share of searches that have an answer, as likely as they can be; ValueError without a candidate.

    `kept` codes stay as they are; the others are pulled towards where they began as if they had been met `caution` times as
    often as they weigh there. `calibration` is of searches half of which have an answer, as the shipped one is.
    """
    if not any(search.candidates for search in searches):
        raise ValueError("there is nothing to learn from: no search found anybody")
    codes = sorted({tied(code) for code in start.bits} - kept - MEASURES - TOGETHER)
    data, first = _Data(searches, start, calibration, codes), np.array([start.bits[code] for code in codes])
    most, rounds, change = np.array([0.0 if code in CONTRARY else np.inf for code in codes]), 0, math.inf
    at, shared = first, calibration
    while change > _ENOUGH and rounds < _ROUNDS:
        chances = data.chances(at, shared)
        share = (float(chances.sum()) + 0.5) / (len(searches) + 1)
        shared = replace(calibration, nobody=calibration.nobody + math.log2((1 - share) / share))
        before, at = at, np.minimum(_likeliest(data, chances, at, first, caution), most)
        change, rounds = float(np.abs(at - before).max(initial=0)), rounds + 1
    learned = dict(zip(codes, at.tolist(), strict=True))
    bits = {code: learned.get(tied(code), before) for code, before in start.bits.items()}
    return Guessed(Weights(bits), shared, share, rounds, *data.told(chances, codes))


def _likeliest(data: _Data, chances: Matrix, at: Matrix, first: Matrix, caution: float) -> Matrix:
    """The weights that make of strangers what the guessed ones show, found by Newton's method: the likelihood is concave."""
    shown, strangers = data.shown(chances), data.strangers(chances)
    whole = data.grouped(strangers * data.powers(first))
    often = np.divide(strangers * data.grouped(shown), whole, out=np.zeros_like(whole), where=whole > 0)
    for _step in range(_STEPS):
        expected, pull = often * data.powers(at), caution * np.exp2(data.scale * (at - first))
        slope = data.grounds.T @ (shown - expected) + caution - pull
        spread = (data.grounds * expected[:, None]).T @ data.grounds + np.diag(pull)
        step = np.linalg.solve(spread, slope) / (data.scale * _LN2)
        at = at + step * min(1.0, _FAR / max(float(np.abs(step).max()), _ENOUGH))
        if np.abs(step).max() < _ENOUGH / 10:
            break
    return at


def looked_at(index: Index, queries: Iterable[Record], pool: Sequence[Record], weights: Weights) -> list[Unjudged]:
    """Searches of an index over these records, each beside people drawn from the whole pool."""
    chance = random.Random(_SEED)  # noqa: S311 - nothing secret hangs on it
    frequency = functools.cache(index.frequency)
    return [_looked_at(index, query, _drawn(pool, chance), frequency, weights) for query in queries]


def _looked_at(
    index: Index, query: Record, drawn: Sequence[Record], frequency: Frequency, weights: Weights
) -> Unjudged:
    found = index.search(query, limit=MOST)
    ids = {each.id for each in found}
    others = [each for each in drawn if str(each["id"]) not in ids]
    return Unjudged(
        [_pair(query, each.record, each.reasons) for each in found],
        [_pair(query, each, _reasons(query, each, frequency, weights)) for each in others],
        len(index),
    )


def _drawn(pool: Sequence[Record], chance: random.Random) -> list[Record]:
    return [pool[int(chance.random() * len(pool))] for _stranger in range(_STRANGERS)] if pool else []


def _reasons(query: Record, other: Record, frequency: Frequency, weights: Weights) -> Sequence[Meeting | Reason]:
    names = itertools.product(names_of(query), names_of(other))
    found = (compare(a, b, frequency, weights) for a, b in names)
    best = max(found, key=lambda each: each.bits, default=None)
    return *(best.meetings if best else ()), *compare_facts(Facts.of(query), Facts.of(other), weights.bits)


def _pair(query: Record, other: Record, reasons: Sequence[Meeting | Reason]) -> Pair:
    words = [each for each in reasons if isinstance(each, Meeting)]
    scripts = next((relation(Shape.of(each.a), Shape.of(each.b)) for each in words if each.a and each.b), "same")
    found = [("word/" + scripts, each.grounds) for each in words]
    found += [(each.grounds[0][0].partition("/")[0], each.grounds) for each in reasons if isinstance(each, Reason)]
    sexes = Facts.of({"sex": query.get("sex")}).sex, Facts.of({"sex": other.get("sex")}).sex
    return (*found, ("sex", ())) if sexes[0] and sexes[0] == sexes[1] else tuple(found)
