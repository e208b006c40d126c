"""Files from outside, before anything is believed of them: what they are, and whether they may be read at all."""

import codecs
import re
from typing import Any
from xml.parsers import expat

from hamroh.thesaurus.drafts import DraftRefused, Fault, Problem

LARGEST_FILE = 256 * 2**20
_LONGEST_ENTITY = 300
_XML = re.compile(rb"\s*<(\?xml|!DOCTYPE|!--|[\w.-]+:RDF|RDF)\b")
_JSON = re.compile(rb"\s*(\{|\[\s*\{)")


def form_of(content: bytes) -> str:
    """The form of a text that holds RDF: ``rdf`` (XML), ``jsonld`` or ``ttl``, of which N-Triples are a part."""
    if _XML.match(content):
        return "rdf"
    # in Turtle a brace never comes first, and a bracket holds no brace
    return "jsonld" if _JSON.match(content) else "ttl"


def opened(content: bytes) -> bytes:
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


def check_xml(content: bytes) -> None:
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
