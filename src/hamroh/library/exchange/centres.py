"""What another centre answers by the protocol (OAI-PMH 2.0), read without trusting any of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from hamroh.directory.exchange.tables import FileRefused
from hamroh.library.exchange import dublin, marcxml, mods, xmls
from hamroh.library.exchange.fetching import Unreachable, fetch
from hamroh.library.exchange.rows import Fault, Row

SPACE = "http://www.openarchives.org/OAI/2.0/"
#: forms that are read here, the richest first, by the address that names them
FORMS = (mods.SPACE, marcxml.SPACE, "http://www.openarchives.org/OAI/2.0/oai_dc/")
DAY, SECOND = "YYYY-MM-DD", "YYYY-MM-DDThh:mm:ssZ"
#: letters of a name of a record, of a token; sets that are shown
LONGEST_KEY, LONGEST_TOKEN, MOST_SETS = 300, 4000, 500
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?")
_PLAIN = re.compile(r"[\w\-.!~*'():]{1,120}", re.ASCII)


class Told(Exception):
    """The centre answers with an error of the protocol: ``code``, at ``stamp`` by its own clock."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code, self.stamp = code, ""


@dataclass(frozen=True)
class About:
    """What a centre says of itself, and the form in which we take its records."""

    name: str
    granularity: str
    deleted: str
    prefix: str
    sets: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, str]:
        return {"name": self.name, "granularity": self.granularity, "deleted": self.deleted}


@dataclass
class Page:
    """One answer with records: each as a row whose key is its name there. ``token`` leads on, empty at the end."""

    rows: list[Row] = field(default_factory=list)
    token: str = ""
    stamp: str = ""
    total: int = 0


def about(base: str) -> About:
    """Ask a centre who it is; raises Unreachable, also for what is no such centre."""
    name = granularity = deleted = ""
    for element in _answer(base, {"verb": "Identify"}):
        name = xmls.text(element)[:200] if xmls.local(element) == "repositoryName" else name
        granularity = xmls.text(element) if xmls.local(element) == "granularity" else granularity
        deleted = xmls.text(element)[:20] if xmls.local(element) == "deletedRecord" else deleted
    if not name or granularity not in (DAY, SECOND):
        raise Unreachable(_("There is no centre at this address that lets its records be harvested."))
    return About(name, granularity, deleted, _prefix(base), _sets(base))


def _prefix(base: str) -> str:
    """The richest form that both sides know."""
    offered: dict[str, str] = {}
    for element in _answer(base, {"verb": "ListMetadataFormats"}):
        if xmls.local(element) == "metadataFormat":
            said = {xmls.local(each): xmls.text(each) for each in element}
            offered.setdefault(said.get("metadataNamespace", ""), said.get("metadataPrefix", ""))
    found = next(
        (offered[space] for space in FORMS if _PLAIN.fullmatch(offered.get(space, "")) and len(offered[space]) <= 40),
        "",
    )
    if not found:
        raise Unreachable(_("The centre gives its records in no form that is read here."))
    return found


def _sets(base: str) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    try:
        for element in islice(_answer(base, {"verb": "ListSets"}), 50_000):
            if xmls.local(element) == "set":
                said = {xmls.local(each): xmls.text(each) for each in element}
                if _PLAIN.fullmatch(said.get("setSpec", "")):
                    found.append((said["setSpec"], said.get("setName", "")[:200]))
    except Told:
        return ()
    return tuple(found[:MOST_SETS])


def page(base: str, *, prefix: str, only_set: str = "", since: str = "", token: str = "") -> Page:
    """One page of records; raises Unreachable, Later and Told."""
    asked = {"verb": "ListRecords"}
    if token:
        asked["resumptionToken"] = token
    else:
        asked |= (
            {"metadataPrefix": prefix} | ({"set": only_set} if only_set else {}) | ({"from": since} if since else {})
        )
    found = Page()
    try:
        for element in _answer(base, asked):
            _hear(found, element)
    except Told as told:
        told.stamp = found.stamp
        raise
    return found


def _hear(found: Page, element: Element) -> None:
    name = xmls.local(element)
    if name == "responseDate" and _STAMP.fullmatch(xmls.text(element)):
        found.stamp = xmls.text(element)
    elif name == "resumptionToken":
        found.token = xmls.text(element)
        size = element.get("completeListSize", "")
        found.total = int(size) if size.isdecimal() and len(size) < 10 else 0
        if len(found.token) > LONGEST_TOKEN:
            raise Unreachable(_("The answer of the centre cannot be read."))
    elif name == "record":
        found.rows.append(_row(element, len(found.rows) + 1))


def _row(element: Element, number: int) -> Row:
    """A record of an answer; what cannot be read of it is its fault alone."""
    header = next((each for each in element if xmls.local(each) == "header"), None)
    said: Mapping[str, str] = {xmls.local(each): xmls.text(each) for each in header} if header is not None else {}
    row = _described(element, number)
    row.key, row.stamp = said.get("identifier", ""), said.get("datestamp", "")
    row.is_gone = header is not None and header.get("status") == "deleted"
    if not row.key or len(row.key) > LONGEST_KEY:
        row.faults.append(Fault("identifier", _("The record has no name, or one that is too long.")))
    return row


def _described(element: Element, number: int) -> Row:
    holder = next((each for each in element if xmls.local(each) == "metadata"), None)
    inside = next(iter(holder), None) if holder is not None else None
    readers: dict[str, Any] = {mods.SPACE: mods.row_of, marcxml.SPACE: marcxml.row_of}
    if inside is None:
        return Row(number)
    return readers.get(xmls.space(inside), dublin.row_of)(inside, number)  # type: ignore[no-any-return]


def _answer(base: str, asked: Mapping[str, str]) -> Iterator[Element]:
    """Elements of an answer as they end: whole records, and the small ones around them. Raises Told for an error of the protocol."""
    try:
        inside = 0
        for event, element, depth in xmls.parsed(fetch(base, asked)):
            if depth == 1 and event == "start" and (xmls.space(element), xmls.local(element)) != (SPACE, "OAI-PMH"):
                raise Unreachable(_("There is no centre at this address that lets its records be harvested."))
            ours = xmls.space(element) == SPACE and xmls.local(element) in ("record", "set", "metadataFormat")
            inside += (1 if event == "start" else -1) if ours else 0
            if event == "end" and inside == 0 and xmls.space(element) == SPACE:
                if xmls.local(element) == "error":
                    raise Told(element.get("code", "")[:40])
                yield element
                if ours:
                    element.clear()
    except FileRefused:
        raise Unreachable(_("The answer of the centre cannot be read.")) from None
