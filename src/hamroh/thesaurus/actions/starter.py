"""The vocabulary that comes with Hamroh, as a base scheme."""

from typing import Any

from hamroh.kernel import terms
from hamroh.kernel.datafiles import head, rows
from hamroh.thesaurus import selectors
from hamroh.thesaurus.actions.imports import import_scheme
from hamroh.thesaurus.drafts import Draft, DraftConcept, DraftGroup, DraftLabel, DraftNote
from hamroh.thesaurus.models import Layer, Scheme

CODE, URI = "hamroh", "urn:hamroh:terms"
_TITLES = {
    "en": "Vocabulary of Hamroh",
    "az": "Həmrahın lüğəti",
    "ru": "Словарь «Хамрох»",
    "tg": "Луғати Ҳамроҳ",
}


def load_starter_vocabulary(*, actor: Any) -> Scheme:
    """Load the package's concepts, or bring them up to date; what other layers add to them stays.

    Does nothing where nothing has changed.
    """
    plan = selectors.import_plan(actor=actor, draft=starter_draft(), code=CODE, layer=Layer.BASE, extends="")
    difference = plan.difference
    if plan.scheme and not (difference.added or difference.changed or difference.removed):
        return plan.scheme
    return import_scheme(actor=actor, plan=plan)


def starter_draft() -> Draft:
    """The package's vocabulary as a draft."""
    known, about = terms.load(), head("terms/concepts.csv")
    draft = Draft(URI, dict(_TITLES), about["licence"], about["date"])
    for concept in known.concepts.values():
        draft.concepts[_uri(concept.id)] = _concept(concept)
    for label in known.labels:
        said = DraftLabel(label.kind, label.lang, label.text, label.certainty, label.source[:300])
        draft.concepts[_uri(label.concept)].labels.add(said)
    for uri, made in draft.concepts.items():
        for other in made.related:
            draft.concepts[other].related.add(uri)
    _add_groups(draft, known)
    return draft


def _concept(concept: terms.Concept) -> DraftConcept:
    return DraftConcept(
        _uri(concept.id),
        concept.id,
        is_top=not concept.broader,
        notes={DraftNote("definition", lang, text) for lang, text in concept.definitions.items()},
        broader=set(map(_uri, concept.broader)),
        related=set(map(_uri, concept.related)),
    )


def _add_groups(draft: Draft, known: terms.Vocabulary) -> None:
    for row in rows("terms/groups.csv"):
        uri = f"{URI}:group:{row['key']}"
        titles = {lang: row[lang] for lang in terms.LANGS}
        members = {_uri(concept.id) for concept in known.concepts.values() if concept.group == row["group"]}
        draft.groups[uri] = DraftGroup(uri, row["key"], titles=titles, members=members)


def _uri(key: str) -> str:
    return f"{URI}:{key}"
