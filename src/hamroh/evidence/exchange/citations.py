"""Sources for reference managers: RIS and BibTeX."""

import re
from collections.abc import Iterable, Iterator

from hamroh.evidence.exchange.dataset import Cited
from hamroh.web.citations import bibtex_entry, ris_entry
from hamroh.web.citations import tex as _tex
from hamroh.web.citations import tex_address as _tex_address

#: kind of source -> type of RIS, of BibTeX
_TYPES = {
    "publication": ("RPRT", "techreport"), "database": ("DATA", "misc"), "letter": ("PCOMM", "unpublished"), "media": ("NEWS", "misc"),
    "web": ("ELEC", "misc"), "statement": ("GEN", "misc"), "pooled": ("GEN", "misc"), "own": ("UNPB", "unpublished"),
}  # fmt: skip
_HOW = {"letter": "Letter, not public", "own": "Worked out by the authors"}


def as_ris(sources: Iterable[Cited]) -> Iterator[str]:
    """One record a source."""
    for each in sources:
        yield ris_entry(_ris(each))


def as_bibtex(sources: Iterable[Cited]) -> Iterator[str]:
    """One entry a source; special signs are escaped, other letters stay as they are."""
    for each in sources:
        yield bibtex_entry(_TYPES.get(each.kind, ("GEN", "misc"))[1], each.key, _bibtex(each))


def _ris(source: Cited) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES.get(source.kind, ("GEN", ""))[0]
    yield "ID", source.key
    yield "TI", source.title
    yield from (("AU", name) for name in _people(source))
    yield "PB", source.publisher
    yield "PY", source.issued[:4]
    yield "DA", source.issued.replace("-", "/") if re.fullmatch(r"\d{4}(-\d\d){0,2}", source.issued) else ""
    yield "UR", source.url
    yield "N1", " ".join(filter(None, (_licence(source), _cites(source))))


def _bibtex(source: Cited) -> Iterator[tuple[str, str]]:
    yield "title", _tex(source.title)
    yield "author", " and ".join(f"{{{_tex(name)}}}" for name in _people(source))
    yield "institution" if source.kind == "publication" else "publisher", _tex(source.publisher)
    yield "year", _tex(source.issued[:4])
    yield "date", source.issued if re.fullmatch(r"\d{4}(-\d\d){1,2}", source.issued) else ""
    yield "url", _tex_address(source.url)
    yield "note", _tex(". ".join(filter(None, (_HOW.get(source.kind, ""), _licence(source), _cites(source)))))


def _people(source: Cited) -> list[str]:
    return [name.strip() for name in source.authors.split(";") if name.strip()]


def _licence(source: Cited) -> str:
    return f"Licence: {source.licence}" if source.licence else ""


def _cites(source: Cited) -> str:
    return f"Cites: {source.cites}" if source.cites else ""
