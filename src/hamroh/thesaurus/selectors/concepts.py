"""One concept with everything that is said of it, in a number of queries that does not grow."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from hamroh.kernel.vocabulary import READ
from hamroh.thesaurus.models import (
    BROADER_KINDS,
    Concept,
    ConceptAncestor,
    Group,
    GroupMember,
    Label,
    LabelKind,
    Mapping,
    Note,
    NoteKind,
    Relation,
    RelationKind,
)
from hamroh.thesaurus.selectors.browse import with_narrower
from hamroh.thesaurus.selectors.names import ConceptLine, Name, language_rank, lines, names, title
from hamroh.web.texts import pick

_MOST_PATHS = 6
#: what a narrower concept is to the one above it
WAYS = {
    RelationKind.GENERIC.value: _("a kind of it"),
    RelationKind.PARTITIVE.value: _("a part of it"),
    RelationKind.INSTANTIAL.value: _("a case of it"),
}


@dataclass(frozen=True)
class LabelLine:
    """A label; ``layer`` is the title of the layer that gives it where it is not the concept's own scheme.

    ``outdated`` says why it should not be used any more.
    """

    text: str
    lang: str
    certainty: str
    layer: str
    outdated: str = ""


@dataclass(frozen=True)
class NoteLine:
    kind: str
    kind_name: str
    text: str
    lang: str
    layer: str


@dataclass(frozen=True)
class MappingLine:
    """A match elsewhere; ``is_link`` is false for an address that no browser should open."""

    kind_name: str
    uri: str
    is_link: bool


@dataclass(frozen=True)
class Array:
    """Part of what lies under a concept, with its node label."""

    key: str
    scheme: str
    title: str
    lines: tuple[ConceptLine, ...]


@dataclass(frozen=True)
class ConceptPage:
    """Everything a concept page shows. ``paths`` lead from the top down to the concept, itself left out.

    ``arrays`` hold what stands under a node label, ``loose`` the rest of ``narrower``.
    """

    key: str
    uri: str
    scheme: str
    scheme_title: str
    layer: str
    name: Name
    status: str
    notation: str
    replaced_by: ConceptLine | None
    preferred: tuple[LabelLine, ...]
    also: tuple[LabelLine, ...]
    notes: tuple[NoteLine, ...]
    mappings: tuple[MappingLine, ...]
    groups: tuple[tuple[str, str], ...]
    paths: tuple[tuple[ConceptLine, ...], ...]
    narrower: tuple[ConceptLine, ...]
    related: tuple[ConceptLine, ...]
    also_replaced_by: tuple[ConceptLine, ...] = ()
    arrays: tuple[Array, ...] = ()
    loose: tuple[ConceptLine, ...] = ()
    maintainer: str = ""


def concept_by(code: str, key: str) -> Concept:
    """The concept of a scheme with this key; 404 without one."""
    rows = Concept.objects.select_related("scheme__maintainer", "replaced_by__scheme")
    found = rows.filter(scheme__code=code, key=key).first()
    if found is None:
        raise Http404(key)
    return found


def concept_page(code: str, key: str, lang: str) -> ConceptPage:
    """A concept for its readers; 404 without one."""
    concept = concept_by(code, key)
    labels = list(concept.labels.select_related("scheme"))
    related = Concept.objects.in_use().filter(relations_from__kind=RelationKind.RELATED, relations_from__source=concept)
    below = Concept.objects.in_use().filter(relations__kind__in=BROADER_KINDS, relations__target=concept)
    replaced = lines([concept.replaced_by], lang, scheme_id=concept.scheme_id) if concept.replaced_by else []
    under = _under(concept, below, lang)
    arrays = _arrays(concept, under, lang)
    placed = {line.id for array in arrays for line in array.lines}
    return ConceptPage(
        key=concept.key,
        uri=concept.uri,
        scheme=concept.scheme.code,
        scheme_title=title(concept.scheme.titles, lang) or concept.scheme.code,
        layer=concept.scheme.layer,
        name=names([concept.pk], lang).get(concept.pk, Name(concept.key, "", "")),
        status=concept.status,
        notation=concept.notation,
        replaced_by=replaced[0] if replaced else None,
        preferred=_label_lines(labels, concept.scheme_id, lang, preferred=True),
        also=_label_lines(labels, concept.scheme_id, lang, preferred=False),
        notes=_note_lines(concept, lang),
        mappings=tuple(_mapping_line(row) for row in concept.mappings.order_by("kind", "uri")),
        groups=tuple(sorted((group.key, title(group.titles, lang) or group.key) for group in concept.groups.all())),
        paths=_paths(concept, lang),
        narrower=under,
        also_replaced_by=tuple(
            lines(concept.also_replaced_by.select_related("scheme"), lang, scheme_id=concept.scheme_id)
        ),
        arrays=arrays,
        loose=tuple(line for line in under if line.id not in placed),
        maintainer=_keeper(concept, lang),
        related=tuple(lines(related.select_related("scheme").distinct(), lang, scheme_id=concept.scheme_id)),
    )


def _under(concept: Concept, below: QuerySet[Concept], lang: str) -> tuple[ConceptLine, ...]:
    """What lies directly under a concept, with the way it does where that is known."""
    relations = Relation.objects.filter(target=concept, kind__in=WAYS)
    ways = dict(relations.values_list("source_id", "kind"))
    found = lines(with_narrower(below.distinct()), lang, scheme_id=concept.scheme_id)
    return tuple(replace(line, way=str(WAYS.get(ways.get(line.id, ""), ""))) for line in found)


def _arrays(concept: Concept, under: Iterable[ConceptLine], lang: str) -> tuple[Array, ...]:
    """What lies under a concept by its node labels, whichever layer gives them."""
    groups = list(Group.objects.filter(superordinate=concept).select_related("scheme").order_by("notation", "key"))
    if not groups:
        return ()
    members: dict[UUID, set[UUID]] = {}
    for group, pk in GroupMember.objects.filter(group__in=groups).values_list("group_id", "concept_id"):
        members.setdefault(group, set()).add(pk)
    rows = tuple(under)
    return tuple(
        Array(
            group.key,
            group.scheme.code,
            title(group.titles, lang) or group.key,
            tuple(line for line in rows if line.id in members.get(group.pk, ())),
        )
        for group in groups
    )


def _keeper(concept: Concept, lang: str) -> str:
    keeper = concept.scheme.maintainer
    return pick(keeper.names, lang).text if keeper else ""


def keys_above(keys: Iterable[str]) -> list[str]:
    """Keys of concepts and of everything broader, as the facet ``subject`` of a record holds them."""
    rows = ConceptAncestor.objects.filter(concept__key__in=list(keys))
    return sorted(set(rows.values_list("ancestor__key", flat=True)))


def _label_lines(labels: Iterable[Label], home: UUID, lang: str, *, preferred: bool) -> tuple[LabelLine, ...]:
    chosen = [
        label for label in labels if label.kind != LabelKind.HIDDEN and (label.kind == LabelKind.PREFERRED) == preferred
    ]
    order = {code: number for number, code in enumerate(READ)}
    chosen.sort(key=lambda label: (order.get(label.lang, len(order)), label.lang, label.sort_key, label.text))
    return tuple(
        LabelLine(label.text, label.lang, label.certainty, _layer(label, home, lang), label.outdated)
        for label in chosen
    )


def _note_lines(concept: Concept, lang: str) -> tuple[NoteLine, ...]:
    """Notes in the reader's language, or the nearest where a kind has none in it."""
    rows = [
        row for row in Note.objects.filter(concept=concept).select_related("scheme") if row.kind != NoteKind.EDITORIAL
    ]
    nearest: dict[str, int] = {}
    for row in rows:
        nearest[row.kind] = min(nearest.get(row.kind, 99), language_rank(row.lang, lang))
    order = list(NoteKind.values)
    rows.sort(key=lambda row: (order.index(row.kind), row.lang, row.pk))
    return tuple(
        NoteLine(row.kind, row.get_kind_display(), row.text, row.lang, _layer(row, concept.scheme_id, lang))
        for row in rows
        if language_rank(row.lang, lang) == nearest[row.kind]
    )


def _layer(row: Label | Note, home: UUID, lang: str) -> str:
    return title(row.scheme.titles, lang) or row.scheme.code if row.scheme_id != home else ""


def _mapping_line(row: Mapping) -> MappingLine:
    return MappingLine(row.get_kind_display(), row.uri, row.uri.startswith(("http://", "https://")))


def _paths(concept: Concept, lang: str) -> tuple[tuple[ConceptLine, ...], ...]:
    """The ways down from the top, some of them where there are many."""
    above = ConceptAncestor.objects.filter(concept=concept).values("ancestor")
    edges: dict[UUID, list[UUID]] = {}
    rows = Relation.objects.filter(kind__in=BROADER_KINDS, source__in=above).order_by("target__key")
    for source, target in rows.values_list("source_id", "target_id").distinct():
        edges.setdefault(source, []).append(target)
    ways = _climb(concept.pk, edges)
    shown = Concept.objects.filter(pk__in={pk for way in ways for pk in way}).select_related("scheme")
    found = {line.id: line for line in lines(shown, lang, scheme_id=concept.scheme_id)}
    return tuple(tuple(found[pk] for pk in way) for way in ways)


def _climb(start: UUID, edges: dict[UUID, list[UUID]]) -> list[list[UUID]]:
    ways: list[list[UUID]] = []
    waiting: list[list[UUID]] = [[target] for target in edges.get(start, [])]
    while waiting and len(ways) < _MOST_PATHS:
        way = waiting.pop(0)
        further = edges.get(way[0], [])
        if further:
            waiting += [[target, *way] for target in further]
        else:
            ways.append(way)
    return ways
