"""Writing a whole vocabulary: one transaction, rows in bulk, everything found again by URI."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from hamroh.accounts import policy
from hamroh.kernel import vocabulary
from hamroh.thesaurus.actions.changes import log_import
from hamroh.thesaurus.actions.closure import recompute_closure
from hamroh.thesaurus.drafts import (
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
)
from hamroh.thesaurus.graph import XSD
from hamroh.thesaurus.models import (
    BROADER_KINDS,
    Concept,
    Group,
    GroupMember,
    Label,
    LabelKey,
    LabelStart,
    Mapping,
    Note,
    Relation,
    RelationKind,
    Scheme,
    Statement,
    Status,
)
from hamroh.thesaurus.selectors.drafts import Plan, chain
from hamroh.thesaurus.skos import find_cycle, local_name
from hamroh.vault import journal
from hamroh.web.ids import uuid7s

Tell = Callable[[int, int], None]
_BATCH, _LABELS = 2000, 10_000
_SAID_OF_CONCEPTS = ("uri", "key", "notation", "status", "is_top")
_SAID_OF_GROUPS = ("notation", "titles", "is_concept_group", "kind")


@transaction.atomic
def import_scheme(*, actor: Any, plan: Plan, progress: Tell | None = None) -> Scheme:
    """Write a planned import: new concepts, changed ones, and the missing ones as no longer used.

    What other layers say of the scheme's concepts stays. ``actor`` None is the installation itself.
    """
    if actor is not None:
        policy.require(actor, "thesaurus.import", plan.scheme)
    tell = progress or (lambda _done, _total: None)
    scheme = _write_scheme(plan)
    writer = _Writer(scheme, plan)
    for number, step in enumerate(writer.steps):
        tell(number, len(writer.steps))
        step()
    tell(len(writer.steps), len(writer.steps))
    facts = {"uri": plan.draft.uri, "is_new": plan.scheme is None, **plan.difference.counts()}
    journal.record(actor=actor, verb="thesaurus.import", about=scheme, facts=facts)
    return scheme


def index_labels(labels: Iterable[tuple[UUID, str, str]]) -> None:
    """Write the keys and beginnings that saved labels, given as (id, language, text), are found by."""
    for batch in _batches(labels, _LABELS):
        stored = [(_stored(pk), lang, text) for pk, lang, text in batch]
        keys = [(pk, key) for pk, lang, text in stored for key in sorted(vocabulary.phrase_keys(text, lang))]
        starts = [(pk, start, place) for pk, lang, text in stored for place, start in vocabulary.starts(text, lang)]
        _insert(LabelKey, ("label_id", "key"), keys)
        _insert(LabelStart, ("label_id", "start", "place"), starts)


def _insert(model: type[models.Model], columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Plain rows by the hundred thousand; model instances would take five times as long."""
    table, places = model._meta.db_table, ", ".join(["%s"] * len(columns))  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})", rows)  # noqa: S608 - our names


def _insert_all(model: type[models.Model], columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    for batch in _batches(rows, _LABELS):
        _insert(model, columns, batch)


def _stored(pk: UUID) -> Any:
    """A key as the database keeps it."""
    return pk if connection.features.has_native_uuid_field else pk.hex


@transaction.atomic
def reindex_labels(*, actor: Any) -> int:
    """Write the keys of all labels anew, after the analysis of words has changed; answers with their number."""
    if actor is not None:
        policy.require(actor, "search.rebuild")
    LabelKey.objects.all().delete()
    LabelStart.objects.all().delete()
    index_labels(Label.objects.order_by("pk").values_list("pk", "lang", "text").iterator(chunk_size=_BATCH))
    for scheme in Scheme.objects.order_by("pk"):
        journal.record(actor=actor, verb="thesaurus.reindex", about=scheme)
    return Label.objects.count()


def refuse_rings() -> None:
    """Refuse a ring that only shows when all layers lie on each other."""
    above: dict[str, list[str]] = defaultdict(list)
    rows = Relation.objects.filter(kind__in=BROADER_KINDS).values_list("source__uri", "target__uri")
    for source, target in rows.iterator():
        above[source].append(target)
    if ring := find_cycle(above):
        raise DraftRefused([Problem(Fault.CYCLE, None, ring[0], " → ".join(local_name(uri) for uri in ring))])


def _write_scheme(plan: Plan) -> Scheme:
    scheme = plan.scheme or Scheme(uri=plan.draft.uri, layer=plan.layer, maintainer_id=plan.maintainer_id)
    scheme.code, scheme.extends = plan.code, plan.extends
    scheme.titles = plan.draft.titles
    scheme.licence, scheme.version = plan.draft.licence, plan.draft.version
    scheme.save()
    return scheme


class _Writer:
    """The steps of one import, in order; each writes one kind of row."""

    def __init__(self, scheme: Scheme, plan: Plan) -> None:
        self.scheme, self.plan, self.draft = scheme, plan, plan.draft
        self.touched = [self.draft.concepts[uri] for uri in (*plan.difference.added, *plan.difference.changed)]
        self.changed = frozenset(plan.difference.changed)
        self.ids: dict[str, UUID] = {}
        self.stored: dict[str, Any] = {}
        self.steps = (
            self.write_concepts,
            self.forget_changed,
            self.write_labels,
            self.write_notes,
            self.write_relations,
            self.write_groups,
            self.write_statements,
            self.log,
            self.close,
        )

    def write_concepts(self) -> None:
        self.ids = dict(Concept.objects.filter(scheme__in=chain(self.scheme)).values_list("uri", "pk"))
        new = [concept for concept in self.touched if concept.own and concept.uri not in self.ids]
        old = [concept for concept in self.touched if concept.own and concept.uri in self.ids]
        self.ids.update(zip((concept.uri for concept in new), uuid7s()))  # noqa: B905 - as many keys as are needed
        home, columns = _stored(self.scheme.pk), ("id", "scheme_id", *_SAID_OF_CONCEPTS)
        _insert(Concept, columns, [(_stored(self.ids[concept.uri]), home, *_said(concept)) for concept in new])
        self.stored = {uri: _stored(pk) for uri, pk in self.ids.items()}
        fields = ["notation", "status", "is_top"]
        changed = [self._concept(concept, pk=self.ids[concept.uri]) for concept in old]
        Concept.objects.bulk_update(changed, fields, batch_size=200)
        gone = [self.ids[uri] for uri in self.plan.difference.removed]
        for part in _batches(gone, 500):
            Concept.objects.filter(pk__in=part, scheme=self.scheme).update(status=Status.DEPRECATED, is_top=False)

    def _concept(self, draft: DraftConcept, **fields: Any) -> Concept:
        return Concept(scheme=self.scheme, **dict(zip(_SAID_OF_CONCEPTS, _said(draft), strict=True)), **fields)

    def forget_changed(self) -> None:
        """Drop what this scheme said of changed concepts, and the relations of those no longer used."""
        for part in _batches([self.ids[uri] for uri in self.plan.difference.changed], 500):
            said: tuple[models.QuerySet[Any], ...] = tuple(
                rows.filter(scheme=self.scheme, concept__in=part)
                for rows in (Label.objects, Note.objects, Mapping.objects)
            )
            LabelKey.objects.filter(label__in=said[0]).delete()
            LabelStart.objects.filter(label__in=said[0]).delete()
            for rows in said:
                rows.delete()
            Relation.objects.filter(scheme=self.scheme, source__in=part).delete()
        for part in _batches([self.ids[uri] for uri in self.plan.difference.removed], 500):
            Relation.objects.filter(scheme=self.scheme, source__in=part).delete()

    def write_labels(self) -> None:
        """Labels are most of a vocabulary: a batch of them is one statement, and so are the keys they are found by."""
        spelled = ("folded", "sort_key", "initial")
        columns = ("id", "concept_id", "scheme_id", *DraftLabel._fields, *spelled)
        home, pks = _stored(self.scheme.pk), uuid7s()
        labels = ((next(pks), concept.uri, label) for concept in self.touched for label in sorted(concept.labels))
        for batch in _batches(labels, _LABELS):
            spelt = ((pk, uri, label, vocabulary.spelling(label.text, label.lang)) for pk, uri, label in batch)
            rows = [
                (_stored(pk), self.stored[uri], home, *label, *map(values.get, spelled))
                for pk, uri, label, values in spelt
            ]
            _insert(Label, columns, rows)
            index_labels((pk, label.lang, label.text) for pk, _, label in batch)

    def write_notes(self) -> None:
        home = _stored(self.scheme.pk)
        for model, said in ((Note, attrgetter("notes")), (Mapping, attrgetter("mappings"))):
            columns = ("concept_id", "scheme_id", *(DraftNote if model is Note else DraftMapping)._fields)
            rows = ((self.stored[one.uri], home, *values) for one in self.touched for values in sorted(said(one)))
            _insert_all(model, columns, rows)

    def write_relations(self) -> None:
        home, columns = _stored(self.scheme.pk), ("source_id", "kind", "target_id", "scheme_id")
        rows = (
            (self.stored[concept.uri], kind, self.stored[other], home)
            for concept in self.touched
            for kind, other in _relations(concept)
        )
        _insert_all(Relation, columns, rows)
        self.write_successors()

    def write_successors(self) -> None:
        """What replaces a concept, and what more of one that was split; those that lost theirs, too."""
        before = self.plan.before.concepts if self.plan.before else {}
        further = Concept.also_replaced_by.through
        for concept in self.touched:
            old = before.get(concept.uri)
            stood = (old.replaced_by, old.also_replaced_by) if old else ("", set())
            if concept.own and (concept.replaced_by, concept.also_replaced_by) != stood:
                pk = self.ids[concept.uri]
                Concept.objects.filter(pk=pk).update(replaced_by_id=self.ids.get(concept.replaced_by))
                further.objects.filter(from_concept=pk).delete()
                others = (self.ids[uri] for uri in sorted(concept.also_replaced_by))
                further.objects.bulk_create(further(from_concept_id=pk, to_concept_id=other) for other in others)

    def write_groups(self) -> None:
        """Groups that stay keep their key and id, the others go."""
        drafts = self.draft.groups
        Group.objects.filter(scheme=self.scheme).exclude(uri__in=drafts).delete()
        groups = {group.uri: group for group in Group.objects.filter(scheme=self.scheme)}
        new = [Group(scheme=self.scheme, uri=uri, key=one.key) for uri, one in drafts.items() if uri not in groups]
        for group in (*groups.values(), *new):
            self._describe(group, drafts[group.uri])
        groups |= {group.uri: group for group in Group.objects.bulk_create(new, batch_size=200)}
        for uri, group in groups.items():
            group.parent = groups.get(drafts[uri].parent)
            group.superordinate_id = self.ids.get(drafts[uri].superordinate)
        Group.objects.bulk_update(groups.values(), [*_SAID_OF_GROUPS, "parent", "superordinate"], batch_size=200)
        GroupMember.objects.filter(group__scheme=self.scheme).delete()
        rows = (
            (_stored(groups[one.uri].pk), self.stored[uri]) for one in drafts.values() for uri in sorted(one.members)
        )
        _insert_all(GroupMember, ("group_id", "concept_id"), rows)

    def _describe(self, group: Group, draft: DraftGroup) -> None:
        for name in _SAID_OF_GROUPS:
            setattr(group, name, getattr(draft, name))

    def write_statements(self) -> None:
        Statement.objects.filter(scheme=self.scheme).delete()
        home = _stored(self.scheme.pk)
        kept = ((self.draft.statements, True), (self.draft.unsaid, False))
        rows = ((home, said, *_statement(triple)) for triples, said in kept for triple in triples)
        _insert_all(Statement, ("scheme_id", "said", "subject", "predicate", "object", "lang", "datatype"), rows)

    def log(self) -> None:
        log_import(self.scheme, self.plan, self.ids)

    def close(self) -> None:
        refuse_rings()
        recompute_closure()


def _said(draft: DraftConcept) -> tuple[Any, ...]:
    return tuple(getattr(draft, name) for name in _SAID_OF_CONCEPTS)


def _relations(concept: DraftConcept) -> Iterator[tuple[str, str]]:
    for other in sorted(concept.broader):
        yield concept.ways.get(other, RelationKind.BROADER.value), other
    for other in sorted(concept.related):
        yield RelationKind.RELATED.value, other


def _statement(triple: Triple) -> tuple[str, ...]:
    node = triple.object
    if not isinstance(node, Literal):
        return triple.subject, triple.predicate, node, "", ""
    datatype = "" if node.lang else node.datatype or f"{XSD}string"
    return triple.subject, triple.predicate, node.text, node.lang, datatype


def _batches(things: Iterable[Any], size: int = _BATCH) -> Iterator[list[Any]]:
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
