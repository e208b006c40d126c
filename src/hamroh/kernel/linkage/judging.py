"""What judged searches teach, as a report: new weights and a new calibration, tried on searches that they were not learned from."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hamroh.kernel.linkage.index import Index
from hamroh.kernel.linkage.learning import Case, Judged, Learned, calibrate, learn
from hamroh.kernel.linkage.people import Record
from hamroh.kernel.linkage.probability import BANDS, Band, Calibration
from hamroh.kernel.names.weights import Grounds, Weights

#: candidates of a search that are learned from
MOST = 40
#: weights that are no matter of names; a pool whose facts are of one hand teaches little about them
FACTS = ("year/", "place/", "sex/", "exact")


@dataclass(frozen=True, slots=True)
class Search:
    """A judged search in a pool: the id of each candidate and the grounds on which it stands; ``same`` is the id of the one, or ""."""

    ids: tuple[str, ...]
    grounds: tuple[Grounds, ...]
    pool: int
    same: str

    @property
    def answer(self) -> int | None:
        """The number of the one among the candidates."""
        return self.ids.index(self.same) if self.same in self.ids else None

    def bits(self, weights: Weights) -> list[float]:
        return [weights.of(grounds) for grounds in self.grounds]


@dataclass(frozen=True, slots=True)
class Tried:
    """How weights and a calibration did: shares of searches whose one is first or among ten (of those that have one), and by band how
    many candidates were in it and how many of these were the one."""

    first: float
    ten: float
    bands: Mapping[Band, tuple[int, int]]


def searched(index: Index, judged: Iterable[Mapping[str, Any]]) -> list[Search]:
    """Searches from ``{"query": record, "same": id or ""}``."""
    pool = len(index)
    return [_searched(index, each["query"], str(each["same"]), pool) for each in judged]


def _searched(index: Index, query: Record, same: str, pool: int) -> Search:
    found = index.search(query, limit=MOST)
    grounds = tuple(tuple(ground for reason in each.reasons for ground in reason.grounds) for each in found)
    return Search(tuple(each.id for each in found), grounds, pool, same)


def taught(searches: Sequence[Search], weights: Weights, calibration: Calibration) -> tuple[Learned, Calibration]:
    """What the searches teach; ValueError where the one is among the candidates of none."""
    kept = frozenset(code for code in weights.bits if code.startswith(FACTS))
    cases = [Case(each.grounds, each.answer) for each in searches if each.answer is not None]
    learned = learn(cases, weights, kept)
    judged = [Judged(each.bits(learned.weights), each.pool, each.answer) for each in searches if each.same is not None]
    return learned, calibrate(judged, calibration)


def tried(searches: Sequence[Search], weights: Weights, calibration: Calibration) -> Tried:
    """How weights and calibration do on these searches; where two weigh the same the one counts as the last of them."""
    ranks, bands = [], dict.fromkeys(BANDS, (0, 0))
    for each in searches:
        bits, answer = each.bits(weights), each.answer
        if each.same:
            ranks.append(MOST if answer is None else sum(other >= bits[answer] for other in bits) - 1)
        for at, whole in enumerate(calibration.probabilities(bits, each.pool)):
            chance = whole * calibration.kept({code for code, _times in each.grounds[at]})
            count, right = bands[calibration.band(chance)]
            bands[calibration.band(chance)] = (count + 1, right + (at == answer))
    return Tried(_share(ranks, lambda rank: rank < 1), _share(ranks, lambda rank: rank < 10), bands)


def tried_apart(searches: Sequence[Search], weights: Weights, calibration: Calibration) -> Tried:
    """How what one half teaches does on the other half, both ways, added up."""
    halves = searches[::2], searches[1::2]
    found = []
    for half, other in (halves, halves[::-1]):
        learned, calibrated = taught(half, weights, calibration)
        found.append(tried(other, learned.weights, calibrated))
    bands = {band: _added(found[0].bands[band], found[1].bands[band]) for band in BANDS}
    return Tried((found[0].first + found[1].first) / 2, (found[0].ten + found[1].ten) / 2, bands)


def _added(a: tuple[int, int], b: tuple[int, int]) -> tuple[int, int]:
    return a[0] + b[0], a[1] + b[1]


def _share(ranks: Sequence[int], counts: Callable[[int], bool]) -> float:
    return sum(map(counts, ranks)) / len(ranks) if ranks else 0.0
