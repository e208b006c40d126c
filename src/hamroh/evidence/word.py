"""An edition for Word: headings, contents that Word fills, tables with repeated heads, charts as pictures with their words, numbered notes."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from hamroh.evidence import pdf
from hamroh.evidence.booking import Book, BookBlock, book
from hamroh.evidence.presenting.page import Line, Number, Page, PageTable

_LAPIS, _SOFT = RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x45, 0x4B, 0x54)
_STRONG, _SET_IN = ("total", "subtotal"), ("of_which", "share")
_FONT = "Noto Serif"
#: signs that no XML may hold
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def word(page: Page) -> bytes:
    """The edition as DOCX."""
    made = book(page)
    paper = _Paper(made)
    paper.front()
    for chapter in made.sections:
        paper.sheet.add_heading(_clean(chapter.heading), level=min(chapter.level, 4))
        for block in chapter.blocks:
            paper.block(block)
    paper.back()
    file = io.BytesIO()
    paper.sheet.save(file)
    return file.getvalue()


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


class _Paper:
    """The document in the making."""

    def __init__(self, made: Book) -> None:
        self.made = made
        self.sheet: WordDocument = Document()
        self._bookmarks = 0
        _set_up(self.sheet, made)

    # -- front and back --------------------------------------------------------------------------------------------

    def front(self) -> None:
        made = self.made
        self.line(made.area_name, style="Subtitle")
        self.sheet.add_heading(_clean(made.title), level=0)
        self.line(made.label, size=14)
        if made.state_word:
            self.line(made.state_word, bold=True)
        for term, value in made.imprint:
            self.line(f"{term}: {value}")
        for term, value in (
            (made.words["cite"], made.cite_as), (made.words["digest"], made.digest), ("", made.disclaimer),
        ):  # fmt: skip
            if value:
                self.line(f"{term}: {value}" if term else value, size=9)
        self.sheet.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        self.line(made.words["contents"], bold=True, size=16)
        _field(self.sheet.add_paragraph(), r'TOC \o "1-3" \h \z \u', made.words["fill"])
        self.sheet.add_paragraph().add_run().add_break(WD_BREAK.PAGE)

    def back(self) -> None:
        made, words = self.made, self.made.words
        self.listed(words["errata"], [Line(each.text) for each in made.errata])
        self.listed(words["acronyms"], [Line(f"{short}: {long}") for short, long in made.acronyms])
        if made.notes:
            self.sheet.add_heading(words["notes"], level=1)
        for note in made.notes:
            line = self.line(f"{note.number}. {note.text}" + (f" {note.url}" if note.url else ""), size=9.5)
            self._bookmark(line, f"note_{note.number}")
        self.listed(words["endorsed"], made.endorsements)

    def listed(self, heading: str, lines: Sequence[Line]) -> None:
        """A heading with a list; nothing where the list is empty."""
        if lines:
            self.sheet.add_heading(_clean(heading), level=1)
        for each in lines:
            self.sheet.add_paragraph(
                _clean(", ".join(part for part in (each.text, each.detail) if part)), style="List Bullet"
            )

    # -- blocks ----------------------------------------------------------------------------------------------------

    def block(self, block: BookBlock) -> None:
        """One block and what stands beside it."""
        name = {
            "map": "chart",
            "ranked": "lines",
            "directory": "lines",
            "laws": "lines",
            "caveat": "prose",
            "narrative": "prose",
        }
        getattr(self, name.get(block.kind, block.kind))(block)
        for mark in block.marks:
            self.line(
                f"{mark.text} {self.made.words['answer'] + ' ' + mark.reason if mark.reason else ''}".strip(),
                size=9,
                soft=True,
            )

    def prose(self, block: BookBlock) -> None:
        if block.kind == "caveat":
            self.line(block.title or self.made.words["caveat"], bold=True, lang=block.lang)
        for paragraph in block.paragraphs:
            line = self.sheet.add_paragraph()
            for run in paragraph:
                if run.number is None:
                    _speak(line.add_run(_clean(run.text)), block.lang)
                else:
                    self.number(line, run.number)

    def recommendation(self, block: BookBlock) -> None:
        self.line(block.title or self.made.words["recommendation"], bold=True, lang=block.lang)
        self.prose(block)
        self.line(
            " · ".join(part for part in (block.addressee, block.status, block.caption) if part), size=9, soft=True
        )

    def figure(self, block: BookBlock) -> None:
        line = self.line(block.title + (f" ({block.caption})" if block.caption else "") + ": ", lang=block.lang)
        if block.number is not None:
            self.number(line, block.number, bold=True)

    def table(self, block: BookBlock) -> None:
        self.caption(block)
        if block.table is not None:
            self.rows(block.table)
        self.beneath(block)

    def chart(self, block: BookBlock) -> None:
        self.caption(block)
        if block.svg:
            shown = self.sheet.add_picture(io.BytesIO(pdf.picture(block.svg)), width=Mm(block.width))
            facts = shown._inline.docPr  # noqa: SLF001 - python-docx has no other way to the words of a picture
            facts.set("descr", _clean(block.alt))
            facts.set("title", _clean(block.title))
        if block.disclaimer:
            self.line(block.disclaimer, size=8.5, soft=True)
        if block.table is not None:
            self.rows(block.table)
        self.beneath(block)

    def lines(self, block: BookBlock) -> None:
        if block.title:
            line = self.line(block.title + (f" ({block.caption})" if block.caption else ""), bold=True, lang=block.lang)
            self.note(line, block.note)
        for each in block.lines:
            line = self.sheet.add_paragraph(style="List Bullet")
            _speak(line.add_run(_clean(each.text + (", " if each.number else ""))), each.lang)
            if each.number is not None:
                self.number(line, each.number)
            rest = " ".join(part for part in (each.detail, each.url if each.url.startswith("http") else "") if part)
            if rest:
                _small(line.add_run(_clean(f" {rest}")))

    # -- parts -----------------------------------------------------------------------------------------------------

    def line(self, text: str, *, style: str | None = None, bold: bool = False, size: float = 0, soft: bool = False, lang: str = "") -> Paragraph:  # fmt: skip
        """A paragraph of one piece."""
        line = self.sheet.add_paragraph(style=style)
        run = line.add_run(_clean(text))
        run.bold = bold or None
        if size:
            run.font.size = Pt(size)
        if soft:
            run.font.color.rgb = _SOFT
        _speak(run, lang)
        return line

    def caption(self, block: BookBlock) -> None:
        head = ". ".join(part for part in (block.label, block.title) if part)
        line = self.line(f"{head} ({block.unit})" if block.unit else head, style="Caption", lang=block.lang)
        line.paragraph_format.keep_with_next = True

    def beneath(self, block: BookBlock) -> None:
        if block.key_words:
            self.line(block.key_words, size=8.5, soft=True)
        if block.source:
            self.note(self.line(f"{self.made.words['source']} {block.source}", size=8.5, soft=True), block.note)

    def number(self, line: Paragraph, number: Number, *, bold: bool = False) -> None:
        """A figure with its flags and the number of its note."""
        line.add_run(_clean(number.text)).bold = bold or None
        if number.flags:
            line.add_run(",".join(number.flags)).font.superscript = True
        self.note(line, number.note)

    def note(self, line: Paragraph, number: int) -> None:
        """The number of a note, leading to it."""
        if number:
            link = OxmlElement("w:hyperlink")
            link.set(qn("w:anchor"), f"note_{number}")
            run = line.add_run(str(number))
            run.font.superscript = True
            link.append(run._r)  # noqa: SLF001
            line._p.append(link)  # noqa: SLF001

    def rows(self, table: PageTable) -> None:
        """A table whose head comes again on each page; sums stand out."""
        made = self.sheet.add_table(rows=1 + len(table.rows), cols=1 + len(table.columns), style="Light List Accent 1")
        made.autofit = True
        _repeat(made.rows[0])
        grid = [list(row.cells) for row in made.rows]
        small = Pt(7 if len(table.columns) > 9 else 9)
        for cell, text in zip(grid[0], (table.stub, *table.columns), strict=True):
            _put(cell, text, small, bold=True, right=cell is not grid[0][0])
        for cells, row in zip(grid[1:], table.rows, strict=True):
            label = f"    {row.label}" if row.role in _SET_IN else row.label
            _put(cells[0], label, small, bold=row.role in _STRONG)
            for cell, number in zip(cells[1:], row.cells, strict=False):
                _put(cell, number.text, small, bold=row.role in _STRONG, right=True, flags=number.flags)

    def _bookmark(self, line: Paragraph, name: str) -> None:
        self._bookmarks += 1
        for tag in ("start", "end"):
            mark = OxmlElement(f"w:bookmark{tag.capitalize()}")
            mark.set(qn("w:id"), str(self._bookmarks))
            if tag == "start":
                mark.set(qn("w:name"), name)
            line._p.append(mark)  # noqa: SLF001


def _set_up(sheet: WordDocument, made: Book) -> None:
    """Fonts, language, margins, running head and foot."""
    normal = sheet.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), made.lang)
    normal.element.rPr.append(language)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Caption", "Subtitle"):
        font = sheet.styles[name].font
        font.name, font.color.rgb, font.italic = _FONT, _LAPIS, False
        sheet.styles[name].element.rPr.rFonts.attrib.clear()
        font.name = _FONT
    part = sheet.sections[0]
    part.page_width, part.page_height = Mm(210), Mm(297)
    part.left_margin = part.right_margin = Mm(24)
    part.header.paragraphs[0].add_run(_clean(made.title)).font.size = Pt(8.5)
    _foot(part.footer.paragraphs[0], made)
    facts = sheet.core_properties
    facts.title, facts.author, facts.language = _clean(made.title)[:250], _clean(made.author)[:250], made.lang
    facts.comments = ""


def _foot(line: Paragraph, made: Book) -> None:
    before, between, after = made.words["page"]
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for text, field in ((before, "PAGE"), (between, "NUMPAGES"), (after, "")):
        line.add_run(text)
        if field:
            _field(line, field, "1")


def _field(line: Paragraph, code: str, shown: str) -> None:
    """A field that Word works out; ``shown`` stands there until it has."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = line.add_run(shown if kind == "shown" else "")
        if kind == "code":
            told = OxmlElement("w:instrText")
            told.set(qn("xml:space"), "preserve")
            told.text = code
            run._r.append(told)  # noqa: SLF001
        elif kind != "shown":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001


def _repeat(row: Any) -> None:
    facts = row._tr.get_or_add_trPr()  # noqa: SLF001
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    facts.append(mark)


def _put(
    cell: _Cell, text: str, size: Pt, *, bold: bool = False, right: bool = False, flags: Iterable[str] = ()
) -> None:
    line = cell.paragraphs[0]
    line.paragraph_format.space_after = Pt(0)
    run = line.add_run(_clean(text))
    run.font.size, run.bold = size, bold
    if letters := ",".join(flags):
        mark = line.add_run(letters)
        mark.font.size, mark.font.superscript, mark.bold = size, True, False
    if right:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _speak(run: Any, lang: str) -> None:
    """Words in another language than the page are marked, for who reads aloud and who checks spelling."""
    if lang:
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), lang)
        run._r.get_or_add_rPr().append(mark)  # noqa: SLF001


def _small(run: Any) -> None:
    run.font.size, run.font.color.rgb = Pt(9), _SOFT
