"""A file from somebody else, opened with care: no declarations, no entities, nothing too large, too deep or too much."""

from io import BytesIO
from typing import Any, Literal

LARGEST, DEEPEST, MOST = 20 * 2**20, 40, 600_000
Fault = Literal["empty", "large", "declares", "deep", "broken", "root"]


class Unreadable(ValueError):
    """A file that is not opened; ``code`` says why."""

    def __init__(self, code: Fault) -> None:
        super().__init__(code)
        self.code: Fault = code


def tree_of(content: bytes) -> Any:
    """The outermost element of a file, which answers XPath; raises Unreadable."""
    if not content.strip():
        raise Unreadable("empty")
    if len(content) > LARGEST:
        raise Unreadable("large")
    _looked_through(content)
    root = _parsed(content)
    if root.tag not in ("iati-activities", "iati-organisations"):
        raise Unreadable("root")
    return root


def _looked_through(content: bytes) -> None:
    """Whoever writes such files declares nothing; what does is not handed on to the parser that builds the tree."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    depth = count = 0
    try:
        for event, element in iterparse(
            BytesIO(content), events=("start", "end"), forbid_dtd=True, forbid_entities=True, forbid_external=True
        ):
            if event == "start":
                depth, count = depth + 1, count + 1
            else:
                depth -= 1
                element.clear()
            if depth > DEEPEST or count > MOST:
                raise Unreadable("deep")  # noqa: TRY301 - what is told and what is caught are two things
    except DefusedXmlException:
        raise Unreadable("declares") from None
    except Unreadable:
        raise
    except (ParseError, ValueError, LookupError):
        raise Unreadable("broken") from None


def _parsed(content: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unreadable("broken") from None
