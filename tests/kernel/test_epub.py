"""The words of an EPUB come in the order of its spine; locked, running and broken ones are told."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from hamroh.kernel import epub

CONTAINER = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/b.opf"/></rootfiles></container>'
LIST = (
    '<package xmlns="http://www.idpf.org/2007/opf"><manifest>{items}</manifest>'
    '<spine><itemref idref="two"/><itemref idref="one"/></spine></package>'
)
ITEMS = "".join(
    f'<item id="{name}" href="{name}%20a.xhtml" media-type="application/xhtml+xml"{{more}}/>' for name in ("one", "two")
)
PAGES = {
    "OEBPS/one a.xhtml": "<html><body><p>Second</p></body></html>",
    "OEBPS/two a.xhtml": "<!DOCTYPE html><p>First&nbsp;word</p>",
}
LOCK = '<encryption><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod Algorithm="{}"/></EncryptedData></encryption>'


def book(folder: Path, more: str = "", **parts: str) -> Path:
    path = folder / "a.epub"
    told: Mapping[str, str] = {
        "mimetype": "application/epub+zip", epub.CONTAINER: CONTAINER, "OEBPS/b.opf": LIST.format(items=ITEMS.format(more=more)),
        **PAGES, **parts,
    }  # fmt: skip
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in told.items():
            if text:
                archive.writestr(name, text)
    return path


def read(path: Path) -> list[str]:
    return list(epub.paragraphs(path, only_look=False))


def test_it_reads_in_the_order_of_the_spine(tmp_path: Path) -> None:
    assert read(book(tmp_path)) == ["First word", "Second"]


def test_it_reads_a_book_whose_letters_alone_are_hidden(tmp_path: Path) -> None:
    assert len(read(book(tmp_path, **{epub.LOCKS: LOCK.format("http://www.idpf.org/2008/embedding")}))) == 2


@pytest.mark.parametrize(
    ("more", "parts", "trouble"),
    [
        ("", {epub.LOCKS: LOCK.format("http://www.w3.org/2001/04/xmlenc#aes256-cbc")}, "locked"),
        (' properties="scripted"', {}, "active"), ("", {"OEBPS/one a.xhtml": ""}, "broken"),
        ("", {"OEBPS/one a.xhtml": " " * (epub.LARGEST_PART + 1)}, "long"),
    ],
)  # fmt: skip
def test_it_tells_why_a_book_is_not_read(tmp_path: Path, more: str, parts: dict[str, str], trouble: str) -> None:
    with pytest.raises(epub.Trouble, match=trouble):
        read(book(tmp_path, more, **parts))


def test_it_follows_no_entity(tmp_path: Path) -> None:
    hostile = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + CONTAINER
    with pytest.raises(Exception, match="DTDForbidden"):
        read(book(tmp_path, **{epub.CONTAINER: hostile}))
