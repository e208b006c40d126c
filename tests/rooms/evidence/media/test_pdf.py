"""The PDF of an edition: every letter, tagged for who listens, markup that is only words."""

import dataclasses
import json
import re

import pytest
import typst

from evidence_pages import HOSTILE, LETTERS, SVG, page, rows, text
from hamroh.evidence import pdf
from hamroh.evidence.booking import book
from hamroh.evidence.presenting.page import Mark, Note, PageBlock, PageRow, PageTable, Section


def queried(made, selector):
    """What typst finds in the document that it sets."""
    told = json.dumps(dataclasses.asdict(book(made)), ensure_ascii=False)
    found = typst.query(
        pdf.TEMPLATES / "profile.typ",
        selector,
        root=pdf.TEMPLATES,
        font_paths=pdf.fonts(),
        sys_inputs={"edition": told},
    )
    return json.loads(found)


def held(made):
    """Whether it passes as PDF/UA-1 and PDF/A-2a."""
    return b"pdfuaid" in pdf.pdf(made)


def pages(content):
    return max(int(each) for each in re.findall(rb"/Count (\d+)", content))


def test_it_passes_as_accessible_with_every_kind_of_block(full):
    assert held(full)


@pytest.mark.parametrize("lang", ["en", "az", "ru", "tg"])
def test_it_has_every_letter(lang):
    assert held(page(text(LETTERS), lang=lang, title=LETTERS))


def test_it_is_made_where_a_sign_is_in_no_font_of_ours():
    made = page(text("漢字 \U0001f600"))
    assert pdf.pdf(made)[:5] == b"%PDF-"
    assert not held(made)


def test_it_takes_markup_as_words():
    made = page(
        text(HOSTILE), title=HOSTILE, notes=(Note(1, HOSTILE),), sections=(Section("1", HOSTILE, 1, (text(HOSTILE),)),)
    )
    assert held(made)
    headings = [each["body"].get("text", "") for each in queried(made, "heading") if each["level"] == 1]
    assert f"1 {HOSTILE}" in headings


def test_it_lists_tables_and_charts(full):
    kinds = [each["kind"] for each in queried(full, "figure")]
    assert (kinds.count("table"), kinds.count("chart"), len(queried(full, "outline"))) == (1, 2, 3)


def test_it_lists_no_tables_where_there_are_none():
    assert len(queried(page(text("They came.")), "outline")) == 1


def test_it_gives_every_picture_its_words(full):
    assert [each["alt"] for each in queried(full, "image")] == ["A line that falls", "Tiles"]


def test_it_says_the_title_where_a_picture_has_no_words_of_its_own():
    made = page(PageBlock("C1", "chart", title="As lines", label="Chart 1", svg=SVG))
    assert [each["alt"] for each in queried(made, "image")] == ["As lines"]


def test_it_breaks_a_long_table_over_pages():
    long = PageBlock("T1", "table", title="Long", label="Table 1", table=rows(300, 5))
    assert pages(pdf.pdf(page(long))) >= 10


def test_it_repeats_the_head_of_a_table(full):
    heads = [each["children"][0] for each in queried(full, "table")]
    assert {(each["func"], each.get("repeat", True)) for each in heads} == {("header", True)}


def test_it_sets_a_wide_table_on_the_page():
    wide = PageBlock("T1", "table", title="Wide", label="Table 1", table=rows(4, 20))
    assert held(page(wide))


def test_it_leads_from_a_figure_to_its_note(full):
    assert '"<note-1>"' in json.dumps(queried(full, "link"))


def test_it_marks_text_in_another_language(full):
    assert b"(ru)" in pdf.pdf(full)


def test_it_says_that_a_draft_is_no_edition(full):
    assert book(full).state_word
    assert not book(dataclasses.replace(full, digest="0" * 64)).state_word


def test_it_is_the_same_file_each_time(full):
    frozen = dataclasses.replace(full, digest="0" * 64, published="2026-11-23")
    assert pdf.pdf(frozen) == pdf.pdf(frozen)


def test_it_leaves_out_the_figures_of_a_chart_that_stand_in_a_table():
    table = rows(3)
    blocks = (
        PageBlock("T1", "table", label="Table 1", table=table),
        PageBlock("C1", "chart", label="Chart 1", svg=SVG, alt="x", table=PageTable(table.columns, table.rows[:1])),
    )
    assert [each.table is None for each in book(page(*blocks)).sections[0].blocks] == [False, True]


def test_it_explains_the_signs_of_a_table(full):
    keys = {each.key: each.key_words for each in book(full).sections[0].blocks}
    assert keys["T1"] == "E Estimated"


def test_it_tells_findings_with_one_answer_together():
    marks = (Mark("f", "One.", "As printed"), Mark("f", "Two.", "Other"), Mark("f", "Three.", "As printed"))
    (block,) = book(page(PageBlock("T", "table", marks=marks))).sections[0].blocks
    assert [(each.text, each.reason) for each in block.marks] == [("One. Three.", "As printed"), ("Two.", "Other")]


def test_it_numbers_only_sections_with_a_number():
    made = page(sections=(Section("front", "Facts", 1, (text("x"),)), Section("2.1", "Who left", 2, (text("x"),))))
    assert [each.heading for each in book(made).sections] == ["Facts", "2.1 Who left"]


def test_it_leaves_out_sections_without_anything():
    made = page(sections=(Section("1", "One", 1), Section("1.1", "Part", 2, (text("x"),)), Section("2", "Two", 1)))
    assert [each.heading for each in book(made).sections] == ["1 One", "1.1 Part"]


def test_it_shows_a_map_with_its_disclaimer(full):
    told = {each.key: each.disclaimer for each in book(full).sections[0].blocks}
    assert (told["M1"], told["C1"]) == ("Names say nothing about status.", "")


def test_it_shows_a_row_that_is_short_of_cells():
    table = PageTable(("1", "2"), (PageRow("A", "item", ()),))
    assert pdf.pdf(page(PageBlock("T", "table", label="Table 1", table=table)))[:5] == b"%PDF-"


def test_it_pictures_a_chart_for_programs_without_svg():
    assert pdf.picture(SVG)[:8] == b"\x89PNG\r\n\x1a\n"
