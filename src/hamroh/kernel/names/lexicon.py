"""Names that belong together although they do not sound alike: attested spellings, short forms, and compounds with a part left out.

A *group* is one name with everything that it is called. Its number holds in this process only, its key for ever, so that keyed hashes
can be made of it. What the tables of letters join by themselves is not here.
"""

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from hamroh.kernel.datafiles import rows
from hamroh.kernel.names.sounds import plain, readings, squeezed

VARIANTS, DIMINUTIVES, COMPOUNDS = "names/variants.csv", "names/diminutives.csv", "names/compounds.csv"
Why = Literal["variant", "diminutive"]
#: a compound has no more heads and tails that are left out: Mirzo-Ali-jon
_CUTS = 2
_PLACES = {"tail": ".{{{least},}}?({form})$", "head": "({form})(?=.{{{least}}})"}
_WHY: dict[str, Why] = {"short": "diminutive", "variant": "variant"}
_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Group:
    """A name: what it is called in every release, as it is written, why its forms are together, and what they sound like."""

    key: str
    head: str
    why: Why
    sounds: frozenset[str]


def groups(root: str, plain_word: str = "") -> frozenset[int]:
    """The numbers of the groups to which a root in sounds belongs, and those of the whole word (as `sounds.plain` gives it), if any.

    >>> [(head(group), why(group)) for group in groups("tolik")]
    [('Анатолий', 'diminutive')]
    """
    found = _numbers().get(root, _NONE)
    for way in readings(plain_word) if plain_word else ():
        found |= _numbers().get(squeezed(way), _NONE)
    return found


def key(group: int) -> str:
    """What a group is called in every process and release: an item of Wikidata, or its name in small letters."""
    return _groups()[group].key


def head(group: int) -> str:
    """A name of the group as it is written."""
    return _groups()[group].head


def why(group: int) -> Why:
    """Whether a group holds spellings of one name, or short forms as well."""
    return _groups()[group].why


@functools.lru_cache(maxsize=1 << 14)
def tails(root: str) -> tuple[str, ...]:
    """What is left of a compound without a head or tail that people leave out or add, the longest first.

    >>> tails("rajabali"), tails("mirzoalijon"), tails("rajab")
    (('rajab',), ('mirzoali', 'alijon', 'mirzo', 'ali'), ())
    """
    found: dict[str, None] = {}
    edge = [root]
    for _cut in range(_CUTS):
        edge = [left for each in edge for left in _without_one(each)]
        found |= dict.fromkeys(edge)
    return tuple(sorted(found, key=lambda left: (-len(left), left)))


def _without_one(root: str) -> Iterator[str]:
    for either, patterns in _compounds():
        for pattern in patterns if either.match(root) else ():
            if match := pattern.match(root):
                yield root[: match.start(1)] or root[match.end(1) :]


@functools.cache
def _compounds() -> tuple[tuple[re.Pattern[str], tuple[re.Pattern[str], ...]], ...]:
    """The patterns of tails, then of heads, and before them one that says whether any of them may fit, for most do not."""
    found = []
    for place, form in _PLACES.items():
        table = [row for row in rows(COMPOUNDS) if row["place"] == place]
        any_form = {"form": "|".join(row["form"] for row in table), "least": min(int(row["least"]) for row in table)}
        found.append((re.compile(form.format(**any_form)), tuple(re.compile(form.format(**row)) for row in table)))
    return tuple(found)


@functools.cache
def _groups() -> tuple[_Group, ...]:
    """Every group: our own, whose names are also called whatever Wikidata calls them, then the others that Wikidata knows."""
    known = [
        _Group(row["group"], row["written"].split()[0], "variant", frozenset(row["sounds"].split()))
        for row in rows(VARIANTS)
    ]
    of = _by_sound(known)
    own = _own({sounds: [known[number] for number in numbers] for sounds, numbers in of.items()})
    taken = {number for name in own for number in of.get(name, ())}
    return (*own.values(), *(group for number, group in enumerate(known) if number not in taken))


def _own(known: dict[str, list[_Group]]) -> dict[str, _Group]:
    """Our groups by the sounds of their names; a short form of a variant (Mamish of Mammad) is one of its name (Muhammad)."""
    called: dict[str, str] = {}
    for row in rows(DIMINUTIVES):
        name, *forms = row["sounds"].split()
        if row["kind"] == "variant":
            called |= {form: name for form in (name, *forms) if form not in called}
    own: dict[str, _Group] = {}
    for row in rows(DIMINUTIVES):
        root, *forms = row["sounds"].split()
        name = called.get(root, root)
        theirs = frozenset[str]().union(*(group.sounds for group in known.get(name, ())))
        sounds = {form for form in theirs if called.get(form, name) == name} | {root, *forms}
        own[name] = _with(own.get(name), _Group(plain(row["name"]), row["name"], _WHY[row["kind"]], frozenset(sounds)))
    return own


def _with(older: _Group | None, group: _Group) -> _Group:
    """One group for two rows of one name."""
    if older is None:
        return group
    either: Why = "diminutive" if "diminutive" in (older.why, group.why) else "variant"
    return _Group(older.key, older.head, either, older.sounds | group.sounds)


@functools.cache
def _numbers() -> dict[str, frozenset[int]]:
    return _by_sound(_groups())


def _by_sound(groups: Iterable[_Group]) -> dict[str, frozenset[int]]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, group in enumerate(groups):
        for sounds in group.sounds:
            numbers[sounds].append(number)
    return {sounds: frozenset(found) for sounds, found in numbers.items()}
