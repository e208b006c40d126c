"""Which records meet a query, and how well: every one of them is weighed, none is cut off beforehand."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from hamroh.search import bits
from hamroh.search.bits import Bits, Planes
from hamroh.search.postings import View
from hamroh.search.queries import Query
from hamroh.search.tokens import exact_form, pair_token
from hamroh.search.ways import Concept, Way, typed_ways

#: How much a word counts by the part it stands in.
WEIGHTS = {"t": 1.0, "n": 0.85, "s": 0.6, "b": 0.4}
_FULL = 100  # what a rare word in a title gives
_COMMONEST = 0.35  # the share of that which a word in every record gives
_BESIDE, _READERS_LANGUAGE = 12, 6
_ENOUGH = 10  # hits with every word, below which records with fewer words come in
_UP_TO = list(accumulate(WEIGHTS, lambda before, part: before + part))


@dataclass(frozen=True)
class Ranked:
    """The records that meet a query, and the planes of their order, highest first."""

    members: Bits
    complete: Bits
    planes: Planes
    scores: Planes


def tokens_of(ways: Iterable[Way]) -> list[str]:
    """Every token that the ways ask for."""
    return [part + form for way in ways for forms in way.words for form in sorted(forms) for part in WEIGHTS]


def met(view: View, concept: Concept) -> Bits:
    """Records that meet a concept in any way."""
    found = 0
    for way in concept.ways:
        found |= _way_bits(view, way, _UP_TO[-1])
    return found


def rank(view: View, query: Query, concepts: Sequence[Concept], language: str) -> Ranked:
    """Weigh all records: more concepts first, then better parts and forms, then the stored quality."""
    sets = [met(view, concept) for concept in concepts]
    allowed = view.live & _phrases(view, query) & ~_without(view, query)
    reached = [found & allowed for found in bits.at_least(sets)]
    scores: Planes = []
    count: Planes = []
    for concept, found in zip(concepts, sets, strict=True):
        scores = bits.add(scores, _planes(view, concept, _rarity(view, found)))
        count = bits.add(count, [found])
    for one, other in pairwise(query.chunks):
        scores = bits.add(scores, bits.constant(_beside(view, one, other), _BESIDE))
    spoken = view.facets.get("language", {}).get(language, 0)
    scores = bits.add(scores, bits.constant(spoken, _READERS_LANGUAGE))
    return Ranked(_enough(reached), reached[-1], [*view.order, *scores, *count], scores)


def everything(view: View) -> Ranked:
    """All records, by their stored quality."""
    return Ranked(view.live, view.live, view.order, [])


def filtered(view: View, filters: Mapping[str, Sequence[str]], *, but: str = "") -> Bits:
    """Records that have, for every filter but one, any of its values."""
    found = view.live
    for name, values in filters.items():
        if name != but and values:
            known = view.facets.get(name, {})
            chosen = 0
            for value in values:
                chosen |= known.get(value, 0)
            found &= chosen
    return found


def page(ranked: Ranked, members: Bits, start: int, size: int) -> list[tuple[int, int]]:
    """Places ``start`` to ``start + size`` in the order, each with its score."""
    chosen = list(bits.places(bits.highest(members, ranked.planes, start + size)))
    order = bits.values(chosen, ranked.planes)
    best = sorted(chosen, key=lambda place: (-order[place], place))[start : start + size]
    scores = bits.values(best, ranked.scores)
    return [(place, scores[place]) for place in best]


def _way_bits(view: View, way: Way, parts: str) -> Bits:
    found = view.live if way.words else 0
    for forms in way.words:
        found &= view.bits([part + form for form in forms for part in parts])
    return found


def _planes(view: View, concept: Concept, rarity: float) -> Planes:
    """The best weight of each record that meets a concept."""
    classes = sorted(
        ((round(_FULL * rarity * way.weight * WEIGHTS[parts[-1]]), _way_bits(view, way, parts)) for way in concept.ways for parts in _UP_TO),
        key=lambda weighed: -weighed[0],
    )
    total: Planes = []
    seen = 0
    for weight, found in classes:
        if fresh := found & ~seen:
            total = bits.either(total, bits.constant(fresh, max(1, weight)))
            seen |= fresh
    return total


def _rarity(view: View, found: Bits) -> float:
    """From 1 for a word of one record down to the commonest."""
    size = max(2, view.live.bit_count())
    share = math.log(size / max(1, found.bit_count())) / math.log(size)
    return _COMMONEST + (1 - _COMMONEST) * share


def _beside(view: View, one: str, other: str) -> Bits:
    return view.bits(pair_tokens(one, other))


def pair_tokens(one: str, other: str) -> list[str]:
    """The token of two chunks beside each other."""
    left, right = _folded(one), _folded(other)
    return [pair_token(left[-1], right[0])] if left and right else []


def phrase_tokens(query: Query) -> list[list[str]]:
    """For each phrase, and each place in it, the tokens of which a record must have one."""
    return [tokens for phrase in query.phrases for tokens in _phrase(phrase)]


def _phrase(words: Sequence[str]) -> list[list[str]]:
    if len(words) == 1:
        return [[part + form for part in WEIGHTS for form in (exact_form(words[0]), f"f.{words[0]}")]]
    return [[pair_token(one, other)] for one, other in pairwise(words)]


def _phrases(view: View, query: Query) -> Bits:
    found = view.live
    for tokens in phrase_tokens(query):
        found &= view.bits(tokens)
    return found


def _without(view: View, query: Query) -> Bits:
    found = 0
    for chunk in query.without:
        for way in typed_ways(chunk):
            found |= _way_bits(view, way, _UP_TO[-1])
    return found


def _enough(reached: Sequence[Bits]) -> Bits:
    """Records with all concepts; with fewer, where those are less than a page."""
    for found in reversed(reached[1:]):
        if found.bit_count() >= _ENOUGH:
            return found
    return reached[1] if len(reached) > 1 else 0


def _folded(chunk: str) -> list[str]:
    from hamroh.kernel import text as analysis

    return analysis.folded(chunk, "en")
