"""BibTeX: entries with braces, quotation marks and joined pieces; signs of TeX become letters as far as they are usual."""

import re
import unicodedata
from collections.abc import Iterator

from django.utils.translation import gettext as _

from hamroh.library.exchange.rows import Fault, Name, Row, Term, date_of, language_of, put, written_in
from hamroh.library.exchange.texts import refuse_many
from hamroh.library.models import ContributorRole, RecordKind

KINDS = {
    "article": RecordKind.ARTICLE, "incollection": RecordKind.ARTICLE, "inproceedings": RecordKind.ARTICLE, "conference": RecordKind.ARTICLE,
    "inbook": RecordKind.ARTICLE, "phdthesis": RecordKind.RESEARCH, "mastersthesis": RecordKind.RESEARCH, "thesis": RecordKind.RESEARCH,
    "unpublished": RecordKind.RESEARCH, "dataset": RecordKind.RESEARCH, "legislation": RecordKind.LAW, "periodical": RecordKind.SERIES,
}  # fmt: skip
_IGNORED = frozenset({"comment", "preamble", "string"})
_ENTRY, _FIELD = re.compile(r"@\s*(\w+)\s*[{(]\s*"), re.compile(r"\s*([\w-]+)\s*=\s*")
_MARKS = {"'": "\u0301", "`": "\u0300", '"': "\u0308", "^": "\u0302", "~": "\u0303", "=": "\u0304", ".": "\u0307", "u": "\u0306", "v": "\u030c", "c": "\u0327", "k": "\u0328", "H": "\u030b"}  # fmt: skip
_ACCENT = re.compile(r"""\\(['`"^~=.]|[uvckH](?=[\s{]))\s*\{?\\?([A-Za-z])\}?""")
_PLAIN = {
    r"\&": "&",
    r"\%": "%",
    r"\$": "$",
    r"\#": "#",
    r"\_": "_",
    r"\i": "ı",
    r"\ss": "ß",
    "~": "\u00a0",
    "---": "—",
    "--": "–",
}
_LONGEST = 200_000
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def looks_so(text: str) -> bool:
    return bool(re.match(r"\s*(%.*\n\s*)*@\s*\w+\s*[{(]", text))


def rows(text: str) -> Iterator[Row]:
    """A row for each entry; one whose braces do not close is told so, and reading goes on at the next."""
    count, at = 0, 0
    while found := _ENTRY.search(text, at):
        kind = found[1].lower()
        number = text.count("\n", 0, found.start()) + 1
        key, fields, at = _entry(text, found.end())
        if kind in _IGNORED:
            continue
        count += 1
        refuse_many(count)
        row = _row(number, kind, key, fields or {})
        if fields is None:
            row.faults.append(Fault("@", _("The record has no end: the file may be cut off.")))
        yield row


def _entry(text: str, at: int) -> tuple[str, dict[str, str] | None, int]:
    """Key and fields of an entry and where it ends; None for fields where it does not."""
    comma = re.compile(r"[^,{}=\s]*").match(text, at)
    key, at = (comma[0], comma.end()) if comma else ("", at)
    fields: dict[str, str] = {}
    while found := _FIELD.match(text, _past(text, at)):
        value = _value(text, found.end())
        if value is None:
            return key, None, found.end()
        fields.setdefault(found[1].lower(), value[0])
        at = value[1]
    end = _past(text, at)
    return key, fields if text[end : end + 1] in ("}", ")") else None, end + 1


def _past(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\n,":
        at += 1
    return at


def _value(text: str, at: int) -> tuple[str, int] | None:
    """A value from its beginning, pieces joined by ``#`` as one."""
    pieces = []
    while True:
        while text[at : at + 1].isspace():
            at += 1
        piece = _piece(text, at)
        if piece is None:
            return None
        pieces.append(piece[0])
        at = piece[1]
        joined = re.compile(r"\s*#").match(text, at)
        if joined is None:
            return "".join(pieces), at
        at = joined.end()


def _piece(text: str, at: int) -> tuple[str, int] | None:
    first = text[at : at + 1]
    if first == "{":
        return _closed(text, at + 1, "}")
    if first == '"':
        return _closed(text, at + 1, '"')
    bare = re.compile(r"[^\s,#{}\"]+").match(text, at)
    return (bare[0], bare.end()) if bare else None


def _closed(text: str, at: int, end: str) -> tuple[str, int] | None:
    """What stands up to the closing sign, with braces within counted."""
    depth, begin = 0, at
    while at < min(len(text), begin + _LONGEST):
        sign = text[at]
        if sign == "\\":
            at += 2
            continue
        if sign == end and depth == 0:
            return text[begin:at], at + 1
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if depth < 0:
            return None
        at += 1
    return None


def plain(value: str) -> str:
    """Letters for signs of TeX, and no braces."""
    value = _ACCENT.sub(lambda found: unicodedata.normalize("NFC", found[2] + _MARKS[found[1]]), value)
    for sign, letter in _PLAIN.items():
        value = value.replace(sign, letter)
    return " ".join(re.sub(r"[{}]", "", value).split())


def _row(number: int, kind: str, key: str, fields: dict[str, str]) -> Row:
    said = {name: plain(value) for name, value in fields.items()}
    row = Row(number, key=key, kind=KINDS.get(kind, RecordKind.PUBLICATION))
    row.languages = [
        tag
        for each in re.split(r"[;,]| and ", said.get("language") or said.get("langid", ""))
        if (tag := language_of(each))
    ]
    put(row.titles, ". ".join(filter(None, (said.get("title"), said.get("subtitle")))), "", row.languages)
    put(row.abstracts, said.get("abstract", ""), "", row.languages)
    row.date = date_of(said.get("date", "")) or _dated(said)
    for name, role in (
        ("author", ContributorRole.AUTHOR),
        ("editor", ContributorRole.EDITOR),
        ("translator", ContributorRole.TRANSLATOR),
    ):
        row.names += [_person(each, role, row) for each in re.split(r"\s+and\s+", fields.get(name, "")) if each.strip()]
    row.subjects = [(Term(each.strip()),) for each in re.split(r"[;,]", said.get("keywords", "")) if each.strip()]
    row.publisher = next(
        (said[each] for each in ("publisher", "institution", "school", "organization") if said.get(each)), ""
    )
    row.place = said.get("address") or said.get("location", "")
    names = {"volume": "volume", "number": "number", "issue": "number", "pages": "pages", "edition": "edition", "isbn": "isbn", "issn": "issn", "doi": "doi", "url": "url"}  # fmt: skip
    row.details = {ours: said[theirs] for theirs, ours in names.items() if said.get(theirs)}
    row.printed_in = said.get("journal") or said.get("journaltitle") or said.get("booktitle", "")
    return row


def _dated(said: dict[str, str]) -> str:
    month = said.get("month", "")[:3].lower()
    number = str(_MONTHS.index(month) + 1) if month in _MONTHS else said.get("month", "")
    year = said.get("year", "")
    return date_of(f"{year}-{number}" if number.isdecimal() else year)


def _person(value: str, role: str, row: Row) -> Name:
    """One in braces of its own is an organisation."""
    bare = value.strip()
    name = plain(bare)
    return Name(
        {written_in(name, [*row.languages, *row.titles]): name},
        role,
        is_body=bare.startswith("{") and bare.endswith("}"),
    )
