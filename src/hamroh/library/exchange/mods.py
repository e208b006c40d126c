"""MODS, the richer form in which centres give each other records; titles, names and subjects keep their languages."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from hamroh.library.exchange import xmls
from hamroh.library.exchange.dublin import kind_of
from hamroh.library.exchange.marcxml import ROLES
from hamroh.library.exchange.rows import Name, Row, Term, date_of, language_of, put, written_in
from hamroh.library.models import ContributorRole

SPACE = "http://www.loc.gov/mods/v3"
_DAYS = ("adopted", "signed", "in_force", "repealed")


def is_record(element: Element) -> bool:
    return xmls.space(element) == SPACE and xmls.local(element) == "mods"


def rows(content: bytes) -> Iterator[Row]:
    """A row for each record."""
    for number, element in enumerate(xmls.records(content, is_record), start=1):
        yield row_of(element, number)


def row_of(element: Element, number: int = 1) -> Row:
    """The row of one ``mods``."""
    row = Row(number)
    row.languages = list(
        dict.fromkeys(
            tag for each in _under(element, "language", "languageTerm") if (tag := language_of(xmls.text(each)))
        )
    )
    for each in _named(element, "titleInfo"):
        if each.get("type") in (None, "translated"):
            put(
                row.titles,
                " ".join(xmls.text(part) for part in each if xmls.local(part) in ("nonSort", "title", "subTitle")),
                _tongue(each),
                row.languages,
            )
    for each in _named(element, "abstract"):
        put(row.abstracts, xmls.text(each), _tongue(each), row.languages)
    row.kind = kind_of(xmls.text(each) for each in _named(element, "genre"))
    row.names = [name for each in _named(element, "name") if (name := _name(each, [*row.languages, *row.titles])).names]
    row.subjects = [terms for each in _named(element, "subject") if (terms := _terms(each))]
    _originate(row, element)
    _number(row, element)
    for each in _named(element, "accessCondition"):
        if each.get("type") == "licence":
            row.licence = xmls.text(each)[:120]
        else:
            put(row.rights, xmls.text(each), _tongue(each), row.languages)
    return row


def _named(element: Element, name: str) -> list[Element]:
    return [each for each in element if xmls.local(each) == name and xmls.space(each) == SPACE]


def _under(element: Element, *path: str) -> list[Element]:
    found = [element]
    for name in path:
        found = [each for above in found for each in _named(above, name)]
    return found


def _first(element: Element, *path: str) -> str:
    return next((text for each in _under(element, *path) if (text := xmls.text(each))), "")


def _tongue(element: Element) -> str:
    return language_of(xmls.tongue(element) or element.get("lang", ""))


def _name(element: Element, likely: list[str]) -> Name:
    names: dict[str, str] = {}
    for part in _named(element, "namePart"):
        if part.get("type") != "date":
            lang = _tongue(part) or written_in(xmls.text(part), likely)
            names[lang] = ", ".join(filter(None, (names.get(lang), xmls.text(part))))
    code = _first(element, "role", "roleTerm")[:3].lower()
    return Name(names, ROLES.get(code, ContributorRole.AUTHOR), is_body=element.get("type") == "corporate")


def _terms(element: Element) -> tuple[Term, ...]:
    """One notion in however many languages."""
    topics = _named(element, "topic")
    address = element.get("valueURI", "")
    found = tuple(Term(xmls.text(each), each.get("valueURI", "") or address) for each in topics if xmls.text(each))
    return found or ((Term(uri=address),) if address else ())


def _originate(row: Row, element: Element) -> None:
    row.place, row.publisher = (
        _first(element, "originInfo", "place", "placeTerm"),
        _first(element, "originInfo", "publisher"),
    )
    row.date = next(
        (
            found
            for name in ("dateIssued", "dateCreated", "copyrightDate")
            if (found := date_of(_first(element, "originInfo", name)))
        ),
        "",
    )
    row.act = {
        each.get("type", ""): xmls.text(each)
        for each in _under(element, "originInfo", "dateOther")
        if each.get("type") in _DAYS
    }
    if edition := _first(element, "originInfo", "edition"):
        row.details["edition"] = edition


def _number(row: Row, element: Element) -> None:
    for each in _named(element, "identifier"):
        kind, said = each.get("type", ""), xmls.text(each)
        if kind in ("isbn", "issn", "doi") and said:
            row.details.setdefault(kind, said)
        elif kind == "number":
            row.act["number"] = said[:60]
    pages = [
        xmls.text(each)
        for each in _under(element, "location", "url")
        if xmls.text(each).startswith(("http://", "https://"))
    ]
    if pages:
        row.details["url"] = pages[0]
    for whole in _named(element, "relatedItem"):
        if whole.get("type") == "host":
            _place(row, whole)


def _place(row: Row, whole: Element) -> None:
    row.printed_in = _first(whole, "titleInfo", "title")
    for part in _under(whole, "part", "detail"):
        name = {"volume": "volume", "issue": "number", "number": "number"}.get(part.get("type", ""))
        if name and _first(part, "number"):
            row.details.setdefault(name, _first(part, "number"))
    if pages := _first(whole, "part", "extent", "list"):
        row.details.setdefault("pages", pages)
