"""A report for Word: headings, tables with repeated heads, pictures with their words."""

import io
import re
from typing import Any

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from hamroh.projects.reports import pdf
from hamroh.projects.reports.paper import Paper
from hamroh.projects.reports.parts import Block, Cell, Part

_LAPIS, _SOFT = RGBColor(0x1F, 0x4E, 0x79), RGBColor(0x45, 0x4B, 0x54)
_FONT = "Noto Serif"
#: signs that no XML may hold
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def word(paper: Paper) -> bytes:
    """The report as DOCX."""
    sheet = Document()
    _set_up(sheet, paper)
    _line(sheet, paper.house, soft=True)
    sheet.add_heading(_clean(paper.title), level=0)
    _line(sheet, paper.project, size=13)
    for text in filter(None, (paper.period, paper.state)):
        _line(sheet, text, bold=text == paper.state)
    for term, value in paper.imprint:
        _line(sheet, f"{term}: {value}", size=9.5)
    for part in (*paper.sections, *([paper.changes] if paper.changes else [])):
        _part(sheet, part)
    if paper.digest:
        _line(sheet, f"{paper.words['digest']}: {paper.digest}", size=8, soft=True)
    file = io.BytesIO()
    sheet.save(file)
    return file.getvalue()


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", text)


def _part(sheet: WordDocument, part: Part) -> None:
    sheet.add_heading(_clean(part.heading), level=1)
    for block in part.blocks:
        _BLOCKS[block.kind](sheet, block)


def _paragraphs(sheet: WordDocument, block: Block) -> None:
    for line in block.lines:
        _line(sheet, line, lang=block.lang)


def _quote(sheet: WordDocument, block: Block) -> None:
    for line in block.lines:
        _line(sheet, line, lang=block.lang, style="Quote")


def _list(sheet: WordDocument, block: Block) -> None:
    for line in block.lines:
        _line(sheet, line, lang=block.lang, style="List Bullet")


def _note(sheet: WordDocument, block: Block) -> None:
    for line in block.lines:
        _line(sheet, line, size=8.5, soft=True)


def _picture(sheet: WordDocument, block: Block) -> None:
    _caption(sheet, block.title)
    shown = sheet.add_picture(io.BytesIO(pdf.picture(block.svg)), width=Mm(118))
    facts = shown._inline.docPr  # noqa: SLF001 - python-docx has no other way to the words of a picture
    facts.set("descr", _clean(block.alt))
    facts.set("title", _clean(block.title))


def _table(sheet: WordDocument, block: Block) -> None:
    _caption(sheet, block.title)
    made = sheet.add_table(rows=1 + len(block.rows), cols=len(block.head), style="Light List Accent 1")
    _repeat(made.rows[0])
    grid = [list(row.cells) for row in made.rows]
    for column, (at, head) in enumerate(zip(grid[0], block.head, strict=True)):
        _put(at, Cell(head), right=column in block.right, bold=True)
    for cells, row in zip(grid[1:], block.rows, strict=True):
        for column, (at, cell) in enumerate(zip(cells, row, strict=True)):
            _put(at, cell, right=column in block.right)


_BLOCKS: dict[str, Any] = {
    "words": _paragraphs, "quote": _quote, "list": _list, "note": _note, "picture": _picture, "table": _table,
}  # fmt: skip


def _caption(sheet: WordDocument, title: str) -> None:
    line = _line(sheet, title, style="Caption")
    line.paragraph_format.keep_with_next = True


def _line(sheet: WordDocument, text: str, *, style: str | None = None, bold: bool = False, size: float = 0, soft: bool = False, lang: str = "") -> Paragraph:  # fmt: skip
    """A paragraph of one piece."""
    line = sheet.add_paragraph(style=style)
    run = line.add_run(_clean(text))
    run.bold = bold or None
    if size:
        run.font.size = Pt(size)
    if soft:
        run.font.color.rgb = _SOFT
    if lang:
        mark = OxmlElement("w:lang")
        mark.set(qn("w:val"), lang)
        run._r.get_or_add_rPr().append(mark)  # noqa: SLF001
    return line


def _put(at: Any, cell: Cell, *, right: bool, bold: bool = False) -> None:
    line = at.paragraphs[0]
    line.paragraph_format.space_after = Pt(0)
    run = line.add_run(_clean(cell.text))
    run.font.size, run.bold = Pt(9), bold
    if cell.soft:
        less = line.add_run(_clean(f"\n{cell.soft}"))
        less.font.size, less.bold, less.font.color.rgb = Pt(8), False, _SOFT
    if right:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _set_up(sheet: WordDocument, paper: Paper) -> None:
    """Fonts, language, margins, facts of the file."""
    normal = sheet.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(10.5)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), paper.lang)
    normal.element.rPr.append(language)
    for name in ("Title", "Heading 1", "Caption"):
        font = sheet.styles[name].font
        font.name = _FONT  # makes the list of fonts, whose themes are then taken out
        sheet.styles[name].element.rPr.rFonts.attrib.clear()
        font.name, font.color.rgb, font.italic = _FONT, _LAPIS, False
    part = sheet.sections[0]
    part.page_width, part.page_height = Mm(210), Mm(297)
    part.left_margin = part.right_margin = Mm(20)
    facts = sheet.core_properties
    facts.title, facts.author, facts.language = (
        _clean(f"{paper.title}: {paper.project}")[:250],
        _clean(paper.house)[:250],
        paper.lang,
    )
    facts.comments = ""


def _repeat(row: Any) -> None:
    facts = row._tr.get_or_add_trPr()  # noqa: SLF001
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    facts.append(mark)
