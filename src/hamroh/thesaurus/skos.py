"""From triples to a draft: SKOS read by its own words, everything else kept as it was said."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from hamroh.thesaurus import integrity, xl
from hamroh.thesaurus.drafts import (
    Draft,
    DraftConcept,
    DraftGroup,
    DraftLabel,
    DraftMapping,
    DraftNote,
    Fault,
    Literal,
    Node,
    Problem,
    Triple,
    apart,
)
from hamroh.thesaurus.graph import (
    BROADER,
    DCT,
    GROUP_KINDS,
    ISO,
    LABELS,
    MATCHES,
    NARROWER,
    NOTES,
    OWL,
    RDF,
    RDFS,
    SKOS,
    TRUE,
    TYPE,
    triples,
)

_GROUPS = {f"{SKOS}Collection", f"{SKOS}OrderedCollection", f"{ISO}ConceptGroup", f"{ISO}ThesaurusArray"}
_KEY_LENGTH, _TEXT_LENGTH, _URI_LENGTH, _LANG_LENGTH, _TITLE_LENGTH = 120, 400, 400, 35, 400

Facts = dict[str, dict[str, list[Node]]]
Known = Mapping[str, DraftConcept]


@dataclass(frozen=True)
class Reading:
    """A draft with the reasons, if any, why it may not be imported."""

    draft: Draft
    problems: list[Problem]


def read(statements: Iterable[Triple], known: Known | None = None) -> Reading:
    """A draft of the one scheme that the statements are about; ``known`` are the concepts of the layers below, by URI."""
    known = known or {}
    said = set(statements)
    facts: Facts = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object_ in said:
        facts[subject][predicate].append(object_)
    schemes = _schemes(facts)
    if not schemes:
        return Reading(Draft(""), [Problem(Fault.NO_SCHEME)])
    draft = Draft(schemes[0], tells_approval=False)
    _describe(draft, facts[draft.uri])
    _read_concepts(draft, facts, known, schemes)
    _read_groups(draft, facts)
    outside = _outsiders(draft, facts, known)
    problems = outside + _link(draft, facts) + list(integrity.of_things(facts, draft.concepts))
    for uri, concept in draft.concepts.items():
        _leave_out(concept, known.get(uri))
    _name(draft.concepts)
    _name(draft.groups)
    problems += check(draft, known)
    told = {problem.subject for problem in outside}
    problems = [each for each in problems if each.fault is not Fault.UNKNOWN_CONCEPT or each.detail not in told]
    settle(draft, said)
    return Reading(draft, problems)


def settle(draft: Draft, said: set[Triple]) -> None:
    """Keep what was said beyond our tables, and note what our tables would say beyond the source."""
    ours = set(triples(draft))
    draft.statements = sorted(said - ours, key=_plain)
    draft.unsaid = sorted(ours - said, key=_plain)


def check(draft: Draft, known: Known | None = None) -> list[Problem]:
    """Every reason why the draft is no sound vocabulary."""
    known = known or {}
    if not draft.concepts:
        return [Problem(Fault.NO_CONCEPTS, None, draft.uri)]
    problems = [problem for concept in draft.concepts.values() for problem in _concept_problems(concept)]
    for concept in draft.concepts.values():
        for other in sorted(concept.broader | concept.related):
            if other not in draft.concepts and other not in known:
                problems.append(Problem(Fault.UNKNOWN_CONCEPT, None, concept.uri, other))
    problems += integrity.of_concepts(draft.concepts.values())
    if cycle := find_cycle(_broader(draft.concepts, known)):
        return [*problems, Problem(Fault.CYCLE, None, cycle[0], " → ".join(local_name(uri) for uri in cycle))]
    return [*problems, *integrity.of_relations(draft.concepts, known)]


def find_cycle(broader: dict[str, list[str]]) -> list[str]:
    """A path of broader that comes back to where it began, ends included; empty where there is none."""
    done: set[str] = set()
    for first in broader:
        path: dict[str, None] = {}
        waiting = [(first, iter(broader.get(first, ())))] if first not in done else []
        path.update((uri, None) for uri, _ in waiting)
        while waiting:
            uri, rest = waiting[-1]
            above = next(rest, None)
            if above is None:
                done.add(uri)
                path.pop(uri)
                waiting.pop()
            elif above in path:
                trail = list(path)
                return [*trail[trail.index(above) :], above]
            elif above not in done:
                path[above] = None
                waiting.append((above, iter(broader.get(above, ()))))
    return []


def local_name(uri: str) -> str:
    """The end of a URI, as people read it."""
    return unquote(re.split(r"[/#:]", uri.rstrip("/#"))[-1]) or uri


def _plain(triple: Triple) -> tuple[str, str, str]:
    return triple.subject, triple.predicate, repr(triple.object)


def _schemes(facts: Facts) -> list[str]:
    """The schemes that the file declares, first the one that most concepts say they are in.

    The others are parts of it: their concepts come with it, and what is said of them is kept.
    """
    declared = [uri for uri, said in facts.items() if f"{SKOS}ConceptScheme" in said.get(TYPE, ())]
    votes = Counter(scheme for said in facts.values() for scheme in said.get(f"{SKOS}inScheme", ()))
    return sorted(declared, key=lambda uri: (-votes[uri], uri))


def _describe(draft: Draft, said: dict[str, list[Node]]) -> None:
    for predicate in (f"{DCT}title", f"{SKOS}prefLabel", f"{RDFS}label", "http://purl.org/dc/elements/1.1/title"):
        draft.titles = draft.titles or _texts(said.get(predicate, ()))
    licences = sorted(str(node.text if isinstance(node, Literal) else node) for node in said.get(f"{DCT}license", ()))
    draft.licence = licences[0][:200] if licences else ""
    versions = sorted(_plain_texts(said.get(f"{OWL}versionInfo", ())))
    draft.version = versions[0][:60] if versions else ""


def _texts(nodes: Iterable[Node]) -> dict[str, str]:
    return {node.lang: node.text for node in sorted(_literals(nodes), reverse=True) if not node.datatype}


def _plain_texts(nodes: Iterable[Node]) -> list[str]:
    return [node.text for node in _literals(nodes) if not node.datatype and not node.lang]


def _literals(nodes: Iterable[Node]) -> list[Literal]:
    return [node for node in nodes if isinstance(node, Literal)]


def _uris(nodes: Iterable[Node]) -> list[str]:
    return sorted(node for node in nodes if isinstance(node, str) and not node.startswith("_:"))


def _read_concepts(draft: Draft, facts: Facts, known: Known, schemes: Sequence[str]) -> None:
    ours = set(schemes)
    tops = {top for scheme in schemes for top in _uris(facts[scheme].get(f"{SKOS}hasTopConcept", ()))}
    tops |= {uri for uri, said in facts.items() if ours.intersection(said.get(f"{SKOS}topConceptOf", ()))}
    members = tops | {uri for uri, said in facts.items() if ours.intersection(said.get(f"{SKOS}inScheme", ()))}
    for uri, said in list(facts.items()):
        own = f"{SKOS}Concept" in said.get(TYPE, ()) and uri in members and uri not in known
        if own or uri in known:
            draft.concepts[uri] = _read_concept(uri, said, own=own)
            draft.concepts[uri].labels |= xl.labels(said, facts)
            draft.concepts[uri].is_top = own and uri in tops
    for uri in _linked(facts) & known.keys() - draft.concepts.keys():
        draft.concepts[uri] = DraftConcept(uri, own=False)


def _linked(facts: Facts) -> set[str]:
    """What others call narrower or related: there the concept of a layer below gains a relation of its own."""
    return {
        uri
        for said in facts.values()
        for predicate in (*NARROWER, f"{SKOS}related")
        for uri in _uris(said.get(predicate, ()))
    }


def _read_concept(uri: str, said: dict[str, list[Node]], *, own: bool) -> DraftConcept:
    concept = DraftConcept(uri, own=own)
    for predicate, nodes in said.items():
        plain = [node for node in _literals(nodes) if not node.datatype]
        if kind := LABELS.get(predicate):
            concept.labels |= {DraftLabel(kind, node.lang, node.text) for node in plain}
        elif kind := NOTES.get(predicate):
            concept.notes |= {DraftNote(kind, node.lang, node.text) for node in plain}
        elif kind := MATCHES.get(predicate):
            concept.mappings |= {DraftMapping(kind, other) for other in _uris(nodes)}
    if own:
        concept.notation = _notation(said)
        concept.status = "deprecated" if TRUE in said.get(f"{OWL}deprecated", ()) else "approved"
    return concept


def _notation(said: dict[str, list[Node]]) -> str:
    notations = sorted(_plain_texts(said.get(f"{SKOS}notation", ())))
    return notations[0] if notations and len(notations[0]) <= _KEY_LENGTH else ""


def _read_groups(draft: Draft, facts: Facts) -> None:
    for uri, said in facts.items():
        if uri.startswith("_:") or not _GROUPS & {node for node in said.get(TYPE, ()) if isinstance(node, str)}:
            continue
        draft.groups[uri] = DraftGroup(
            uri,
            notation=_notation(said),
            is_concept_group=f"{ISO}ConceptGroup" in said[TYPE],
            titles=_texts(said.get(f"{SKOS}prefLabel", ())),
            members=(set(_uris(said.get(f"{SKOS}member", ()))) | _listed(said, facts)) & set(draft.concepts),
            kind=_group_kind(said),
            superordinate=next(
                (above for above in _uris(said.get(f"{ISO}superOrdinate", ())) if above in draft.concepts), ""
            ),
        )
    for uri, group in draft.groups.items():
        for below in _subgroups(facts[uri]):
            if below in draft.groups and below != uri:
                draft.groups[below].parent = draft.groups[below].parent or uri
        above = [parent for parent in _uris(facts[uri].get(f"{ISO}superGroup", ())) if parent in draft.groups]
        group.parent = group.parent or (above[0] if above and above[0] != uri else "")
    _cut_rings(draft.groups)


def _listed(said: dict[str, list[Node]], facts: Facts) -> set[str]:
    """Members of an ordered collection: the things of its list."""
    found: set[str] = set()
    seen: set[Node] = set()
    rest = [*said.get(f"{SKOS}memberList", ())]
    while rest:
        node = rest.pop()
        if isinstance(node, str) and node in facts and node not in seen:
            seen.add(node)
            found.update(_uris(facts[node].get(f"{RDF}first", ())))
            rest += facts[node].get(f"{RDF}rest", ())
    return found


def _group_kind(said: dict[str, list[Node]]) -> str:
    if f"{ISO}ThesaurusArray" in said[TYPE]:
        return "array"
    told = [text for text in _plain_texts(said.get(f"{DCT}type", ())) if text in GROUP_KINDS]
    return told[0] if told else "collection"


def _subgroups(said: dict[str, list[Node]]) -> list[str]:
    return [*_uris(said.get(f"{ISO}subGroup", ())), *_uris(said.get(f"{SKOS}member", ()))]


def _cut_rings(groups: dict[str, DraftGroup]) -> None:
    while ring := find_cycle({uri: [group.parent] if group.parent else [] for uri, group in groups.items()}):
        groups[ring[0]].parent = ""


def _link(draft: Draft, facts: Facts) -> list[Problem]:
    """Fill in relations, from either side; answers with the concepts that the file calls narrower and does not have."""
    concepts, unknown = draft.concepts, []
    for uri, concept in concepts.items():
        said = facts[uri]
        concept.related |= set(_uris(said.get(f"{SKOS}related", ()))) - {uri}
        for predicate, way in BROADER.items():
            for above in _uris(said.get(predicate, ())):
                _put_under(concept, above, way)
        for predicate, way in NARROWER.items():
            for below in _uris(said.get(predicate, ())):
                if below in concepts:
                    _put_under(concepts[below], uri, way)
                else:
                    unknown.append(Problem(Fault.UNKNOWN_CONCEPT, None, uri, below))
        if concept.own:
            _succeed(concept, [other for other in _uris(said.get(f"{DCT}isReplacedBy", ())) if other in concepts])
    for uri, concept in concepts.items():
        for other in concept.related & concepts.keys():
            concepts[other].related.add(uri)
    return unknown


def _succeed(concept: DraftConcept, others: Sequence[str]) -> None:
    concept.replaced_by = next(iter(others), "")
    concept.also_replaced_by = set(others[1:])


def _put_under(concept: DraftConcept, above: str, way: str) -> None:
    """Plain broader says nothing of the way, so a way that is told stays."""
    concept.broader.add(above)
    if way:
        concept.ways[above] = min(way, concept.ways.get(above, way))


def _leave_out(concept: DraftConcept, known: DraftConcept | None) -> None:
    """A layer need not repeat what a layer below says already."""
    if known is not None:
        said = {label.words for label in known.labels}
        concept.labels = {label for label in concept.labels if label.words not in said}
        concept.notes -= known.notes
        concept.mappings -= known.mappings
        concept.broader -= {above for above in known.broader if known.ways.get(above) == concept.ways.get(above)}
        concept.ways = {above: way for above, way in concept.ways.items() if above in concept.broader}
        concept.related -= known.related


def _broader(concepts: Known, known: Known) -> dict[str, list[str]]:
    """Broader concepts by URI, of the layers below too."""
    above = {uri: set(concept.broader) for uri, concept in known.items()}
    for uri, concept in concepts.items():
        above.setdefault(uri, set()).update(concept.broader)
    return {uri: sorted(others) for uri, others in above.items()}


def name_new(things: dict[str, DraftConcept]) -> None:
    """Give a key to each that has none, beside the keys that are there."""
    taken = {thing.key for thing in things.values()}
    new = {uri: thing for uri, thing in things.items() if not thing.key}
    _name(new)
    for uri, thing in new.items():
        thing.key = apart(thing.key, uri) if thing.key in taken else thing.key


def _name(things: "dict[str, DraftConcept] | dict[str, DraftGroup]") -> None:
    """Give each a key: the end of its URI, with a few signs of the whole where two ends are alike."""
    taken: set[str] = set()
    for uri in sorted(things):
        key = local_name(uri)[: _KEY_LENGTH - 10].replace(" ", "_")
        if key in taken:
            key = apart(key, uri)
        taken.add(key)
        things[uri].key = key


def _outsiders(draft: Draft, facts: Facts, known: Known) -> list[Problem]:
    return [
        Problem(Fault.OUTSIDE_SCHEME, None, uri, draft.uri)
        for uri, said in facts.items()
        if f"{SKOS}Concept" in said.get(TYPE, ()) and uri not in draft.concepts and uri not in known
    ]


def _concept_problems(concept: DraftConcept) -> list[Problem]:
    found = []
    preferred = Counter(label.lang for label in concept.labels if label.kind == "pref")
    found += [
        Problem(Fault.TWO_PREFERRED, None, concept.uri, _quoted(concept, lang))
        for lang, count in preferred.items()
        if count > 1
    ]
    if concept.own and not preferred:
        found.append(Problem(Fault.NO_LABEL, None, concept.uri))
    found += [
        Problem(Fault.LABEL_TOO_LONG, None, concept.uri, label.text[:60])
        for label in concept.labels
        if len(label.text) > _TEXT_LENGTH or len(label.lang) > _LANG_LENGTH
    ]
    if len(concept.uri) > _URI_LENGTH or any(len(mapping.uri) > _URI_LENGTH for mapping in concept.mappings):
        found.append(Problem(Fault.ADDRESS, None, concept.uri[:120]))
    return found


def _quoted(concept: DraftConcept, lang: str) -> str:
    texts = sorted(label.text for label in concept.labels if label.kind == "pref" and label.lang == lang)
    return f"{lang or '-'}: " + ", ".join(f"“{text}”" for text in texts)
