"""Writing a whole vocabulary: one transaction, rows in bulk, everything found again by URI."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

from hamroh.accounts import policy
from hamroh.kernel import vocabulary
from hamroh.thesaurus.actions.closure import recompute_closure
from hamroh.thesaurus.drafts import DraftConcept, DraftLabel, DraftRefused, Fault, Literal, Problem, Triple
from hamroh.thesaurus.graph import XSD
from hamroh.thesaurus.models import (
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
from hamroh.web.ids import uuid7

Tell = Callable[[int, int], None]
_BATCH = 2000


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
    for batch in _batches(labels):
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


def _stored(pk: UUID | None) -> Any:
    """A key as the database keeps it."""
    return Label._meta.pk.get_db_prep_value(pk, connection)  # noqa: SLF001


@transaction.atomic
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
    rows = Relation.objects.filter(kind=RelationKind.BROADER).values_list("source__uri", "target__uri")
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
        self.ids: dict[str, UUID] = {}
        self.steps = (
            self.write_concepts,
            self.forget_changed,
            self.write_labels,
            self.write_notes,
            self.write_relations,
            self.write_groups,
            self.write_statements,
            self.close,
        )

    def write_concepts(self) -> None:
        self.ids = dict(Concept.objects.filter(scheme__in=chain(self.scheme)).values_list("uri", "pk"))
        new = [concept for concept in self.touched if concept.own and concept.uri not in self.ids]
        old = [concept for concept in self.touched if concept.own and concept.uri in self.ids]
        made = Concept.objects.bulk_create([self._concept(concept) for concept in new], batch_size=_BATCH)
        self.ids.update((concept.uri, concept.pk) for concept in made)
        fields = ["notation", "status", "is_top", "replaced_by"]
        changed = [self._concept(concept, pk=self.ids[concept.uri]) for concept in old]
        Concept.objects.bulk_update(changed, fields, batch_size=200)
        gone = [self.ids[uri] for uri in self.plan.difference.removed]
        for part in _batches(gone, 500):
            Concept.objects.filter(pk__in=part, scheme=self.scheme).update(status=Status.DEPRECATED, is_top=False)

    def _concept(self, draft: DraftConcept, **fields: Any) -> Concept:
        return Concept(
            scheme=self.scheme,
            uri=draft.uri,
            key=draft.key,
            notation=draft.notation,
            status=draft.status,
            is_top=draft.is_top,
            **fields,
        )

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
        labels = (
            (uuid7(), concept, label, vocabulary.spelling(label.text, label.lang))
            for concept in self.touched
            for label in sorted(concept.labels)
        )
        spelled = ("folded", "sort_key", "initial")
        columns = ("id", "concept_id", "scheme_id", *DraftLabel._fields, *spelled)
        home, keys = _stored(self.scheme.pk), {concept.uri: _stored(self.ids[concept.uri]) for concept in self.touched}
        for batch in _batches(labels):
            rows = [
                (_stored(pk), keys[concept.uri], home, *label, *map(spelt.get, spelled))
                for pk, concept, label, spelt in batch
            ]
            _insert(Label, columns, rows)
            index_labels((pk, label.lang, label.text) for pk, _, label, _ in batch)

    def write_notes(self) -> None:
        Note.objects.bulk_create(
            [
                Note(concept_id=self.ids[concept.uri], scheme=self.scheme, **note._asdict())
                for concept in self.touched
                for note in sorted(concept.notes)
            ],
            batch_size=_BATCH,
        )
        Mapping.objects.bulk_create(
            [
                Mapping(concept_id=self.ids[concept.uri], scheme=self.scheme, **mapping._asdict())
                for concept in self.touched
                for mapping in sorted(concept.mappings)
            ],
            batch_size=_BATCH,
        )

    def write_relations(self) -> None:
        rows = (
            Relation(source_id=self.ids[concept.uri], target_id=self.ids[other], kind=kind, scheme=self.scheme)
            for concept in self.touched
            for kind, others in ((RelationKind.BROADER, concept.broader), (RelationKind.RELATED, concept.related))
            for other in sorted(others)
        )
        for batch in _batches(rows):
            Relation.objects.bulk_create(batch, batch_size=_BATCH)
        for concept in self.touched:
            if concept.own and (concept.replaced_by or concept.uri in self.plan.difference.changed):
                replacing = self.ids.get(concept.replaced_by)
                Concept.objects.filter(pk=self.ids[concept.uri]).update(replaced_by_id=replacing)

    def write_groups(self) -> None:
        """Groups are few: those that stay keep their key and id, the others go."""
        drafts = self.draft.groups
        Group.objects.filter(scheme=self.scheme).exclude(uri__in=drafts).delete()
        for draft in drafts.values():
            values = {"notation": draft.notation, "titles": draft.titles, "is_concept_group": draft.is_concept_group}
            Group.objects.update_or_create(
                scheme=self.scheme, uri=draft.uri, defaults=values, create_defaults={"key": draft.key, **values}
            )
        groups = {group.uri: group for group in Group.objects.filter(scheme=self.scheme)}
        for uri, group in groups.items():
            group.parent = groups.get(drafts[uri].parent)
        Group.objects.bulk_update(groups.values(), ["parent"], batch_size=200)
        GroupMember.objects.filter(group__scheme=self.scheme).delete()
        GroupMember.objects.bulk_create(
            [
                GroupMember(group=groups[draft.uri], concept_id=self.ids[uri])
                for draft in drafts.values()
                for uri in sorted(draft.members)
            ],
            batch_size=_BATCH,
        )

    def write_statements(self) -> None:
        Statement.objects.filter(scheme=self.scheme).delete()
        said = [_statement(self.scheme, triple, said=True) for triple in self.draft.statements]
        unsaid = [_statement(self.scheme, triple, said=False) for triple in self.draft.unsaid]
        Statement.objects.bulk_create([*said, *unsaid], batch_size=_BATCH)

    def close(self) -> None:
        refuse_rings()
        recompute_closure()


def _statement(scheme: Scheme, triple: Triple, *, said: bool) -> Statement:
    node = triple.object
    if isinstance(node, Literal):
        datatype = "" if node.lang else node.datatype or f"{XSD}string"
        values = {"object": node.text, "lang": node.lang, "datatype": datatype}
    else:
        values = {"object": node}
    return Statement(scheme=scheme, subject=triple.subject, predicate=triple.predicate, said=said, **values)


def _batches(things: Iterable[Any], size: int = _BATCH) -> Iterator[list[Any]]:
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
