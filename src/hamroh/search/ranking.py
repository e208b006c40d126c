"""Which records meet a query, and how well: every one of them is weighed, none is cut off beforehand."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import and_, or_

import numpy as np
import numpy.typing as npt

from hamroh.kernel import text as analysis
from hamroh.search.facets import Mask, Places
from hamroh.search.postings import Stands, View
from hamroh.search.queries import Query
from hamroh.search.tokens import exact_form, pair_token
from hamroh.search.ways import Concept, Forms, Way, typed_ways

#: How much a word counts by the part it stands in; worst part first.
WEIGHTS = {"b": 0.4, "s": 0.6, "n": 0.85, "t": 1.0}
_RANKS = {part: rank for rank, part in enumerate(WEIGHTS, start=1)}
_FULL = 100  # what a rare word in a title gives
_COMMONEST = 0.35  # the share of that which a word in every record gives
_FEW, _TELLING = 8, 0.02  # records, or their share, that may have a word which hints at a longer name
_BESIDE, _READERS_LANGUAGE = 12, 6
_ENOUGH = 20  # hits with every word, below which records with fewer words come in
_ORDER_BITS = 31
_COMPLETE = np.uint64(1 << 62)

Scores = npt.NDArray[np.uint16]


@dataclass(frozen=True)
class Ranked:
    """The records that meet a query, those among them that meet all of it, and the score of every place."""

    members: Mask
    complete: Mask
    scores: Scores


class Lookup:
    """What the ways of one query find in a view of the index, each looked up once."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.size = max(2, int(np.count_nonzero(view.live)))
        self._forms: dict[str, Stands] = {}
        self._words: dict[Forms, Stands] = {}
        self._met: dict[tuple[Forms, ...], Stands] = {}
        self._ranked: dict[Forms, npt.NDArray[np.uint8]] = {}

    def find(self, forms: Iterable[str]) -> None:
        """Bring the places of these forms, so that the lookup answers for them."""
        self._forms |= self.view.find([form for form in forms if form not in self._forms])

    def having(self, forms: Iterable[str]) -> Mask:
        """Records that have any of these forms."""
        return self._mask(places for form in forms for _, places in self._forms.get(form, ()))

    def met(self, way: Way) -> Stands:
        """Records that meet a way, by the part that its worst word stands in; some may be dead, or stand in two parts."""
        if way.words not in self._met:
            self._met[way.words] = tuple(self._of_word(way.words[0]) if len(way.words) == 1 else self._of_all(way))
        return self._met[way.words]

    def meeting(self, ways: Iterable[Way]) -> Mask:
        """Records that meet any of these ways."""
        return self._mask(places for way in ways for _, places in self.met(way))

    def answers(self, way: Way) -> bool:
        """Whether any record meets a way."""
        return any(self.view.live[places].any() for _, places in self.met(way))

    def tells(self, way: Way) -> bool:
        """Whether a word of a longer name is rare enough to hint at it."""
        return _count(self.met(way)) <= max(_FEW, _TELLING * self.size)

    def rarity(self, found: int) -> float:
        """From 1 for what one record has down to the commonest."""
        return _COMMONEST + (1 - _COMMONEST) * math.log(self.size / max(1, found)) / math.log(self.size)

    def _of_word(self, forms: Forms) -> Stands:
        """Where a word stands in any of its forms, worst part first."""
        if forms not in self._words:
            stands = [one for form in forms for one in self._forms.get(form, ())]
            self._words[forms] = tuple(sorted(stands, key=lambda one: _RANKS[one[0]]))
        return self._words[forms]

    def _of_all(self, way: Way) -> Iterator[tuple[str, Places]]:
        """Records that have every word, from the rarest word on: where none is left, the commoner ones are not looked at."""
        rarest, *others = sorted(dict.fromkeys(way.words), key=lambda forms: _count(self._of_word(forms)))
        if not (stands := self._of_word(rarest)):
            return
        places = np.concatenate([places for _, places in stands]).astype(np.intp)
        worst = np.repeat(np.array([_RANKS[part] for part, _ in stands], np.uint8), [len(found) for _, found in stands])
        for forms in others:
            worst = np.minimum(worst, self._ranks(forms)[places])
            places, worst = places[worst > 0], worst[worst > 0]
            if not len(places):
                return
        for part, rank in _RANKS.items():
            if len(chosen := places[worst == rank]):
                yield part, chosen

    def _ranks(self, forms: Forms) -> npt.NDArray[np.uint8]:
        """For every place the rank of the best part that a word stands in, 0 where it does not."""
        if forms not in self._ranked:
            self._ranked[forms] = held = np.zeros(self.view.size, np.uint8)
            for part, found in self._of_word(forms):
                held[found.astype(np.intp)] = _RANKS[part]
        return self._ranked[forms]

    def _mask(self, found: Iterable[Places]) -> Mask:
        mask = np.zeros(self.view.size, bool)
        for places in found:
            mask[places.astype(np.intp)] = True
        return mask & self.view.live


def _count(stands: Stands) -> int:
    """Places of a word, one that it stands in twice counted twice."""
    return sum(len(places) for _, places in stands)


def forms_of(ways: Iterable[Way]) -> list[str]:
    """Every form that the ways ask for."""
    return [form for way in ways for forms in way.words for form in sorted(forms)]


def forms_of_query(query: Query) -> list[str]:
    """Forms of words beside each other, of phrases and of what must be absent."""
    beside = [form for one, other in pairwise(query.chunks) for form in _pair(one, other)]
    phrases = [form for forms in _phrase_forms(query) for form in forms]
    return [*beside, *phrases, *forms_of(way for chunk in query.without for way in typed_ways(chunk))]


def rank(look: Lookup, query: Query, concepts: Sequence[Concept], language: str) -> Ranked:
    """Weigh all records: those with every concept first, then by part, form and rarity, then by the stored quality."""
    view = look.view
    sets = [look.meeting(way for way in concept.ways if not way.hint) for concept in concepts]
    allowed = _phrases(look, query) & ~_without(look, query)
    complete = members = reduce(and_, sets, allowed)
    hints: list[Way] = []
    if np.count_nonzero(complete) < _ENOUGH:
        look.find(forms_of(way for one in concepts for way in one.ways if way.hint))
        hints = [way for one in concepts for way in one.ways if way.hint and look.tells(way)]
        members = allowed & reduce(or_, sets, look.meeting(hints))
    scores: Scores = np.zeros(view.size, np.uint16)
    for concept, found in zip(concepts, sets, strict=True):
        scores += _scores(look, concept, look.rarity(int(np.count_nonzero(found))), hints)
    for one, other in pairwise(query.chunks):
        scores += look.having(_pair(one, other)) * np.uint16(_BESIDE)
    scores += view.facets.having(("language", language)) * np.uint16(_READERS_LANGUAGE)
    return Ranked(members, complete, scores)


def everything(view: View) -> Ranked:
    """All records, by their stored quality."""
    return Ranked(view.live, view.live, np.zeros(view.size, np.uint16))


def nothing(view: View) -> Ranked:
    """No record."""
    none = np.zeros(view.size, bool)
    return Ranked(none, none, np.zeros(view.size, np.uint16))


def filtered(view: View, filters: Mapping[str, Sequence[str]], *, but: str = "") -> Mask:
    """Records that have, for every filter but one, any of its values."""
    found = view.live
    for name, values in filters.items():
        if name != but and values:
            found = found & reduce(or_, (view.facets.having((name, value)) for value in values))
    return found


def page(view: View, ranked: Ranked, members: Mask, start: int, size: int) -> list[tuple[int, int]]:
    """Places ``start`` to ``start + size`` in the order, each with its score."""
    places = np.flatnonzero(members)
    keys = ranked.scores[places].astype(np.uint64) << np.uint64(_ORDER_BITS) | view.order[places]
    keys[ranked.complete[places]] |= _COMPLETE
    if len(places) > start + size:
        least = np.partition(keys, len(keys) - start - size)[len(keys) - start - size]
        places, keys = places[keys >= least], keys[keys >= least]
    best = places[np.lexsort((places, ~keys))][start : start + size]
    return [(int(place), int(ranked.scores[place])) for place in best]


def _scores(look: Lookup, concept: Concept, rarity: float, hints: Sequence[Way]) -> Scores:
    """The best weight of each record that meets a concept."""
    classes = [
        (max(1, round(_FULL * rare * way.weight * WEIGHTS[part])), places)
        for way, rare in _weighed(look, concept, rarity, hints)
        for part, places in look.met(way)
    ]
    scores: Scores = np.zeros(look.view.size, np.uint16)
    for weight, places in sorted(classes, key=lambda one: one[0]):
        scores[places.astype(np.intp)] = weight  # the best comes last and stays
    return scores


def _weighed(look: Lookup, concept: Concept, rarity: float, hints: Sequence[Way]) -> Iterator[tuple[Way, float]]:
    """The ways that count, each with the rarity of what it finds."""
    for way in concept.ways:
        if not way.hint:
            yield way, rarity
        elif way in hints:
            yield way, look.rarity(int(np.count_nonzero(look.meeting([way]))))


def _pair(one: str, other: str) -> list[str]:
    """The token of two chunks beside each other."""
    left, right = _folded(one), _folded(other)
    return [pair_token(left[-1], right[0])] if left and right else []


def _phrase_forms(query: Query) -> list[list[str]]:
    """For each phrase, and each place in it, the forms of which a record must have one."""
    return [forms for phrase in query.phrases for forms in _phrase(phrase)]


def _phrase(words: Sequence[str]) -> list[list[str]]:
    if len(words) == 1:
        return [[exact_form(words[0]), f"f.{words[0]}"]]
    return [[pair_token(one, other)] for one, other in pairwise(words)]


def _phrases(look: Lookup, query: Query) -> Mask:
    found = look.view.live
    for forms in _phrase_forms(query):
        found = found & look.having(forms)
    return found


def _without(look: Lookup, query: Query) -> Mask:
    return look.meeting(way for chunk in query.without for way in typed_ways(chunk))


def _folded(chunk: str) -> list[str]:
    return analysis.folded(chunk, "en")
