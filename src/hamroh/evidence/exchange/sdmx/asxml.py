"""Structures as SDMX-ML 3.0."""

from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring  # only written, never read

from hamroh.evidence.exchange.sdmx.chosen import Chosen
from hamroh.evidence.exchange.sdmx.naming import AGENCY, FLOW, VERSION, urn
from hamroh.evidence.exchange.sdmx.structures import Component, Item, Scheme

_BASE = "http://www.sdmx.org/resources/sdmxml/schemas/v3_0/"
_SPACES = {"mes": f"{_BASE}message", "str": f"{_BASE}structure", "com": f"{_BASE}common"}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def as_xml(chosen: Chosen, prepared: str) -> bytes:
    """A structure message of what was asked for."""
    for prefix, space in _SPACES.items():
        register_namespace(prefix, space)
    message = Element(_tag("mes:Structure"))
    _header(message, prepared)
    structures = SubElement(message, _tag("mes:Structures"))
    for name, made in (("Codelist", chosen.lists), ("ConceptScheme", chosen.schemes)):
        if made:
            _schemes(SubElement(structures, _tag(f"str:{name}s")), name, made)
    if chosen.flow:
        _flow(SubElement(structures, _tag("str:Dataflows")), chosen)
    if chosen.components:
        _data_structure(SubElement(structures, _tag("str:DataStructures")), chosen)
    return bytes(tostring(message, encoding="utf-8", xml_declaration=True))


def _header(message: Element, prepared: str) -> None:
    header = SubElement(message, _tag("mes:Header"))
    for name, said in (("ID", f"{AGENCY}-{FLOW}"), ("Test", "false"), ("Prepared", prepared)):
        SubElement(header, _tag(f"mes:{name}")).text = said
    SubElement(header, _tag("mes:Sender"), id=AGENCY)


def _schemes(parent: Element, kind: str, schemes: Iterable[Scheme]) -> None:
    for scheme in schemes:
        made = _named(parent, kind, scheme.id, scheme.names, {})
        for item in scheme.items:
            _item(made, "Code" if kind == "Codelist" else "Concept", item)


def _item(parent: Element, kind: str, item: Item) -> None:
    made = SubElement(parent, _tag(f"str:{kind}"), id=item.id)
    _texts(made, "Name", item.called)
    _texts(made, "Description", item.descriptions)


def _flow(parent: Element, chosen: Chosen) -> None:
    made = _named(parent, "Dataflow", FLOW, chosen.names, chosen.descriptions)
    SubElement(made, _tag("str:Structure")).text = urn("DataStructure", FLOW)


def _data_structure(parent: Element, chosen: Chosen) -> None:
    made = _named(parent, "DataStructure", FLOW, chosen.names, chosen.descriptions)
    inside = SubElement(made, _tag("str:DataStructureComponents"))
    dimensions = SubElement(inside, _tag("str:DimensionList"))
    for at, each in enumerate(chosen.of_kind("dimension"), 1):
        _component(dimensions, "Dimension", each, {"position": str(at)})
    for each in chosen.of_kind("time"):
        _component(dimensions, "TimeDimension", each, {})
    attributes = SubElement(inside, _tag("str:AttributeList"))
    for each in chosen.of_kind("attribute"):
        said = _component(attributes, "Attribute", each, {"usage": "mandatory" if each.required else "optional"})
        SubElement(SubElement(said, _tag("str:AttributeRelationship")), _tag("str:Observation"))
    measures = SubElement(inside, _tag("str:MeasureList"))
    for each in chosen.of_kind("measure"):
        _component(measures, "Measure", each, {"usage": "optional"})


def _component(parent: Element, kind: str, component: Component, more: Mapping[str, str]) -> Element:
    made = SubElement(parent, _tag(f"str:{kind}"), {"id": component.id, **more})
    SubElement(made, _tag("str:ConceptIdentity")).text = urn("Concept", "CS_EVIDENCE", component.id)
    shown = SubElement(made, _tag("str:LocalRepresentation"))
    if component.codes:
        SubElement(shown, _tag("str:Enumeration")).text = urn("Codelist", component.codes)
    else:
        SubElement(shown, _tag("str:TextFormat"), textType=component.type)
    return made


def _named(parent: Element, kind: str, name: str, names: Mapping[str, str], descriptions: Mapping[str, str]) -> Element:
    at = {"id": name, "version": VERSION, "agencyID": AGENCY, "isExternalReference": "false"}
    made = SubElement(parent, _tag(f"str:{kind}"), at | ({"isPartial": "false"} if kind.endswith(("list", "Scheme")) else {}))  # fmt: skip
    _texts(made, "Name", names)
    _texts(made, "Description", descriptions)
    return made


def _texts(parent: Element, kind: str, texts: Mapping[str, str]) -> None:
    for lang, text in _in_order(texts):
        SubElement(parent, _tag(f"com:{kind}"), {_LANG: lang}).text = text


def _in_order(texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """English first: it is what most readers take."""
    yield from sorted(((lang, text) for lang, text in texts.items() if text), key=lambda pair: (pair[0] != "en", pair[0]))  # fmt: skip


def _tag(name: str) -> str:
    prefix, _colon, local = name.partition(":")
    return f"{{{_SPACES[prefix]}}}{local}"
