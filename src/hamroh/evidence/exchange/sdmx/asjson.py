"""Structures as SDMX-JSON 2.0."""

from collections.abc import Mapping
from typing import Any

from hamroh.evidence.exchange.sdmx.chosen import Chosen
from hamroh.evidence.exchange.sdmx.naming import AGENCY, FLOW, VERSION, urn
from hamroh.evidence.exchange.sdmx.structures import Component, Item, Scheme

Object = dict[str, Any]
_SCHEMA = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json"


def as_json(chosen: Chosen, prepared: str) -> Object:
    """A structure message of what was asked for."""
    data = {
        "codelists": [_scheme(each, "codes") for each in chosen.lists],
        "conceptSchemes": [_scheme(each, "concepts") for each in chosen.schemes],
        "dataflows": [_named(FLOW, chosen.names, chosen.descriptions) | {"structure": urn("DataStructure", FLOW)}] if chosen.flow else [],
        "dataStructures": [_data_structure(chosen)] if chosen.components else [],
    }  # fmt: skip
    languages = ["en", *sorted({lang for each in (*chosen.lists, *chosen.schemes) for lang in each.names} - {"en"})]
    meta = {"schema": _SCHEMA, "id": f"{AGENCY}-{FLOW}", "test": False, "prepared": prepared, "contentLanguages": languages, "sender": {"id": AGENCY}}  # fmt: skip
    return {"meta": meta, "data": {name: made for name, made in data.items() if made}}


def _scheme(scheme: Scheme, items: str) -> Object:
    return _named(scheme.id, scheme.names, {}) | {"isPartial": False, items: [_item(each) for each in scheme.items]}


def _item(item: Item) -> Object:
    return {"id": item.id, **_texts(item.called, item.descriptions)}


def _data_structure(chosen: Chosen) -> Object:
    attributes = [
        _component(each) | {"usage": "mandatory" if each.required else "optional", "attributeRelationship": {"observation": {}}}
        for each in chosen.of_kind("attribute")
    ]  # fmt: skip
    return _named(FLOW, chosen.names, chosen.descriptions) | {
        "dataStructureComponents": {
            "dimensionList": {
                "id": "DimensionDescriptor",
                "dimensions": [_component(each) | {"position": at} for at, each in enumerate(chosen.of_kind("dimension"))],
                "timeDimension": _component(chosen.of_kind("time")[0]),
            },
            "measureList": {"id": "MeasureDescriptor", "measures": [_component(each) for each in chosen.of_kind("measure")]},
            "attributeList": {"id": "AttributeDescriptor", "attributes": attributes},
        }
    }  # fmt: skip


def _component(component: Component) -> Object:
    listed, plain = {"enumeration": urn("Codelist", component.codes)}, {"format": {"dataType": component.type}}
    return {
        "id": component.id, "conceptIdentity": urn("Concept", "CS_EVIDENCE", component.id),
        "localRepresentation": listed if component.codes else plain,
    }  # fmt: skip


def _named(name: str, names: Mapping[str, str], descriptions: Mapping[str, str]) -> Object:
    return {"id": name, "agencyID": AGENCY, "version": VERSION, "isExternalReference": False, **_texts(names, descriptions)}  # fmt: skip


def _texts(names: Mapping[str, str], descriptions: Mapping[str, str]) -> Object:
    """The English text by itself, all texts by language."""
    said: Object = {"name": names.get("en") or next(iter(names.values())), "names": dict(names)}
    if descriptions:
        said |= {"description": descriptions.get("en") or next(iter(descriptions.values())), "descriptions": dict(descriptions)}  # fmt: skip
    return said
