"""SKOS-XL: labels that are things of their own. Read as labels of ours; written from ours when somebody asks."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from hamroh.thesaurus.drafts import Draft, DraftConcept, DraftLabel, Literal, Node, Triple
from hamroh.thesaurus.graph import DCT, TYPE, XL

KINDS = {f"{XL}prefLabel": "pref", f"{XL}altLabel": "alt", f"{XL}hiddenLabel": "hidden"}
_FORM = f"{XL}literalForm"


def labels(said: Mapping[str, list[Node]], facts: Mapping[str, Mapping[str, list[Node]]]) -> set[DraftLabel]:
    """What a concept is called by labels that are things: their literal forms."""
    return {
        DraftLabel(kind, form.lang, form.text)
        for predicate, kind in KINDS.items()
        for thing in said.get(predicate, ())
        if isinstance(thing, str) and thing in facts
        for form in facts[thing].get(_FORM, ())
        if isinstance(form, Literal) and not form.datatype
    }


def triples(draft: Draft, said: Iterable[Triple]) -> Iterator[Triple]:
    """Every label of a draft as a thing with a URI, where its source did not make one of it already."""
    known = _known(said)
    predicates = {kind: predicate for predicate, kind in KINDS.items()}
    for concept in draft.concepts.values():
        for label in concept.labels:
            predicate, form = predicates[label.kind], Literal(label.text, label.lang)
            if (concept.uri, predicate, form) in known:
                continue
            uri = name(concept, label)
            yield Triple(concept.uri, predicate, uri)
            yield Triple(uri, TYPE, f"{XL}Label")
            yield Triple(uri, _FORM, form)
            if label.source:
                yield Triple(uri, f"{DCT}source", Literal(label.source))


def name(concept: DraftConcept, label: DraftLabel) -> str:
    """A URI that stays as long as the label is said so."""
    digest = hashlib.sha256(f"{label.kind} {label.lang} {label.text}".encode()).hexdigest()[:16]
    return f"{concept.uri}{'-' if '#' in concept.uri else '#'}label-{digest}"


def _known(said: Iterable[Triple]) -> set[tuple[str, str, Node]]:
    statements = list(said)
    forms = {subject: node for subject, predicate, node in statements if predicate == _FORM}
    return {
        (subject, predicate, forms[node])
        for subject, predicate, node in statements
        if predicate in KINDS and isinstance(node, str) and node in forms
    }
