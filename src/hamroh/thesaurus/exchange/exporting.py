"""A vocabulary goes out: all of it, one concept, or what it says of itself."""

import hashlib
from collections.abc import Collection
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from hamroh.thesaurus import selectors, xl
from hamroh.thesaurus.drafts import Draft, Triple
from hamroh.thesaurus.exchange import rdf, sheets
from hamroh.thesaurus.graph import triples
from hamroh.thesaurus.models import Scheme
from hamroh.thesaurus.selectors import memory

MOST_KEPT = 12  # files of one vocabulary: a state in all its forms
#: forms of a whole vocabulary, by the ending of the file
FORMS = {**rdf.MEDIA_TYPES, **sheets.MEDIA_TYPES}


def export(*, actor: Any, scheme: Scheme, form: str = "ttl", labels: bool = False) -> bytes:
    """The scheme with every statement that its source made, or as a sheet for people (``csv``, ``xlsx``).

    With ``labels`` every label is a thing of its own too, as SKOS-XL has it.
    """
    draft = selectors.draft_of(actor=actor, scheme=scheme)
    if form in sheets.MEDIA_TYPES:
        return sheets.written(draft, form)
    statements = stated(draft)
    return rdf.serialise(statements | set(xl.triples(draft, statements)) if labels else statements, form)


def kept_export(*, scheme: Scheme, form: str, labels: bool = False) -> bytes:
    """The same, kept as a file until a vocabulary changes: whoever asks next need not wait."""
    state = hashlib.sha256(repr((memory.state(), labels)).encode()).hexdigest()[:16]
    folder = f"thesaurus-files/{scheme.code}"
    name = f"{folder}/{state}.{form}"
    if default_storage.exists(name):
        with default_storage.open(name) as file:
            return bytes(file.read())
    content = export(actor=None, scheme=scheme, form=form, labels=labels)
    _forget(folder, state)
    default_storage.save(name, ContentFile(content))
    return content


def _forget(folder: str, but: str) -> None:
    held = default_storage.listdir(folder)[1] if default_storage.exists(folder) else []
    for old in held:
        if len(held) > MOST_KEPT or not old.startswith(but):
            default_storage.delete(f"{folder}/{old}")


def export_concept(*, actor: Any, scheme: Scheme, uri: str, form: str = "ttl") -> bytes:
    """What the scheme says about one concept."""
    return rdf.serialise(about(actor=actor, scheme=scheme, uris=[uri]), form)


def about(*, actor: Any, scheme: Scheme, uris: Collection[str]) -> set[Triple]:
    """Statements of the scheme whose subject is one of these."""
    draft = selectors.draft_of(actor=actor, scheme=scheme, uris=uris)
    return {statement for statement in stated(draft) if statement.subject in uris}


def stated(draft: Draft) -> set[Triple]:
    """The draft's own triples, with what its source said beyond them and without what it did not say."""
    return (set(triples(draft)) - set(draft.unsaid)) | set(draft.statements)
