"""An alert of somebody else, read from XML that nobody has checked."""

from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException

from hamroh.kernel.alerts.facts import Area, Info, Message
from hamroh.kernel.alerts.writing import NAMESPACE

#: bytes of an alert, and blocks and areas in it
LARGEST, MOST = 2 * 2**20, 200
_MESSAGE = {
    "identifier": "identifier", "sender": "sender", "sent": "sent", "status": "status", "kind": "msgType", "scope": "scope",
    "restriction": "restriction", "addresses": "addresses", "note": "note",
}  # fmt: skip
_INFO = {
    "lang": "language", "event": "event", "urgency": "urgency", "severity": "severity", "certainty": "certainty", "audience": "audience",
    "effective": "effective", "onset": "onset", "expires": "expires", "sender_name": "senderName", "headline": "headline",
    "description": "description", "instruction": "instruction", "web": "web", "contact": "contact",
}  # fmt: skip


class Unreadable(ValueError):
    """No alert can be read from this; ``code`` says why: ``large``, ``xml``, ``other`` or ``many``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(content: bytes) -> Message:
    """The message of an XML file; Unreadable where it is none. What is wrong with it is told by ``check``."""
    root = _root(content)
    if root.tag != f"{{{NAMESPACE}}}alert":
        raise Unreadable("other")
    infos = _all(root, "info")
    if len(infos) > MOST or sum(len(_all(info, "area")) for info in infos) > MOST:
        raise Unreadable("many")
    values = {name: _one(root, tag) for name, tag in _MESSAGE.items()}
    return Message(**values, references=tuple(_one(root, "references").split()), infos=tuple(map(_info, infos)))


def _root(content: bytes) -> Element:
    from defusedxml.ElementTree import fromstring

    if len(content) > LARGEST:
        raise Unreadable("large")
    try:
        found: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        raise Unreadable("xml") from None
    return found


def _info(within: Element) -> Info:
    values: dict[str, Any] = {name: _one(within, tag) for name, tag in _INFO.items()}
    values["lang"] = values["lang"] or "en-US"  # what the standard says where none is named
    return Info(
        **values, categories=_texts(within, "category"), responses=_texts(within, "responseType"),
        areas=tuple(map(_area, _all(within, "area"))),
    )  # fmt: skip


def _area(within: Element) -> Area:
    codes = tuple((_one(each, "valueName"), _one(each, "value")) for each in _all(within, "geocode"))
    return Area(_one(within, "areaDesc"), _texts(within, "polygon"), _texts(within, "circle"), codes)


def _all(within: Element, tag: str) -> list[Element]:
    return within.findall(f"{{{NAMESPACE}}}{tag}")


def _one(within: Element, tag: str) -> str:
    found = within.find(f"{{{NAMESPACE}}}{tag}")
    return (found.text or "").strip() if found is not None else ""


def _texts(within: Element, tag: str) -> tuple[str, ...]:
    return tuple((each.text or "").strip() for each in _all(within, tag))
