"""Simple Dublin Core (``oai_dc``), the form that every harvester reads; each text says its language."""

from collections.abc import Iterator

from hamroh.site.oai.marking import in_each, mark
from hamroh.web.oai import Description, Named, Within
from hamroh.web.texts import LANGUAGES

SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/"
_HEAD = (
    f'<oai_dc:dc xmlns:oai_dc="{NAMESPACE}" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    f'xsi:schemaLocation="{NAMESPACE} {SCHEMA}">'
)
#: who made it; all others had a hand in it
_MAKERS = frozenset({"aut", "isb", "ive"})


def as_dublin_core(record: Description, base: str) -> str:
    """The element ``oai_dc:dc`` of a record; ``base`` is the address of the site."""
    return f"{_HEAD}{''.join(_elements(record, base))}</oai_dc:dc>"


def _elements(record: Description, base: str) -> Iterator[str]:
    yield from in_each("dc:title", record.titles)
    yield from (each for name in record.names if name.role in _MAKERS for each in _people("dc:creator", name))
    yield from (text for about in record.subjects for text in in_each("dc:subject", about.names))
    yield from (mark("dc:subject", about.uri) for about in record.subjects)
    yield from in_each("dc:description", record.abstracts)
    yield from in_each("dc:publisher", record.publisher)
    yield from (each for name in record.names if name.role not in _MAKERS for each in _people("dc:contributor", name))
    yield mark("dc:date", record.date)
    yield mark("dc:type", record.dcmi_type)
    yield mark("dc:type", record.kind)
    yield from (mark("dc:format", each) for each in (*record.media_types, record.extent))
    yield from _identifiers(record, base)
    yield from (mark("dc:language", each) for each in record.languages)
    yield from _relations(record, base)
    yield from (text for place in record.places for text in in_each("dc:coverage", place))
    yield from in_each("dc:rights", record.rights)
    yield mark("dc:rights", record.licence)


def _people(element: str, name: Named) -> Iterator[str]:
    yield from in_each(element, name.names)


def _identifiers(record: Description, base: str) -> Iterator[str]:
    yield mark("dc:identifier", page_of(record, base))
    yield from (mark("dc:identifier", each) for each in record.urls)
    for kind, value in record.identifiers.items():
        yield mark("dc:identifier", f"{kind.upper()}:{value}" if kind in ("isbn", "issn", "doi") else value)


def _relations(record: Description, base: str) -> Iterator[str]:
    if record.part_of:
        yield from in_each("dc:relation", record.part_of.titles)
        yield mark("dc:relation", page_of(record.part_of, base))


def page_of(described: Description | Within, base: str) -> str:
    """The page of a record, in a language in which it has a title."""
    lang = next((each for each in LANGUAGES if described.titles.get(each)), "en")
    return base + described.address.format(lang=lang) if described.address else ""
