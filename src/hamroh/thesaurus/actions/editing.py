"""Concepts and their labels, by hand: always in a layer that has a keeper; what lies under it stays as it is."""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from hamroh.kernel import vocabulary
from hamroh.thesaurus.actions.changes import log_change
from hamroh.thesaurus.actions.closure import recompute_closure_of
from hamroh.thesaurus.actions.indexing import index_concepts
from hamroh.thesaurus.actions.writing import (
    EditRefused,
    begin,
    finish,
    refuse_elsewhere,
    require_keeper,
    save_labels,
)
from hamroh.thesaurus.models import ChangeKind, Concept, Label, LabelKind, Relation, RelationKind, Scheme, Status
from hamroh.vault import journal


@transaction.atomic
def add_concept(
    *,
    actor: Any,
    scheme: Scheme,
    labels: Mapping[str, str],
    key: str = "",
    broader: Iterable[Concept] = (),
    kind: str = RelationKind.BROADER,
    status: str = Status.APPROVED,
) -> Concept:
    """A new concept of a layer with a preferred label in each given language, under its broader concepts."""
    require_keeper(actor, scheme)
    said = {lang: text.strip() for lang, text in labels.items() if text.strip()}
    key = key or _free_key(scheme, said)
    if Concept.objects.filter(key=key).exists() or not key or not said:
        raise EditRefused(_("A concept needs a label and a key that no other concept has."))
    above = list(broader)
    uri = f"{scheme.uri.rstrip('/')}{':' if scheme.uri.startswith('urn:') else '/'}{key}"
    concept = Concept.objects.create(scheme=scheme, key=key, uri=uri, is_top=not above, status=status)
    save_labels(Label.of(concept, lang, text) for lang, text in said.items())
    for other in above:
        refuse_elsewhere(other, scheme)
        Relation.objects.create(source=concept, target=other, kind=kind, scheme=scheme)
        log_change(scheme, concept, ChangeKind.RELATION_ADDED, detail=str(kind), other=other)
    recompute_closure_of([concept.pk])
    finish(actor, scheme, concept, "add_concept", ChangeKind.ADDED, facts={"key": key, "status": str(status)})
    return concept


def _free_key(scheme: Scheme, labels: Mapping[str, str]) -> str:
    """A key made of the English label, else of the vocabulary's code; with a number where another concept has it."""
    stem = slugify(labels.get("en", ""))[:80].strip("-") or f"{scheme.code}-term"
    taken = set(Concept.objects.filter(key__startswith=stem).values_list("key", flat=True))
    return next(key for number in count(1) if (key := stem if number == 1 else f"{stem}-{number}") not in taken)


@transaction.atomic
def approve_concept(*, actor: Any, concept: Concept, seen: int | None = None) -> Concept:
    """A candidate becomes a concept like the others; one that was out of use is used again."""
    concept = begin(actor, concept.scheme, concept, seen)
    if concept.status == Status.APPROVED:
        raise EditRefused(_("The concept is approved already."))
    kind = ChangeKind.APPROVED if concept.status == Status.CANDIDATE else ChangeKind.REVIVED
    concept.status, concept.replaced_by = Status.APPROVED, None
    concept.save(update_fields=["status", "replaced_by"])
    concept.also_replaced_by.clear()
    finish(actor, concept.scheme, concept, "approve_concept", kind)
    return concept


@transaction.atomic
def retire_concept(
    *,
    actor: Any,
    concept: Concept,
    replaced_by: Concept | None = None,
    also: Iterable[Concept] = (),
    seen: int | None = None,
) -> Concept:
    """Mark a concept as no longer used; records that use it keep it and are led to what replaces it.

    A concept that was split has several successors: the nearest, and ``also``.
    """
    concept = begin(actor, concept.scheme, concept, seen)
    further = [other for other in also if other != replaced_by]
    for other in [replaced_by, *further] if replaced_by else further:
        _refuse_successor(concept, other)
    concept.status, concept.replaced_by, concept.is_top = Status.DEPRECATED, replaced_by, False
    concept.save(update_fields=["status", "replaced_by", "is_top"])
    concept.also_replaced_by.set(further)
    kind = ChangeKind.REPLACED if replaced_by else ChangeKind.DEPRECATED
    facts = {"key": concept.key, "replaced_by": replaced_by.key if replaced_by else ""}
    finish(actor, concept.scheme, concept, "retire_concept", kind, other=replaced_by, facts=facts)
    return concept


def _refuse_successor(concept: Concept, other: Concept) -> None:
    refuse_elsewhere(other, concept.scheme)
    if other == concept or other.status == Status.DEPRECATED:
        raise EditRefused(_("A concept is replaced by another one that is in use."))


@transaction.atomic
def set_notation(*, actor: Any, concept: Concept, notation: str, seen: int | None = None) -> Concept:
    """Give the concept its code in the vocabulary's classification, or take it away."""
    concept = begin(actor, concept.scheme, concept, seen)
    notation = notation.strip()
    taken = Concept.objects.filter(scheme=concept.scheme, notation=notation).exclude(pk=concept.pk)
    if notation and taken.exists():
        raise EditRefused(_("Another concept of this vocabulary has this notation."))
    if notation != concept.notation:
        concept.notation = notation
        concept.save(update_fields=["notation"])
        finish(actor, concept.scheme, concept, "set_notation", ChangeKind.NOTATION, text=notation)
    return concept


@transaction.atomic
def add_label(
    *,
    actor: Any,
    layer: Scheme,
    concept: Concept,
    lang: str,
    text: str,
    kind: str = LabelKind.ALTERNATIVE,
    certainty: str = "",
    source: str = "",
    outdated: str = "",
    seen: int | None = None,
) -> Label:
    """A label that ``layer`` gives to a concept of its own or of a layer below it.

    A new preferred label makes way for nothing: the one that stands is taken away or changed first.
    """
    concept = begin(actor, layer, concept, seen)
    label = Label.of(concept, lang, " ".join(text.split()), kind, scheme=layer)
    label.certainty, label.source, label.outdated = certainty, source.strip(), outdated.strip()
    _refuse_label(label)
    save_labels([label])
    _finish_label(actor, label, "add_label", ChangeKind.LABEL_ADDED)
    return label


@transaction.atomic
def edit_label(
    *,
    actor: Any,
    label: Label,
    text: str,
    kind: str = "",
    certainty: str = "",
    source: str = "",
    outdated: str = "",
    seen: int | None = None,
) -> Label:
    """Say a label otherwise, or say of it where it is from, how sure it is, and why nobody should use it any more."""
    begin(actor, label.scheme, label.concept, seen)
    stood = (label.text, label.kind, bool(label.outdated))
    label.text, label.kind = " ".join(text.split()), kind or label.kind
    label.certainty, label.source, label.outdated = certainty, source.strip(), outdated.strip()
    _refuse_label(label)
    for name, value in vocabulary.spelling(label.text, label.lang).items():
        setattr(label, name, value)
    if (label.text, label.kind, bool(label.outdated)) == stood:
        label.save()
        _finish_label(actor, label, "edit_label", "")
        return label
    old, label.pk = Label.objects.get(pk=label.pk), label.pk
    old.delete()
    save_labels([label])
    _finish_label(actor, old, "edit_label", ChangeKind.LABEL_REMOVED)
    _finish_label(actor, label, "edit_label", ChangeKind.LABEL_ADDED)
    return label


@transaction.atomic
def remove_label(*, actor: Any, label: Label, seen: int | None = None) -> None:
    """Take away a label that this layer gave; the last preferred one of a concept of its own stays."""
    concept = begin(actor, label.scheme, label.concept, seen)
    others = Label.objects.filter(concept=concept, kind=LabelKind.PREFERRED).exclude(pk=label.pk)
    if label.kind == LabelKind.PREFERRED and label.scheme_id == concept.scheme_id and not others.exists():
        raise EditRefused(_("This is the concept's only preferred label. Give it another one first."))
    Label.objects.filter(pk=label.pk).delete()
    _finish_label(actor, label, "remove_label", ChangeKind.LABEL_REMOVED)


def _finish_label(actor: Any, label: Label, verb: str, kind: str) -> None:
    facts = {"lang": label.lang, "kind": str(label.kind)}
    if kind:
        said = {"lang": label.lang, "detail": str(label.kind), "text": label.text}
        finish(actor, label.scheme, label.concept, verb, kind, facts=facts, **said)
    else:
        journal.record(actor=actor, verb=f"thesaurus.{verb}", about=label.concept, facts=facts)
        index_concepts([label.concept])


def _refuse_label(label: Label) -> None:
    held = Label.objects.filter(concept=label.concept_id, lang=label.lang, scheme=label.scheme_id)
    held = held.exclude(pk=label.pk)
    if label.kind != LabelKind.PREFERRED:  # a layer may prefer what another one only knows as well
        anywhere = Label.objects.filter(concept=label.concept_id, lang=label.lang, text=label.text)
        if anywhere.exclude(pk=label.pk).exists():
            raise EditRefused(_("The concept has this label already."))
    if not label.text or held.filter(text=label.text).exists():
        raise EditRefused(_("The concept has this label already."))
    if label.kind == LabelKind.PREFERRED and held.filter(kind=label.kind).exists():
        raise EditRefused(_("The concept has a preferred label in this language already."))
    if label.kind == LabelKind.PREFERRED and label.outdated:
        raise EditRefused(_("A preferred label is not outdated. Make it another name first."))
