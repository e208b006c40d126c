"""Answers of ``/rest/v1/`` in the shape that programs made for Skosmos expect, each with its JSON-LD context."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings

from hamroh.thesaurus.graph import ISO, RDFS, SKOS
from hamroh.thesaurus.models import Concept, LabelKind, Scheme
from hamroh.thesaurus.selectors import SchemeLine
from hamroh.thesaurus.selectors.names import title
from hamroh.thesaurus.selectors.programs import ChangeLine, Hit, Thing, Wanted
from hamroh.thesaurus.templatetags.vocabulary import tongue

_ONKI, _VOID = "http://schema.onki.fi/onki#", "http://rdfs.org/ns/void#"
_PLAIN: dict[str, Any] = {"skos": SKOS, "uri": "@id", "type": "@type"}
_LABELS = {"prefLabel": "skos:prefLabel", "altLabel": "skos:altLabel", "hiddenLabel": "skos:hiddenLabel"}
_KINDS = {LabelKind.PREFERRED: "prefLabel", LabelKind.ALTERNATIVE: "altLabel", LabelKind.HIDDEN: "hiddenLabel"}
_CONCEPT = "skos:Concept"


def vocabularies(schemes: Iterable[SchemeLine], lang: str) -> dict[str, Any]:
    context = {
        "rdfs": RDFS,
        "onki": _ONKI,
        "title": {"@id": "rdfs:label", "@language": lang},
        "vocabularies": "onki:hasVocabulary",
        "id": "onki:vocabularyIdentifier",
        "uri": "@id",
        "@base": _base("vocabularies"),
    }
    lines = sorted(schemes, key=lambda line: line.code)
    found = [{"uri": line.code, "id": line.code, "title": line.title} for line in lines]
    return {"@context": context, "uri": "", "vocabularies": found}


def search(
    found: Sequence[Hit], wanted: Wanted, fields: Sequence[str], more: Mapping[Any, Mapping[str, Any]]
) -> dict[str, Any]:
    results = {"@id": "onki:results", "@container": "@list"}
    context = {**_PLAIN, "isothes": ISO, "onki": _ONKI, "results": results, **_LABELS}
    context |= {field: f"skos:{field}" for field in fields if field in ("broader", "narrower", "related")}
    if "prefLabel" in fields:
        context["prefLabels"] = {"@id": "skos:prefLabel", "@container": "@language"}
    context |= _language(wanted.shown_in or wanted.lang)
    return {"@context": context, "uri": "", "results": [_hit(hit) | dict(more.get(hit.thing.id, {})) for hit in found]}


def nearest(found: Sequence[Hit], label: str) -> list[Hit]:
    """The hits of the best sort: the same letters before the same word, preferred before other labels."""
    sorts: dict[tuple[bool, bool], list[Hit]] = {}
    for hit in found:
        sorts.setdefault((hit.kind != LabelKind.PREFERRED, hit.text != label), []).append(hit)
    best = sorts[min(sorts)] if sorts else []
    return list({hit.thing.id: hit for hit in best}.values())


def lookup(found: Sequence[Hit], wanted: Wanted) -> dict[str, Any]:
    context = {**_PLAIN, "onki": _ONKI, "results": {"@id": "onki:results"}, **_LABELS, **_language(wanted.lang)}
    return {"@context": context, "result": [_hit(hit) for hit in found]}


def types(lang: str, scheme: Scheme | None) -> dict[str, Any]:
    context = {
        **_PLAIN,
        "rdfs": RDFS,
        "onki": _ONKI,
        "label": "rdfs:label",
        "superclass": {"@id": "rdfs:subClassOf", "@type": "@id"},
        "types": "onki:hasType",
        "@base": _base(f"{scheme.code}/" if scheme else ""),
    }
    found = [{"uri": f"{SKOS}{name}", "label": name} for name in ("Concept", "Collection")]
    found.append({"uri": f"{ISO}ConceptGroup", "label": "ConceptGroup", "superclass": f"{SKOS}Collection"})
    found.append({"uri": f"{ISO}ThesaurusArray", "label": "ThesaurusArray", "superclass": f"{SKOS}Collection"})
    return {"@context": context | _language(lang), "uri": "", "types": found}


def vocabulary(scheme: Scheme, languages: Sequence[str], lang: str) -> dict[str, Any]:
    known = list(languages)
    default = "en" if "en" in known or not known else known[0]
    said = title(scheme.titles, lang or default) or scheme.code
    context = {
        **_PLAIN,
        "rdfs": RDFS,
        "onki": _ONKI,
        "dct": "http://purl.org/dc/terms/",
        "conceptschemes": "onki:hasConceptScheme",
        "id": "onki:vocabularyIdentifier",
        "defaultLanguage": "onki:defaultLanguage",
        "languages": "onki:language",
        "label": "rdfs:label",
        "prefLabel": "skos:prefLabel",
        "title": "dct:title",
        "@base": _base(f"{scheme.code}/"),
    }
    itself = {"uri": scheme.uri, "type": "skos:ConceptScheme", "label": said, "prefLabel": said, "title": said}
    return {
        "@context": context | _language(lang or default),
        "uri": "",
        "id": scheme.code,
        "title": said,
        "defaultLanguage": default,
        "languages": known,
        "conceptschemes": [itself],
    }


def vocabulary_statistics(scheme: Scheme, counts: Mapping[str, int], lang: str) -> dict[str, Any]:
    context = {
        "rdfs": RDFS,
        "skos": SKOS,
        "void": _VOID,
        "onki": _ONKI,
        "uri": "@id",
        "id": "onki:vocabularyIdentifier",
        "concepts": "void:classPartition",
        "label": "rdfs:label",
        "class": {"@id": "void:class", "@type": "@id"},
        "subTypes": {"@id": "void:class", "@type": "@id"},
        "count": "void:entities",
        "@base": _base(f"{scheme.code}/"),
    }
    concepts = {"class": f"{SKOS}Concept", "label": "Concept", "count": counts["concepts"]}
    groups = {"class": f"{SKOS}Collection", "label": "Collection", "count": counts["groups"], "deprecatedCount": 0}
    return {
        "@context": context | _language(lang),
        "uri": "",
        "id": scheme.code,
        "title": title(scheme.titles, lang or "en") or scheme.code,
        "concepts": concepts | {"deprecatedCount": counts["deprecated"]},
        "subTypes": [],
        "conceptGroups": groups,
    }


def label_statistics(scheme: Scheme, counts: Mapping[str, Mapping[str, int]], lang: str) -> dict[str, Any]:
    context = {
        "rdfs": RDFS,
        "skos": SKOS,
        "void": _VOID,
        "void-ext": "http://ldf.fi/void-ext#",
        "onki": _ONKI,
        "uri": "@id",
        "id": "onki:vocabularyIdentifier",
        "languages": "void-ext:languagePartition",
        "language": "void-ext:language",
        "properties": "void:propertyPartition",
        "labels": "void:triples",
        "literal": {"@id": "rdfs:label", **_language(lang)},
        "@base": _base(f"{scheme.code}/"),
    }
    found = [
        {
            "language": its,
            "literal": tongue(its),
            "properties": [
                {"property": f"skos:{_KINDS[LabelKind(kind)]}", "labels": number} for kind, number in kinds.items()
            ],
        }
        for its, kinds in counts.items()
    ]
    said = title(scheme.titles, lang or "en") or scheme.code
    return {"@context": context, "uri": "", "id": scheme.code, "title": said, "languages": found}


def top_concepts(scheme: Scheme, tops: Iterable[Thing], lang: str) -> dict[str, Any]:
    context = _PLAIN | {
        "onki": _ONKI,
        "topconcepts": "skos:hasTopConcept",
        "notation": "skos:notation",
        "label": "skos:prefLabel",
    }
    found = [
        {"uri": one.uri, "topConceptOf": scheme.uri, "label": one.name.text, "hasChildren": one.has_below}
        | _notation(one)
        for one in tops
    ]
    return {"@context": context | _language(lang), "uri": scheme.uri, "topconcepts": found}


def label(thing: Thing, labels: Iterable[tuple[str, str, str]], lang: str) -> dict[str, Any]:
    said: dict[str, Any] = {"prefLabel": thing.name.text}
    for kind, its, text in labels:
        if its == lang and kind != LabelKind.PREFERRED:
            said.setdefault(_KINDS[LabelKind(kind)], []).append(text)
    return {"@context": _PLAIN | _LABELS | _language(lang), "uri": thing.uri, **said}


def all_labels(labels: Iterable[tuple[str, str, str]], fields: Sequence[str]) -> dict[str, Any]:
    """Labels of a concept in every language, of the kinds that ``fields`` name."""
    said: dict[str, Any] = {}
    for kind, lang, text in labels:
        name = _KINDS[LabelKind(kind)]
        if name not in fields:
            continue
        if name == "prefLabel":
            said.setdefault("prefLabels", {}).setdefault(lang, text)
        else:
            said.setdefault(f"{name}s", {}).setdefault(lang, []).append(text)
    return said


def reference(thing: Thing) -> dict[str, Any]:
    return {"uri": thing.uri, "prefLabel": thing.name.text}


def around(uri: str, relation: str, found: Iterable[Thing], lang: str) -> dict[str, Any]:
    context = _PLAIN | {"prefLabel": "skos:prefLabel", relation: f"skos:{relation}"} | _language(lang)
    return {"@context": context, "uri": uri, relation: [reference(thing) for thing in found]}


def transitive(
    uri: str, relation: str, found: Iterable[Thing], direct: Mapping[Any, Sequence[str]], lang: str
) -> dict[str, Any]:
    name = f"{relation}Transitive"
    context = _PLAIN | {
        "prefLabel": "skos:prefLabel",
        relation: {"@id": f"skos:{relation}", "@type": "@id"},
        name: {"@id": f"skos:{name}", "@container": "@index"},
    }
    nodes = {one.uri: reference(one) | _if({relation: list(direct.get(one.id, ()))}) for one in found}
    return {"@context": context | _language(lang), "uri": uri, name: nodes}


def children(uri: str, found: Iterable[Thing], lang: str) -> dict[str, Any]:
    context = _PLAIN | {
        "prefLabel": "skos:prefLabel",
        "narrower": "skos:narrower",
        "notation": "skos:notation",
        "hasChildren": "onki:hasChildren",
        "onki": _ONKI,
    }
    return {"@context": context | _language(lang), "uri": uri, "narrower": [_child(one) for one in found]}


def hierarchy(
    uri: str,
    scheme: Scheme,
    found: Iterable[Thing],
    beside: tuple[Mapping[Any, Sequence[str]], Mapping[Any, Sequence[Thing]]],
    lang: str,
) -> dict[str, Any]:
    above, below = beside
    context = _PLAIN | {
        "onki": _ONKI,
        "prefLabel": "skos:prefLabel",
        "notation": "skos:notation",
        "narrower": {"@id": "skos:narrower", "@type": "@id"},
        "broader": {"@id": "skos:broader", "@type": "@id"},
        "broaderTransitive": {"@id": "skos:broaderTransitive", "@container": "@index"},
        "top": {"@id": "skos:topConceptOf", "@type": "@id"},
        "tops": {"@id": "skos:topConceptOf", "@type": "@id"},
        "hasChildren": "onki:hasChildren",
    }
    nodes = {}
    for one in found:
        narrower = [_child(child) | {"label": child.name.text} for child in below.get(one.id, ())]
        node = _child(one) | {"hasChildren": bool(narrower)} | _if({"broader": list(above.get(one.id, ()))})
        if not above.get(one.id):
            node |= {"top": scheme.uri, "tops": [scheme.uri]}
        nodes[one.uri] = node | _if({"narrower": narrower})
    return {"@context": context | _language(lang), "uri": uri, "broaderTransitive": nodes}


def groups(found: Iterable[tuple[Thing, list[str], bool]], lang: str) -> dict[str, Any]:
    context = _PLAIN | {
        "onki": _ONKI,
        "prefLabel": "skos:prefLabel",
        "groups": "onki:hasGroup",
        "childGroups": {"@id": "skos:member", "@type": "@id"},
        "hasMembers": "onki:hasMembers",
    }
    lines = [
        reference(one) | {"hasMembers": filled} | _notation(one) | _if({"childGroups": below})
        for one, below, filled in found
    ]
    return {"@context": context | _language(lang), "uri": "", "groups": lines}


def group_members(uri: str, inside: Iterable[Thing], concepts: Iterable[Thing], lang: str) -> dict[str, Any]:
    context = _PLAIN | {"prefLabel": "skos:prefLabel", "members": "skos:member"} | _language(lang)
    lines = [reference(one) | {"type": ["skos:Collection"], "isSuper": True, "hasMembers": True} for one in inside]
    lines += [reference(one) | {"type": [_CONCEPT], "hasMembers": False} | _notation(one) for one in concepts]
    return {"@context": context, "uri": uri, "members": lines}


def mappings(
    concept: Concept, scheme: Scheme, rows: Iterable[tuple[str, str]], graph: Mapping[str, Any]
) -> dict[str, Any]:
    source = {"memberSet": [{"uri": concept.uri}]}
    found = [
        {
            "uri": uri,
            "type": [f"{SKOS}{kind}"],
            "from": source,
            "fromScheme": {"uri": scheme.uri},
            "to": {"memberSet": [{"uri": uri}]},
        }
        for kind, uri in rows
    ]
    return {"mappings": found, "graph": graph}


def letters(found: Sequence[str], lang: str) -> dict[str, Any]:
    listed = {"@id": "skosmos:indexLetters", "@container": "@list", **_language(lang)}
    shown = ["0-9" if letter == "#" else letter for letter in found]
    return {"@context": {**_PLAIN, "indexLetters": listed}, "uri": "", "indexLetters": shown}


def letter(found: Iterable[Hit], lang: str) -> dict[str, Any]:
    context = {**_PLAIN, "indexConcepts": {"@id": "skosmos:indexConcepts", "@container": "@list"}, **_language(lang)}
    lines = [
        {"uri": hit.thing.uri, "localname": hit.thing.key, "prefLabel": hit.thing.name.text, "lang": hit.lang}
        | ({"altLabel": hit.text} if hit.kind != LabelKind.PREFERRED else {})
        for hit in found
    ]
    return {"@context": context, "uri": "", "indexConcepts": lines}


def changed(rows: Iterable[ChangeLine], lang: str) -> dict[str, Any]:
    date = {"@id": "http://purl.org/dc/terms/date", "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
    context = {**_PLAIN, "prefLabel": "skos:prefLabel", "date": date, **_language(lang)}
    lines = []
    for row in rows:
        line = reference(row.thing) | {
            "date": row.changed_at.strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "deprecated": row.deprecated,
        }
        if row.replacing:
            line |= {"replacedBy": row.replacing.uri, "replacingLabel": row.replacing.name.text}
        lines.append(line)
    return {"@context": context, "changeList": lines}


#: path -> (what it gives, its parameters); ``*`` marks those that it cannot do without
PATHS: dict[str, tuple[str, str]] = {
    "/vocabularies": ("Vocabularies", "lang*"),
    "/search": (
        "Labels that meet a pattern",
        "query lang labellang vocab type parent group maxhits offset fields unique",
    ),
    "/label": ("Labels of a concept", "uri* lang"),
    "/data": ("All that is said of a concept", "uri* format"),
    "/types": ("Kinds of things", "lang*"),
    "/{vocid}/": ("One vocabulary", "lang"),
    "/{vocid}/types": ("Kinds of things", "lang"),
    "/{vocid}/topConcepts": ("Where the hierarchy begins", "lang"),
    "/{vocid}/data": ("All that is said of a concept, or the whole vocabulary", "uri format"),
    "/{vocid}/search": (
        "Labels that meet a pattern",
        "query lang labellang type parent group maxhits offset fields unique",
    ),
    "/{vocid}/lookup": ("Concepts by a label", "label* lang"),
    "/{vocid}/vocabularyStatistics": ("How many concepts", "lang"),
    "/{vocid}/labelStatistics": ("How many labels", "lang"),
    "/{vocid}/index/": ("Letters of the list", "lang"),
    "/{vocid}/index/{letter}": ("Labels under a letter", "lang limit offset"),
    "/{vocid}/label": ("Labels of a concept", "uri* lang"),
    "/{vocid}/broader": ("Directly broader", "uri* lang"),
    "/{vocid}/broaderTransitive": ("All that is broader", "uri* lang limit"),
    "/{vocid}/narrower": ("Directly narrower", "uri* lang"),
    "/{vocid}/narrowerTransitive": ("What is narrower", "uri* lang limit"),
    "/{vocid}/related": ("Related", "uri* lang"),
    "/{vocid}/children": ("Directly narrower, and whether there is more", "uri* lang"),
    "/{vocid}/groups": ("Groups", "lang"),
    "/{vocid}/groupMembers": ("What stands in a group", "uri* lang"),
    "/{vocid}/hierarchy": ("The way down from the top", "uri* lang"),
    "/{vocid}/mappings": ("Matches in other vocabularies, as JSKOS", "uri*"),
    "/{vocid}/new": ("Concepts that came", "lang limit offset"),
    "/{vocid}/modified": ("Concepts that were changed", "lang limit offset"),
}
_NUMBERS = ("maxhits", "offset", "limit")


def openapi() -> dict[str, Any]:
    """The description of all paths."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": "Vocabularies of Hamroh",
            "version": "1",
            "description": "Read-only, open to every site; answers as programs made for Skosmos expect them.",
        },
        "servers": [{"url": _base("").rstrip("/")}],
        "paths": {path: {"get": _operation(path, *said)} for path, said in PATHS.items()},
    }


def _operation(path: str, summary: str, parameters: str) -> dict[str, Any]:
    said = [
        {
            "name": name.rstrip("*"),
            "in": "query",
            "required": name.endswith("*"),
            "schema": {"type": "integer", "minimum": 0} if name in _NUMBERS else {"type": "string"},
        }
        for name in parameters.split()
    ]
    said += [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in ("vocid", "letter")
        if f"{{{name}}}" in path
    ]
    content = {media: {"schema": {"type": "object"}} for media in ("application/json", "application/ld+json")}
    answers = {"200": {"description": summary, "content": content}, "404": {"description": "There is nothing here."}}
    if parameters:
        answers["400"] = {"description": "A parameter is missing or makes no sense."}
    return {"summary": summary, "parameters": said, "responses": answers}


def _hit(hit: Hit) -> dict[str, Any]:
    one = hit.thing
    found = {
        "uri": one.uri,
        "type": [_CONCEPT],
        "localname": one.key,
        "prefLabel": one.name.text,
        "lang": one.name.lang or hit.lang,
        "vocab": one.scheme,
    }
    if hit.kind != LabelKind.PREFERRED:
        found[_KINDS[LabelKind(hit.kind)]] = hit.text
    elif hit.text != one.name.text:
        found["matchedPrefLabel"] = hit.text
    return found | _notation(one)


def _child(one: Thing) -> dict[str, Any]:
    return reference(one) | {"hasChildren": one.has_below} | _notation(one)


def _notation(one: Thing) -> dict[str, Any]:
    return _if({"notation": one.notation})


def _if(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value}


def _language(lang: str) -> dict[str, str]:
    return {"@language": lang} if lang else {}


def _base(rest: str) -> str:
    return f"{settings.PUBLIC_URL.rstrip('/')}/rest/v1/{rest}"
