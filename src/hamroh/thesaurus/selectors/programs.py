"""What programs ask of the vocabularies: concepts by URI, what lies around them, labels that meet a pattern."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.http import Http404

from hamroh.kernel.text import fold
from hamroh.kernel.vocabulary import READ
from hamroh.thesaurus.models import (
    BROADER_KINDS,
    Change,
    ChangeKind,
    Concept,
    ConceptAncestor,
    Group,
    Label,
    LabelKind,
    Relation,
    RelationKind,
    Scheme,
    Status,
)
from hamroh.thesaurus.selectors.browse import out_of_use, tops
from hamroh.thesaurus.selectors.memory import memory
from hamroh.thesaurus.selectors.names import Name, names, title

_FIRST = {LabelKind.PREFERRED: 0, LabelKind.ALTERNATIVE: 1, LabelKind.HIDDEN: 2}
_LAST = "\U0010fffd"
_AT_ONCE = 500


@dataclass(frozen=True)
class Thing:
    """A concept or a group by its URI, with what it is called."""

    id: UUID
    uri: str
    key: str
    scheme: str
    notation: str
    name: Name
    has_below: bool = False


@dataclass(frozen=True)
class Hit:
    """A label that meets a pattern, and its concept."""

    thing: Thing
    text: str
    lang: str
    kind: str


@dataclass(frozen=True)
class ChangeLine:
    """When a concept came or was last changed; ``replacing`` is what stands in its place."""

    thing: Thing
    changed_at: datetime
    deprecated: bool
    replacing: Thing | None


@dataclass(frozen=True)
class Wanted:
    """Where labels are looked for: in which vocabularies, under which concept, in which group (by URI)."""

    schemes: Sequence[str] = ()
    lang: str = ""
    shown_in: str = ""
    parent: str = ""
    group: str = ""


def concept_of(uri: str, code: str = "") -> Concept:
    """The concept with this URI, of one vocabulary or of any; 404 without one."""
    rows = Concept.objects.select_related("scheme", "replaced_by__scheme").filter(uri=uri[:400])
    found = (rows.filter(scheme__code=code) if code else rows).first()
    if found is None:
        raise Http404(uri)
    return found


def things(concepts: Iterable[Concept], lang: str) -> list[Thing]:
    """Concepts (with their scheme loaded) in the order of their labels."""
    rows = list(concepts)
    called = names([row.pk for row in rows], lang)
    found = [_thing(row, called.get(row.pk, Name(row.key, "", ""))) for row in rows]
    return sorted(found, key=lambda thing: (thing.name.text.casefold(), thing.uri))


def with_below(rows: "QuerySet[Concept]") -> "QuerySet[Concept]":
    """Concepts with their scheme, and whether anything in use lies under each."""
    under = Q(relations_from__kind__in=BROADER_KINDS) & ~Q(relations_from__source__status=Status.DEPRECATED)
    return rows.select_related("scheme").annotate(below=Count("relations_from", filter=under))


def around(concept: Concept, relation: str) -> "QuerySet[Concept]":
    """Concepts in use that are ``broader``, ``narrower`` or ``related``."""
    if relation == "narrower":
        said, end = Relation.objects.filter(target=concept, kind__in=BROADER_KINDS), "source_id"
    else:
        kinds = [RelationKind.RELATED.value] if relation == "related" else list(BROADER_KINDS)
        said, end = Relation.objects.filter(source=concept, kind__in=kinds), "target_id"
    return with_below(Concept.objects.in_use().filter(pk__in=said.values_list(end)))


def ancestors(concept: Concept) -> "QuerySet[Concept]":
    """The concept and all that is broader."""
    above = ConceptAncestor.objects.filter(concept=concept).values("ancestor")
    return with_below(Concept.objects.filter(pk__in=above))


def descendants(concept: Concept, limit: int) -> "QuerySet[Concept]":
    """The concept and what is narrower, the nearest first, at most ``limit``."""
    rows = ConceptAncestor.objects.filter(ancestor=concept).exclude(concept__status=Status.DEPRECATED)
    nearest = list(rows.order_by("distance", "concept_id").values_list("concept_id", flat=True)[:limit])
    return with_below(Concept.objects.filter(pk__in=nearest))


def broader_among(ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """URIs of what is directly broader than each."""
    rows = Relation.objects.filter(source__in=ids, kind__in=BROADER_KINDS).order_by("target__uri")
    found: dict[UUID, list[str]] = {}
    for source, uri in rows.values_list("source_id", "target__uri").distinct():
        found.setdefault(source, []).append(uri)
    return found


def narrower_among(ids: Collection[UUID], lang: str) -> dict[UUID, list[Thing]]:
    """What is directly narrower than each, in use."""
    pairs = Relation.objects.filter(target__in=ids, kind__in=BROADER_KINDS).values_list("target_id", "source_id")
    held = set(pairs)
    under = things(with_below(Concept.objects.in_use().filter(pk__in={source for _, source in held})), lang)
    return {pk: [thing for thing in under if (pk, thing.id) in held] for pk in ids}


def tops_of(scheme: Scheme, lang: str, limit: int = 5000) -> list[Thing]:
    """Concepts of a vocabulary that stand at its top."""
    top = tops(scheme)[:limit]
    parts = (top[start : start + _AT_ONCE] for start in range(0, len(top), _AT_ONCE))
    return things([row for part in parts for row in with_below(Concept.objects.filter(pk__in=part))], lang)


def hits(pattern: str, wanted: Wanted, *, limit: int, offset: int = 0) -> list[Hit]:
    """Labels of concepts in use that meet a pattern with ``*`` for any letters; case and marks make no difference."""
    rows = _placed(Label.objects.exclude(concept__in=out_of_use()), wanted)
    rows = _meeting(rows, pattern, wanted.lang)
    if wanted.lang:
        rows = rows.filter(lang=wanted.lang)
    columns = ("concept_id", "text", "lang", "kind")
    found = list(rows.order_by("folded", "pk").values_list(*columns)[offset : offset + limit])
    concepts = Concept.objects.select_related("scheme").in_bulk({pk for pk, *_ in found})
    called = names(concepts, wanted.shown_in or wanted.lang or "en")
    return [
        Hit(_thing(concepts[pk], called.get(pk, Name(text, lang, ""))), text, lang, kind)
        for pk, text, lang, kind in found
    ]


def labels_of(ids: Collection[UUID]) -> dict[UUID, list[tuple[str, str, str]]]:
    """(kind, language, text) of each, preferred ones first."""
    found: dict[UUID, list[tuple[str, str, str]]] = {}
    rows = Label.objects.filter(concept__in=ids).order_by("lang", "sort_key", "text")
    for pk, kind, lang, text in rows.values_list("concept_id", "kind", "lang", "text"):
        found.setdefault(pk, []).append((kind, lang, text))
    for rows_of_one in found.values():
        rows_of_one.sort(key=lambda row: _FIRST[LabelKind(row[0])])
    return found


def groups_of(scheme: Scheme, lang: str) -> list[tuple[Thing, list[str], bool]]:
    """Groups of a vocabulary with the URIs of the groups in them, and whether they have members."""
    rows = list(Group.objects.filter(scheme=scheme).select_related("parent").annotate(number=Count("members")))
    below: dict[UUID, list[str]] = {}
    for row in rows:
        if row.parent_id:
            below.setdefault(row.parent_id, []).append(row.uri)
    found = [
        (_group(row, scheme.code, lang), sorted(below.get(row.pk, [])), bool(row.number or below.get(row.pk)))
        for row in rows
    ]
    return sorted(found, key=lambda each: (each[0].notation, each[0].name.text.casefold()))


def members_of(scheme: Scheme, uri: str, lang: str, limit: int = 5000) -> tuple[list[Thing], list[Thing]]:
    """Groups in a group, and its concepts; 404 without one."""
    group = Group.objects.filter(scheme=scheme, uri=uri[:400]).first()
    if group is None:
        raise Http404(uri)
    inside = [_group(row, scheme.code, lang) for row in group.subgroups.order_by("notation", "key")]
    rows = Concept.objects.in_use().filter(memberships__group=group).select_related("scheme")
    return inside, things(rows[:limit], lang)


def label_counts(scheme: Scheme) -> dict[str, dict[str, int]]:
    """Labels of a vocabulary's concepts by language and kind."""

    def counted() -> dict[str, dict[str, int]]:
        rows = Label.objects.filter(scheme=scheme).values_list("lang", "kind").annotate(number=Count("*"))
        found: dict[str, dict[str, int]] = {}
        for lang, kind, number in rows.order_by("lang"):
            found.setdefault(lang, {})[kind] = number
        return found

    return memory().made(("labels", scheme.pk), counted)


def concept_counts(scheme: Scheme) -> dict[str, int]:
    """Concepts of a vocabulary, those no longer used, and groups."""
    rows = Concept.objects.filter(scheme=scheme)
    gone = rows.filter(status=Status.DEPRECATED).count()
    return {"concepts": rows.count() - gone, "deprecated": gone, "groups": Group.objects.filter(scheme=scheme).count()}


def changes(scheme: Scheme, lang: str, *, new: bool, limit: int, offset: int = 0) -> list[ChangeLine]:
    """Concepts of a vocabulary that came or were changed, the latest first."""
    rows = Change.objects.filter(scheme=scheme, concept__scheme=scheme)
    rows = rows.filter(kind=ChangeKind.ADDED) if new else rows
    last = rows.values("concept").annotate(at=Max("changed_at")).order_by("-at", "concept")
    at = {row["concept"]: row["at"] for row in last[offset : offset + limit]}
    concepts = Concept.objects.select_related("scheme", "replaced_by__scheme").in_bulk(at)
    replacing = [row.replaced_by for row in concepts.values() if row.replaced_by]
    called = {thing.id: thing for thing in things([*concepts.values(), *replacing], lang)}
    return [
        ChangeLine(
            called[pk],
            when,
            concepts[pk].status == Status.DEPRECATED,
            called.get(concepts[pk].replaced_by_id),  # type: ignore[arg-type]
        )
        for pk, when in at.items()
    ]


def languages_of(scheme: Scheme) -> list[str]:
    """Languages in which a vocabulary has labels, ours first."""
    found = set(label_counts(scheme))
    return [*(lang for lang in READ if lang in found), *sorted(found - set(READ) - {""})]


def _placed(rows: "QuerySet[Label]", wanted: Wanted) -> "QuerySet[Label]":
    if wanted.schemes:
        # asked of each label that its words find, never the way in: it would be all labels of a vocabulary
        homes = Concept.objects.filter(pk=OuterRef("concept"), scheme__code__in=wanted.schemes)
        rows = rows.filter(Exists(homes))
    if wanted.parent:
        under = ConceptAncestor.objects.filter(ancestor__uri=wanted.parent[:400], distance__gte=1)
        rows = rows.filter(concept__in=under.values("concept"))
    if wanted.group:
        rows = rows.filter(concept__memberships__group__uri=wanted.group[:400])
    return rows


def _meeting(rows: "QuerySet[Label]", pattern: str, lang: str) -> "QuerySet[Label]":
    """The longest fixed beginning is found by its index; what stands between stars is compared."""
    parts = [fold(part, lang or "en") for part in pattern[:200].split("*")]
    first, last = parts[0], parts[-1]
    if len(parts) == 1:
        return rows.filter(folded=first)
    if first:
        rows = rows.filter(folded__gte=first, folded__lt=first + _LAST)
    for part in parts[1:-1]:
        rows = rows.filter(folded__contains=part) if part else rows
    return rows.filter(folded__endswith=last) if last else rows


def _thing(row: Any, name: Name) -> Thing:
    return Thing(row.pk, row.uri, row.key, row.scheme.code, row.notation, name, bool(getattr(row, "below", 0)))


def _group(row: Group, code: str, lang: str) -> Thing:
    said = title(row.titles, lang)
    its = next((one for one, text in row.titles.items() if text == said), "")
    return Thing(row.pk, row.uri, row.key, code, row.notation, Name(said or row.key, its, ""))


def neighbours(ids: Collection[UUID], relation: str, lang: str) -> dict[UUID, list[Thing]]:
    """What is directly broader than, narrower than or related to each, in use."""
    rows = Relation.objects.filter(kind__in=[RelationKind.RELATED] if relation == "related" else BROADER_KINDS)
    if relation == "narrower":
        pairs = set(rows.filter(target__in=ids).values_list("target_id", "source_id"))
    else:
        pairs = set(rows.filter(source__in=ids).values_list("source_id", "target_id"))
    others = Concept.objects.in_use().filter(pk__in={other for _, other in pairs}).select_related("scheme")
    found: dict[UUID, list[Thing]] = {}
    for thing in things(others, lang):
        for pk in ids:
            if (pk, thing.id) in pairs:
                found.setdefault(pk, []).append(thing)
    return found


def indexed(scheme: Scheme, lang: str, initial: str, limit: int, offset: int) -> list[Hit]:
    """Labels of a vocabulary in a language in the order of its alphabet, under one letter or all."""
    rows = Label.objects.filter(scheme=scheme, lang=lang).exclude(kind=LabelKind.HIDDEN)
    rows = rows.exclude(concept__in=out_of_use())
    if initial:
        rows = rows.filter(initial=initial)
    chosen = list(rows.select_related("concept__scheme").order_by("initial", "sort_key", "pk")[offset : offset + limit])
    called = names({row.concept_id for row in chosen}, lang)
    return [
        Hit(_thing(row.concept, called.get(row.concept_id, Name(row.text, lang, ""))), row.text, row.lang, row.kind)
        for row in chosen
    ]


def last_kinds(scheme: Scheme, rows: Iterable[ChangeLine]) -> dict[UUID, list[str]]:
    """What changed in each when it was changed last, in the reader's words."""
    at = {row.thing.id: row.changed_at for row in rows}
    if not at:
        return {}
    changed = Change.objects.filter(scheme=scheme, concept__in=at, changed_at__gte=min(at.values()))
    found: dict[UUID, list[str]] = {pk: [] for pk in at}
    for change in changed.order_by("pk"):
        kind = change.get_kind_display()
        if change.changed_at == at[change.concept_id] and kind not in found[change.concept_id]:
            found[change.concept_id].append(kind)
    return found


def changed_at(*, scheme: Scheme | None = None, concept: Concept | None = None) -> datetime | None:
    """When something was last changed in a vocabulary, or about a concept."""
    rows = Change.objects.filter(concept=concept) if concept else Change.objects.filter(scheme=scheme)
    return rows.order_by("-changed_at").values_list("changed_at", flat=True).first()
