"""The Word copy for reviewers: one paragraph after the other carries the name of its block, so that comments find their way back.

A bookmark names a block or a figure by a short digest of its key or code; readers see the key in brackets before each block.
"""

import hashlib
import io
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from hamroh.evidence.presenting.page import Number, Page, PageBlock, PageTable

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BLOCK, FIGURE = "hb_", "ho_"
#: what the copy says of itself in its properties: whose it is, and in which language
IDENTITY = "hamroh-review"
_SIGNS = 16


def bookmark(kind: str, *names: str) -> str:
    """The bookmark of a block (its key) or of a figure in it (key and code); Word takes letters, digits and 40 signs."""
    return kind + hashlib.sha256("\0".join(names).encode()).hexdigest()[:_SIGNS]


def review_copy(page: Page, asks: str = "", deadline: str = "") -> bytes:
    """An edition in one language as a Word document to be commented on."""
    from docx import Document

    made = _Copy(Document())
    made.document.core_properties.title = page.title
    made.document.core_properties.identifier = f"{IDENTITY} {page.code} {page.lang}"
    with override(page.lang):
        made.head(page, asks, deadline)
        for section in page.sections:
            if section.blocks:
                made.document.add_heading(f"{section.code} {section.title}".strip(), min(section.level, 4))
            for block in section.blocks:
                made.block(block)
        made.notes(page)
    out = io.BytesIO()
    made.document.save(out)
    return out.getvalue()


class _Copy:
    """A document that is being written; bookmarks are numbered through, and Word takes each name once."""

    def __init__(self, document: Any) -> None:
        self.document, self._names, self._block = document, set[str](), ""

    def head(self, page: Page, asks: str, deadline: str) -> None:
        self.document.add_heading(page.title, 0)
        told = _(
            "Draft for review: please do not pass it on. Use Word’s comments; changes in the text itself are not taken over."
        )
        self.document.add_paragraph(told)
        for line in (deadline, asks):
            if line:
                self.document.add_paragraph(line)

    def block(self, block: PageBlock) -> None:
        """The key in brackets and the title, then what the block holds."""
        self._block = block.key
        first = self.document.add_paragraph()
        self._marked(
            first, bookmark(BLOCK, block.key), [f"[{block.key}] ", block.label, " " if block.label else "", block.title]
        )
        first.paragraph_format.keep_with_next = True
        for paragraph in block.paragraphs:
            self._runs(paragraph)
        if block.alt:
            self.document.add_paragraph(block.alt)
        if block.number is not None:
            self._number(self.document.add_paragraph(), block.number)
        if block.table is not None:
            self._table(block.table)
        for line in block.lines:
            written = self.document.add_paragraph(line.text, style="List Bullet")
            if line.number is not None:
                written.add_run(" ")
                self._number(written, line.number)
        for words in (block.status, block.addressee, block.caption):
            if words:
                self.document.add_paragraph(words)

    def notes(self, page: Page) -> None:
        if page.notes:
            self.document.add_heading(_("Sources"), 1)
        for note in page.notes:
            self.document.add_paragraph(f"{note.number}. {note.text}")

    def _runs(self, runs: Any) -> None:
        written = self.document.add_paragraph()
        for run in runs:
            if run.number is None:
                written.add_run(run.text)
            else:
                self._number(written, run.number)

    def _table(self, table: PageTable) -> None:
        """Every cell carries the bookmark of its figure."""
        grid = self.document.add_table(rows=1, cols=1 + len(table.columns), style="Table Grid")
        for at, word in enumerate((table.stub or table.unit, *table.columns)):
            grid.rows[0].cells[at].text = word
        for row in table.rows:
            cells = grid.add_row().cells
            cells[0].text = row.label
            for at, number in enumerate(row.cells, 1):
                if at < len(cells):
                    self._number(cells[at].paragraphs[0], number)

    def _number(self, paragraph: Any, number: Number) -> None:
        shown = f"{number.text} [{number.note}]" if number.note else number.text
        name = bookmark(FIGURE, self._block, number.code)
        if number.code and name not in self._names:
            self._marked(paragraph, name, [shown])
        else:
            paragraph.add_run(shown)

    def _marked(self, paragraph: Any, name: str, words: list[str]) -> None:
        """Words between the two ends of a bookmark."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        self._names.add(name)
        begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
        for each in (begin, end):
            each.set(qn("w:id"), str(len(self._names)))
        begin.set(qn("w:name"), name)
        paragraph._p.append(begin)  # noqa: SLF001 - the library has no bookmarks of its own
        for each in words:
            paragraph.add_run(each)
        paragraph._p.append(end)  # noqa: SLF001
