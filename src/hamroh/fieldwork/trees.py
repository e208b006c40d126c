"""XML from outside, read without what XML can do to its reader: no entities, no document types, no depth, no crowd."""

import io
from xml.etree.ElementTree import Element

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

#: bytes of a filled form, of a form, levels of either, and elements in it
FILLED, FORM, DEPTH, ELEMENTS = 4 * 2**20, 12 * 2**20, 60, 200_000


class Unreadable(ValueError):
    """It is no XML that is read here; ``code`` says why: ``large``, ``entities``, ``deep``, ``crowded``, ``broken``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def tree_of(xml: bytes, largest: int = FILLED) -> Element:
    """The root of a document, within its limits; raises Unreadable."""
    if len(xml) > largest:
        raise Unreadable("large")
    try:
        return _read(xml)
    except DefusedXmlException:
        raise Unreadable("entities") from None
    except (SyntaxError, ValueError, LookupError) as fault:
        raise fault if isinstance(fault, Unreadable) else Unreadable("broken") from None


def _read(xml: bytes) -> Element:
    root: Element | None = None
    depth, count = 0, 0
    for event, element in iterparse(io.BytesIO(xml), events=("start", "end"), forbid_dtd=True):
        if event == "end":
            depth -= 1
            continue
        root = element if root is None else root
        depth, count = depth + 1, count + 1
        if depth > DEPTH:
            raise Unreadable("deep")
        if count > ELEMENTS:
            raise Unreadable("crowded")
    if root is None:
        raise Unreadable("broken")
    return root


def bare(tag: str) -> str:
    """A name without its namespace: ``{http://…}label`` is ``label``."""
    return tag.rpartition("}")[2]


def child(element: Element, name: str) -> Element | None:
    """The first child of a name, whatever its namespace."""
    return next((each for each in element if bare(each.tag) == name), None)


def attribute(element: Element, name: str) -> str:
    """An attribute by its bare name, whatever its namespace; empty where there is none."""
    found = next((value for key, value in element.attrib.items() if bare(key) == name), "")
    return found.strip()
