"""Single changes in a national or an organisation's layer; base schemes change only by import."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.thesaurus.actions.closure import recompute_closure_of
from hamroh.thesaurus.actions.imports import index_labels
from hamroh.thesaurus.models import (
    Concept,
    ConceptAncestor,
    Label,
    LabelKind,
    Layer,
    Relation,
    RelationKind,
    Scheme,
    Status,
)
from hamroh.thesaurus.selectors.drafts import chain
from hamroh.thesaurus.skos import find_cycle
from hamroh.vault import journal


class EditRefused(ValueError):
    """The change would break the vocabulary; the message says how."""


@transaction.atomic
def add_concept(
    *, actor: Any, scheme: Scheme, key: str, labels: Mapping[str, str], broader: Iterable[Concept] = ()
) -> Concept:
    """A new concept of a layer with a preferred label in each given language, under its broader concepts."""
    _require(actor, scheme)
    if Concept.objects.filter(key=key).exists() or not key or not labels:
        raise EditRefused(_("A concept needs a label and a key that no other concept has."))
    above = list(broader)
    concept = Concept.objects.create(scheme=scheme, key=key, uri=f"{scheme.uri.rstrip('/')}/{key}", is_top=not above)
    _save_labels([Label.of(concept, lang, text) for lang, text in labels.items()])
    for other in above:
        _refuse_elsewhere(other, scheme)
        Relation.objects.create(source=concept, target=other, kind=RelationKind.BROADER, scheme=scheme)
    recompute_closure_of([concept.pk])
    journal.record(actor=actor, verb="thesaurus.add_concept", about=concept, facts={"key": key})
    return concept


@transaction.atomic
def add_label(
    *, actor: Any, layer: Scheme, concept: Concept, lang: str, text: str, kind: str = LabelKind.ALTERNATIVE
) -> Label:
    """A label that ``layer`` gives to a concept of its own or of a layer below it."""
    _require(actor, layer)
    _refuse_elsewhere(concept, layer)
    held = Label.objects.filter(concept=concept, lang=lang, scheme=layer)
    if not text.strip() or held.filter(text=text).exists():
        raise EditRefused(_("The concept has this label already."))
    if kind == LabelKind.PREFERRED and held.filter(kind=kind).exists():
        raise EditRefused(_("The concept has a preferred label in this language already."))
    (label,) = _save_labels([Label.of(concept, lang, text.strip(), kind, scheme=layer)])
    journal.record(actor=actor, verb="thesaurus.add_label", about=concept, facts={"lang": lang, "kind": kind})
    return label


@transaction.atomic
def add_broader(*, actor: Any, layer: Scheme, concept: Concept, broader: Concept) -> Relation:
    """Say that ``concept`` lies under ``broader``; a ring is refused with its path."""
    _require(actor, layer)
    _refuse_elsewhere(concept, layer)
    _refuse_elsewhere(broader, layer)
    _refuse_ring(concept, broader)
    relation, made = Relation.objects.get_or_create(
        source=concept, target=broader, kind=RelationKind.BROADER, scheme=layer
    )
    if made:
        recompute_closure_of(_below(concept))
        journal.record(actor=actor, verb="thesaurus.add_broader", about=concept, facts={"broader": broader.key})
    return relation


@transaction.atomic
def remove_broader(*, actor: Any, layer: Scheme, concept: Concept, broader: Concept) -> None:
    """Take back what this layer says of a broader concept."""
    _require(actor, layer)
    rows = Relation.objects.filter(source=concept, target=broader, kind=RelationKind.BROADER, scheme=layer)
    if rows.delete()[0]:
        recompute_closure_of(_below(concept))
        journal.record(actor=actor, verb="thesaurus.remove_broader", about=concept, facts={"broader": broader.key})


@transaction.atomic
def retire_concept(*, actor: Any, concept: Concept, replaced_by: Concept | None = None) -> Concept:
    """Mark a concept as no longer used; records that use it keep it and are led to the one that replaces it."""
    _require(actor, concept.scheme)
    concept.status, concept.replaced_by = Status.DEPRECATED, replaced_by
    concept.save(update_fields=["status", "replaced_by"])
    journal.record(actor=actor, verb="thesaurus.retire_concept", about=concept, facts={"key": concept.key})
    return concept


def _require(actor: Any, layer: Scheme) -> None:
    policy.require(actor, "thesaurus.edit", layer)
    if layer.layer == Layer.BASE:
        raise EditRefused(_("A base vocabulary is changed only by importing a new version. Add to a layer over it."))


def _refuse_elsewhere(concept: Concept, layer: Scheme) -> None:
    if concept.scheme_id not in {scheme.pk for scheme in chain(layer)}:
        raise EditRefused(_("This layer does not lie on the vocabulary of that concept."))


def _save_labels(labels: list[Label]) -> list[Label]:
    saved = Label.objects.bulk_create(labels)
    index_labels((label.pk, label.lang, label.text) for label in saved)
    return saved


def _below(concept: Concept) -> list[Any]:
    """The concept and everything narrower, as the closure has it before the change."""
    return list(ConceptAncestor.objects.filter(ancestor=concept).values_list("concept_id", flat=True))


def _refuse_ring(concept: Concept, broader: Concept) -> None:
    over = ConceptAncestor.objects.filter(concept=broader).values("ancestor")
    above: dict[str, list[str]] = {}
    rows = Relation.objects.filter(source__in=over, kind=RelationKind.BROADER)
    for source, target in rows.values_list("source__key", "target__key"):
        above.setdefault(source, []).append(target)
    above.setdefault(concept.key, []).append(broader.key)
    if ring := find_cycle(above):
        raise EditRefused(_("A concept cannot lie under itself: %(path)s.") % {"path": " → ".join(ring)})
