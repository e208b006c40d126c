"""What lies above and beside a concept, in a layer; the closure of broader follows."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hamroh.thesaurus.actions.closure import recompute_closure_of
from hamroh.thesaurus.actions.indexing import index_users
from hamroh.thesaurus.actions.writing import EditRefused, begin, finish, refuse_elsewhere
from hamroh.thesaurus.models import BROADER_KINDS, ChangeKind, Concept, ConceptAncestor, Relation, RelationKind, Scheme
from hamroh.thesaurus.skos import find_cycle


@transaction.atomic
def add_relation(
    *, actor: Any, layer: Scheme, concept: Concept, other: Concept, kind: str, seen: int | None = None
) -> Relation:
    """Say that ``concept`` lies under ``other`` in one of four ways, or beside it.

    A ring is refused with its path, and so is what would lie both above and beside. Another way of lying under takes the place
    of the one that this layer gave before.
    """
    concept = begin(actor, layer, concept, seen)
    refuse_elsewhere(other, layer)
    if kind == RelationKind.RELATED:
        return _relate(actor, layer, concept, other)
    _refuse_ring(concept, other)
    _refuse_both(concept, other, kind)
    relation, made = Relation.objects.get_or_create(source=concept, target=other, kind=kind, scheme=layer)
    if made:
        said = Relation.objects.filter(source=concept, target=other, kind__in=BROADER_KINDS, scheme=layer)
        said.exclude(pk=relation.pk).delete()
        _follow(concept, layer)
        facts = {"broader": other.key, "kind": str(kind)}
        finish(
            actor, layer, concept, "add_broader", ChangeKind.RELATION_ADDED, detail=str(kind), other=other, facts=facts
        )
    return relation


def _relate(actor: Any, layer: Scheme, concept: Concept, other: Concept) -> Relation:
    if concept == other:
        raise EditRefused(_("A concept is not related to itself."))
    _refuse_both(concept, other, RelationKind.RELATED)
    kind = RelationKind.RELATED
    Relation.objects.get_or_create(source=other, target=concept, kind=kind, scheme=layer)
    relation, made = Relation.objects.get_or_create(source=concept, target=other, kind=kind, scheme=layer)
    if made:
        facts = {"related": other.key}
        finish(actor, layer, concept, "add_related", ChangeKind.RELATION_ADDED, detail=kind, other=other, facts=facts)
    return relation


@transaction.atomic
def remove_relation(
    *, actor: Any, layer: Scheme, concept: Concept, other: Concept, kind: str, seen: int | None = None
) -> None:
    """Take back what this layer says of a broader or related concept; what other layers say stays."""
    concept = begin(actor, layer, concept, seen)
    rows = Relation.objects.filter(source=concept, target=other, kind=kind, scheme=layer)
    if not rows.delete()[0]:
        return
    if kind == RelationKind.RELATED:
        Relation.objects.filter(source=other, target=concept, kind=kind, scheme=layer).delete()
    else:
        _follow(concept, layer)
    verb = "remove_related" if kind == RelationKind.RELATED else "remove_broader"
    facts = {"other": other.key, "kind": str(kind)}
    finish(actor, layer, concept, verb, ChangeKind.RELATION_REMOVED, detail=str(kind), other=other, facts=facts)


def add_broader(*, actor: Any, layer: Scheme, concept: Concept, broader: Concept) -> Relation:
    """Say that ``concept`` lies under ``broader``, leaving open in what way."""
    return add_relation(actor=actor, layer=layer, concept=concept, other=broader, kind=RelationKind.BROADER)


def remove_broader(*, actor: Any, layer: Scheme, concept: Concept, broader: Concept) -> None:
    """Take back what this layer says of a broader concept."""
    remove_relation(actor=actor, layer=layer, concept=concept, other=broader, kind=RelationKind.BROADER)


def _follow(concept: Concept, layer: Scheme) -> None:
    """The closure, the tops of the hierarchy and the records below follow a changed relation."""
    below = list(ConceptAncestor.objects.filter(ancestor=concept).values_list("concept_id", flat=True))
    recompute_closure_of(below)
    if layer.pk == concept.scheme_id:
        own = Relation.objects.filter(source=concept, kind__in=BROADER_KINDS, scheme=layer)
        concept.is_top = not own.exists()
        concept.save(update_fields=["is_top"])
    index_users(below)


def _refuse_both(concept: Concept, other: Concept, kind: str) -> None:
    """SKOS: what lies above or below is not beside as well."""
    if kind == RelationKind.RELATED:
        line = ConceptAncestor.objects.filter(
            concept__in=[concept, other], ancestor__in=[concept, other], distance__gt=0
        )
        if line.exists():
            raise EditRefused(_("One of the two lies under the other, so they are not related as well."))
    elif Relation.objects.filter(source=concept, target=other, kind=RelationKind.RELATED).exists():
        raise EditRefused(_("The two are related. Take that away first."))


def _refuse_ring(concept: Concept, broader: Concept) -> None:
    over = ConceptAncestor.objects.filter(concept=broader).values("ancestor")
    above: dict[str, list[str]] = {}
    rows = Relation.objects.filter(source__in=over, kind__in=BROADER_KINDS)
    for source, target in rows.values_list("source__key", "target__key"):
        above.setdefault(source, []).append(target)
    above.setdefault(concept.key, []).append(broader.key)
    if ring := find_cycle(above):
        raise EditRefused(_("A concept cannot lie under itself: %(path)s.") % {"path": " → ".join(ring)})
