"""The SKOS that our tables say by themselves, as plain triples."""

from collections.abc import Iterable, Iterator

from hamroh.thesaurus.drafts import Draft, DraftConcept, DraftGroup, Literal, Triple

SKOS = "http://www.w3.org/2004/02/skos/core#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
DCT = "http://purl.org/dc/terms/"
OWL = "http://www.w3.org/2002/07/owl#"
ISO = "http://purl.org/iso25964/skos-thes#"
XSD = "http://www.w3.org/2001/XMLSchema#"
XL = "http://www.w3.org/2008/05/skos-xl#"
TYPE = f"{RDF}type"
LABELS = {f"{SKOS}prefLabel": "pref", f"{SKOS}altLabel": "alt", f"{SKOS}hiddenLabel": "hidden"}
NOTES = {
    f"{SKOS}{kind}": kind
    for kind in ("definition", "scopeNote", "example", "note", "historyNote", "editorialNote", "changeNote")
}
MATCHES = {f"{SKOS}{kind}": kind for kind in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")}
_WAYS = ("Generic", "Partitive", "Instantial")
#: properties that put a concept under another or over it, with the way that they tell (ISO 25964), if any
BROADER = {f"{SKOS}broader": "", **{f"{ISO}broader{way}": f"broader{way}" for way in _WAYS}}
NARROWER = {f"{SKOS}narrower": "", **{f"{ISO}narrower{way}": f"broader{way}" for way in _WAYS}}
GROUP_KINDS = ("domain", "microthesaurus")
TRUE = Literal("true", "", f"{XSD}boolean")


def triples(draft: Draft) -> Iterator[Triple]:
    """Everything that a draft says, both ways where SKOS has two properties for one fact."""
    yield Triple(draft.uri, TYPE, f"{SKOS}ConceptScheme")
    yield from _texts(draft.uri, f"{DCT}title", draft.titles)
    if draft.licence:
        linked = draft.licence.startswith(("http://", "https://"))
        yield Triple(draft.uri, f"{DCT}license", draft.licence if linked else Literal(draft.licence))
    if draft.version:
        yield Triple(draft.uri, f"{OWL}versionInfo", Literal(draft.version))
    for concept in draft.concepts.values():
        yield from _concept(concept, draft.uri)
    for group in draft.groups.values():
        yield from _group(group, draft.uri)


def _concept(concept: DraftConcept, scheme: str) -> Iterator[Triple]:
    uri = concept.uri
    if concept.own:
        yield Triple(uri, TYPE, f"{SKOS}Concept")
        yield Triple(uri, f"{SKOS}inScheme", scheme)
    if concept.is_top:
        yield from _both(uri, f"{SKOS}topConceptOf", f"{SKOS}hasTopConcept", [scheme])
    if concept.notation:
        yield Triple(uri, f"{SKOS}notation", Literal(concept.notation))
    if concept.status == "deprecated":
        yield Triple(uri, f"{OWL}deprecated", TRUE)
    for other in {concept.replaced_by, *concept.also_replaced_by} - {""}:
        yield Triple(uri, f"{DCT}isReplacedBy", other)
    for label in concept.labels:
        predicate = {"pref": "prefLabel", "alt": "altLabel", "hidden": "hiddenLabel"}[label.kind]
        yield Triple(uri, f"{SKOS}{predicate}", Literal(label.text, label.lang))
    for note in concept.notes:
        yield Triple(uri, f"{SKOS}{note.kind}", Literal(note.text, note.lang))
    for mapping in concept.mappings:
        yield Triple(uri, f"{SKOS}{mapping.kind}", mapping.uri)
    yield from _both(uri, f"{SKOS}broader", f"{SKOS}narrower", concept.broader)
    for other, way in concept.ways.items():
        yield from _both(uri, f"{ISO}{way}", f"{ISO}{way.replace('broader', 'narrower')}", [other])
    yield from _both(uri, f"{SKOS}related", f"{SKOS}related", concept.related)


def _group(group: DraftGroup, scheme: str) -> Iterator[Triple]:
    yield Triple(group.uri, TYPE, f"{SKOS}Collection")
    if group.is_concept_group:
        yield Triple(group.uri, TYPE, f"{ISO}ConceptGroup")
    if group.kind == "array":
        yield Triple(group.uri, TYPE, f"{ISO}ThesaurusArray")
    if group.kind in GROUP_KINDS:
        yield Triple(group.uri, f"{DCT}type", Literal(group.kind))
    if group.superordinate:
        yield from _both(group.uri, f"{ISO}superOrdinate", f"{ISO}subordinateArray", [group.superordinate])
    yield Triple(group.uri, f"{SKOS}inScheme", scheme)
    if group.notation:
        yield Triple(group.uri, f"{SKOS}notation", Literal(group.notation))
    yield from _texts(group.uri, f"{SKOS}prefLabel", group.titles)
    for member in group.members:
        yield Triple(group.uri, f"{SKOS}member", member)
    if group.parent:
        yield from _both(group.uri, f"{ISO}superGroup", f"{ISO}subGroup", [group.parent])
        yield Triple(group.parent, f"{SKOS}member", group.uri)


def _texts(subject: str, predicate: str, texts: dict[str, str]) -> Iterator[Triple]:
    return (Triple(subject, predicate, Literal(text, lang)) for lang, text in texts.items())


def _both(subject: str, there: str, back: str, objects: Iterable[str]) -> Iterator[Triple]:
    for other in objects:
        yield Triple(subject, there, other)
        yield Triple(other, back, subject)
