"""Dublin Core, simple (``dc``) and qualified (``dcterms``): any element that holds a title of it is a record."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from hamroh.library.exchange import xmls
from hamroh.library.exchange.rows import Name, Row, Term, date_of, language_of, put, written_in
from hamroh.library.models import ContributorRole, RecordKind

SPACES = frozenset({"http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"})
#: words of types, in any case -> kind; our own words come back as they are
KINDS = {
    "article": RecordKind.ARTICLE, "journal article": RecordKind.ARTICLE, "book part": RecordKind.ARTICLE, "thesis": RecordKind.RESEARCH,
    "dissertation": RecordKind.RESEARCH, "dataset": RecordKind.RESEARCH, "working paper": RecordKind.RESEARCH, "legislation": RecordKind.LAW,
    "law": RecordKind.LAW, "journal": RecordKind.SERIES, "periodical": RecordKind.SERIES, "course": RecordKind.COURSE,
}  # fmt: skip
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)\s*(10\.\d{4,9}/\S+)", re.IGNORECASE)


def is_record(element: Element) -> bool:
    return any(xmls.space(each) in SPACES and xmls.local(each) == "title" for each in element)


def rows(content: bytes) -> Iterator[Row]:
    """A row for each record."""
    for number, element in enumerate(xmls.records(content, is_record), start=1):
        yield row_of(element, number)


def row_of(element: Element, number: int = 1) -> Row:
    """The row of one element that holds elements of Dublin Core."""
    row, said = Row(number), _gathered(element)
    row.languages = list(dict.fromkeys(tag for each, _lang in said.get("language", ()) if (tag := language_of(each))))
    for name in ("title", "alternative"):
        for text, lang in said.get(name, ()):
            if name == "title" or not row.titles:
                put(row.titles, text, language_of(lang), row.languages)
    for text, lang in (*said.get("abstract", ()), *said.get("description", ())):
        put(row.abstracts, text, language_of(lang), row.languages)
    row.kind = kind_of(text for text, _lang in said.get("type", ()))
    row.names = [
        *_people(said, row, "creator", ContributorRole.AUTHOR),
        *_people(said, row, "contributor", ContributorRole.EDITOR),
    ]
    row.subjects = subjects(said.get("subject", ()))
    row.date = next(
        (
            found
            for name in ("issued", "date", "created")
            for text, _lang in said.get(name, ())
            if (found := date_of(text))
        ),
        "",
    )
    row.publisher = next((text for text, _lang in said.get("publisher", ())), "")
    for name in ("rights", "accessRights"):
        for text, lang in said.get(name, ()):
            put(row.rights, text, language_of(lang), row.languages)
    row.licence = next((text for text, _lang in said.get("license", ())), "")[:120]
    row.printed_in = next(
        (text for text, _lang in (*said.get("bibliographicCitation", ()), *said.get("source", ()))), ""
    )
    _identify(row, [text for text, _lang in said.get("identifier", ())])
    return row


def _gathered(element: Element) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for each in element:
        if xmls.space(each) in SPACES and (text := xmls.text(each)):
            found.setdefault(xmls.local(each), []).append((text, xmls.tongue(each) or xmls.tongue(element)))
    return found


def kind_of(words: Iterator[str]) -> str:
    """The kind that one of these words means, else a publication."""
    for each in words:
        plain = each.strip().casefold()
        if plain in RecordKind.values:
            return plain
        if plain in KINDS:
            return str(KINDS[plain])
    return str(RecordKind.PUBLICATION)


def _people(said: dict[str, list[tuple[str, str]]], row: Row, name: str, role: str) -> list[Name]:
    likely = [*row.languages, *row.titles]
    return [Name({language_of(lang) or written_in(text, likely): text}, role) for text, lang in said.get(name, ())]


def subjects(said: Iterator[tuple[str, str]] | list[tuple[str, str]] | tuple[()]) -> list[tuple[Term, ...]]:
    """Each word a subject of its own: whether two are one notion in two languages shows when they are looked up."""
    found: list[tuple[Term, ...]] = []
    for text, _lang in said:
        if text.startswith(("http://", "https://")):
            found.append((Term(uri=text),))
        else:
            found += [(Term(word.strip()),) for word in text.split(";") if word.strip()]
    return found


def _identify(row: Row, said: list[str]) -> None:
    row.key = next((each for each in said if not each.lower().startswith(("isbn", "issn"))), "")
    for each in said:
        bare = each.strip()
        if found := _DOI.match(bare):
            row.details.setdefault("doi", found[1])
        elif bare.lower().startswith(("isbn", "issn", "urn:isbn:", "urn:issn:")):
            name, _colon, number = bare.lower().removeprefix("urn:").partition(":")
            row.details.setdefault(name.strip()[:4], number.strip() or bare[4:].strip())
        elif bare.startswith(("http://", "https://")):
            row.details.setdefault("url", bare)
