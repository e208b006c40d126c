"""Encoded Archival Description, third edition: a tree of units of description written, and read from files that anybody may have made.

Only what ISAD(G) asks for and what is written here again is read; the rest of a file is left. Nothing is fetched, no entity is followed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

NAMESPACE = "http://ead3.archivists.org/schema/"
LARGEST, MOST_UNITS, DEEPEST, LONGEST, LONGEST_REFERENCE = 4_000_000, 2_000, 12, 20_000, 60
LEVELS = ("fonds", "series", "file", "item")
#: levels of other houses, as the nearest of ours
_NEAREST = {
    "collection": "fonds", "recordgrp": "fonds", "class": "series", "subfonds": "series", "subgrp": "series",
    "subseries": "file", "otherlevel": "file",
}  # fmt: skip
_LANGS = {"en": "eng", "az": "aze", "ru": "rus", "tg": "tgk"}
_OURS = {long: short for short, long in _LANGS.items()}
#: texts about a unit: what they are called here and there
_NOTES = {
    "abouts": "scopecontent", "arrangement": "arrangement", "access": "accessrestrict", "rights": "userestrict", "notes": "odd",
}  # fmt: skip
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_SPACE = re.compile(r"\s+")
_UNFIT = re.compile("[^\t\n\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Texts = Mapping[str, str]


class EadRefused(ValueError):
    """It cannot be taken in: ``fault`` says why, ``place`` where: a line, or the reference of a unit."""

    def __init__(self, fault: str, place: str = "") -> None:
        super().__init__(f"{fault} {place}")
        self.fault, self.place = fault, place


@dataclass(frozen=True)
class Named:
    """A concept or a place: the address or key that it goes by, and its names."""

    ident: str
    names: Texts


@dataclass(frozen=True)
class Described:
    """A unit with what lies in it. ``notes`` are texts by `_NOTES`, ``extent`` how much it is; dates may be partial."""

    level: str
    reference: str
    titles: Texts
    kind: str = ""
    date_from: str = ""
    date_to: str = ""
    languages: tuple[str, ...] = ()
    creators: Texts = field(default_factory=dict)
    extent: Texts = field(default_factory=dict)
    notes: Mapping[str, Texts] = field(default_factory=dict)
    subjects: tuple[Named, ...] = ()
    places: tuple[Named, ...] = ()
    parts: tuple["Described", ...] = ()

    def each(self) -> Iterator["Described"]:
        """It and all that lies in it, from above."""
        yield self
        for part in self.parts:
            yield from part.each()


# -- out -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Imprint:
    """Who says so: the agency's name, the lasting address of the description, and when it was written (ISO)."""

    agency: str
    ident: str
    address: str
    at: str
    by: str = "Hamroh"


def write(unit: Described, imprint: Imprint) -> bytes:
    """The tree as a file."""
    register_namespace("", NAMESPACE)
    root = Element(_tag("ead"))
    _control(root, unit, imprint)
    top = SubElement(root, _tag("archdesc"), level=unit.level)
    _unit(top, unit, imprint.agency)
    if unit.parts:
        listed = SubElement(top, _tag("dsc"))
        for part in unit.parts:
            _component(listed, part)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    made = SubElement(parent, _tag(name), {key: value for key, value in attributes.items() if value})
    made.text = _UNFIT.sub("", text) or None
    return made


def _control(root: Element, unit: Described, imprint: Imprint) -> None:
    control = SubElement(root, _tag("control"), {"langencoding": "iso639-2b", "dateencoding": "iso8601"})
    _add(control, "recordid", imprint.ident, instanceurl=imprint.address)
    titles = _add(_add(control, "filedesc"), "titlestmt")
    for lang, text in unit.titles.items():
        _add(titles, "titleproper", text, lang=_LANGS.get(lang, lang))
    _add(control, "maintenancestatus", value="derived")
    _add(_add(control, "maintenanceagency"), "agencyname", imprint.agency)
    event = _add(_add(control, "maintenancehistory"), "maintenanceevent")
    _add(event, "eventtype", value="derived")
    _add(event, "eventdatetime", imprint.at, standarddatetime=imprint.at)
    _add(event, "agenttype", value="machine")
    _add(event, "agent", imprint.by)


def _component(parent: Element, unit: Described) -> None:
    made = SubElement(parent, _tag("c"), level=unit.level)
    _unit(made, unit)
    for part in unit.parts:
        _component(made, part)


def _unit(parent: Element, unit: Described, agency: str = "") -> None:
    did = _add(parent, "did")
    _add(did, "unitid", unit.reference)
    _texts(did, "unittitle", unit.titles)
    if unit.date_from or unit.date_to:
        ends = list(dict.fromkeys(each for each in (unit.date_from, unit.date_to) if each))
        _add(did, "unitdate", "–".join(ends), normal="/".join(ends))
    _texts(did, "physdesc", unit.extent)
    if unit.languages:
        told = _add(did, "langmaterial")
        for lang in unit.languages:
            _add(told, "language", lang, langcode=_LANGS.get(lang, lang))
    if unit.creators:
        _texts(_add(_add(did, "origination"), "name"), "part", unit.creators)
    if agency:
        _add(_add(_add(did, "repository"), "corpname"), "part", agency)
    for name, tag in _NOTES.items():
        for lang, text in unit.notes.get(name, {}).items():
            _add(_add(parent, tag, lang=_LANGS.get(lang, lang)), "p", text)
    _heads(parent, unit)


def _heads(parent: Element, unit: Described) -> None:
    if not (unit.kind or unit.subjects or unit.places):
        return
    heads = _add(parent, "controlaccess")
    for tag, rows in (("subject", unit.subjects), ("geogname", unit.places)):
        for row in rows:
            _texts(_add(heads, tag, identifier=row.ident), "part", row.names)
    if unit.kind:
        _add(_add(heads, "genreform", identifier=unit.kind), "part", unit.kind.replace("_", " "))


def _texts(parent: Element, name: str, texts: Texts) -> None:
    for lang, text in texts.items():
        _add(parent, name, text, lang=_LANGS.get(lang, lang))


# -- in ------------------------------------------------------------------------------------------------------------


def read(content: bytes, lang: str) -> Described:
    """The tree of a file; texts that say no language are taken for ``lang``. EadRefused."""
    if len(content) > LARGEST:
        raise EadRefused("long")
    try:
        root = fromstring(content, forbid_dtd=True)
    except ParseError as error:
        raise EadRefused("xml", str(error.position[0])) from None
    except (DefusedXmlException, ValueError, LookupError, RecursionError):
        raise EadRefused("xml") from None
    if root.tag != _tag("ead"):
        raise EadRefused("ead")
    top = root.find(_tag("archdesc"))
    if top is None:
        raise EadRefused("empty")
    found = _read(top, lang, DEEPEST)
    if sum(1 for _each in found.each()) > MOST_UNITS:
        raise EadRefused("many")
    return found


def _read(element: Any, lang: str, deep: int) -> Described:
    did = element.find(_tag("did"))
    reference = _words(did.find(_tag("unitid"))) if did is not None else ""
    if did is None or not reference:
        raise EadRefused("reference", _words(did.find(_tag("unittitle")))[:80] if did is not None else "")
    if len(reference) > LONGEST_REFERENCE:
        raise EadRefused("reference_long", reference[:LONGEST_REFERENCE])
    titles = _said(did, "unittitle", lang, reference)
    if not titles:
        raise EadRefused("title", reference)
    if deep == 0:
        raise EadRefused("deep", reference)
    level = _level(element, reference)
    first, last = _dates(did)
    return Described(
        level, reference, titles, _kind(element) if level == "item" else "", first, last, _languages(did),
        _said_below(did, "origination", lang, reference), _said(did, "physdesc", lang, reference),
        {name: texts for name, tag in _NOTES.items() if (texts := _said(element, tag, lang, reference))},
        tuple(_named(element, "subject", lang)), tuple(_named(element, "geogname", lang)),
        tuple(_read(each, lang, deep - 1) for each in _components(element)),
    )  # fmt: skip


def _components(element: Any) -> Iterator[Any]:
    for each in element:
        name = str(each.tag).removeprefix(f"{{{NAMESPACE}}}")
        if name == "dsc":
            yield from _components(each)
        elif re.fullmatch(r"c|c0[1-9]|c1[0-2]", name):
            yield each


def _level(element: Any, reference: str) -> str:
    told = str(element.get("level", ""))
    level = told if told in LEVELS else _NEAREST.get(told, "")
    if not level:
        raise EadRefused("level", reference)
    return level


def _kind(element: Any) -> str:
    known = ("oral_history", "photograph", "document")
    told = [str(each.get("identifier", "")) for each in element.findall(f"{_tag('controlaccess')}/{_tag('genreform')}")]
    return next((each for each in told if each in known), "document")


def _dates(did: Any) -> tuple[str, str]:
    """The ends of the first date, as far as they are dates that programs read; free words are left."""
    one = did.find(_tag("unitdate"))
    ends = str(one.get("normal", "")).split("/") if one is not None else []
    if not ends:
        for name in ("fromdate", "todate", "datesingle"):
            ends += [str(each.get("standarddate", "")) for each in did.iter(_tag(name))][:1]
    fit = [each for each in ends if _DATE.fullmatch(each)][:2]
    return (fit[0] if fit else "", fit[1] if len(fit) > 1 else "")


def _languages(did: Any) -> tuple[str, ...]:
    told = [str(each.get("langcode", "")) for each in did.iter(_tag("language"))]
    return tuple(dict.fromkeys(_OURS[each] for each in told if each in _OURS))


def _said(parent: Any, name: str, lang: str, reference: str) -> dict[str, str]:
    """Texts of this name by language; a second one in the same language is put after the first."""
    found: dict[str, str] = {}
    for each in parent.findall(_tag(name)):
        told = str(each.get("lang", ""))
        spoken = _OURS.get(told, told if told in _LANGS else lang)
        if words := _words(each):
            found[spoken] = f"{found[spoken]}\n{words}" if spoken in found else words
    if any(len(text) > LONGEST for text in found.values()):
        raise EadRefused("text_long", reference)
    return found


def _said_below(did: Any, name: str, lang: str, reference: str) -> dict[str, str]:
    """Who made it: the parts of the first name in an ``origination``."""
    for held in did.findall(_tag(name)):
        for person in held:
            if found := _said(person, "part", lang, reference):
                return found
    return {}


def _named(element: Any, name: str, lang: str) -> Iterator[Named]:
    for each in element.findall(f"{_tag('controlaccess')}/{_tag(name)}"):
        texts = _said(each, "part", lang, "")
        if texts:
            yield Named(str(each.get("identifier", ""))[:500], texts)


def _words(element: Any) -> str:
    return _SPACE.sub(" ", " ".join(element.itertext())).strip() if element is not None else ""
