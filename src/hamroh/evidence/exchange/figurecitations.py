"""How one figure is cited: in a line, and for reference managers."""

from collections.abc import Iterator

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from hamroh.evidence.models import Source
from hamroh.evidence.presenting.lines import FigureLine
from hamroh.web.citations import bibtex_entry, ris_entry, tex, tex_address

#: what each form is called, and as what it is sent
FORMS = {"ris": "application/x-research-info-systems", "bib": "application/x-bibtex"}


def in_a_line(line: FigureLine, address: str, lang: str) -> str:
    """What it says, whose it is, which release, where it is read and when it was recorded here."""
    with override(lang):
        recorded = formats.date_format(line.figure.recorded_at.date(), "DATE_FORMAT")
        parts = [
            title(line), _who(line.said_by), line.release, line.figure.locator,
            _("Hamroh, figure %(code)s, recorded on %(day)s") % {"code": line.code, "day": recorded}, address,
        ]  # fmt: skip
    return ". ".join(part.rstrip(".") for part in parts if part)


def as_file(line: FigureLine, form: str, address: str) -> str:
    """The figure as a record of RIS or an entry of BibTeX."""
    if form == "ris":
        return ris_entry(_ris(line, address))
    return bibtex_entry("misc", f"hamroh-{line.code}", _bibtex(line, address))


def title(line: FigureLine) -> str:
    """What is counted, where, when, and how many."""
    what = ", ".join(filter(None, (line.concept.text, line.part, line.area, line.period)))
    return f"{what}: {' '.join(filter(None, (line.amount, line.unit)))}"


def _who(source: Source | None) -> str:
    if source is None:
        return ""
    head = ": ".join(filter(None, (source.authors, source.title)))
    return ", ".join(filter(None, (head, source.publisher, source.issued if source.issued not in source.title else "")))


def _ris(line: FigureLine, address: str) -> Iterator[tuple[str, str]]:
    source = line.said_by
    yield "TY", "DATA"
    yield "ID", line.code
    yield "TI", title(line)
    yield from (("AU", name) for name in _people(source))
    yield "PB", source.publisher if source else ""
    yield "PY", source.issued[:4] if source else ""
    yield "T2", source.title if source else ""
    yield "ET", line.release
    yield "SP", line.figure.locator
    yield "UR", address


def _bibtex(line: FigureLine, address: str) -> Iterator[tuple[str, str]]:
    source = line.said_by
    yield "title", tex(title(line))
    yield "author", " and ".join(f"{{{tex(name)}}}" for name in _people(source))
    yield "publisher", tex(source.publisher) if source else ""
    yield "year", tex(source.issued[:4]) if source else ""
    yield "howpublished", tex(". ".join(filter(None, (_who(source), line.release, line.figure.locator))))
    yield "url", tex_address(address)


def _people(source: Source | None) -> list[str]:
    return [name.strip() for name in (source.authors if source else "").split(";") if name.strip()]
