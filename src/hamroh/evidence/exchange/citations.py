"""Sources for reference managers: RIS and BibTeX."""

import re
from collections.abc import Iterable, Iterator

from hamroh.evidence.exchange.dataset import Cited

#: kind of source -> type of RIS, of BibTeX
_TYPES = {
    "publication": ("RPRT", "techreport"), "database": ("DATA", "misc"), "letter": ("PCOMM", "unpublished"), "media": ("NEWS", "misc"),
    "web": ("ELEC", "misc"), "statement": ("GEN", "misc"), "pooled": ("GEN", "misc"), "own": ("UNPB", "unpublished"),
}  # fmt: skip
_HOW = {"letter": "Letter, not public", "own": "Worked out by the authors"}
_TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}  # fmt: skip
_BREAKS = re.compile(r"\s+")


def as_ris(sources: Iterable[Cited]) -> Iterator[str]:
    """One record a source."""
    for each in sources:
        yield "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in _ris(each) if value) + "ER  - \r\n\r\n"


def as_bibtex(sources: Iterable[Cited]) -> Iterator[str]:
    """One entry a source; special signs are escaped, other letters stay as they are."""
    for each in sources:
        fields = "".join(f"  {name} = {{{value}}},\n" for name, value in _bibtex(each) if value)
        yield f"@{_TYPES.get(each.kind, ('GEN', 'misc'))[1]}{{{each.key},\n{fields}}}\n\n"


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
    yield "url", re.sub(r"[\s{}\\]", "", source.url)
    yield "note", _tex(". ".join(filter(None, (_HOW.get(source.kind, ""), _licence(source), _cites(source)))))


def _people(source: Cited) -> list[str]:
    return [name.strip() for name in source.authors.split(";") if name.strip()]


def _licence(source: Cited) -> str:
    return f"Licence: {source.licence}" if source.licence else ""


def _cites(source: Cited) -> str:
    return f"Cites: {source.cites}" if source.cites else ""


def _line(text: str) -> str:
    """On one line: a break would begin another field."""
    return _BREAKS.sub(" ", text).strip()


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in _line(text))
