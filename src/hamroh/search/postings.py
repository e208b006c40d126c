"""What a process remembers of the index between searches, and how it stays in step with the database.

Every search begins by reading the last change's stamp (one row). A record is known by its place, a row number: facets, quality
and liveness are arrays with an element a place, and each form of a word asked for lately has the array of the places it stands in.
"""

import datetime as dt
import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from django.db import connection
from django.utils import timezone

from hamroh.search import backends
from hamroh.search.facets import Facets, Mask, Places
from hamroh.search.models import Change, Content, Record
from hamroh.search.tokens import PAIR, form_of, inflated, tokens_of

#: Bytes of remembered forms; the oldest half of them goes when there are more.
REMEMBERED = 96 * 2**20
_AHEAD = 0.75  # the share of that which is filled before anybody asks
_ENTRY = 250  # bytes that a form costs besides its places
_COMMON = 100  # records from which on a form is brought into memory before anybody asks for it
_AT_ONCE = 200
_CORRECTIONS = 5000  # words whose nearest ones are remembered
_NEVER = 2**31 - 1
NOWHERE: Places = np.empty(0, np.uint32)
#: Where a form stands: places by the part they have it in, worst part first.
Stands = tuple[tuple[str, Places], ...]


@dataclass(frozen=True)
class Terms:
    """Hashes of every form of a word in use, so that the database is not asked for what nowhere stands; ``None``: not known."""

    hashes: np.ndarray | None = None
    added: frozenset[int] = frozenset()

    def in_use(self, forms: Sequence[str]) -> list[str]:
        """These forms without those that no record has; pairs of words are not known here and stay."""
        if self.hashes is None or not forms:
            return list(forms)
        wanted = np.fromiter(map(hash, forms), np.int64, len(forms))
        near = np.minimum(np.searchsorted(self.hashes, wanted), len(self.hashes) - 1)
        held = self.hashes[near] == wanted if len(self.hashes) else np.zeros(len(forms), bool)
        return [
            form
            for form, known in zip(forms, held.tolist(), strict=True)
            if known or form.startswith(PAIR) or hash(form) in self.added
        ]

    def with_forms(self, forms: Iterable[str]) -> "Terms":
        return self if self.hashes is None else replace(self, added=self.added.union(map(hash, forms)))


@dataclass
class View:
    """The index as of one change; a newer change makes a new view, so that a running search keeps its own.

    ``there`` are records that have not been taken out, ``live`` those of them that are still public on ``day``, by ``ends`` (the
    last day of each, as a number). ``order`` is what the words leave open, 31 bits a place: the stored quality, then a hash of
    the record's name.
    """

    stamp: str = ""
    change: int = 0
    size: int = 0
    day: int = 0
    there: Mask = field(default_factory=lambda: np.zeros(0, bool))
    ends: np.ndarray = field(default_factory=lambda: np.zeros(0, np.int32))
    live: Mask = field(default_factory=lambda: np.zeros(0, bool))
    order: np.ndarray = field(default_factory=lambda: np.zeros(0, np.uint32))
    facets: Facets = field(default_factory=Facets)
    terms: Terms = field(default_factory=Terms)
    forms: dict[str, Stands] = field(default_factory=dict)
    weight: int = 0
    corrections: dict[str, list[str]] = field(default_factory=dict)

    def find(self, forms: Iterable[str]) -> dict[str, Stands]:
        """Where each form stands: from memory, or from the database and then remembered."""
        held = self.forms
        asked = dict.fromkeys(forms)
        found = {form: stands for form in asked if (stands := held.get(form)) is not None}
        if missing := self.terms.in_use([form for form in asked if form not in found]):
            tokens = {form: tokens_of(form) for form in missing}
            stored = backends.store().find([token for some in tokens.values() for _, token in some])
            known = {token: places[places < self.size] for token, places in stored.items()}  # not what came since
            fresh = {
                form: tuple((part, known[token]) for part, token in some if token in known)
                for form, some in tokens.items()
            }
            self._remember(fresh)
            found |= fresh
        return found

    def bring(self, forms: Sequence[str]) -> None:
        """Have these forms in memory, as many as most of it takes."""
        for start in range(0, len(forms), _AT_ONCE):
            if self.weight > _AHEAD * REMEMBERED:
                break
            self.find(forms[start : start + _AT_ONCE])

    def corrected(self, word: str, suggest: Callable[[str], list[str]]) -> list[str]:
        """The words in use nearest to a typed one, looked up once."""
        near = self.corrections.get(word)
        if near is None:
            near = suggest(word)
            if len(self.corrections) >= _CORRECTIONS:
                self.corrections.clear()
            self.corrections[word] = near
        return near

    def _remember(self, fresh: dict[str, Stands]) -> None:
        """The threads of a process share what they remember: one at a time adds to it, and a full one is replaced, not emptied."""
        with _remembering:
            self.weight += _weight(fresh)
            if self.weight > REMEMBERED:
                self.forms = dict(list(self.forms.items())[len(self.forms) // 2 :])
                self.weight = _weight(self.forms) + _weight(fresh)
            self.forms.update(fresh)


_view = View()
_lock, _remembering = threading.Lock(), threading.Lock()


def view() -> View:
    """The index as the database has it now."""
    global _view
    held, today = _view, timezone.now().date().toordinal()
    if held.stamp == _last_stamp():
        return held if held.day == today else _of_day(held, today)
    with _lock:
        changes = _later(_view)
        held = _read_all() if changes is None else _brought_up(_view, changes)
        _view = held = _of_day(held, today)
    return held


def _of_day(held: View, today: int) -> View:
    """The same as seen on a day: what was public until yesterday is found no more."""
    global _view
    _view = replace(held, day=today, live=held.there & (held.ends >= today))
    return _view


def _last_stamp() -> str:
    """Asked by every search, so without the ORM's half millisecond."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT stamp FROM search_change ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
    return row[0] if row else ""


def warm() -> None:
    """Read the index and its commonest forms, so that a process's first searches need not."""
    known = backends.store().terms()
    common = [token for _, token in sorted(((count, token) for token, count in known or () if count >= _COMMON))]
    held = view()
    held.facets.index()
    held.bring(list(dict.fromkeys(token[1:] for token in reversed(common))))


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
    fresh = View(stamp=last.stamp, change=last.pk, terms=_terms())
    _take_in(fresh, Record.objects.filter(place__lt=last.next), last.next)
    return fresh


def _terms() -> Terms:
    known = backends.store().terms()
    if known is None:
        return Terms()
    return Terms(np.unique(np.fromiter((hash(token[1:]) for token, _ in known), np.int64)))


def _brought_up(known: View, changes: Sequence[Change]) -> View:
    """A new view: what came is added to every array in memory, what went is no longer alive."""
    if not changes:
        return known
    last = changes[-1]
    fresh = replace(
        known, stamp=last.stamp, change=last.pk, there=known.there.copy(), forms=dict(known.forms), corrections={}
    )
    _take_in(fresh, Record.objects.filter(place__gte=known.size, place__lt=last.next), last.next)
    _take_tokens(fresh, Content.objects.filter(place__gte=known.size, place__lt=last.next))
    fresh.there[[place for change in changes for place in change.removed]] = False
    return fresh


def _take_in(fresh: View, records: Iterable[Record], size: int) -> None:
    """Let arrays reach up to ``size`` and fill in these records."""
    came = size - fresh.size
    fresh.there = np.concatenate([fresh.there, np.zeros(came, bool)])
    fresh.ends = np.concatenate([fresh.ends, np.full(came, _NEVER, np.int32)])
    fresh.order = np.concatenate([fresh.order, np.zeros(came, np.uint32)])
    said: dict[int, str] = {}
    for place, quality, tie, facets, last in _rows(records):
        said[place] = facets
        fresh.order[place] = quality << 24 | tie
        fresh.there[place] = True
        if last is not None:
            fresh.ends[place] = last.toordinal()
    fresh.facets = fresh.facets.grown(fresh.size, said, size)
    fresh.size = size


def _rows(records: Iterable[Record]) -> Iterator[tuple[int, int, int, str, dt.date | None]]:
    rows = records.values_list("place", "quality", "tie", "facets", "last_date").order_by("place")  # type: ignore[attr-defined]
    return iter(rows.iterator(chunk_size=5000))


def _take_tokens(fresh: View, contents: Iterable[Content]) -> None:
    came: dict[str, list[int]] = defaultdict(list)
    rows = contents.values_list("place", "tokens")  # type: ignore[attr-defined]
    for place, tokens in rows.iterator(chunk_size=500):
        for token in inflated(tokens).split():
            came[token].append(place)
    forms = {form_of(token) for token in came}
    fresh.terms = fresh.terms.with_forms(forms)
    for form in forms & fresh.forms.keys():
        known = dict(fresh.forms[form])
        fresh.forms[form] = tuple(
            (part, np.concatenate([known.get(part, NOWHERE), np.array(came.get(token, ()), np.uint32)]))
            for part, token in tokens_of(form)
            if part in known or token in came
        )


def _weight(held: Mapping[str, Stands]) -> int:
    """Bytes that forms in memory take."""
    return sum(_ENTRY + sum(places.nbytes for _, places in stands) for stands in held.values())
