"""MODS 3.8, the richer form: roles, concepts by their lasting addresses, what a thing lies in, dates of laws, each text with its language."""

from collections.abc import Iterator, Mapping

from hamroh.site.oai.dublin import page_of
from hamroh.site.oai.marking import MARC_LANGUAGES, around, mark
from hamroh.web.oai import About, Description, Named, Texts, Within

NAMESPACE = "http://www.loc.gov/mods/v3"
SCHEMA = "http://www.loc.gov/standards/mods/v3/mods-3-8.xsd"
_HEAD = (
    f'<mods xmlns="{NAMESPACE}" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:schemaLocation="{NAMESPACE} {SCHEMA}" version="3.8">'
)
#: DCMI's word -> MODS' own
_TYPES = {"Text": "text", "Sound": "sound recording", "MovingImage": "moving image", "StillImage": "still image", "Collection": "text"}  # fmt: skip
#: what is said of a law's days; the words are ours and stand in the type of ``dateOther``
DATES = ("adopted", "signed", "in_force", "repealed")


def as_mods(record: Description, base: str) -> str:
    """The element ``mods`` of a record; ``base`` is the address of the site."""
    return f"{_HEAD}{''.join(_elements(record, base))}</mods>"


def _elements(record: Description, base: str) -> Iterator[str]:
    yield from _titles(record.titles)
    yield from (_name(each) for each in record.names)
    yield mark("typeOfResource", _TYPES.get(record.dcmi_type, "text"))
    yield mark("genre", record.kind, authority="hamroh")
    yield _origin(record)
    yield from (
        around("language", [mark("languageTerm", each, type="code", authority="rfc3066")]) for each in record.languages
    )
    yield around(
        "physicalDescription",
        [*(mark("internetMediaType", each) for each in record.media_types), mark("extent", record.extent)],
    )
    yield from _each("abstract", record.abstracts)
    yield from (each for note in record.notes for each in _each("note", note))
    yield from (each for about in record.subjects for each in _subject(about))
    yield from (_in_languages("subject", "geographic", each) for each in record.places)
    yield _within(record.part_of, base) if record.part_of else ""
    yield from (mark("identifier", value, type=kind) for kind, value in record.identifiers.items())
    pages = [mark("url", page_of(record, base), usage="primary"), *(mark("url", each) for each in record.urls)]
    yield around("location", pages)
    yield from _each("accessCondition", record.rights, type="use and reproduction")
    yield mark("accessCondition", record.licence, type="licence")


def _titles(titles: Texts) -> Iterator[str]:
    for place, (lang, text) in enumerate(titles.items()):
        said = {"type": "translated"} if place else {}
        yield around("titleInfo", [mark("title", text)], **said, **_tongue(lang))


def _tongue(lang: str) -> dict[str, str]:
    return {"lang": MARC_LANGUAGES.get(lang, ""), "xml_lang": lang}


def _each(element: str, texts: Texts, **given: str) -> Iterator[str]:
    for lang, text in texts.items():
        yield mark(element, text, **given, **_tongue(lang))


def _name(name: Named) -> str:
    role = around("role", [mark("roleTerm", name.role, type="code", authority="marcrelator")])
    kind = "corporate" if name.is_body else "personal"
    return around("name", [*_each("namePart", name.names), role], type=kind) if any(name.names.values()) else ""


def _origin(record: Description) -> str:
    days = [mark("dateOther", record.dates.get(each, ""), type=each) for each in DATES]
    return around("originInfo", [
        around("place", [mark("placeTerm", record.place, type="text")]), *_each("publisher", record.publisher),
        mark("dateIssued", record.date, encoding="w3cdtf", keyDate="yes"), *days, mark("edition", record.edition),
    ])  # fmt: skip


def _subject(about: About) -> Iterator[str]:
    """A concept once, with what it is called in each language: who reads none of them has its address."""
    yield around("subject", _each("topic", about.names, **({"valueURI": about.uri} if about.uri else {})))


def _in_languages(element: str, inner: str, texts: Mapping[str, str]) -> str:
    return around(element, _each(inner, texts))


def _within(whole: Within, base: str) -> str:
    details = [
        around("detail", [mark("number", value)], type=kind)
        for kind, value in (("volume", whole.volume), ("issue", whole.number))
    ]
    pages = around("extent", [mark("list", whole.pages)], unit="pages")
    known = [mark("identifier", page_of(whole, base), type="uri"), mark("identifier", whole.issn, type="issn")]
    return around("relatedItem", [*_titles(whole.titles), *known, around("part", [*details, pages])], type="host")
