"""Whole schemes as plain values, and what an import would change in them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.text import slugify

from hamroh.accounts import policy
from hamroh.accounts.models import Role
from hamroh.thesaurus.drafts import (
    Difference,
    Draft,
    DraftConcept,
    DraftGroup,
    DraftLabel,
    DraftMapping,
    DraftNote,
    DraftRefused,
    Fault,
    Literal,
    Problem,
    Triple,
    apart,
    difference,
    keep_keys,
    keep_marks,
)
from hamroh.thesaurus.graph import XSD
from hamroh.thesaurus.models import (
    BROADER_KINDS,
    Concept,
    Group,
    GroupMember,
    Label,
    Layer,
    Mapping,
    Note,
    Relation,
    RelationKind,
    Scheme,
    Statement,
)
from hamroh.thesaurus.skos import local_name


@dataclass(frozen=True)
class Plan:
    """An import that may be carried out: ``scheme`` is None where it would be made, ``before`` what it holds now."""

    code: str
    draft: Draft
    difference: Difference
    scheme: Scheme | None
    before: Draft | None
    layer: str
    extends: Scheme | None
    maintainer_id: UUID | None


def chain(scheme: Scheme | None) -> list[Scheme]:
    """The scheme and the layers it lies on, from itself down."""
    found: list[Scheme] = []
    while scheme is not None and scheme not in found:
        found.append(scheme)
        scheme = scheme.extends
    return found


def concepts_below(code: str) -> dict[str, DraftConcept]:
    """Concepts of the scheme that is extended and of what lies under it, by URI; empty where no code is given."""
    if not code:
        return {}
    return {
        uri: concept
        for scheme in reversed(chain(_extended(code)))
        for uri, concept in _concepts(scheme).items()
        if concept.own
    }


def draft_of(*, actor: Any, scheme: Scheme, uris: Collection[str] | None = None) -> Draft:  # noqa: ARG001 - public
    """The scheme as our tables hold it; with ``uris`` only those concepts, and of others what relates them to those."""
    draft = Draft(scheme.uri, dict(scheme.titles), scheme.licence, scheme.version)
    draft.concepts = _concepts(scheme, uris)
    statements = Statement.objects.filter(scheme=scheme)
    if uris is None:
        draft.groups = _groups(scheme)
    else:
        statements = statements.filter(subject__in=uris)
    for row in statements.order_by("id").iterator():
        (draft.statements if row.said else draft.unsaid).append(_triple(row))
    return draft


def import_plan(*, actor: Any, draft: Draft, code: str, layer: str, extends: str) -> Plan:
    """What an import would do; DraftRefused where another scheme has the code or a concept already.

    ``actor`` None is the installation itself (the shell); anybody else needs the right to import.
    """
    scheme = Scheme.objects.select_related("extends").filter(uri=draft.uri).first()
    code = code or (scheme.code if scheme else _free_code(draft))
    _check_code(code, scheme, draft)
    if actor is not None:
        policy.require(actor, "thesaurus.import", scheme)
    _refuse_taken(draft, scheme)
    before = draft_of(actor=actor, scheme=scheme) if scheme else None
    keep_keys(before, draft)
    keep_marks(before, draft)
    return Plan(
        code=code,
        draft=draft,
        difference=difference(before, draft),
        scheme=scheme,
        before=before,
        layer=layer,
        extends=_extended(extends) if extends else (scheme.extends if scheme else None),
        maintainer_id=_keeper(actor) if layer != Layer.BASE else None,
    )


def _extended(code: str) -> Scheme:
    scheme = Scheme.objects.select_related("extends").filter(code=code).first()
    if scheme is None:
        raise DraftRefused([Problem(Fault.CODE, None, code, "extends")])
    return scheme


def _free_code(draft: Draft) -> str:
    """A code made of the title, the English one first, with a number where another scheme has it."""
    title = draft.titles.get("en") or next(iter(draft.titles.values()), "")
    wanted = slugify(title)[:50].strip("-") or slugify(local_name(draft.uri))[:50] or "vocabulary"
    taken = set(Scheme.objects.filter(code__startswith=wanted).values_list("code", flat=True))
    return next(code for number in count(1) if (code := wanted if number == 1 else f"{wanted}-{number}") not in taken)


def _check_code(code: str, scheme: Scheme | None, draft: Draft) -> None:
    other = Scheme.objects.filter(code=code).exclude(uri=draft.uri).first()
    if not code or not code.replace("-", "").isalnum() or not code.isascii() or len(code) > 60:
        raise DraftRefused([Problem(Fault.CODE, None, code)])
    if other is not None or (scheme is not None and scheme.code != code):
        raise DraftRefused([Problem(Fault.TAKEN, None, code, (other or scheme).uri)])  # type: ignore[union-attr]


def _refuse_taken(draft: Draft, scheme: Scheme | None) -> None:
    """A concept has one home; and a key is used by one scheme only, since facets and addresses speak in keys."""
    mine = {concept.uri: concept for concept in draft.own_concepts()}
    keys = {concept.key: concept for concept in mine.values()}
    others = Concept.objects.exclude(scheme=scheme) if scheme else Concept.objects.all()
    taken = []
    for uri, key, code in others.values_list("uri", "key", "scheme__code").iterator():
        if uri in mine:
            taken.append(Problem(Fault.TAKEN, None, uri, code))
        elif key in keys:
            concept = keys.pop(key)
            concept.key = apart(key, concept.uri)
    if taken:
        raise DraftRefused(taken[:100])


def _keeper(actor: Any) -> UUID | None:
    edits = (held.organisation_id for held in policy.standing(actor).held if held.role == Role.EDITOR)
    return min(edits, default=None)


def _concepts(scheme: Scheme, uris: Collection[str] | None = None) -> dict[str, DraftConcept]:
    """Own concepts with all that is said of them, and concepts of other layers with what this one adds."""
    drafts: dict[UUID, DraftConcept] = {}
    rows = _rows(scheme, uris)
    concepts = Concept.objects.filter(scheme=scheme)
    if uris is not None:
        concepts = concepts.filter(Q(uri__in=uris) | Q(pk__in={pk for pk, *_ in rows}))
    for concept in concepts.select_related("replaced_by").order_by("id").iterator():
        drafts[concept.pk] = DraftConcept(
            concept.uri,
            concept.key,
            notation=concept.notation,
            status=concept.status,
            is_top=concept.is_top,
            replaced_by=concept.replaced_by.uri if concept.replaced_by else "",
        )
    _add_successors(drafts)
    _add_foreign(drafts, rows)
    known = {pk: draft.uri for pk, draft in drafts.items()}
    known |= _uris({target for _, kind, target, *_ in rows if kind in RelationKind.values} - known.keys())
    for pk, kind, *values in rows:
        _add(drafts[pk], kind, values, known)
    return {draft.uri: draft for draft in drafts.values()}


def _rows(scheme: Scheme, uris: Collection[str] | None) -> list[tuple[Any, ...]]:
    about = Q(scheme=scheme) if uris is None else Q(scheme=scheme, concept__uri__in=uris)
    beside = Q() if uris is None else Q(source__uri__in=uris) | Q(target__uri__in=uris)
    relations = Relation.objects.filter(beside, scheme=scheme)
    columns = DraftLabel._fields
    return [
        *((pk, "label", *rest) for pk, *rest in _values(Label.objects.filter(about), *columns)),
        *((pk, "note", *rest) for pk, *rest in _values(Note.objects.filter(about), "kind", "lang", "text")),
        *((pk, "mapping", *rest) for pk, *rest in _values(Mapping.objects.filter(about), "kind", "uri")),
        *relations.values_list("source_id", "kind", "target_id").iterator(),
    ]


def _values(rows: Any, *names: str) -> Iterator[tuple[Any, ...]]:
    return rows.values_list("concept_id", *names).iterator()  # type: ignore[no-any-return]


def _add_successors(drafts: dict[UUID, DraftConcept]) -> None:
    rows = Concept.also_replaced_by.through.objects.values_list("from_concept_id", "to_concept__uri")
    for pk, uri in rows.iterator():
        if pk in drafts:
            drafts[pk].also_replaced_by.add(uri)


def _add_foreign(drafts: dict[UUID, DraftConcept], rows: Iterable[tuple[Any, ...]]) -> None:
    foreign = _uris({pk for pk, *_ in rows} - drafts.keys())
    drafts.update({pk: DraftConcept(uri, own=False) for pk, uri in foreign.items()})


def _uris(ids: Iterable[UUID]) -> dict[UUID, str]:
    ids = list(ids)
    found: dict[UUID, str] = {}
    for start in range(0, len(ids), 500):
        found.update(Concept.objects.filter(pk__in=ids[start : start + 500]).values_list("pk", "uri"))
    return found


def _add(draft: DraftConcept, kind: str, values: list[Any], uris: dict[UUID, str]) -> None:
    if kind == "label":
        draft.labels.add(DraftLabel(*values))
    elif kind == "note":
        draft.notes.add(DraftNote(*values))
    elif kind == "mapping":
        draft.mappings.add(DraftMapping(*values))
    else:
        (draft.broader if kind in BROADER_KINDS else draft.related).add(uris[values[0]])
        if kind in BROADER_KINDS and kind != RelationKind.BROADER:
            draft.ways[uris[values[0]]] = kind


def _groups(scheme: Scheme) -> dict[str, DraftGroup]:
    members: dict[UUID, set[str]] = defaultdict(set)
    rows = GroupMember.objects.filter(group__scheme=scheme).values_list("group_id", "concept__uri")
    for group_id, uri in rows.iterator():
        members[group_id].add(uri)
    return {
        group.uri: DraftGroup(
            group.uri,
            group.key,
            group.notation,
            group.is_concept_group,
            group.parent.uri if group.parent else "",
            dict(group.titles),
            members[group.pk],
            group.kind,
            group.superordinate.uri if group.superordinate else "",
        )
        for group in Group.objects.filter(scheme=scheme).select_related("parent", "superordinate").order_by("key")
    }


def _triple(row: Statement) -> Triple:
    if not row.lang and not row.datatype:
        return Triple(row.subject, row.predicate, row.object)
    datatype = "" if row.datatype == f"{XSD}string" else row.datatype
    return Triple(row.subject, row.predicate, Literal(row.object, row.lang, datatype))
