"""Which records meet a query, and how well: every one of them is weighed, none is cut off beforehand."""

import functools
import math
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from hamroh.kernel import text as analysis
from hamroh.search import bits
from hamroh.search.bits import Bits, Planes
from hamroh.search.postings import View
from hamroh.search.queries import Query
from hamroh.search.tokens import exact_form, pair_token
from hamroh.search.ways import Concept, Forms, Way, typed_ways

#: How much a word counts by the part it stands in.
WEIGHTS = {"t": 1.0, "n": 0.85, "s": 0.6, "b": 0.4}
_FULL = 100  # what a rare word in a title gives
_COMMONEST = 0.35  # the share of that which a word in every record gives
_FEW, _TELLING = 8, 0.02  # records, or their share, that may have a word which hints at a longer name
_BESIDE, _READERS_LANGUAGE = 12, 6
_ENOUGH = 20  # hits with every word, below which records with fewer words come in


@dataclass(frozen=True)
class Ranked:
    """The records that meet a query, and the planes of their order, highest first."""

    members: Bits
    complete: Bits
    planes: Planes
    scores: Planes


class Lookup:
    """What the ways of one query find in a view of the index, each looked up once."""

    def __init__(self, view: View) -> None:
        self.view = view
        self._tokens: dict[str, bits.Kept] = {}
        self._known: dict[tuple[Forms, ...], tuple[Bits, ...]] = {}

    def find(self, tokens: Iterable[str]) -> None:
        """Bring the places of these tokens, so that ``bits`` answers for them."""
        self._tokens |= self.view.find([token for token in tokens if token not in self._tokens])

    def bits(self, tokens: Iterable[str]) -> Bits:
        """Records that have any of these tokens."""
        return bits.union(self._tokens.get(token, 0) for token in tokens) & self.view.live

    def levels(self, way: Way) -> tuple[Bits, ...]:
        """Records that meet a way in their title, in title or names, ... anywhere."""
        if way.words not in self._known:
            levels = [self._word_levels(forms) for forms in way.words]
            self._known[way.words] = tuple(
                functools.reduce(operator.and_, level) for level in zip(*levels, strict=True)
            )
        return self._known[way.words]

    def anywhere(self, way: Way) -> Bits:
        return self.levels(way)[-1]

    def met(self, concept: Concept) -> Bits:
        """Records that meet a concept in any way."""
        return functools.reduce(operator.or_, [self.anywhere(way) for way in concept.ways if not way.hint], 0)

    def hinted(self, concepts: Iterable[Concept]) -> Bits:
        """Records with a telling word of a longer name."""
        hints = [way for concept in concepts for way in concept.ways if way.hint and self.tells(way)]
        return functools.reduce(operator.or_, map(self.anywhere, hints), 0)

    def tells(self, way: Way) -> bool:
        """Whether a word of a longer name is rare enough to hint at it."""
        return self.anywhere(way).bit_count() <= max(_FEW, _TELLING * self.view.live.bit_count())

    def rarity(self, found: Bits) -> float:
        """From 1 for what one record has down to the commonest."""
        size = max(2, self.view.live.bit_count())
        share = math.log(size / max(1, found.bit_count())) / math.log(size)
        return _COMMONEST + (1 - _COMMONEST) * share

    def _word_levels(self, forms: Forms) -> list[Bits]:
        return list(accumulate((self.bits([part + form for form in forms]) for part in WEIGHTS), operator.or_))


def tokens_of(ways: Iterable[Way]) -> list[str]:
    """Every token that the ways ask for."""
    return [part + form for way in ways for forms in way.words for form in sorted(forms) for part in WEIGHTS]


def tokens_of_query(query: Query) -> list[str]:
    """Tokens of words beside each other, of phrases and of what must be absent."""
    beside = [token for one, other in pairwise(query.chunks) for token in _pair(one, other)]
    phrases = [token for tokens in _phrase_tokens(query) for token in tokens]
    return [*beside, *phrases, *tokens_of(way for chunk in query.without for way in typed_ways(chunk))]


def rank(look: Lookup, query: Query, concepts: Sequence[Concept], language: str) -> Ranked:
    """Weigh all records: those with every concept first, then by part, form and rarity, then by the stored quality."""
    view = look.view
    sets = [look.met(concept) for concept in concepts]
    allowed = view.live & _phrases(look, query) & ~_without(look, query)
    complete = members = functools.reduce(operator.and_, sets, allowed)
    if complete.bit_count() < _ENOUGH:
        look.find(tokens_of(way for one in concepts for way in one.ways if way.hint))
        members = allowed & functools.reduce(operator.or_, sets, look.hinted(concepts))
    scores: Planes = []
    for concept, found in zip(concepts, sets, strict=True):
        scores = bits.add(scores, _planes(look, concept, look.rarity(found), hints=members is not complete))
    for one, other in pairwise(query.chunks):
        scores = bits.add(scores, bits.constant(look.bits(_pair(one, other)), _BESIDE))
    spoken = view.facets.get("language", {}).get(language, 0)
    scores = bits.add(scores, bits.constant(spoken, _READERS_LANGUAGE))
    return Ranked(members, complete, [*view.order, *scores, complete], scores)


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


def _planes(look: Lookup, concept: Concept, rarity: float, *, hints: bool) -> Planes:
    """The best weight of each record that meets a concept."""
    total: Planes = []
    seen = 0
    for weight, found in sorted(_classes(look, concept, rarity, hints=hints), key=lambda one: -one[0]):
        if fresh := found & ~seen:
            total = bits.either(total, bits.constant(fresh, weight))
            seen |= fresh
    return total


def _classes(look: Lookup, concept: Concept, rarity: float, *, hints: bool) -> Iterator[tuple[int, Bits]]:
    """Records by what they meet a concept with: its form, and the part it stands in."""
    for way in concept.ways:
        if way.hint and not (hints and look.tells(way)):
            continue
        if look.anywhere(way):
            rare = look.rarity(look.anywhere(way)) if way.hint else rarity
            for part, found in zip(WEIGHTS.values(), look.levels(way), strict=True):
                yield max(1, round(_FULL * rare * way.weight * part)), found


def _pair(one: str, other: str) -> list[str]:
    """The token of two chunks beside each other."""
    left, right = _folded(one), _folded(other)
    return [pair_token(left[-1], right[0])] if left and right else []


def _phrase_tokens(query: Query) -> list[list[str]]:
    """For each phrase, and each place in it, the tokens of which a record must have one."""
    return [tokens for phrase in query.phrases for tokens in _phrase(phrase)]


def _phrase(words: Sequence[str]) -> list[list[str]]:
    if len(words) == 1:
        return [[part + form for part in WEIGHTS for form in (exact_form(words[0]), f"f.{words[0]}")]]
    return [[pair_token(one, other)] for one, other in pairwise(words)]


def _phrases(look: Lookup, query: Query) -> Bits:
    found = look.view.live
    for tokens in _phrase_tokens(query):
        found &= look.bits(tokens)
    return found


def _without(look: Lookup, query: Query) -> Bits:
    found = 0
    for chunk in query.without:
        for way in typed_ways(chunk):
            found |= look.anywhere(way)
    return found


def _folded(chunk: str) -> list[str]:
    return analysis.folded(chunk, "en")
