"""What a process remembers of the vocabularies to widen queries by; any write to them makes it begin anew."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db import connection
from django.db.models import F, Model, QuerySet, Window
from django.db.models.functions import RowNumber

from hamroh.kernel import text as analysis
from hamroh.kernel import vocabulary
from hamroh.thesaurus.models import (
    Concept,
    ConceptAncestor,
    Label,
    LabelKey,
    LabelKind,
    Relation,
    RelationKind,
    Status,
)
from hamroh.vault.models import JournalLine

_K = TypeVar("_K", str, UUID)
_V = TypeVar("_V")
_M = TypeVar("_M", bound=Model)
_T = TypeVar("_T")
_KINDS = ("thesaurus.scheme", "thesaurus.concept")
_STAMP = f"SELECT COUNT(*), MAX(written_at) FROM {JournalLine._meta.db_table} WHERE record_kind IN (%s, %s)"  # noqa: S608, SLF001 - the name of our own table
_MOST = 30_000  # of each kind, then it begins anew: some 60 MB at the most
_MOST_WARM, _AT_ONCE = 5000, 500
_MOST_MADE = 200
_MOST_CONCEPTS = vocabulary.LIMIT  # narrower ones, and related ones, whose labels are read: each has at least one

#: (concept, its key, the label's language)
Known = tuple[UUID, str, str]
#: (concept, steps downwards or None where it is related)
Near = tuple[UUID, int | None]
#: (concept's key, language, text, folded)
Said = tuple[str, str, str, str]


@dataclass
class Memory:
    """Parts of the vocabularies by key or concept, as they were last read; what is not there has an empty entry."""

    stamp: Any = None
    _whole: bool = False  # whether every key of the vocabularies is known
    _known: dict[str, Sequence[Known]] = field(default_factory=dict)
    _near: dict[UUID, Sequence[Near]] = field(default_factory=dict)
    _said: dict[UUID, Sequence[Said]] = field(default_factory=dict)
    _made: dict[tuple[Any, ...], Any] = field(default_factory=dict)

    def made(self, what: tuple[Any, ...], make: Callable[[], _T]) -> _T:
        """What takes a walk through a whole vocabulary to tell, worked out once."""
        if what not in self._made:
            if len(self._made) >= _MOST_MADE:
                self._made = {}
            self._made[what] = make()
        return cast("_T", self._made[what])

    def known(self, keys: Iterable[str]) -> Mapping[str, Sequence[Known]]:
        """Concepts in use with a label of each key."""
        if self._whole:
            return {key: kept for key in set(keys) if (kept := self._known.get(key)) is not None}
        return _remembered(self._known, keys, _read_known)

    def read_keys(self) -> None:
        """Know every key, so that no other is asked for."""
        self._known, self._whole = dict(_keys(LabelKey.objects.all())), True

    def near(self, concepts: Iterable[UUID]) -> Mapping[UUID, Sequence[Near]]:
        """Concepts below each, nearest first, then related ones; as many as can matter."""
        return _remembered(self._near, concepts, _read_near)

    def said(self, concepts: Iterable[UUID]) -> Mapping[UUID, Sequence[Said]]:
        """Labels of each concept in the languages that records are written in."""
        return _remembered(self._said, concepts, _read_said)


_memory = Memory()


def state() -> Any:
    """What differs after any write to the vocabularies."""
    with connection.cursor() as cursor:
        cursor.execute(_STAMP, _KINDS)
        return cursor.fetchone()


def memory() -> Memory:
    """What is remembered, if the vocabularies are still as they were; lines of the journal are never taken away."""
    global _memory
    stamp = state()
    if _memory.stamp != stamp:
        _memory = Memory(stamp)
    return _memory


def forget() -> None:
    """Begin anew, as a process that has just started."""
    global _memory
    _memory = Memory()


def warm() -> None:
    """Remember all concepts in use, where they are not too many, and read the words of their labels."""
    held = memory()
    concepts = list(Concept.objects.exclude(status=Status.DEPRECATED).values_list("pk", flat=True)[: _MOST_WARM + 1])
    if len(concepts) > _MOST_WARM:
        return
    held.read_keys()
    for start in range(0, len(concepts), _AT_ONCE):
        some = concepts[start : start + _AT_ONCE]
        held.near(some)
        for labels in held.said(some).values():
            for _, lang, text, _ in labels:
                analysis.tokens(text, lang)


def _remembered(
    held: dict[_K, Sequence[_V]], wanted: Iterable[_K], read: Callable[[list[_K]], Mapping[_K, Sequence[_V]]]
) -> Mapping[_K, Sequence[_V]]:
    asked = set(wanted)
    found = {key: kept for key in asked if (kept := held.get(key)) is not None}  # another thread may clear it meanwhile
    if missing := sorted(asked - found.keys()):
        came = read(missing)
        fresh = {key: came.get(key, ()) for key in missing}
        if len(held) > _MOST:
            held.clear()
        held.update(fresh)
        found |= fresh
    return found


def _read_known(keys: list[str]) -> dict[str, list[Known]]:
    return _keys(LabelKey.objects.filter(key__in=keys))


def _keys(rows: QuerySet[LabelKey]) -> dict[str, list[Known]]:
    found: dict[str, list[Known]] = {}
    used = rows.exclude(label__concept__status=Status.DEPRECATED)
    for key, pk, name, lang in used.values_list("key", "label__concept_id", "label__concept__key", "label__lang"):
        found.setdefault(key, []).append((pk, name, lang))
    return found


def _read_near(concepts: list[UUID]) -> dict[UUID, list[Near]]:
    found: dict[UUID, list[Near]] = {pk: [] for pk in concepts}
    below = ConceptAncestor.objects.filter(ancestor__in=concepts, distance__gte=1, distance__lte=vocabulary.DEEPEST)
    below = below.exclude(concept__status=Status.DEPRECATED).order_by("distance", "concept__key")
    for pk, other, distance in _first(below, "ancestor").values_list("ancestor_id", "concept_id", "distance"):
        found[pk].append((other, distance))
    beside = Relation.objects.filter(source__in=concepts, kind=RelationKind.RELATED)
    beside = beside.exclude(target__status=Status.DEPRECATED).order_by("target__key")
    for pk, other in _first(beside, "source").values_list("source_id", "target_id"):
        found[pk].append((other, None))
    return found


def _first(rows: QuerySet[_M], by: str) -> QuerySet[_M]:
    """The first rows of each, in their order, so that what one concept gives does not depend on the others asked for."""
    order = [F(str(name)) for name in rows.query.order_by]
    numbered: Any = rows.annotate(rank=Window(RowNumber(), partition_by=[F(by)], order_by=order))
    first: QuerySet[_M] = numbered.filter(rank__lte=_MOST_CONCEPTS)
    return first


def _read_said(concepts: list[UUID]) -> dict[UUID, list[Said]]:
    found: dict[UUID, list[Said]] = {}
    rows = Label.objects.filter(concept__in=concepts)  # its index is the concept's: the rest is sorted out here
    columns = ("concept_id", "kind", "concept__key", "lang", "text", "folded")
    for pk, kind, key, lang, text, folded in rows.values_list(*columns):
        if lang in vocabulary.READ and kind != LabelKind.HIDDEN:
            found.setdefault(pk, []).append((key, lang, text, folded))
    return found
