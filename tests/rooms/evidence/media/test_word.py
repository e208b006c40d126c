"""The Word edition: headings, contents, tables whose heads come again, pictures with words, notes that are led to."""

import io
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from evidence_pages import HOSTILE, LETTERS, page, text
from hamroh.evidence.presenting.page import Section
from hamroh.evidence.word import word


def opened(made):
    return Document(io.BytesIO(word(made)))


@pytest.fixture
def sheet(full):
    return opened(full)


def source(made):
    return zipfile.ZipFile(io.BytesIO(word(made))).read("word/document.xml").decode()


def words(sheet):
    return "\n".join(each.text for each in sheet.paragraphs)


def test_it_has_its_sections_as_headings(sheet):
    heads = [each.text for each in sheet.paragraphs if each.style.name == "Heading 1"]
    assert heads == ["1 Immigrants", "Errata", "Acronyms", "Sources", "Who stands behind it"]


def test_it_has_a_field_for_its_contents(full):
    assert 'TOC \\o "1-3"' in source(full)


def test_it_repeats_the_head_of_a_table(sheet):
    assert all(each.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None for each in sheet.tables)


def test_it_holds_every_cell(sheet):
    assert [[cell.text for cell in row.cells] for row in sheet.tables[0].rows][:2] == [
        ["Country", "2000", "2001"], ["Row 0", "0", "1E"],
    ]  # fmt: skip


def test_it_gives_every_picture_its_words(sheet):
    assert [each._inline.docPr.get("descr") for each in sheet.inline_shapes] == ["A line that falls", "Tiles"]


def test_it_leads_from_a_figure_to_its_note(full):
    told = source(full)
    assert 'w:anchor="note_1"' in told
    assert 'w:name="note_1"' in told


def test_it_says_everything_that_the_page_says(sheet):
    told = words(sheet)
    for each in ("They came.", "Not all were counted.", "Count them.", "under way", "Sums differ", "As printed", "Kazakhstan", "978-92-9068-000-0"):  # fmt: skip
        assert each in told


@pytest.mark.parametrize("lang", ["az", "tg"])
def test_it_keeps_every_letter(lang):
    assert LETTERS in words(opened(page(text(LETTERS), lang=lang)))


def test_it_takes_markup_as_words():
    made = page(title=HOSTILE, sections=(Section("1", HOSTILE, 1, (text(HOSTILE + "\x00\x0b"),)),))
    assert words(opened(made)).count(HOSTILE) >= 3


def test_it_marks_text_in_another_language(full):
    assert '<w:lang w:val="ru"/>' in source(full)


def test_it_numbers_its_pages(sheet):
    assert "NUMPAGES" in sheet.sections[0].footer.paragraphs[0]._p.xml
