"""What a process remembers of the index between searches, and how it stays in step with the database.

Every search begins by reading the last change's stamp (one row). Memory holds one bit a record for each facet value and each
token asked for lately: about 12 KB at 100,000 records.
"""

import threading
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from hamroh.search import backends
from hamroh.search.bits import Bits, Kept, Planes, from_places, kept, places, planes_of, union, weight
from hamroh.search.models import Change, Content, Record
from hamroh.search.tokens import inflated

#: Bytes of remembered tokens; the oldest half of them goes when there are more.
REMEMBERED = 96 * 2**20
_ENTRY = 200  # bytes that a token costs besides its bits
_QUALITY_BITS = 7
_ONE_BY_ONE = 14_000  # records up to which their values are counted one by one
FacetValue = tuple[str, str]


@dataclass
class View:
    """The index as of one change; a newer change makes a new view, so that a running search keeps its own."""

    stamp: str = ""
    change: int = 0
    size: int = 0
    live: Bits = 0
    quality: bytearray = field(default_factory=bytearray)
    ties: tuple[bytearray, ...] = field(default_factory=lambda: (bytearray(), bytearray(), bytearray()))
    facets: dict[str, dict[str, Bits]] = field(default_factory=dict)
    names: list[FacetValue] = field(default_factory=list)
    values: list[tuple[int, ...]] = field(default_factory=list)
    tokens: dict[str, Kept] = field(default_factory=dict)
    order: Planes = field(default_factory=list)
    weight: int = 0
    corrections: dict[str, list[str]] = field(default_factory=dict)

    def count(self, members: Bits) -> Counter[FacetValue]:
        """How many of these records have each (facet, value), exactly."""
        if members.bit_count() <= _ONE_BY_ONE:
            found = Counter(chain.from_iterable(map(self.values.__getitem__, places(members))))
            return Counter({self.names[number]: count for number, count in found.items()})
        sets = ((name, value, found) for name, values in self.facets.items() for value, found in values.items())
        return Counter({(name, value): (found & members).bit_count() for name, value, found in sets})

    def find(self, tokens: Iterable[str]) -> dict[str, Kept]:
        """The places of each token: from memory, or from the database and then remembered."""
        held = self.tokens
        found = {token: held[token] for token in tokens if token in held}
        if missing := [token for token in dict.fromkeys(tokens) if token not in found]:
            stored = backends.store().find(missing)
            fresh = {token: kept(stored.get(token, ())) for token in missing}
            self._remember(fresh)
            found |= fresh
        return found

    def _remember(self, fresh: dict[str, Kept]) -> None:
        self.weight += sum(_ENTRY + weight(found) for found in fresh.values())
        if self.weight > REMEMBERED:
            self.tokens = dict(list(self.tokens.items())[len(self.tokens) // 2 :])
            self.weight = sum(_ENTRY + weight(found) for found in [*self.tokens.values(), *fresh.values()])
            self.corrections.clear()
        self.tokens.update(fresh)


_view = View()
_lock = threading.Lock()


def view() -> View:
    """The index as the database has it now."""
    global _view
    last = Change.objects.order_by("-id").values_list("stamp", flat=True).first() or ""
    held = _view
    if held.stamp == last:
        return held
    with _lock:
        changes = _later(_view)
        held = _read_all() if changes is None else _brought_up(_view, changes)
        _view = held
    return held


def forget() -> None:
    """Begin anew, as a process that has just started."""
    global _view
    _view = View()


def _later(known: View) -> list[Change] | None:
    """Changes after the one we know, or None where our own is not among them."""
    changes = list(Change.objects.filter(id__gte=known.change).order_by("id"))
    return changes[1:] if known.stamp and changes and changes[0].stamp == known.stamp else None


def _read_all() -> View:
    last = Change.objects.order_by("-id").first()
    if last is None:
        return View()
    fresh = View(stamp=last.stamp, change=last.pk, size=last.next)
    _take_in(fresh, Record.objects.filter(place__lt=last.next))
    return fresh


def _brought_up(known: View, changes: Sequence[Change]) -> View:
    """A new view: what came is added to every set in memory, what went is no longer alive."""
    if not changes:
        return known
    last = changes[-1]
    fresh = View(
        stamp=last.stamp,
        change=last.pk,
        size=last.next,
        live=known.live,
        quality=bytearray(known.quality),
        ties=tuple(map(bytearray, known.ties)),
        facets={name: dict(values) for name, values in known.facets.items()},
        names=list(known.names),
        values=list(known.values),
        tokens=dict(known.tokens),
        weight=known.weight,
    )
    _take_in(fresh, Record.objects.filter(place__gte=known.size, place__lt=last.next))
    _take_tokens(fresh, Content.objects.filter(place__gte=known.size, place__lt=last.next))
    fresh.live &= ~from_places([place for change in changes for place in change.removed])
    return fresh


def _take_in(fresh: View, records: Iterable[Record]) -> None:
    for row in (fresh.quality, *fresh.ties):
        row.extend(bytes(fresh.size - len(row)))
    said: dict[int, str] = {}
    for place, quality, tie, facets in _rows(records):
        said[place] = facets
        fresh.quality[place] = quality
        for row, octet in zip(fresh.ties, tie.to_bytes(3, "little"), strict=True):
            row[place] = octet
    _take_facets(fresh, said)
    fresh.live |= from_places(list(said))
    fresh.order = [plane for row in fresh.ties for plane in planes_of(row)] + planes_of(fresh.quality, _QUALITY_BITS)


def _take_facets(fresh: View, said: Mapping[int, str]) -> None:
    fresh.values.extend([()] * (fresh.size - len(fresh.values)))
    numbers = {name: number for number, name in enumerate(fresh.names)}
    known: dict[str, tuple[int, ...]] = {}
    members: dict[int, list[int]] = defaultdict(list)
    for place, facets in said.items():
        if facets not in known:
            known[facets] = tuple(_number(value, numbers, fresh.names) for value in _values(facets))
        fresh.values[place] = known[facets]
        for number in known[facets]:
            members[number].append(place)
    for number, came in members.items():
        name, value = fresh.names[number]
        values = fresh.facets.setdefault(name, {})
        values[value] = values.get(value, 0) | from_places(came)


def _values(facets: str) -> Iterator[FacetValue]:
    for line in facets.split("\n"):
        name, _, value = line.partition("=")
        yield name, value


def _number(value: FacetValue, numbers: dict[FacetValue, int], names: list[FacetValue]) -> int:
    """The number of a facet value, a new one where it has none."""
    if value not in numbers:
        numbers[value] = len(names)
        names.append(value)
    return numbers[value]


def _rows(records: Iterable[Record]) -> Iterator[tuple[int, int, int, str]]:
    rows = records.values_list("place", "quality", "tie", "facets")  # type: ignore[attr-defined]
    return iter(rows.iterator(chunk_size=5000))


def _take_tokens(fresh: View, contents: Iterable[Content]) -> None:
    came: dict[str, list[int]] = defaultdict(list)
    rows = contents.values_list("place", "tokens")  # type: ignore[attr-defined]
    for place, tokens in rows.iterator(chunk_size=500):
        for token in inflated(tokens).split():
            if token in fresh.tokens:
                came[token].append(place)
    for token, added in came.items():
        fresh.tokens[token] = union([fresh.tokens[token], array("I", added)])
