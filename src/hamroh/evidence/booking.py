"""A page as a book has it, for paper and for Word: words of its parts, keys beneath tables, which charts need their table beside them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from hamroh.evidence.presenting.imprint import imprint_lines
from hamroh.evidence.presenting.page import Line, Mark, Note, Number, Page, PageBlock, PageTable, Run
from hamroh.web import dates

#: millimetres: charts stand smaller than the page is wide, maps as wide
_CHART, _MAP = 118, 130


@dataclass(frozen=True, slots=True)
class BookBlock:
    """A block with what stands beneath it: ``key_words`` explains its signs, ``source`` is its note in words."""

    key: str
    kind: str
    title: str
    label: str
    lang: str
    paragraphs: tuple[tuple[Run, ...], ...]
    table: PageTable | None
    lines: tuple[Line, ...]
    number: Number | None
    svg: str
    alt: str
    note: int
    caption: str
    status: str
    addressee: str
    marks: tuple[Mark, ...]
    unit: str
    key_words: str
    source: str
    disclaimer: str
    width: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section as a book has it."""

    heading: str
    level: int
    blocks: tuple[BookBlock, ...]


@dataclass(frozen=True, slots=True)
class Book:
    """A whole edition as a book."""

    title: str
    author: str
    area_name: str
    label: str
    lang: str
    state_word: str
    imprint: list[tuple[str, str]]
    cite_as: str
    digest: str
    disclaimer: str
    sections: list[Chapter]
    tables: int
    charts: int
    acronyms: tuple[tuple[str, str], ...]
    notes: tuple[Note, ...]
    errata: tuple[Mark, ...]
    endorsements: tuple[Line, ...]
    words: dict[str, Any]


def book(page: Page) -> Book:
    """The page as a book, in the page's language."""
    with override(page.lang):
        return Book(
            title=page.title, author=dict(page.imprint).get("authors", ""), area_name=page.area_name, label=page.label, lang=page.lang,
            state_word="" if page.digest else _("Draft, not published"), imprint=list(_imprint(page)), cite_as=page.cite_as,
            digest=page.digest, disclaimer=page.disclaimer, sections=list(_chapters(page)), tables=len(page.of_kind("table")),
            charts=len(page.of_kind("chart")) + len(page.of_kind("map")), acronyms=page.acronyms, notes=page.notes, errata=page.errata,
            endorsements=page.endorsements, words=_words(),
        )  # fmt: skip


def _words() -> dict[str, Any]:
    before, _mark, rest = _("Page %(n)s of %(all)s").partition("%(n)s")
    between, _mark, after = rest.partition("%(all)s")
    return {
        "page": [before, between, after], "contents": _("Contents"), "tables": _("Tables"), "charts": _("Charts and maps"),
        "errata": _("Errata"), "acronyms": _("Acronyms"), "notes": _("Sources"), "endorsed": _("Who stands behind it"),
        "cite": _("Cite this"), "digest": _("Digest of the frozen content (SHA-256)"), "source": _("Source:"), "answer": _("Answer:"),
        "caveat": _("Caveat"), "fill": _("Word fills the contents: choose Update field."), "recommendation": _("Recommendation"),
    }  # fmt: skip


def _imprint(page: Page) -> Iterator[tuple[str, str]]:
    for (name, value), (heading, _told) in zip(page.imprint, imprint_lines(page), strict=True):
        yield heading, dates.partial(value, page.lang) if name == "date" and _is_date(value) else value
    if page.as_of and _is_date(page.as_of):
        yield _("Figures and lists as of"), dates.partial(page.as_of, page.lang)
    if page.published:
        yield (
            _("Published"),
            dates.partial(page.published[:10], page.lang) if _is_date(page.published[:10]) else page.published,
        )


def _is_date(text: str) -> bool:
    return all(part.isdecimal() for part in text.split("-")) and len(text) in (4, 7, 10)


def _chapters(page: Page) -> Iterator[Chapter]:
    """Sections that hold anything, or whose parts do."""
    tabled = [
        {cell.code for row in each.table.rows for cell in row.cells} for each in page.of_kind("table") if each.table
    ]
    notes = {note.number: note.text for note in page.notes}
    for section in page.sections:
        if section.blocks or any(each.blocks and each.code.startswith(f"{section.code}.") for each in page.sections):
            number = section.code if section.code[:1].isdigit() else ""
            heading = f"{number} {section.title}".strip() or section.code
            yield Chapter(heading, section.level, tuple(_block(each, page, notes, tabled) for each in section.blocks))


def _block(block: PageBlock, page: Page, notes: dict[int, str], tabled: Iterable[set[str]]) -> BookBlock:
    table = block.table
    drawn = block.kind in ("chart", "map")
    if drawn and table and any(_codes(table) <= each for each in tabled):
        table = None
    return BookBlock(
        key=block.key, kind=block.kind, title=block.title, label=block.label, lang=block.lang, paragraphs=block.paragraphs, table=table,
        lines=block.lines, number=block.number, svg=block.svg, alt=block.alt or block.title or block.label, note=block.note,
        caption=block.caption, status=status_word(block.status), addressee=block.addressee, marks=tuple(_grouped(block.marks)),
        unit=block.table.unit if block.table and not drawn else "", key_words=_key(table) if table else "", source=notes.get(block.note, ""),
        disclaimer=page.disclaimer if block.kind == "map" else "", width=_MAP if block.kind == "map" else _CHART,
    )  # fmt: skip


def _grouped(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Findings with one answer stand together."""
    by_reason: dict[tuple[str, str], list[str]] = {}
    for mark in marks:
        by_reason.setdefault((mark.kind, mark.reason), []).append(mark.text)
    for (kind, reason), texts in by_reason.items():
        yield Mark(kind, " ".join(texts), reason)


def _codes(table: PageTable) -> set[str]:
    return {cell.code for row in table.rows for cell in row.cells}


def _key(table: PageTable) -> str:
    """What the letters and signs of a table mean."""
    said: dict[str, str] = {}
    for row in table.rows:
        for cell in row.cells:
            said |= dict(zip(cell.flags, cell.marks, strict=False))
            if cell.missing:
                said[cell.text] = cell.missing
    return "; ".join(f"{sign} {meaning}" for sign, meaning in sorted(said.items()))


def status_word(status: str) -> str:
    """How far a recommendation has come, in the language that is active."""
    words = {
        "open": pgettext("recommendation", "open"), "accepted": pgettext("recommendation", "accepted"),
        "under_way": pgettext("recommendation", "under way"), "done": pgettext("recommendation", "done"),
        "rejected": pgettext("recommendation", "rejected"),
    }  # fmt: skip
    return words.get(status, "")
