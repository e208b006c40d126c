"""MARC 21 in XML, as library systems give it out. A field in the original script (880) counts for its romanised one."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from hamroh.library.exchange import xmls
from hamroh.library.exchange.rows import Name, Row, Term, date_of, language_of, put, written_in
from hamroh.library.models import ContributorRole, RecordKind

SPACE = "http://www.loc.gov/MARC21/slim"
ROLES = {
    "aut": ContributorRole.AUTHOR, "edt": ContributorRole.EDITOR, "trl": ContributorRole.TRANSLATOR, "ill": ContributorRole.ILLUSTRATOR,
    "tch": ContributorRole.TEACHER, "isb": ContributorRole.ISSUER,
}  # fmt: skip
_ENDS = re.compile(r"\s*[/:;,.=]\s*$")
Field = list[tuple[str, str]]


def is_record(element: Element) -> bool:
    return xmls.local(element) == "record" and xmls.space(element) in (SPACE, "") and any(xmls.local(each) in ("datafield", "leader") for each in element)  # fmt: skip


def rows(content: bytes) -> Iterator[Row]:
    """A row for each record."""
    for number, element in enumerate(xmls.records(content, is_record), start=1):
        yield row_of(element, number)


def row_of(element: Element, number: int = 1) -> Row:
    """The row of one ``record``."""
    fields, controls = _fields(element), _controls(element)
    row = Row(number, key=controls.get("001", ""))
    row.languages = _languages(fields, controls.get("008", ""))
    row.kind = _kind(xmls.text(next((each for each in element if xmls.local(each) == "leader"), None)), fields)
    for each in fields.get("245", ())[:1]:
        put(row.titles, _joined(each, "abnp"), "", row.languages)
    for each in fields.get("242", ()):
        put(row.titles, _joined(each, "ab"), language_of(_one(each, "y")))
    for each in fields.get("520", ()):
        put(row.abstracts, _joined(each, "ab"), "", row.languages)
    row.names = list(_names(fields, [*row.languages, *row.titles]))
    row.subjects = [found for tag in ("650", "653", "651") for each in fields.get(tag, ()) if (found := _subject(each))]
    for each in (*fields.get("264", ()), *fields.get("260", ())):
        row.place, row.publisher = row.place or _one(each, "a"), row.publisher or _one(each, "b")
        row.date = row.date or date_of(_one(each, "c"))
    row.date = row.date or date_of(controls.get("008", "")[7:11])
    row.details = _details(fields)
    for each in fields.get("540", ()):
        put(row.rights, _one(each, "a"), "", row.languages)
    row.printed_in = next(
        (", ".join(filter(None, (_one(each, "t"), _one(each, "g")))) for each in fields.get("773", ())), ""
    )
    return row


def _fields(element: Element) -> dict[str, list[Field]]:
    """Fields by their tag; where an 880 says that it is the original of one, it stands in its place."""
    found: dict[str, list[Field]] = {}
    originals: dict[str, Field] = {}
    for each in element:
        if xmls.local(each) != "datafield":
            continue
        told = [(part.get("code", ""), xmls.text(part)) for part in each if xmls.local(part) == "subfield"]
        link = re.match(r"(\d{3})-(\d\d)", _one(told, "6"))
        if each.get("tag") == "880" and link and link[2] != "00":
            originals[f"{link[1]}-{link[2]}"] = told
        elif each.get("tag") == "880" and link:
            found.setdefault(link[1], []).append(told)
        else:
            found.setdefault(each.get("tag", ""), []).append(told)
    return {tag: [_original(tag, told, originals) for told in every] for tag, every in found.items()}


def _original(tag: str, told: Field, originals: dict[str, Field]) -> Field:
    link = re.match(r"880-(\d\d)", _one(told, "6"))
    return originals.get(f"{tag}-{link[1]}", told) if link else told


def _controls(element: Element) -> dict[str, str]:
    return {each.get("tag", ""): xmls.text(each) for each in element if xmls.local(each) == "controlfield"}


def _one(told: Field, code: str) -> str:
    return _ENDS.sub("", next((text for name, text in told if name == code), ""))


def _joined(told: Field, codes: str) -> str:
    """Parts of a title with the signs that MARC puts between them, and none at the end."""
    return _ENDS.sub("", " ".join(text for name, text in told if name in codes))


def _languages(fields: dict[str, list[Field]], fixed: str) -> list[str]:
    said = [text for each in fields.get("041", ()) for name, text in each if name == "a"]
    codes = [code for text in said for code in re.findall(r"...", text)] or [fixed[35:38]]
    return list(dict.fromkeys(tag for each in codes if (tag := language_of(each))))


def _kind(leader: str, fields: dict[str, list[Field]]) -> str:
    level = leader[7:8]
    if level == "s":
        return str(RecordKind.SERIES)
    if level in ("a", "b") or fields.get("773"):
        return str(RecordKind.ARTICLE)
    return str(RecordKind.RESEARCH if fields.get("502") else RecordKind.PUBLICATION)


def _names(fields: dict[str, list[Field]], likely: list[str]) -> Iterator[Name]:
    for tag in ("100", "110", "111", "700", "710", "711"):
        for each in fields.get(tag, ()):
            name = _joined(each, "ab" if tag[1:] == "10" else "a")
            code = _one(each, "4")[-3:]
            role = ROLES.get(code, ContributorRole.AUTHOR if tag[0] == "1" or code else ContributorRole.EDITOR)
            if name:
                yield Name({written_in(name, likely): name}, role, is_body=tag[1:] != "00")


def _subject(told: Field) -> tuple[Term, ...]:
    """The heading, its address where it has one; subdivisions are no labels of a thesaurus."""
    uri = next((text for name, text in told if name in ("0", "1") and text.startswith("http")), "")
    label = _one(told, "a")
    return (Term(label, uri),) if label or uri else ()


def _details(fields: dict[str, list[Field]]) -> dict[str, str]:
    def first(tag: str, code: str) -> str:
        return next((text for each in fields.get(tag, ()) if (text := _one(each, code))), "")

    doi = next((_one(each, "a") for each in fields.get("024", ()) if _one(each, "2").lower() == "doi"), "")
    found = {
        "isbn": first("020", "a").split(" ")[0], "issn": first("022", "a"), "doi": doi, "url": next((text for each in fields.get("856", ()) for name, text in each if name == "u"), ""),
        "edition": first("250", "a"), "pages": first("300", "a"), "volume": first("490", "v"),
    }  # fmt: skip
    return {name: text for name, text in found.items() if text}
