"""An alert as XML, its elements in the order of the standard; nothing of it is ever markup."""

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from hamroh.kernel.alerts.facts import Area, Info, Message

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'


def written(message: Message) -> bytes:
    """The XML of a message; what is empty is left out."""
    register_namespace("", NAMESPACE)
    root = Element(_tag("alert"))
    _put(root, {
        "identifier": message.identifier, "sender": message.sender, "sent": message.sent, "status": message.status,
        "msgType": message.kind, "scope": message.scope, "restriction": message.restriction, "addresses": message.addresses,
        "note": message.note, "references": " ".join(message.references),
    })  # fmt: skip
    for info in message.infos:
        _info(root, info)
    body: bytes = tostring(root, encoding="utf-8")
    return HEAD + body + b"\n"


def _info(root: Element, info: Info) -> None:
    within = SubElement(root, _tag("info"))
    _put(within, {"language": info.lang})
    _each(within, "category", info.categories)
    _put(within, {"event": info.event})
    _each(within, "responseType", info.responses)
    _put(within, {
        "urgency": info.urgency, "severity": info.severity, "certainty": info.certainty, "audience": info.audience,
        "effective": info.effective, "onset": info.onset, "expires": info.expires, "senderName": info.sender_name,
        "headline": info.headline, "description": info.description, "instruction": info.instruction, "web": info.web,
        "contact": info.contact,
    })  # fmt: skip
    for area in info.areas:
        _area(within, area)


def _area(info: Element, area: Area) -> None:
    within = SubElement(info, _tag("area"))
    SubElement(within, _tag("areaDesc")).text = area.words
    _each(within, "polygon", area.polygons)
    _each(within, "circle", area.circles)
    for name, value in area.codes:
        _put(SubElement(within, _tag("geocode")), {"valueName": name, "value": value})


def _put(within: Element, values: dict[str, str]) -> None:
    for name, value in values.items():
        if value:
            SubElement(within, _tag(name)).text = value


def _each(within: Element, name: str, values: Iterable[str]) -> None:
    for value in values:
        SubElement(within, _tag(name)).text = value


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
