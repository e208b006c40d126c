"""The starter vocabulary: concepts, their labels, the needs of the help finder and the kinds of help they lead to."""

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from hamroh.kernel.datafiles import DataError, document, rows

LANGS = ("en", "az", "ru", "tg")
KINDS = ("pref", "alt", "hidden")
CERTAINTIES = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class Concept:
    """One notion with a permanent id; `definitions` by language, English always."""

    id: str
    group: str
    broader: tuple[str, ...]
    related: tuple[str, ...]
    definitions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Label:
    """A name of a concept; hidden ones are only found by, certainty C waits for a native speaker."""

    concept: str
    lang: str
    kind: str
    text: str
    certainty: str
    source: str


@dataclass(frozen=True, slots=True)
class Need:
    """What happened to her, in her words.

    `code` is what addresses carry, `heading` what a printed sheet says instead of the sentence, `about` the concepts whose
    words mean this need, `services` the weight (0 to 1) of each kind of help it leads to.
    """

    code: int
    crisis_first: bool
    sentence: Mapping[str, str]
    heading: Mapping[str, str]
    about: tuple[str, ...]
    services: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ServiceKind:
    """A concept by which services are described, with the short label a card shows."""

    concept: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything of `data/terms/`, checked."""

    concepts: Mapping[str, Concept]
    labels: tuple[Label, ...]
    needs: tuple[Need, ...]
    services: tuple[ServiceKind, ...]

    def preferred_labels(self) -> dict[tuple[str, str], str]:
        """The preferred label by (concept, language)."""
        return {(label.concept, label.lang): label.text for label in self.labels if label.kind == "pref"}

    def ancestors(self, concept: str) -> frozenset[str]:
        """Every broader concept, at any distance."""
        broader = self.concepts[concept].broader
        return frozenset(broader).union(*map(self.ancestors, broader))


@functools.cache
def load() -> Vocabulary:
    """The vocabulary of the package's own files; DataError with each fault if they are broken."""
    concepts = [_concept(row) for row in rows("terms/concepts.csv")]
    vocabulary = Vocabulary(
        concepts={concept.id: concept for concept in concepts},
        labels=tuple(Label(**row) for row in rows("terms/labels.csv")),
        needs=tuple(_need(entry) for entry in document("terms/needs.yml")["needs"]),
        services=tuple(ServiceKind(**entry) for entry in document("terms/services.yml")["services"]),
    )
    faults = [*_repeated("id", (concept.id for concept in concepts)), *check(vocabulary)]
    if faults:
        raise DataError("; ".join(faults))
    return vocabulary


def _concept(row: dict[str, str]) -> Concept:
    definitions = {lang: row[f"definition_{lang}"] for lang in LANGS if row[f"definition_{lang}"]}
    return Concept(row["id"], row["group"], tuple(row["broader"].split()), tuple(row["related"].split()), definitions)


def _need(entry: dict[str, Any]) -> Need:
    return Need(**{**entry, "about": tuple(entry["about"])})


def check(vocabulary: Vocabulary) -> Iterator[str]:
    """Each fault of a vocabulary as a sentence: broken references, rings of broader, labels that are missing or shared."""
    yield from _broken_references(vocabulary)
    yield from _rings(vocabulary.concepts)
    yield from _label_faults(vocabulary)
    yield from _repeated("code", (str(need.code) for need in vocabulary.needs))
    yield from _repeated("kind of help", (kind.concept for kind in vocabulary.services))
    for text in [*(need.sentence for need in vocabulary.needs), *(kind.label for kind in vocabulary.services)]:
        yield from (f"{text}: nothing in {lang}" for lang in LANGS if not text.get(lang))


def _broken_references(vocabulary: Vocabulary) -> Iterator[str]:
    kinds = {kind.concept for kind in vocabulary.services}
    named = {
        **{concept.id: {*concept.broader, *concept.related} for concept in vocabulary.concepts.values()},
        **{f"need {need.code}": {*need.about, *need.services} for need in vocabulary.needs},
        "labels": {label.concept for label in vocabulary.labels},
        "services": kinds,
    }
    for where, ids in named.items():
        yield from (f"{where}: unknown concept {each}" for each in sorted(ids - vocabulary.concepts.keys()))
    for need in vocabulary.needs:
        yield from (f"need {need.code}: {each} is no kind of help" for each in sorted(need.services.keys() - kinds))


def _rings(concepts: Mapping[str, Concept]) -> Iterator[str]:
    """Concepts that are broader than themselves: what is left when concepts without open broader ones are taken away."""
    left = {key: {each for each in concept.broader if each in concepts} for key, concept in concepts.items()}
    while free := {key for key, broader in left.items() if not broader}:
        left = {key: broader - free for key, broader in left.items() if key not in free}
    if left:
        yield f"a ring of broader concepts in {', '.join(sorted(left))}"


def _label_faults(vocabulary: Vocabulary) -> Iterator[str]:
    preferred = [label for label in vocabulary.labels if label.kind == "pref"]
    per_concept = Counter((label.concept, label.lang) for label in preferred)
    for concept in vocabulary.concepts:
        yield from (
            f"{concept}: not one preferred label in {lang}" for lang in LANGS if per_concept[concept, lang] != 1
        )
    yield from _repeated("preferred label", (f"{label.lang} {label.text.casefold()}" for label in preferred))
    yield from _repeated("label", (f"{label.concept} {label.lang} {label.text}" for label in vocabulary.labels))
    for label in vocabulary.labels:
        if label.kind not in KINDS or label.certainty not in CERTAINTIES or not label.text:
            yield f"{label.concept} {label.lang} {label.text}: kind, certainty or text is not as it must be"


def _repeated(what: str, values: Iterable[str]) -> Iterator[str]:
    yield from (f"{what} {value} is there {count} times" for value, count in Counter(values).items() if count > 1)
