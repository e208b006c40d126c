"""RIS, as reference managers write it."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from hamroh.library.exchange.rows import Fault, Name, Row, Term, date_of, language_of, put, written_in
from hamroh.library.exchange.texts import refuse_many
from hamroh.library.models import ContributorRole, RecordKind

_LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?")
#: types that are not publications
KINDS = {
    "JOUR": RecordKind.ARTICLE, "EJOUR": RecordKind.ARTICLE, "MGZN": RecordKind.ARTICLE, "NEWS": RecordKind.ARTICLE, "CHAP": RecordKind.ARTICLE,
    "ECHAP": RecordKind.ARTICLE, "CPAPER": RecordKind.ARTICLE, "THES": RecordKind.RESEARCH, "UNPB": RecordKind.RESEARCH,
    "DATA": RecordKind.RESEARCH, "STAT": RecordKind.LAW, "LEGAL": RecordKind.LAW, "BILL": RecordKind.LAW, "SER": RecordKind.SERIES,
}  # fmt: skip
_ROLES = {
    "AU": ContributorRole.AUTHOR, "A1": ContributorRole.AUTHOR, "A2": ContributorRole.EDITOR, "ED": ContributorRole.EDITOR, "A3": ContributorRole.EDITOR,
    "A4": ContributorRole.TRANSLATOR, "TA": ContributorRole.TRANSLATOR,
}  # fmt: skip
_DETAILS = {"VL": "volume", "IS": "number", "ET": "edition", "DO": "doi"}
Fields = list[tuple[str, str]]


def looks_so(text: str) -> bool:
    return bool(re.match(r"\s*TY  ?- ", text))


def rows(text: str) -> Iterator[Row]:
    """A row for each record of a file in RIS; one that is not ended is told so."""
    for place, (number, fields, is_whole) in enumerate(_records(text), start=1):
        refuse_many(place)
        row = _row(number, fields)
        if not is_whole:
            row.faults.append(Fault("ER", _("The record has no end: the file may be cut off.")))
        yield row


def _records(text: str) -> Iterator[tuple[int, Fields, bool]]:
    """Fields of each record with the line at which it begins, and whether it ends."""
    fields: Fields = []
    begins = 0
    for number, line in enumerate(text.split("\n"), start=1):
        found = _LINE.fullmatch(line.rstrip())
        if found is None:
            if fields and line.strip():  # a long field goes on
                fields[-1] = (fields[-1][0], f"{fields[-1][1]} {line.strip()}")
            continue
        tag, value = found[1], (found[2] or "").strip()
        if tag == "ER":
            if fields:
                yield begins, fields, True
            fields = []
            continue
        if tag == "TY" and fields:
            yield begins, fields, False
            fields = []
        begins = number if not fields else begins
        fields.append((tag, value))
    if fields:
        yield begins, fields, False


def _row(number: int, fields: Fields) -> Row:
    row = Row(number)
    every: dict[str, list[str]] = {}
    for tag, value in fields:
        if value:
            every.setdefault(tag, []).append(value)
    first = {tag: values[0] for tag, values in every.items()}
    row.kind = KINDS.get(first.get("TY", "").upper(), RecordKind.PUBLICATION)
    row.key = first.get("ID", "")
    row.languages = [
        tag for said in every.get("LA", ()) for each in re.split(r"[;,/]", said) if (tag := language_of(each))
    ]
    put(row.titles, first.get("TI") or first.get("T1") or first.get("CT", ""), "", row.languages)
    put(row.titles, first.get("TT", ""), "")
    put(row.abstracts, first.get("AB") or first.get("N2", ""), "", row.languages)
    row.date = date_of(first.get("DA") or first.get("PY") or first.get("Y1", "")) or date_of(first.get("PY", ""))
    for tag, role in _ROLES.items():
        row.names += [Name({_lang(value, row): value}, role) for value in every.get(tag, ())]
    row.subjects = [
        (Term(word),) for value in every.get("KW", ()) for word in re.split(r"[;\n]", value) if word.strip()
    ]
    row.place, row.publisher = first.get("CY", ""), first.get("PB", "")
    row.details = {name: first[tag] for tag, name in _DETAILS.items() if tag in first}
    row.details |= _numbers(every)
    row.printed_in = first.get("T2") or first.get("JO") or first.get("JF") or first.get("BT", "")
    return row


def _lang(name: str, row: Row) -> str:
    return written_in(name, [*row.languages, *row.titles])


def _numbers(every: dict[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for said in every.get("SN", ()):
        bare = re.sub(r"[^\dXx]", "", said)
        found.setdefault("issn" if len(bare) == 8 else "isbn", said)
    if urls := [each for each in every.get("UR", ()) if each.lower().startswith(("http://", "https://"))]:
        found["url"] = urls[0]
    if pages := "–".join(every[tag][0] for tag in ("SP", "EP") if tag in every):
        found["pages"] = pages
    return found
