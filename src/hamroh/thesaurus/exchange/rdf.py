"""RDF as text: the one file that knows the library. Triples in from five forms, out in four."""

import io
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyoxigraph as ox

from hamroh.thesaurus.drafts import DraftRefused, Fault, Literal, Node, Problem, Triple
from hamroh.thesaurus.exchange import jsonld, opening
from hamroh.thesaurus.graph import XSD

#: forms that are read and written, by the ending of their files
MEDIA_TYPES = {
    "ttl": "text/turtle",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
}
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
}
MOST_TRIPLES = 2_500_000
LONGEST_LITERAL = 20_000
_PREFIXES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "skosxl": "http://www.w3.org/2008/05/skos-xl#",
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "isothes": "http://purl.org/iso25964/skos-thes#",
    "xsd": XSD,
}

#: Told as work goes on: the step (``read``, ``check``, ``write``), how much is done and how much there is.
Progress = Callable[[str, int, int], None]


def parse(content: bytes, tell: Progress = lambda _step, _done, _total: None) -> Iterator[Triple]:
    """Triples of a file in Turtle, N-Triples, RDF/XML or JSON-LD, told apart by how it begins.

    DraftRefused names the line of a fault. Nothing outside the file is fetched.
    """
    content = opening.opened(content)
    form = opening.form_of(content)
    if form == "rdf":
        opening.check_xml(content)
    total = max(1, content.count(b"\n"))
    try:
        for number, quad in enumerate(ox.parse(content, format=FORMATS[form])):
            if number % 5000 == 0:
                tell("read", min(number // 2, total), total)
            if number >= MOST_TRIPLES:
                raise DraftRefused([Problem(Fault.TOO_LARGE, None, "", f"{MOST_TRIPLES:,}")])
            yield Triple(_name(quad.subject), quad.predicate.value, _node(quad.object))
    except SyntaxError as error:
        raise DraftRefused([Problem(Fault.SYNTAX, error.lineno, "", _reason(error))]) from error
    tell("read", total, total)


def serialise(statements: Iterable[Triple], form: str) -> bytes:
    """Triples in Turtle, N-Triples, RDF/XML or JSON-LD, always in the same order."""
    if form == "jsonld":
        return jsonld.written(statements)
    written = io.BytesIO()
    ordered = sorted(map(_triple, statements), key=str)
    ox.serialize(ordered, written, format=FORMATS[form], prefixes=_PREFIXES if form in ("ttl", "rdf") else None)
    return written.getvalue()


def _reason(error: SyntaxError) -> str:
    """The parser's words without the place, which is told apart."""
    said = re.sub(r"^Parser error at .*?: ", "", str(error.msg))
    if "remote context" in said:
        return "a JSON-LD context is named by an address only; write it into the file"
    return said[:200]


def _name(term: Any) -> str:
    if isinstance(term, ox.BlankNode):
        return str(term)
    if isinstance(term, ox.NamedNode):
        return term.value
    raise DraftRefused([Problem(Fault.UNSUPPORTED, None, "", str(term)[:120])])


def _node(term: Any) -> Node:
    if not isinstance(term, ox.Literal):
        return _name(term)
    if len(term.value) > LONGEST_LITERAL:
        raise DraftRefused([Problem(Fault.LITERAL_TOO_LONG, None, "", f"{term.value[:60]}…")])
    if "\0" in term.value:
        raise DraftRefused([Problem(Fault.CHARACTER, None, "", "U+0000")])
    if term.language:
        return Literal(term.value, term.language)
    datatype = term.datatype.value
    return Literal(term.value, "", "" if datatype == f"{XSD}string" else datatype)


def _term(node: Node) -> Any:
    if isinstance(node, Literal):
        if node.lang:
            return ox.Literal(node.text, language=node.lang)
        return ox.Literal(node.text, datatype=ox.NamedNode(node.datatype)) if node.datatype else ox.Literal(node.text)
    return ox.BlankNode(node[2:]) if node.startswith("_:") else ox.NamedNode(node)


def _triple(statement: Triple) -> Any:
    return ox.Triple(_term(statement.subject), ox.NamedNode(statement.predicate), _term(statement.object))


def same_graph(one: Iterable[Triple], other: Iterable[Triple]) -> bool:
    """Whether two sets of triples say the same, whatever their nameless nodes are called."""
    graphs = []
    for statements in (one, other):
        graph = ox.Dataset(ox.Quad(*_triple(statement)) for statement in statements)
        graph.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
        graphs.append(graph)
    return bool(graphs[0] == graphs[1])
