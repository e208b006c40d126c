"""Vocabularies in and out: SKOS in Turtle and RDF/XML. Nothing of a file that is refused stays behind."""

import codecs
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from xml.parsers import expat

import pyoxigraph as ox

from hamroh.thesaurus import actions, selectors, skos
from hamroh.thesaurus.drafts import Difference, Draft, DraftRefused, Fault, Literal, Node, Problem, Triple
from hamroh.thesaurus.graph import XSD, triples
from hamroh.thesaurus.lines import with_lines
from hamroh.thesaurus.models import Layer, Scheme
from hamroh.thesaurus.words import say

__all__ = [
    "FORMATS",
    "LARGEST_FILE",
    "MEDIA_TYPES",
    "DraftRefused",
    "Outcome",
    "Reason",
    "export",
    "export_concept",
    "import_file",
    "parse",
    "reasons",
    "same_graph",
]

MEDIA_TYPES = {"ttl": "text/turtle", "rdf": "application/rdf+xml"}
FORMATS = {"ttl": ox.RdfFormat.TURTLE, "rdf": ox.RdfFormat.RDF_XML}
LARGEST_FILE = 96 * 2**20
MOST_TRIPLES = 2_000_000
LONGEST_LITERAL = 20_000
MOST_PROBLEMS = 100
_LONGEST_ENTITY = 300
_PREFIXES = {
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "isothes": "http://purl.org/iso25964/skos-thes#",
    "xsd": XSD,
}

#: Told as work goes on: the step (``read``, ``check``, ``write``), how much is done and how much there is.
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Outcome:
    """What an import did, or would do: the scheme's code and URI, whether it is new, and the difference."""

    code: str
    uri: str
    titles: dict[str, str]
    is_new: bool
    dry_run: bool
    difference: Difference


class Reason(NamedTuple):
    """Why a file is refused, for its reader: the line (None for the whole file), the fault's code, the words."""

    line: int | None
    fault: str
    text: str


def reasons(refused: DraftRefused) -> list[Reason]:
    """The reasons of a refusal in the reader's language."""
    return [Reason(problem.line, problem.fault.value, say(problem)) for problem in refused.problems]


def import_file(
    *,
    actor: Any,
    content: bytes,
    code: str = "",
    layer: str = Layer.BASE,
    extends: str = "",
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Read a SKOS file and write it in one transaction; DraftRefused carries every reason why not.

    A scheme that exists already is updated by URI: new, changed, and no longer used where the file lacks a concept.
    """
    tell = progress or (lambda _step, _done, _total: None)
    statements = list(parse(content, tell))
    tell("check", 0, 1)
    reading = skos.read(statements, selectors.concepts_below(extends))
    if reading.problems:
        raise DraftRefused(with_lines(reading.problems[:MOST_PROBLEMS], content))
    tell("check", 1, 1)
    plan = selectors.import_plan(actor=actor, draft=reading.draft, code=code, layer=layer, extends=extends)
    if not dry_run:
        actions.import_scheme(actor=actor, plan=plan, progress=lambda done, total: tell("write", done, total))
    return Outcome(plan.code, reading.draft.uri, reading.draft.titles, plan.scheme is None, dry_run, plan.difference)


def parse(content: bytes, tell: Progress = lambda _step, _done, _total: None) -> Iterator[Triple]:
    """Triples of a Turtle or RDF/XML file, told apart by how it begins; DraftRefused names the line of a fault."""
    content = _opened(content)
    is_xml = content.lstrip()[:1] == b"<" and bool(re.match(rb"\s*<(\?xml|!DOCTYPE|!--|[\w.-]+:RDF|RDF)\b", content))
    if is_xml:
        _check_xml(content)
    total = max(1, content.count(b"\n"))
    try:
        for number, quad in enumerate(ox.parse(content, format=ox.RdfFormat.RDF_XML if is_xml else FORMATS["ttl"])):
            if number % 5000 == 0:
                tell("read", min(number // 2, total), total)
            if number >= MOST_TRIPLES:
                raise DraftRefused([Problem(Fault.TOO_LARGE, None, "", f"{MOST_TRIPLES:,}")])
            yield Triple(_name(quad.subject), quad.predicate.value, _node(quad.object))
    except SyntaxError as error:
        raise DraftRefused([Problem(Fault.SYNTAX, error.lineno, "", _reason(error))]) from error
    tell("read", total, total)


def export(*, actor: Any, scheme: Scheme, form: str = "ttl") -> bytes:
    """The scheme in Turtle or RDF/XML (``ttl``, ``rdf``), with every statement that its source made."""
    return serialise(stated(selectors.draft_of(actor=actor, scheme=scheme)), form)


def export_concept(*, actor: Any, scheme: Scheme, uri: str, form: str = "ttl") -> bytes:
    """What the scheme says about one concept, in Turtle or RDF/XML."""
    draft = selectors.draft_of(actor=actor, scheme=scheme, uris=[uri])
    return serialise((statement for statement in stated(draft) if statement.subject == uri), form)


def serialise(statements: Iterable[Triple], form: str) -> bytes:
    """Triples in Turtle or RDF/XML, always in the same order."""
    written = io.BytesIO()
    ordered = sorted(map(_triple, statements), key=str)
    ox.serialize(ordered, written, format=FORMATS[form], prefixes=_PREFIXES)
    return written.getvalue()


def stated(draft: Draft) -> set[Triple]:
    """The draft's own triples, with what its source said beyond them and without what it did not say."""
    return (set(triples(draft)) - set(draft.unsaid)) | set(draft.statements)


def _opened(content: bytes) -> bytes:
    """The file's text in UTF-8 without a mark; refuses what is no text at all."""
    if len(content) > LARGEST_FILE:
        raise DraftRefused([Problem(Fault.TOO_LARGE, None, "", f"{LARGEST_FILE // 2**20} MB")])
    if not content.strip():
        raise DraftRefused([Problem(Fault.EMPTY)])
    if content.startswith((b"PK\x03\x04", b"\x1f\x8b", b"BZh", b"7z\xbc\xaf", b"Rar!", b"\xfd7zXZ")):
        raise DraftRefused([Problem(Fault.ARCHIVE)])
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise DraftRefused([Problem(Fault.ENCODING, 1, "", "UTF-16")])
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DraftRefused([Problem(Fault.ENCODING, line, "", f"0x{content[error.start]:02x}")]) from error
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        raise DraftRefused([Problem(Fault.CHARACTER, line, "", "U+0000")])
    return content


def _check_xml(content: bytes) -> None:
    """Refuse ill-formed XML by line, and entities that are more than a short name for an address."""
    parser = expat.ParserCreate()

    def entity(name: str, is_parameter: bool, value: str | None, *_rest: Any) -> None:
        if is_parameter or value is None or "&" in value or "%" in value or len(value) > _LONGEST_ENTITY:
            raise DraftRefused([Problem(Fault.ENTITY, parser.CurrentLineNumber, "", name[:60])])

    parser.EntityDeclHandler = entity
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise DraftRefused([Problem(Fault.SYNTAX, error.lineno, "", reason)]) from error


def _reason(error: SyntaxError) -> str:
    """The parser's words without the place, which is told apart."""
    return re.sub(r"^Parser error at .*?: ", "", str(error.msg))[:200]


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
