"""Word copies: every comment comes back to its block or figure once, and a hostile file is refused with clear words."""

import io
import re
import zipfile
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document

from desk_world import at
from hamroh.evidence.actions import returning
from hamroh.evidence.exchange import wordcomments
from hamroh.evidence.exchange.reviewcopy import BLOCK, FIGURE, bookmark
from hamroh.evidence.exchange.wordcomments import CopyRefused, read_copy
from hamroh.evidence.models import Comment

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TRACKED = '<w:p><w:ins w:id="900" w:author="x"><w:r><w:t>more</w:t></w:r></w:ins></w:p>'


def where(name: str, edition: Any, **more: Any) -> str:
    return reverse(f"evidence-review:{name}", kwargs={"code": edition.code, **more})


@pytest.fixture
def copy(review: Any) -> bytes:
    """The copy that Kamran takes in English."""
    answer = at(review.kamran).get(where("word-copy", review.edition, lang="en"))
    assert answer.status_code == 200
    return bytes(answer.content)


def paragraph_of(document: Any, name: str) -> Any:
    """The paragraph that holds a bookmark."""
    from docx.text.paragraph import Paragraph

    mark = next(each for each in document.element.body.iter(f"{W}bookmarkStart") if each.get(f"{W}name") == name)
    return Paragraph(mark.getparent(), document)


def commented(content: bytes, *said: tuple[str, str], author: str = "Aydın") -> bytes:
    """The copy with comments on the paragraphs of bookmarks; an empty name is the title."""
    document = Document(io.BytesIO(content))
    for name, text in said:
        paragraph = paragraph_of(document, name) if name else document.paragraphs[0]
        document.add_comment(paragraph.runs, text, author=author)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def altered(content: bytes, **parts: Any) -> bytes:
    """The archive with parts added, or changed by a function; names are given with __ for / and _dot_ for a point."""
    wanted = {name.replace("__", "/").replace("_dot_", "."): part for name, part in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = wanted.pop(name, None)
            new.writestr(name, part(old.read(name)) if callable(part) else old.read(name) if part is None else part)
        for name, part in wanted.items():
            new.writestr(name, part)
    return out.getvalue()


def read(review: Any, content: bytes) -> Any:
    return read_copy(content, review.edition.code, returning.shown_in(review.edition))


def sent(review: Any, content: bytes, name: str = "review.docx") -> Any:
    file = SimpleUploadedFile(name, content)
    return at(review.kamran).post(where("word", review.edition), {"file": file})


# -- there and back ------------------------------------------------------------------------------------------------


def test_it_names_every_block_and_every_cell(review, copy) -> None:
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        names = re.findall(r'bookmarkStart w:id="\d+" w:name="(\w+)"', archive.read("word/document.xml").decode())
    assert len(names) == len(set(names))
    assert max(map(len, names)) <= 40
    assert sum(name.startswith(BLOCK) for name in names) == 87
    assert bookmark(FIGURE, "T1", "aze08-T1-1-1") in names


def test_it_brings_a_comment_back_to_its_block(review, copy) -> None:
    back = commented(copy, (bookmark(BLOCK, "T2"), "The title is wrong."))
    found = read(review, back).remarks
    assert [(each.block, each.figure, each.author, each.text) for each in found] == [
        ("T2", "", "Aydın", "The title is wrong.")
    ]


def test_it_brings_a_comment_back_to_its_figure(review, copy) -> None:
    back = commented(copy, (bookmark(FIGURE, "T1", "aze08-T1-1-1"), "Another count."))
    assert [(each.block, each.figure) for each in read(review, back).remarks] == [("T1", "aze08-T1-1-1")]


def test_it_takes_them_in_by_the_page(review, copy) -> None:
    cell, block = bookmark(FIGURE, "T1", "aze08-T1-1-1"), bookmark(BLOCK, "T2")
    answer = sent(review, commented(copy, (cell, "Another count."), (block, "Wrong.")))
    assert "2 new comments" in answer.content.decode()
    made = Comment.objects.get(block_key="T1")
    assert (made.author, made.author_name, made.came_by, made.observation.code) == (
        review.kamran, "Aydın", "word", "aze08-T1-1-1",
    )  # fmt: skip


def test_it_takes_each_comment_once(review, copy) -> None:
    back = commented(copy, (bookmark(BLOCK, "T2"), "Wrong."))
    sent(review, back)
    more = commented(back, (bookmark(BLOCK, "T3"), "This one, too."))
    page = sent(review, more).content.decode()
    assert "1 new comment" in page
    assert "1 comment was known already" in page
    assert Comment.objects.count() == 2


def test_it_lists_comments_that_stand_beside_no_block(review, copy) -> None:
    page = sent(review, commented(copy, ("", "The title of the whole."))).content.decode()
    assert "These stand beside no block" in page
    assert Comment.objects.get().block_key == ""


def test_it_sets_no_comment_to_a_block_that_is_gone(review, copy) -> None:
    back = commented(copy, (bookmark(BLOCK, "T2"), "Wrong."))
    review.edition.blocks.get(key="T2").delete()
    sent(review, back)
    assert Comment.objects.get().block_key == ""


def test_it_tells_of_tracked_changes_and_takes_none(review, copy) -> None:
    before = list(review.edition.blocks.values_list("content", "version"))
    back = altered(
        copy, word__document_dot_xml=lambda xml: xml.replace(b"<w:sectPr", TRACKED.encode() + b"<w:sectPr", 1)
    )
    page = sent(review, back).content.decode()
    assert "1 tracked change in the text was not taken" in page
    assert list(review.edition.blocks.values_list("content", "version")) == before


def test_it_keeps_answers_beneath_their_comment(review, copy) -> None:
    back = commented(copy, (bookmark(BLOCK, "T2"), "Wrong."), (bookmark(BLOCK, "T2"), "Indeed."))
    w14, w15 = (f"http://schemas.microsoft.com/office/word/{year}/word" for year in ("2010", "2012"))

    def numbered(xml: bytes) -> bytes:
        numbers = iter(("0000000A", "0000000B", "0000000C"))
        given = re.sub(
            r"<w:p(?=[ >])", lambda _m: f'<w:p xmlns:w14="{w14}ml" w14:paraId="{next(numbers)}"', xml.decode()
        )
        return given.encode()

    extended = f'<w15:commentsEx xmlns:w15="{w15}ml"><w15:commentEx w15:paraId="0000000B" w15:paraIdParent="0000000A"/></w15:commentsEx>'
    sent(review, altered(back, word__comments_dot_xml=numbered, word__commentsExtended_dot_xml=extended))
    answer = Comment.objects.exclude(parent=None).get()
    assert (answer.text, answer.parent.text, answer.block_key) == ("Indeed.", "Wrong.", "T2")


def test_it_takes_no_copy_after_the_round(review, copy) -> None:
    review.round.state = "closed"
    review.round.save()
    answer = sent(review, commented(copy, (bookmark(BLOCK, "T2"), "Wrong.")))
    assert answer.status_code == 422
    assert not Comment.objects.exists()


def test_it_reads_what_a_program_dropped_the_name_of(review, copy) -> None:
    back = commented(copy, (bookmark(BLOCK, "T2"), "Wrong."))
    bare = altered(back, docProps__core_dot_xml=lambda xml: re.sub(rb"<dc:identifier>.*?</dc:identifier>", b"", xml))
    assert [each.block for each in read(review, bare).remarks] == ["T2"]


@pytest.mark.parametrize("lang", ["az", "ru", "tg"])
def test_it_makes_a_copy_in_every_language(review, lang: str) -> None:
    content = at(review.kamran).get(where("word-copy", review.edition, lang=lang)).content
    assert Document(io.BytesIO(content)).core_properties.identifier == f"hamroh-review {review.edition.code} {lang}"


# -- hostile files -------------------------------------------------------------------------------------------------

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TEMPLATE = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{RELATIONS}/attachedTemplate" Target="https://example.org/x.dotm" TargetMode="External"/></Relationships>'
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


def nested(_xml: bytes) -> bytes:
    """An element in an element in an element."""
    return b"<a>" * 200_000 + b"</a>" * 200_000


HOSTILE = {
    "macros": ({"word__vbaProject_dot_bin": b"x"}, "macros"),
    "a file inside": ({"word__embeddings__sheet_dot_xlsx": b"PK"}, "macros"),
    "a template from outside": ({"word___rels__settings_dot_xml_dot_rels": TEMPLATE}, "from outside"),
    "entities": ({"word__document_dot_xml": lambda _xml: ENTITIES}, "not as Word writes"),
    "an entity from outside": ({"word__comments_dot_xml": OUTSIDE}, "not as Word writes"),
    "broken XML": ({"word__document_dot_xml": lambda xml: xml[:500]}, "damaged"),
    "a bomb": ({"word__media__a_dot_png": b"\0" * (130 * 2**20)}, "unfolds"),
    "a small bomb": ({"word__media__a_dot_png": b"\0" * (30 * 2**20)}, "unfolds"),
    "many parts": ({f"word__x{number}": b"x" for number in range(1100)}, "unfolds"),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_it_refuses_a_hostile_copy(review, copy, name: str) -> None:
    parts, says = HOSTILE[name]
    answer = sent(review, altered(copy, **parts))
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Comment.objects.exists()


def test_it_survives_what_is_nested_deeply(review, copy) -> None:
    try:
        found = read(review, altered(copy, word__document_dot_xml=nested))
    except CopyRefused:
        return
    assert found.remarks == ()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Word file"),
        (b"%PDF-1.7", "not a Word file"),
        (b"PK\x03\x04" + b"x" * 300, "damaged"),
        (b"", "empty"),
    ],
)
def test_it_refuses_what_is_no_word_file(review, content: bytes, says: str) -> None:
    answer = sent(review, content)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_it_refuses_what_is_no_document(review) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("[Content_Types].xml", "<x/>")
    assert "not a Word file" in sent(review, out.getvalue()).content.decode()


def test_it_refuses_a_file_that_is_too_large(review, monkeypatch) -> None:
    with pytest.raises(CopyRefused, match="larger"):
        read(review, b"PK\x03\x04" + bytes(wordcomments.LARGEST))
    assert "larger" in sent(review, b"PK\x03\x04" + bytes(wordcomments.LARGEST)).content.decode()


def test_it_refuses_a_copy_of_another_edition(review, copy) -> None:
    other = SimpleNamespace(code="zzzzzzzz")
    with pytest.raises(CopyRefused, match="another edition"):
        read_copy(copy, other.code, {})


def test_it_runs_nothing_of_what_a_comment_says(review, copy) -> None:
    sent(review, commented(copy, (bookmark(BLOCK, "T2"), "<script>alert(1)</script>")))
    page = at(review.nigina).get(where("comments", review.edition)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_it_takes_a_copy_from_nobody_else(review, copy) -> None:
    answer = at(review.leyla).post(where("word", review.edition), {"file": SimpleUploadedFile("x.docx", copy)})
    assert answer.status_code == 404
