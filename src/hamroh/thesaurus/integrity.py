"""What SKOS forbids though every statement of it can be read: its integrity conditions, by their numbers in the specification.

S9 and S37: a thing is a concept or a scheme or a collection. S13: a text is one kind of label of a thing. S14, one preferred
label in a language, is told of concepts in `skos`, of other things here. S27: what lies above a concept is not related to it.
S46: an exact match is no broad and no related one. SKOS-XL: a label is nothing else (S47) and has one literal form (S52).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from hamroh.kernel.vocabulary import READ
from hamroh.thesaurus.drafts import DraftConcept, DraftLabel, Fault, Literal, Node, Problem
from hamroh.thesaurus.graph import LABELS, SKOS, TYPE, XL

Facts = Mapping[str, Mapping[str, list[Node]]]
Known = Mapping[str, DraftConcept]
_COLLECTIONS = {f"{SKOS}Collection", f"{SKOS}OrderedCollection"}
_APART = ({f"{SKOS}Concept"}, {f"{SKOS}ConceptScheme"}, _COLLECTIONS, {f"{XL}Label"})
_EXACT, _NEVER_EXACT = "exactMatch", {"broadMatch", "narrowMatch", "relatedMatch"}
_ABOVE, _BESIDE = {"broadMatch", "narrowMatch"}, "relatedMatch"
#: the closure of a hierarchy is a table: as many lines as this for each concept on average, and as many more in any case
_MOST_ABOVE, _MOST_ABOVE_ANYWAY = 60, 1_000_000


def of_things(facts: Facts, concepts: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with kinds of things, with labels that are things, and with names of things other than ``concepts``."""
    known = set(concepts)
    for uri, said in facts.items():
        kinds = {node for node in said.get(TYPE, ()) if isinstance(node, str)}
        if sum(bool(kinds & each) for each in _APART) > 1:
            yield Problem(Fault.TWO_THINGS, None, uri, ", ".join(sorted(map(_short, kinds))))
        if f"{XL}Label" in kinds and len(set(said.get(f"{XL}literalForm", ()))) != 1:
            yield Problem(Fault.LITERAL_FORM, None, uri)
        if uri not in known and not LABELS.keys().isdisjoint(said):
            yield from _of_names(uri, _names(said))


def of_concepts(concepts: Iterable[DraftConcept]) -> Iterator[Problem]:
    """What is wrong with labels and matches of concepts."""
    for concept in concepts:
        yield from _two_kinds(concept.uri, concept.labels)
        yield from _of_matches(concept)


def of_relations(concepts: Known, known: Known) -> Iterator[Problem]:
    """S27 over all layers, where no ring is; what the layers below said before is not this one's fault."""
    above, beside = _together(concepts, known, "broader"), _together(concepts, known, "related")
    found: list[tuple[str, str]] = []
    left = _MOST_ABOVE * len(above) + _MOST_ABOVE_ANYWAY
    for uri in above:
        higher = _climbed(uri, above)
        left -= len(higher)
        if left < 0:
            yield Problem(Fault.TANGLED, None, uri)
            return
        found += [(uri, other) for other in sorted(beside.get(uri, set()) & higher)]
    before = {uri: concept.broader for uri, concept in known.items()} if found else {}
    for uri, other in found:
        stood = uri in known and other in known[uri].related and other in _climbed(uri, before)
        if not stood:
            yield Problem(Fault.RELATED_ABOVE, None, uri, other)


def _names(said: Mapping[str, list[Node]]) -> list[DraftLabel]:
    return [
        DraftLabel(kind, node.lang, node.text)
        for predicate, kind in LABELS.items()
        for node in said.get(predicate, ())
        if isinstance(node, Literal)
    ]


def _of_names(uri: str, names: list[DraftLabel]) -> Iterator[Problem]:
    yield from _two_kinds(uri, names)
    preferred = defaultdict(set)
    for label in names:
        if label.kind == "pref":
            preferred[label.lang].add(label.text)
    for lang, texts in sorted(preferred.items()):
        if len(texts) > 1:
            yield Problem(
                Fault.TWO_PREFERRED, None, uri, f"{lang or '-'}: " + ", ".join(f"“{one}”" for one in sorted(texts))
            )


def _two_kinds(uri: str, labels: Iterable[DraftLabel]) -> Iterator[Problem]:
    """S13, in the languages that somebody reads here; elsewhere the checks of the vocabulary tell it."""
    counted = Counter((lang, text) for _kind, lang, text in {label.words for label in labels})
    for (lang, text), number in sorted(counted.items()):
        if number > 1 and (not lang or lang.partition("-")[0].lower() in READ):
            yield Problem(Fault.TWO_KINDS, None, uri, f"“{text}”")


def _of_matches(concept: DraftConcept) -> Iterator[Problem]:
    ways = defaultdict(set)
    for mapping in concept.mappings:
        ways[mapping.uri].add(mapping.kind)
    for uri, kinds in sorted(ways.items()):
        if (_EXACT in kinds and kinds & _NEVER_EXACT) or (_BESIDE in kinds and kinds & _ABOVE):
            yield Problem(Fault.MATCHED_TWICE, None, concept.uri, uri)


def _together(concepts: Known, known: Known, name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {uri: getattr(concept, name) for uri, concept in known.items()}
    for uri, concept in concepts.items():
        found[uri] = found.get(uri, set()) | getattr(concept, name)
    return found


def _climbed(uri: str, above: Mapping[str, set[str]]) -> set[str]:
    """All that is above, however far; a ring ends where it began."""
    found: set[str] = set()
    waiting = [*above.get(uri, ())]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += above.get(one, ())
    return found


def _short(uri: str) -> str:
    return uri.replace(SKOS, "skos:").replace(XL, "skosxl:")
