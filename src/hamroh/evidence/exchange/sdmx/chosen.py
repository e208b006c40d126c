"""Which structures a question of the web service means."""

from collections.abc import Mapping
from dataclasses import dataclass

from hamroh.evidence.exchange.sdmx.naming import AGENCY, FLOW, VERSION
from hamroh.evidence.exchange.sdmx.structures import Component, Scheme, Structure

ANY = "*"
_VERSIONS = (ANY, "~", "+", "latest", VERSION, "1.0+")
KINDS = ("codelist", "conceptscheme", "dataflow", "datastructure")
#: what an artefact refers to, and what refers to it
_BENEATH = {"dataflow": ("datastructure",), "datastructure": ("conceptscheme", "codelist"), "conceptscheme": (), "codelist": ()}  # fmt: skip
_ABOVE = {"dataflow": (), "datastructure": ("dataflow",), "conceptscheme": ("datastructure",), "codelist": ("datastructure",)}  # fmt: skip
REFERENCES = ("none", "children", "descendants", "parents", "parentsandsiblings", "ancestors", "all", *KINDS)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The part of the structures that is to be written."""

    names: Mapping[str, str]
    descriptions: Mapping[str, str]
    lists: tuple[Scheme, ...] = ()
    schemes: tuple[Scheme, ...] = ()
    flow: bool = False
    components: tuple[Component, ...] = ()

    def of_kind(self, kind: str) -> tuple[Component, ...]:
        return tuple(each for each in self.components if each.kind == kind)


def choose(whole: Structure, kind: str, *, agency: str, name: str, version: str, references: str) -> Chosen | None:
    """What is meant by kind, agency, name and version, each of which may be ``*``; None where there is nothing such."""
    kinds = KINDS if kind in (ANY, "structure") else (kind,)
    found = {each: _named(whole, each, name) for each in kinds if each in KINDS}
    known = agency in (ANY, AGENCY, "all") and version in _VERSIONS
    if not known or not any(found.values()):
        return None
    met = {each for each, names in found.items() if names}
    for each in _referred(met, references) - met:
        found[each] = _named(whole, each, ANY)
    return Chosen(
        whole.names, whole.descriptions,
        lists=tuple(each for each in whole.lists if each.id in found.get("codelist", ())),
        schemes=(whole.concepts,) if found.get("conceptscheme") else (),
        flow=bool(found.get("dataflow")), components=whole.components if found.get("datastructure") else (),
    )  # fmt: skip


def _named(whole: Structure, kind: str, name: str) -> set[str]:
    """Which artefacts of a kind are meant by names, joined by commas."""
    held = {"codelist": {each.id for each in whole.lists}, "conceptscheme": {whole.concepts.id}}.get(kind, {FLOW})
    return held if name in (ANY, "all") else held & set(name.split(","))


def _referred(met: set[str], references: str) -> set[str]:
    if references in KINDS:
        return {references}
    beneath, above = {each for kind in met for each in _BENEATH[kind]}, {each for kind in met for each in _ABOVE[kind]}
    if references == "descendants":
        return beneath | {each for kind in beneath for each in _BENEATH[kind]}
    if references == "ancestors":
        return above | {each for kind in above for each in _ABOVE[kind]}
    chosen = {"children": beneath, "parents": above, "parentsandsiblings": above, "all": set(KINDS)}
    return chosen.get(references, set())
