"""A vocabulary as plain values: what a file says, what the tables say, and what differs between the two."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Literal(NamedTuple):
    """A text in RDF: plain or with a language or, rarely, with another datatype than string."""

    text: str
    lang: str = ""
    datatype: str = ""


#: An IRI or ``_:name`` as a bare string, or a literal.
Node = str | Literal


class Triple(NamedTuple):
    subject: str
    predicate: str
    object: Node


class DraftLabel(NamedTuple):
    kind: str
    lang: str
    text: str
    certainty: str = ""
    source: str = ""
    outdated: str = ""

    @property
    def words(self) -> tuple[str, str, str]:
        """What the label says; the rest is what is known about it."""
        return self[:3]


class DraftNote(NamedTuple):
    kind: str
    lang: str
    text: str


class DraftMapping(NamedTuple):
    kind: str
    uri: str


@dataclass
class DraftConcept:
    """One concept; relations name the other concept by URI. ``own`` is false for what a layer says of a base concept.

    Of several successors ``replaced_by`` is the nearest, the others are in ``also_replaced_by``.
    """

    uri: str
    key: str = ""
    own: bool = True
    notation: str = ""
    status: str = "approved"
    is_top: bool = False
    replaced_by: str = ""
    also_replaced_by: set[str] = field(default_factory=set)
    labels: set[DraftLabel] = field(default_factory=set)
    notes: set[DraftNote] = field(default_factory=set)
    mappings: set[DraftMapping] = field(default_factory=set)
    broader: set[str] = field(default_factory=set)
    related: set[str] = field(default_factory=set)
    ways: dict[str, str] = field(default_factory=dict)  # in which way a broader one is: broaderGeneric and so on


@dataclass
class DraftGroup:
    """A collection; ``parent``, ``members`` and the concept that an array parts (``superordinate``) are URIs."""

    uri: str
    key: str = ""
    notation: str = ""
    is_concept_group: bool = False
    parent: str = ""
    titles: dict[str, str] = field(default_factory=dict)
    members: set[str] = field(default_factory=set)
    kind: str = "collection"
    superordinate: str = ""


@dataclass
class Draft:
    """A whole scheme. ``statements`` and ``unsaid`` are the differences to what our tables alone would export.

    ``tells_approval`` is false where the source cannot tell a candidate from an approved concept.
    """

    uri: str
    titles: dict[str, str] = field(default_factory=dict)
    licence: str = ""
    version: str = ""
    concepts: dict[str, DraftConcept] = field(default_factory=dict)
    groups: dict[str, DraftGroup] = field(default_factory=dict)
    statements: list[Triple] = field(default_factory=list)
    unsaid: list[Triple] = field(default_factory=list)
    tells_approval: bool = True

    def own_concepts(self) -> Iterator[DraftConcept]:
        return (concept for concept in self.concepts.values() if concept.own)


class Fault(StrEnum):
    """Why a file is refused; the words for people stand in ``exchange``."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    ARCHIVE = "archive"
    ENCODING = "encoding"
    SYNTAX = "syntax"
    ENTITY = "entity"
    LITERAL_TOO_LONG = "literal_too_long"
    CHARACTER = "character"
    UNSUPPORTED = "unsupported"
    NO_SCHEME = "no_scheme"
    NO_CONCEPTS = "no_concepts"
    OUTSIDE_SCHEME = "outside_scheme"
    TWO_PREFERRED = "two_preferred"
    NO_LABEL = "no_label"
    LABEL_TOO_LONG = "label_too_long"
    ADDRESS = "address"
    UNKNOWN_CONCEPT = "unknown_concept"
    CYCLE = "cycle"
    TWO_KINDS = "two_kinds"
    TWO_THINGS = "two_things"
    RELATED_ABOVE = "related_above"
    MATCHED_TWICE = "matched_twice"
    LITERAL_FORM = "literal_form"
    TANGLED = "tangled"
    TAKEN = "taken"
    CODE = "code"
    TABLE = "table"
    COLUMN = "column"
    ROW = "row"
    TWICE = "twice"
    STATUS = "status"


@dataclass(frozen=True)
class Problem:
    """One reason to refuse a file: where (``line`` from 1, None where no line is to blame), what about, and details."""

    fault: Fault
    line: int | None = None
    subject: str = ""
    detail: str = ""


class DraftRefused(ValueError):
    """The file cannot be imported; ``problems`` holds every reason found, in the order of the file."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.fault}: {problem.subject} {problem.detail}" for problem in problems[:3]))
        self.problems = problems


@dataclass(frozen=True)
class Difference:
    """What an import would change: URIs of concepts that are new, that differ and that the new version lacks."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int

    def counts(self) -> dict[str, int]:
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "removed": len(self.removed),
            "unchanged": self.unchanged,
        }


def apart(key: str, uri: str) -> str:
    """Another key for a thing whose key somebody else has: with a few signs of its URI."""
    return f"{key}~{hashlib.sha256(uri.encode()).hexdigest()[:8]}"


def keep_keys(before: Draft | None, after: Draft) -> None:
    """A concept or group that stays keeps its key; a new one that would take a kept key gets another."""
    for old, new in ((before.concepts, after.concepts), (before.groups, after.groups)) if before else ():
        taken = {thing.key for thing in old.values()}
        for uri, thing in new.items():
            if uri in old:
                thing.key = old[uri].key
            elif thing.key in taken:
                thing.key = apart(thing.key, uri)


def keep_marks(before: Draft | None, after: Draft) -> None:
    """What people noted here stays where the new version says the same and no more: SKOS has no words for it.

    Of a label how sure it is, where it is from and why it is outdated; of a concept that it waits for approval, and which of its
    successors is the nearest.
    """
    for uri, new in after.concepts.items() if before else ():
        old = before.concepts.get(uri) if before else None
        if old is None:
            continue
        noted = {label.words: label for label in old.labels}
        new.labels = {_marked(label, noted.get(label.words, label)) for label in new.labels}
        if not after.tells_approval and (old.status, new.status) == ("candidate", "approved"):
            new.status = old.status
        if _successors(old) == _successors(new):
            new.replaced_by, new.also_replaced_by = old.replaced_by, old.also_replaced_by


def _marked(label: DraftLabel, old: DraftLabel) -> DraftLabel:
    return DraftLabel(*label.words, *(new or stood for new, stood in zip(label[3:], old[3:], strict=True)))


def _successors(concept: DraftConcept) -> set[str]:
    return {concept.replaced_by, *concept.also_replaced_by} - {""}


def difference(before: Draft | None, after: Draft) -> Difference:
    """Concepts compared by URI; one that is already out of use and stays away counts as unchanged."""
    old = before.concepts if before else {}
    shared = [uri for uri in after.concepts if uri in old]
    changed = tuple(uri for uri in shared if old[uri] != after.concepts[uri])
    gone = [uri for uri, concept in old.items() if uri not in after.concepts and concept.status != "deprecated"]
    added = tuple(uri for uri in after.concepts if uri not in old)
    kept = len(old) - len(changed) - len(gone)
    return Difference(added, changed, tuple(gone), kept)
