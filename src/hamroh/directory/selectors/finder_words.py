"""What typed words mean for the help finder: needs, kinds of help, somebody by name, or a place; nothing is kept."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from hamroh.directory.finder_codes import ANY_HELP, Choice
from hamroh.directory.models import AdminUnit, HelpKind, Need, NeedConcept, Party
from hamroh.directory.selectors import finder, places
from hamroh.directory.selectors.documents import PARTY
from hamroh.directory.selectors.finder import concept_key, concept_number
from hamroh.kernel import gazetteer, vocabulary
from hamroh.kernel.text import analyse, folded
from hamroh.search import selectors as search
from hamroh.search.documents import Part
from hamroh.search.selectors import SMALL_WORDS
from hamroh.thesaurus.models import ConceptAncestor, LabelKey, LabelStart

_MOST_NEEDS, _MOST_KINDS, _MOST_SUGGESTIONS = 2, 6, 6
_MOST_WORDS = 12
_SHORTEST = 3  # letters of a word that may recall a label
_MOST_CALLED, _MOST_LOOKED_AT = 4, 20  # parties that one name may mean; those that are looked at for it

_NAMES = (Part.TITLE, Part.NAME)


@dataclass(frozen=True)
class Understood:
    """The choice that the words lead to (None when no word is known), and what else they may have meant."""

    choice: Choice | None
    suggested: tuple[Need, ...] = ()


@dataclass(frozen=True)
class Meant:
    """A unit that a typed name may mean: the name it was found by, with its years."""

    unit: AdminUnit
    name: gazetteer.Name
    code: str

    @property
    def above(self) -> tuple[AdminUnit, ...]:
        """What the unit lies in, for telling it from another of the same name."""
        parent = self.unit.parent
        return tuple(unit for unit in (parent, parent.parent if parent else None) if unit)


def understand(words: str, *, actor: Any, choice: Choice, now: dt.datetime, unchecked: bool = False) -> Understood:  # noqa: ARG001 - the vocabulary is public
    """Read free words in any of the four languages; ``unchecked`` names also entries that nobody verified.

    A name that is nothing but words of the vocabulary means the need first, and that of a place any help there; beside
    it stands whoever is called so.
    """
    matches, unit = _whole_labels(words), _place_said(words)
    plain = SMALL_WORDS | {word for match in matches for word in match.words.split()} >= set(folded(words, "en"))
    parties = finder.may_be_named(
        _parties_called(words, now.date(), wholly=plain or bool(unit)), now=now, unchecked=unchecked
    )
    called = tuple(party.code for party in parties)
    by_name = choice.change(needs=(), kinds=(), called=called, filters=frozenset())
    if unit and not matches:
        return Understood(choice.change(needs=(ANY_HELP,), kinds=(), called=called, place=unit.code))
    if called and not plain:
        return Understood(by_name)
    concepts = _concepts(words, matches)
    kinds, chosen = _kinds(concepts), _needs(concepts)
    if not kinds and not chosen and len(words.split()) == 1:  # a profession, say: the help in whose names it stands
        kinds = _kinds(set().union(*(found for match in matches for found in _by_word(match.words))))
    if kinds or chosen:
        return Understood(choice.change(needs=chosen, kinds=kinds, called=called))
    if called:
        return Understood(by_name)
    near = set().union(*_by_word(words))
    suggested = [*Need.objects.filter(code__in=_needs(near)).order_by("rank"), *_of_kinds(_kinds(near))]
    return Understood(None, tuple(dict.fromkeys(suggested))[:_MOST_SUGGESTIONS])


def meant(typed: str, *, actor: Any) -> list[Meant]:
    """Units that a typed name may mean, best first; one alone only where it is spelled so and nothing else is."""
    found = places.units_found(actor=actor, text=typed)
    sure = [row for row in found if row.found.match in ("exact", "folded")]
    return [_meant(row) for row in _outermost(sure) or found]


def meant_by_codes(codes: str, *, actor: Any) -> list[Meant]:
    """The units of an address such as ``4021-3.4620-0``: a unit's code and the number of the name it was found by."""
    found = []
    for part in codes.split("."):
        code, _dash, number = part.partition("-")
        unit = places.unit_by_code(actor=actor, code=int(code)) if code.isdecimal() and len(code) < 7 else None
        names = gazetteer.load().names.get(unit.key, []) if unit else []
        if unit and number.isdecimal() and int(number) < len(names):
            found.append(Meant(unit, names[int(number)], part))
    return found


def is_sure(found: list[Meant], typed: str) -> bool:
    """Whether the only unit found is spelled as typed, so that nobody need be asked."""
    return len(found) == 1 and gazetteer.load().find(typed, limit=1)[0].match in ("exact", "folded")


def _outermost(found: list[places.UnitFound]) -> list[places.UnitFound]:
    """Without the city of a region that is called the same, and without a region that was once called like its city."""
    above = {row.found.unit_id: set(gazetteer.load().ancestors(row.found.unit_id)) for row in found}
    now = {row.found.unit_id for row in found if row.found.in_use}
    around = set().union(*above.values())
    return [
        row
        for row in found
        if now.isdisjoint(above[row.found.unit_id]) and (row.found.in_use or row.found.unit_id not in around)
    ]


def _meant(row: places.UnitFound) -> Meant:
    names = gazetteer.load().names[row.found.unit_id]
    number = next(
        place
        for place, name in enumerate(names)
        if (name.text, name.lang, name.kind) == (row.found.name, row.found.lang, row.found.kind)
    )
    return Meant(row.unit, names[number], f"{row.unit.code}-{number}")


def _place_said(words: str) -> AdminUnit | None:
    """The place that the words are, where nobody need be asked which."""
    found = meant(words, actor=None)
    return found[0].unit if is_sure(found, words) else None


def _parties_called(words: str, day: dt.date, *, wholly: bool) -> list[Party]:
    """Public parties in whose names every word stands, slips and other scripts forgiven; none where too many are called so.

    ``wholly``, or where many are, only those with a name that says no more than the words.
    """
    found = search.results(query=words, language="en", facets={"kind": [PARTY]}, per_page=_MOST_LOOKED_AT)
    codes = [hit.record_id for hit in found.hits if all(one.part in _NAMES for one in hit.reasons)]
    rows = Party.objects.public(day).filter(code__in=codes).prefetch_related("name_rows")
    parties = sorted(rows, key=lambda party: codes.index(party.code))
    if wholly or len(parties) > _MOST_CALLED:
        parties = [party for party in parties if _is_whole_name(words, party)]
    return parties if len(parties) <= _MOST_CALLED else []


def _is_whole_name(words: str, party: Party) -> bool:
    names = [*party.names.values(), *(row.text for row in party.name_rows.all())]
    return any(_length(name) <= _length(words) for name in names)


def _length(name: str) -> int:
    return len(set(folded(name, "en")) - SMALL_WORDS)


def _concepts(words: str, matches: list[vocabulary.Match]) -> set[UUID]:
    """What the words name: whole labels, unless a label that holds more of the words in another order fits better."""
    longest = max((len(match.words.split()) for match in matches), default=0)
    covered = Counter(concept for found in _by_word(words) for concept in found)
    most = max(covered.values(), default=0)
    if most > max(longest, 1):
        return {concept for concept, count in covered.items() if count == most}
    return {UUID(concept) for match in matches for concept in match.concepts}


def _whole_labels(words: str) -> list[vocabulary.Match]:
    runs = vocabulary.windows(words)
    keys = {key for run in runs for key in run.keys}
    known: dict[str, list[tuple[str, str]]] = defaultdict(list)
    rows = LabelKey.objects.filter(key__in=keys).values_list("key", "label__concept_id", "label__lang")
    for key, concept, lang in rows:
        known[key].append((str(concept), lang))
    return vocabulary.longest_matches(runs, known)


def _by_word(words: str) -> list[set[UUID]]:
    """For each word the concepts with a label that holds a word of the same beginning."""
    found = []
    for word in dict.fromkeys(folded(words, "en")[:_MOST_WORDS]):
        beginnings = {stem for lang in vocabulary.READ for stem in analyse(word, lang) if len(stem) >= _SHORTEST}
        ranges = Q()
        for low, high in (vocabulary.prefix_range(beginning, "") for beginning in beginnings):
            ranges |= Q(start__gte=low, start__lt=high)
        rows = LabelStart.objects.filter(ranges) if ranges else LabelStart.objects.none()
        found.append(set(rows.values_list("label__concept_id", flat=True)))
    return found


def _kinds(concepts: set[UUID]) -> tuple[int, ...]:
    """Kinds of help among the concepts, and those right under one of them, by their numbers."""
    below = ConceptAncestor.objects.filter(ancestor__in=concepts, distance__lte=1).values("concept")
    found = HelpKind.objects.filter(Q(concept__in=concepts) | Q(concept__in=below)).order_by("rank")
    keys = found.values_list("concept__key", flat=True)[:_MOST_KINDS]
    return tuple(concept_number(key) for key in keys if key.startswith("hm"))


def _needs(concepts: set[UUID]) -> tuple[int, ...]:
    """Codes of the needs that most of the concepts are about, all that share the first place."""
    rows = Need.about.through.objects.filter(concept__in=concepts).values_list("need__code", "need__rank")
    counted = Counter(rows)
    most = max(counted.values(), default=0)
    best = sorted((rank, code) for (code, rank), times in counted.items() if times == most)
    return tuple(code for _rank, code in best[:_MOST_NEEDS])


def _of_kinds(numbers: Iterable[int]) -> list[Need]:
    """Needs that lead to some kinds of help, the best fitting first."""
    keys = [concept_key(number) for number in numbers]
    rows = NeedConcept.objects.filter(concept__key__in=keys).select_related("need").order_by("-weight", "need__rank")
    return list(dict.fromkeys(row.need for row in rows))
