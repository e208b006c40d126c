"""A record as a file for reference managers, and as the words that search engines read."""

import json
from collections.abc import Iterator
from typing import Any

from hamroh.library.citing.csl import address_of, csl
from hamroh.library.models import Record, RecordKind
from hamroh.web.citations import bibtex_entry, ris_entry, tex, tex_address
from hamroh.web.texts import pick

#: type of CSL -> of RIS, of BibTeX
_TYPES = {
    "article-journal": ("JOUR", "article"), "book": ("BOOK", "book"), "periodical": ("JFULL", "misc"), "report": ("RPRT", "techreport"),
    "legislation": ("STAT", "misc"), "treaty": ("STAT", "misc"), "document": ("GEN", "misc"),
}  # fmt: skip
_SCHEMA = {
    RecordKind.SERIES: "Periodical", RecordKind.ISSUE: "PublicationIssue", RecordKind.ARTICLE: "ScholarlyArticle",
    RecordKind.PUBLICATION: "Book", RecordKind.RESEARCH: "ScholarlyArticle", RecordKind.LAW: "Legislation",
    RecordKind.INSTRUMENT: "Legislation", RecordKind.COURSE: "Course", RecordKind.TEACHING_SET: "LearningResource",
}  # fmt: skip


def as_json(record: Record, lang: str) -> str:
    """CSL-JSON, as reference managers take it in."""
    return json.dumps([csl(record, lang)], ensure_ascii=False, indent=1)


def as_ris(record: Record, lang: str) -> str:
    """RIS."""
    return ris_entry(_ris(csl(record, lang)))


def as_bibtex(record: Record, lang: str) -> str:
    """BibTeX."""
    said = csl(record, lang)
    return bibtex_entry(_TYPES[said["type"]][1], f"hamroh-{record.code}", _bibtex(said))


FORMATS = {
    "json": (as_json, "application/vnd.citationstyles.csl+json"),
    "ris": (as_ris, "application/x-research-info-systems"),
    "bib": (as_bibtex, "application/x-bibtex"),
}


def _ris(said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[said["type"]][0]
    yield "ID", said["id"]
    yield "TI", said["title"]
    yield from (("AU", name) for name in _people(said, "author"))
    yield from (("A2", name) for name in _people(said, "editor"))
    yield from (("A4", name) for name in _people(said, "translator"))
    yield from (
        (tag, said.get(name, "")) for tag, name in (("T2", "container-title"), ("VL", "volume"), ("IS", "issue"))
    )
    yield "M1" if said["type"] in ("legislation", "treaty") else "C1", said.get("number", "")
    yield from ((tag, said.get(name, "")) for tag, name in (("SP", "page"), ("ET", "edition"), ("PB", "publisher")))
    yield "CY", said.get("publisher-place", "")
    yield "PY", _date(said)[:4]
    yield "DA", _date(said).replace("-", "/")
    yield "SN", said.get("ISBN", "") or said.get("ISSN", "")
    yield from ((tag, said.get(name, "")) for tag, name in (("DO", "DOI"), ("LA", "language"), ("AB", "abstract")))
    yield "UR", said["URL"]


def _bibtex(said: dict[str, Any]) -> Iterator[tuple[str, str]]:
    yield "title", tex(said["title"])
    for role in ("author", "editor", "translator"):
        yield role, " and ".join(_braced(name) for name in said.get(role, ()))
    names = ("journal", "container-title"), ("volume", "volume"), ("number", "issue"), ("pages", "page"), ("edition", "edition")  # fmt: skip
    yield from ((field, tex(said.get(name, ""))) for field, name in names)
    yield "publisher" if said["type"] != "report" else "institution", tex(said.get("publisher", ""))
    yield "address", tex(said.get("publisher-place", ""))
    yield "year", _date(said)[:4]
    yield "date", _date(said) if len(_date(said)) > len("2026") else ""
    yield from ((name.lower(), tex(said.get(name, ""))) for name in ("ISBN", "ISSN", "DOI"))
    yield "url", tex_address(said["URL"])


def _date(said: dict[str, Any]) -> str:
    parts = said.get("issued", {}).get("date-parts", [[]])[0]
    return "-".join(f"{part:02d}" for part in parts)


def _people(said: dict[str, Any], role: str) -> list[str]:
    return [name.get("literal") or f"{name['family']}, {name['given']}" for name in said.get(role, ())]


def _braced(name: dict[str, str]) -> str:
    """A name as it stands is kept whole by braces."""
    return f"{{{tex(name['literal'])}}}" if "literal" in name else f"{tex(name['family'])}, {tex(name['given'])}"


def schema_org(record: Record, lang: str) -> str:
    """What the record is in the words of schema.org, ready to stand in a page."""
    said, kind = csl(record, lang), RecordKind(record.kind)
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": _SCHEMA[kind],
        "@id": address_of(record, lang),
        "url": address_of(record, lang),
        "name": said["title"],
        "inLanguage": list(record.languages),
        "description": said.get("abstract"),
        "datePublished": record.date,
        "author": [_schema_name(name) for name in said.get("author", ())],
        "editor": [_schema_name(name) for name in said.get("editor", ())],
        "publisher": {"@type": "Organization", "name": said["publisher"]} if said.get("publisher") else None,
        "isbn": said.get("ISBN"),
        "license": record.licence if record.licence.startswith("http") else None,
        "isPartOf": _part_of(record, lang),
    }
    if kind in (RecordKind.LAW, RecordKind.INSTRUMENT) and hasattr(record, "act"):
        found |= _legislation(record, lang)
    kept = {name: value for name, value in found.items() if value}
    # no markup can end the element it stands in
    return json.dumps(kept, ensure_ascii=False).replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _schema_name(name: dict[str, str]) -> dict[str, str]:
    return {
        "@type": "Person" if "family" in name else "Thing",
        "name": name.get("literal") or f"{name['given']} {name['family']}",
    }


def _part_of(record: Record, lang: str) -> dict[str, str] | None:
    if record.part_of is None:
        return None
    kind = _SCHEMA[RecordKind(record.part_of.kind)]
    return {"@type": kind, "name": pick(record.part_of.titles, lang).text, "url": address_of(record.part_of, lang)}


_FORCE = {"in_force": "InForce", "amended": "PartiallyInForce", "repealed": "NotInForce", "adopted": "NotInForce"}


def _legislation(record: Record, lang: str) -> dict[str, Any]:
    act = record.act
    force = _FORCE.get(act.status, "")
    return {
        "legislationIdentifier": act.number,
        "legislationDate": act.adopted,
        "legislationJurisdiction": pick(act.country.names, lang).text if act.country else "",
        "legislationLegalForce": f"https://schema.org/{force}" if force else "",
    }
