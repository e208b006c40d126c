"""The words of an EPUB in the order of its spine. Nothing of it is run, fetched or unfolded to the disk."""

import posixpath
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

CONTAINER, LOCKS = "META-INF/container.xml", "META-INF/encryption.xml"
_BOOK = "{http://www.idpf.org/2007/opf}"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_LOCK = "{http://www.w3.org/2001/04/xmlenc#}"
#: letters of a book that were only made unusable elsewhere: its words are open
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_TEXTS = ("application/xhtml+xml", "text/html")
LARGEST_PART, MOST_PARTS = 8 * 2**20, 3_000
_ENDS = frozenset(
    {
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "div",
        "br",
        "tr",
        "td",
        "th",
        "dt",
        "dd",
        "blockquote",
        "section",
        "figcaption",
    }
)
_SILENT = frozenset({"script", "style", "head", "svg", "math"})


class Trouble(Exception):
    """Why it is not read: ``locked``, ``active``, ``broken`` or ``long``."""


def paragraphs(path: Path, *, only_look: bool) -> Iterator[str]:
    """Its paragraphs; ``only_look`` asks only whether it is locked or runs something. Trouble."""
    with zipfile.ZipFile(path) as archive:
        _refuse_locked(archive)
        folder, book = _book(archive)
        parts = _spine(folder, book)
        if any("scripted" in str(each.get("properties", "")).split() for each in book.iter(f"{_BOOK}item")):
            raise Trouble("active")
        if len(parts) > MOST_PARTS:
            raise Trouble("long")
        for name in () if only_look else parts:
            yield from words(_part(archive, name).decode("utf-8", "replace"))


def _refuse_locked(archive: zipfile.ZipFile) -> None:
    if LOCKS not in archive.namelist():
        return
    ways = [str(each.get("Algorithm", "")) for each in _xml(archive, LOCKS).iter(f"{_LOCK}EncryptionMethod")]
    if any(each not in _FONTS for each in ways):
        raise Trouble("locked")


def _book(archive: zipfile.ZipFile) -> tuple[str, Element]:
    """The folder of the book's list of parts, and the list."""
    named = _xml(archive, CONTAINER).find(f"{_CONTAINER}rootfiles/{_CONTAINER}rootfile")
    name = str(named.get("full-path", "")) if named is not None else ""
    if not name:
        raise Trouble("broken")
    return posixpath.dirname(name), _xml(archive, name)


def _spine(folder: str, book: Element) -> list[str]:
    """Names of the parts that are read one after the other."""
    listed = {
        str(each.get("id", "")): str(each.get("href", ""))
        for each in book.iter(f"{_BOOK}item") if str(each.get("media-type", "")) in _TEXTS
    }  # fmt: skip
    order = [listed[name] for each in book.iter(f"{_BOOK}itemref") if (name := str(each.get("idref", ""))) in listed]
    return [posixpath.normpath(posixpath.join(folder, unquote(urlsplit(each).path))) for each in order]


def _xml(archive: zipfile.ZipFile, name: str) -> Element:
    from defusedxml.ElementTree import fromstring

    found: Element = fromstring(_part(archive, name), forbid_dtd=True)
    return found


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part as it is, no larger than a part of a book is, whatever its entry says of its size."""
    try:
        with archive.open(name) as file:
            content = file.read(LARGEST_PART + 1)
    except KeyError:
        raise Trouble("broken") from None
    if len(content) > LARGEST_PART:
        raise Trouble("long")
    return content


def words(page: str) -> list[str]:
    """The paragraphs of a page of HTML, without what is not read: scripts, styles, drawings.

    >>> words("<head><title>no</title></head><p>One&nbsp;two <b>three</b></p><script>four</script><p> </p><li>five")
    ['One two three', 'five']
    """
    reader = _Words()
    reader.feed(page)
    reader.close()
    return [" ".join(each.split()) for each in "".join(reader.found).split("\n\n") if each.strip()]


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as the library calls it
        if tag in _SILENT:
            self.silent += 1
        self._end(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as the library calls it
        self._end(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        self._end(tag)

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.found.append(data.replace("\n", " "))

    def _end(self, tag: str) -> None:
        if tag in _ENDS:
            self.found.append("\n\n")
