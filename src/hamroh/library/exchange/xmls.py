"""XML from outside, element by element: no declarations, no entities, nothing too deep, too long or too much."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from django.utils.translation import gettext as _

from hamroh.directory.exchange.tables import FileRefused
from hamroh.library.exchange.rows import LONGEST
from hamroh.library.exchange.texts import refuse_many, refuse_size

DEEPEST, MOST_ELEMENTS = 40, 2_000_000
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Broken(FileRefused):
    """This is no XML, or XML that is hostile or cut off."""


def parsed(content: bytes) -> Iterator[tuple[str, Element, int]]:
    """``start`` and ``end`` of every element with its depth, as they come; raises Broken."""
    from defusedxml.ElementTree import iterparse

    refuse_size(content)
    depth = count = 0
    try:
        for event, element in iterparse(
            BytesIO(content), events=("start", "end"), forbid_dtd=True, forbid_entities=True, forbid_external=True
        ):
            if event == "start":
                depth, count = depth + 1, count + 1
                if depth > DEEPEST or count > MOST_ELEMENTS:
                    raise Broken(_("The file is nested too deeply or too long. No catalogue writes such files."))
                yield event, element, depth
            else:
                yield event, element, depth
                depth -= 1
    except DefusedXmlException:
        raise Broken(_("The file declares entities or a document type. It was not opened.")) from None
    except (ParseError, ValueError, LookupError) as fault:
        raise (
            fault
            if isinstance(fault, FileRefused)
            else Broken(_("The file is no whole XML: it is damaged or cut off."))
        ) from None


def records(content: bytes, is_record: Any) -> Iterator[Element]:
    """Whole elements for which ``is_record(element)`` holds when they end, each thrown away after it was read."""
    found = 0
    for event, element, _depth in parsed(content):
        if event == "end" and is_record(element):
            found += 1
            refuse_many(found)
            yield element
            element.clear()


def local(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def space(element: Element) -> str:
    tag = str(element.tag)
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def text(element: Element | None) -> str:
    """All text within; empty for nothing. What is longer than any text is an error of the record, told by its sign."""
    return "" if element is None else "".join(element.itertext()).strip()[: LONGEST + 1]


def tongue(element: Element) -> str:
    return element.get(LANG, "")
