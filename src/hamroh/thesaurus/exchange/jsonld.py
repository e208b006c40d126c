"""JSON-LD in the short form that programs read without a library: a context, then a node for each subject."""

import json
from collections.abc import Iterable
from typing import Any

from hamroh.thesaurus.drafts import Literal, Node, Triple
from hamroh.thesaurus.graph import DCT, ISO, LABELS, MATCHES, NOTES, OWL, RDFS, SKOS, TYPE, XL, XSD

_PREFIXES = {"skos": SKOS, "skosxl": XL, "isothes": ISO, "rdfs": RDFS, "owl": OWL, "dct": DCT, "xsd": XSD}
_SHORT = (
    *LABELS, *NOTES, *MATCHES, f"{SKOS}broader", f"{SKOS}narrower", f"{SKOS}related", f"{SKOS}inScheme",
    f"{SKOS}notation", f"{SKOS}member", f"{SKOS}topConceptOf", f"{SKOS}hasTopConcept",
)  # fmt: skip
_TERMS = {uri: uri.removeprefix(SKOS) for uri in _SHORT}
CONTEXT: dict[str, str] = {
    **_PREFIXES,
    "uri": "@id",
    "type": "@type",
    "lang": "@language",
    "value": "@value",
    "graph": "@graph",
    **{term: f"skos:{term}" for term in _TERMS.values()},
}


def document(statements: Iterable[Triple]) -> dict[str, Any]:
    """The triples as one JSON-LD document, always in the same order."""
    nodes: dict[str, dict[str, Any]] = {}
    for subject, predicate, node in sorted(set(statements), key=_order):
        said = nodes.setdefault(subject, {"uri": subject})
        key = "type" if predicate == TYPE and isinstance(node, str) else _TERMS.get(predicate, predicate)
        said.setdefault(key, []).append(_value(node, key))
    return {"@context": CONTEXT, "graph": [_bare(node) for node in nodes.values()]}


def written(statements: Iterable[Triple]) -> bytes:
    """The same as UTF-8."""
    return json.dumps(document(statements), ensure_ascii=False, indent=1).encode() + b"\n"


def _order(triple: Triple) -> tuple[str, str, str]:
    return triple.subject, triple.predicate, repr(triple.object)


def _value(node: Node, key: str) -> Any:
    if isinstance(node, Literal):
        extra = {"lang": node.lang} if node.lang else {"type": node.datatype} if node.datatype else {}
        return {**extra, "value": node.text}
    if key != "type":
        return {"uri": node}
    return f"skos:{node.removeprefix(SKOS)}" if node.startswith(SKOS) else node


def _bare(node: dict[str, Any]) -> dict[str, Any]:
    """A property with one value holds it without a list."""
    return {key: value[0] if isinstance(value, list) and len(value) == 1 else value for key, value in node.items()}
