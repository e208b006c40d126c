"""What a person is found by in an exchange: keys that each say so much that hardly a stranger shares them.

A key joins two or three words of a name, or one, with a home and a year of birth as far as it needs them: what says enough without is
asked about without. Where a side lacks a fact the key says that it is lacking, so that it opens nobody of whom it is known.
"""

import functools
import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hamroh.kernel.linkage.facts import Facts
from hamroh.kernel.linkage.people import Record, names_of
from hamroh.kernel.names import lexicon
from hamroh.kernel.names.comparing import usual_frequency
from hamroh.kernel.names.keys import keys
from hamroh.kernel.names.reading import Hearing, Name, Part

#: how far the counts of two lists may differ, in bits
SLACK = 0.3
#: names of a person, words of a name and readings of a word that keys are made of
NAMES, WORDS, READINGS = 2, 4, 3
#: consonants of the first and of the last part of a word, one of which a slip of the pen leaves as it was
PIECE = 4
#: consonants that a word begins with
FIRST = 1
#: begins the code of a name that a word is a variant of
GROUP = "+"
#: so many people of the usual kind are counted beside those of a list, so that a short list says little about rarity
USUAL = 50
#: how usual a home, a year and a name of a group are, where a list does not say; the rarest that a lacking fact counts
_HOME, _YEAR, _GROUP, _LACKING = 2**-6, 2**-4, 2**-7, 0.02


@dataclass(frozen=True, slots=True)
class Known:
    """A record as it is read: its id, its names, its facts."""

    id: str
    names: tuple[Name, ...]
    facts: Facts

    @classmethod
    def of(cls, record: Record, hear: Hearing) -> "Known":
        """ValueError says which of the facts cannot be read."""
        return cls(str(record["id"]), tuple(names_of(record, hear)[:NAMES]), Facts.of(record))

    @property
    def year(self) -> int | None:
        """The year of birth where it is one."""
        years = self.facts.years
        return years[0] if years and years[0] == years[1] else None

    @property
    def homes(self) -> list[str]:
        """The places that the home may mean; the sounds of its name where no table has it."""
        found = self.facts.place.keys if self.facts.place else frozenset()
        return sorted(key for key in found if key[0] == "u") or sorted(key for key in found if key[0] == "s")


@functools.lru_cache(maxsize=1 << 17)
def wholes(roots: tuple[str, ...]) -> tuple[str, ...]:
    """Codes of what a word sounds like, without vowels and v."""
    forms = [keys(root) for root in roots[:READINGS]]
    return tuple(dict.fromkeys(f"={form.bare or form.coarse}" for form in forms))


@functools.lru_cache(maxsize=1 << 17)
def pieces(roots: tuple[str, ...]) -> tuple[str, ...]:
    """Codes that words also share which do not sound alike: the first and last consonants, and what a name is also called."""
    found: dict[str, None] = {}
    for root in roots[:2]:
        rough = keys(root).coarse
        if len(rough) >= PIECE:
            found |= dict.fromkeys((f"<{rough[:PIECE]}", f">{rough[-PIECE:]}"))
    for root in roots[:2]:
        found |= dict.fromkeys(f"{GROUP}{lexicon.key(group)}" for group in sorted(lexicon.groups(root)))
    return tuple(found)


@functools.lru_cache(maxsize=1 << 17)
def firsts(roots: tuple[str, ...]) -> tuple[str, ...]:
    """Codes of how a word begins."""
    return tuple(dict.fromkeys(f"/{keys(root).coarse[:FIRST]}" for root in roots[:2]))


@functools.lru_cache(maxsize=1 << 17)
def _skeletons(roots: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"~{keys(root).skeleton or keys(root).coarse}" for root in roots))


class Counts:
    """How rare the sounds of names, homes and years are in a list, and how many people lack the facts."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._counts: Counter[str] = Counter()
        self._rarities: dict[str, float] = {}
        self._total = 0
        for person in people:
            self._total += 1
            parts = [part for name in person.names for part in name.parts[:WORDS]]
            codes = {
                code for part in parts for make in (wholes, pieces, firsts, _skeletons) for code in make(part.roots)
            }
            self._counts.update(codes)
            self._counts.update(person.homes or ["no home"])
            self._counts["no year" if person.year is None else f"year {person.year}"] += 1

    def rarity(self, code: str) -> float:
        """Bits: how few people have a name of this code."""
        known = self._rarities.get(code)
        if known is None:
            known = self._rarities[code] = self._bits(self._counts[code], _usual(code))
        return known

    def home(self, home: str) -> float:
        """Bits of a home."""
        return self._bits(self._counts[home], _HOME)

    def year(self, year: int) -> float:
        """Bits of a year of birth, give or take one."""
        return self._bits(sum(self._counts[f"year {each}"] for each in (year - 1, year, year + 1)), _YEAR)

    def lacking(self, fact: str) -> float:
        """Bits of not having a home, or a year."""
        return -math.log2(max(_LACKING, self._counts[f"no {fact}"] / max(1, self._total)))

    def of_word(self, part: Part) -> float:
        """Of the commonest of a word's skeletons."""
        return min(map(self.rarity, _skeletons(part.roots)), default=0.0)

    def _bits(self, count: int, usual: float) -> float:
        return -math.log2(min(1.0, (count + USUAL * usual) / (self._total + USUAL)))


def _usual(code: str) -> float:
    """How frequent a code usually is. Half a name is as frequent as a shorter one."""
    return _GROUP if code[0] == GROUP else usual_frequency(code[2:] if code[0] in "<>" else code[1:])


@dataclass(frozen=True, slots=True)
class Width:
    """How readily a key opens somebody: `rarer` bits rarer than that one person of the longer list has it by chance, `nearly` bits more
    for one word and the beginning of another, and `lacks` is the share of its bits that a lacking fact counts."""

    rarer: float
    nearly: float
    lacks: float


#: hardly a stranger is opened; hardly a pair is missed
NARROW, WIDE = Width(2.0, 2.0, 0.5), Width(-0.5, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Rule:
    """Which keys are made: so many bits rare at least, for who asks or for who answers."""

    least: float
    width: Width
    asks: bool

    @property
    def lowest(self) -> float:
        """Who asks also asks about what is nearly rare enough, for the other side counts otherwise."""
        return self.least - SLACK if self.asks else self.least

    @property
    def enough(self) -> float:
        """From here on nothing more is joined."""
        return self.least + SLACK if self.asks else self.least


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a fact of a person adds to a key: its texts and bits where it is known; the same where one side lacks it."""

    known: Sequence[tuple[str, float]]
    lacking: Sequence[tuple[str, float]]

    @property
    def most(self) -> float:
        return max(bits for _text, bits in (*self.known, *self.lacking))


def keys_of(person: Known, counts: Counts, rule: Rule) -> list[str]:
    """The keys of a person by a rule, each once."""
    home = _Beside(
        [(home, counts.home(home)) for home in person.homes], _lacking(rule, "home", bool(person.homes), counts)
    )
    year = _Beside(_years(person.year, counts, rule), _lacking(rule, "year", person.year is not None, counts))
    found = (key for name in person.names for key in _of_name(name, (home, year), counts, rule))
    return list(dict.fromkeys(found))


def _years(year: int | None, counts: Counts, rule: Rule) -> list[tuple[str, float]]:
    """Who asks gives the year, who answers also those beside it: the cheaper way about."""
    beside = () if year is None else (year,) if rule.asks else (year - 1, year, year + 1)
    return [(str(each), counts.year(year)) for each in beside] if year is not None else []


def _lacking(rule: Rule, fact: str, known: bool, counts: Counts) -> list[tuple[str, float]]:
    """Who of both lacks a fact, as far as the own side can say: it does, or it asks about those who do."""
    who = ("answers",) if rule.asks and known else ("asks",) if rule.asks or known else ("asks", "answers")
    return [(f"{fact}less {each}", rule.width.lacks * counts.lacking(fact)) for each in who]


def _of_name(name: Name, beside: tuple[_Beside, _Beside], counts: Counts, rule: Rule) -> Iterator[str]:
    parts = name.parts[:WORDS]
    whole, half, first = ([make(part.roots) for part in parts] for make in (wholes, pieces, firsts))
    for i, j in itertools.permutations(range(len(parts)), 2):
        for pair in itertools.product(whole[i], first[j]):
            yield from _nearly(pair, sum(map(counts.rarity, pair)), beside, rule)
    for at in _given(parts) if any(part.sex == "female" for part in parts) else ():
        for code in whole[at]:
            yield from _alone(code, counts.rarity(code), beside, rule)
    for i, j in _together(parts, 2):
        for pair in itertools.product(whole[i], whole[j]):
            yield from _two(pair, counts, beside, rule)
        for pair in itertools.chain(itertools.product(whole[i], half[j]), itertools.product(whole[j], half[i])):
            yield from _partly(pair, counts, beside, rule)
    for chosen in _together(parts, 3):
        for three in itertools.product(*(whole[at][:2] for at in chosen)):
            yield from _three(three, [parts[at] for at in chosen], counts, beside, rule)


def _together(parts: Sequence[Part], count: int) -> Iterator[tuple[int, ...]]:
    """Which words are joined: a father's name and a surname are those of brothers and sisters, too, so one may be a given name."""
    given = _given(parts)
    chosen = itertools.combinations(range(len(parts)), count)
    return (each for each in chosen if not given or not given.isdisjoint(each))


def _given(parts: Sequence[Part]) -> set[int]:
    """Words that nothing says are a surname or a father's name."""
    return {at for at, part in enumerate(parts) if not part.ending and part.role != "patronymic"}


def _alone(code: str, bits: float, beside: tuple[_Beside, _Beside], rule: Rule) -> Iterator[str]:
    """A rare given name with a home and a year: for a woman whose surname is another one since she married."""
    home, year = beside
    for place, more in home.known:
        yield from _rare(f"{code} {place}", bits + more, year.known, rule)


def _texts(
    codes: Sequence[str], bits: float, beside: tuple[_Beside, _Beside], rule: Rule, *, years: bool = True
) -> Iterator[str]:
    """The words with as many facts as they need to be rare enough; with the year and no home only where `years` says so."""
    words, (home, year) = " ".join(sorted(codes)), beside
    if bits + home.most + year.most < rule.lowest:
        return
    if bits >= rule.lowest:
        yield words
    if bits >= rule.enough:
        return
    for place, more in home.known:
        yield from _with(f"{words} {place}", bits + more, [*year.known, *year.lacking], rule)
    for born, more in year.known if years else ():
        yield from _with(f"{words} {born}", bits + more, home.lacking, rule)


def _two(pair: Sequence[str], counts: Counts, beside: tuple[_Beside, _Beside], rule: Rule) -> Iterator[str]:
    """Two words with as many facts as they need."""
    bits = sum(map(counts.rarity, pair))
    yield from _texts(pair, bits, beside, rule)
    yield from _bare(pair, bits, beside, rule)


def _three(
    codes: Sequence[str], parts: Sequence[Part], counts: Counts, beside: tuple[_Beside, _Beside], rule: Rule
) -> Iterator[str]:
    """Three words, where no two of them do."""
    rarities = [*map(counts.rarity, codes)]
    if max((rarities[i] + rarities[j] for i, j in _together(parts, 2)), default=0.0) < rule.enough:
        yield from _texts(codes, sum(rarities), beside, rule)


def _partly(pair: Sequence[str], counts: Counts, beside: tuple[_Beside, _Beside], rule: Rule) -> Iterator[str]:
    """A word and a part of another one, or a name that it is a variant of."""
    bits = sum(map(counts.rarity, pair))
    yield from _texts(pair, bits, beside, rule, years=_nobody_has(beside[0]))
    if pair[1][0] == GROUP:
        yield from _bare(pair, bits, beside, rule)


def _bare(codes: Sequence[str], bits: float, beside: tuple[_Beside, _Beside], rule: Rule) -> Iterator[str]:
    """Words that are not rare enough alone, where neither fact is known on both sides: that, too, is rare."""
    if bits < rule.enough:
        words, (home, year) = " ".join(sorted(codes)), beside
        for who, more in home.lacking:
            yield from _rare(f"{words} {who}", bits + more, year.lacking, rule)


def _nearly(codes: Sequence[str], bits: float, beside: tuple[_Beside, _Beside], rule: Rule) -> Iterator[str]:
    """A word and how another one begins, with the home and the year where it is known: for a slip of the pen in the other word."""
    words, (home, year) = " ".join(codes), beside
    bits -= rule.width.nearly
    for place, more in home.known:
        yield from _rare(f"{words} {place}", bits + more, [*year.known, *year.lacking], rule)
    for born, more in year.known if _nobody_has(home) else ():
        yield from _rare(f"{words} {born}", bits + more, home.lacking, rule)


def _nobody_has(fact: _Beside) -> bool:
    """Whether nobody on the list has a fact, as where it is not compared. Else parts of words are not joined with the year alone: that
    opens strangers and finds hardly anybody."""
    return not fact.most


def _with(words: str, bits: float, facts: Sequence[tuple[str, float]], rule: Rule) -> Iterator[str]:
    """The words with a fact; with another one, too, where they do not do without."""
    if bits >= rule.lowest:
        yield words
    if bits < rule.enough:
        yield from _rare(words, bits, facts, rule)


def _rare(words: str, bits: float, facts: Sequence[tuple[str, float]], rule: Rule) -> Iterator[str]:
    return (f"{words} {fact}" for fact, more in facts if bits + more >= rule.lowest)
