"""Comments that come back in a Word copy. The file is hostile: only three of its parts are read, within caps, without entities."""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from hamroh.evidence.exchange.reviewcopy import BLOCK, FIGURE, IDENTITY, bookmark

LARGEST = 20 * 2**20
MOST_COMMENTS = 2_000
_UNFOLDED, _RATIO, _ENTRIES, _PART = 120 * 2**20, 120, 1_000, 60 * 2**20
_LONGEST = 5_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TRACKED = {f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo")}
_OLD_WORD, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
#: parts that run or hide something: a copy of ours has none of them
_ACTIVE = re.compile(r"(vbaProject|vbaData)[^/]*$|/(embeddings|activeX|customUI)/", re.IGNORECASE)
_DAMAGES = (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, OSError, EOFError, ValueError, LookupError, SyntaxError)  # fmt: skip


class CopyRefused(ValueError):
    """The file is not read; the message says why and what to do, and repeats nothing of its content."""


@dataclass(frozen=True)
class Remark:
    """A comment of a copy: where it is set, empty where it stands beside no block; ``mark`` names it; ``answers`` is the mark of another."""

    mark: str
    author: str
    text: str
    block: str = ""
    figure: str = ""
    answers: str = ""


@dataclass(frozen=True)
class Returned:
    """What a copy brought back: its remarks in the order of the text, and how many tracked changes it holds, which are not taken."""

    lang: str
    remarks: tuple[Remark, ...]
    tracked: int = 0


@dataclass
class _Place:
    block: str = ""
    figures: set[str] = field(default_factory=set)


def read_copy(content: bytes, code: str, shown: Mapping[str, Iterable[str]]) -> Returned:
    """The comments of a copy, set to the blocks of its edition and the figures in them (``shown``: codes by key). CopyRefused."""
    parts = _parts(content)
    edition, lang = _identity(parts.get("docProps/core.xml"))
    if edition and edition != code:
        raise CopyRefused(_("This copy is of another edition."))
    body = parts["word/document.xml"]
    assert body is not None
    named = {bookmark(BLOCK, key): key for key in shown}
    named |= {bookmark(FIGURE, key, code): code for key, codes in shown.items() for code in codes}
    places, tracked = _places(body, named), sum(each.tag in _TRACKED for each in body.iter())
    remarks = tuple(_remarks(parts.get("word/comments.xml"), parts.get("word/commentsExtended.xml"), places))
    return Returned(lang, remarks, tracked)


# -- the archive ---------------------------------------------------------------------------------------------------


def _parts(content: bytes) -> dict[str, Element | None]:
    """The parts that are read, parsed; everything that a copy of ours cannot hold is refused before."""
    if len(content) > LARGEST:
        raise CopyRefused(_("The file is larger than %(size)d MB.") % {"size": LARGEST // 2**20})
    if content.startswith(_OLD_WORD):
        raise CopyRefused(
            _("This is an old Word file (.doc) or one with a password. Save it as .docx without password.")
        )
    if not content.startswith(_ZIP):
        raise CopyRefused(_("This is not a Word file. Send back the copy that you took from here, as .docx."))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bomb(archive.infolist(), len(content))
            _refuse_active(archive)
            wanted = ("word/document.xml", "word/comments.xml", "word/commentsExtended.xml", "docProps/core.xml")
            return {name: _parsed(archive, name) for name in wanted}
    except CopyRefused:
        raise
    except _DAMAGES:
        raise CopyRefused(_("The file is damaged. Open it in Word, save it again as .docx and send that.")) from None


def _refuse_bomb(entries: list[zipfile.ZipInfo], packed: int) -> None:
    unfolded = sum(entry.file_size for entry in entries)
    if len(entries) > _ENTRIES or unfolded > _UNFOLDED or (unfolded > 2**20 and unfolded > _RATIO * packed):
        raise CopyRefused(
            _("The file unfolds to far more than it weighs. Open it in Word, save it again and send that.")
        )


def _refuse_active(archive: zipfile.ZipFile) -> None:
    names = archive.namelist()
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise CopyRefused(_("This is not a Word file. Send back the copy that you took from here, as .docx."))
    types = _read(archive, "[Content_Types].xml")
    if any(_ACTIVE.search(name) for name in names) or b"macroEnabled" in types:
        raise CopyRefused(_("The file holds macros or other files inside it. Save it without them, as .docx."))
    for name in names:
        if name.endswith(".rels") and _leads_outside(_xml(_read(archive, name))):
            raise CopyRefused(
                _("The file fetches something from outside. Take out linked pictures and templates, and send it again.")
            )


def _leads_outside(relations: Element) -> bool:
    """Links that a reader may press are let be; what Word would fetch by itself is not."""
    return any(
        each.get("TargetMode") == "External" and not str(each.get("Type", "")).endswith("/hyperlink")
        for each in relations
    )


def _parsed(archive: zipfile.ZipFile, name: str) -> Element | None:
    return _xml(_read(archive, name)) if name in archive.namelist() else None


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part within its cap, whatever the archive says of its size."""
    with archive.open(name) as part:
        content = part.read(_PART + 1)
    if len(content) > _PART:
        raise CopyRefused(
            _("The file unfolds to far more than it weighs. Open it in Word, save it again and send that.")
        )
    return content


def _xml(content: bytes) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        made: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException:
        raise CopyRefused(
            _("The file is not as Word writes one. Send back the copy that you took from here.")
        ) from None
    return made


# -- what it says --------------------------------------------------------------------------------------------------


def _identity(core: Element | None) -> tuple[str, str]:
    """Of which edition and in which language the copy is; empty where a program dropped that."""
    said = (core.findtext(f"{_DC}identifier") if core is not None else "") or ""
    found = re.fullmatch(rf"{IDENTITY} ([0-9a-z]{{8}}) ([a-z]{{2}})", said.strip())
    return (found[1], found[2]) if found else ("", "")


def _places(body: Element, named: Mapping[str, str]) -> dict[str, _Place]:
    """Beside which block, and on which figures, each comment is set, by its number in the file."""
    found, open_figures, running = dict[str, _Place](), dict[str, str](), set[str]()
    block = ""
    for each in body.iter():
        name = each.get(f"{_W}name", "")
        number = each.get(f"{_W}id", "")
        if each.tag == f"{_W}bookmarkStart" and name.startswith(BLOCK):
            block = named.get(name, "")
        elif each.tag == f"{_W}bookmarkStart" and name.startswith(FIGURE) and name in named:
            open_figures[number] = named[name]
            for one in running:
                found[one].figures.add(named[name])
        elif each.tag == f"{_W}bookmarkEnd":
            open_figures.pop(number, None)
        elif each.tag == f"{_W}commentRangeStart":
            found[number] = _Place(block, set(open_figures.values()))
            running.add(number)
        elif each.tag == f"{_W}commentRangeEnd":
            running.discard(number)
        elif each.tag == f"{_W}commentReference":
            found.setdefault(number, _Place(block, set(open_figures.values())))
    return found


def _remarks(comments: Element | None, extended: Element | None, places: Mapping[str, _Place]) -> Iterator[Remark]:
    """In the order of the file; an answer stands where its comment stands."""
    rows = list(comments.iter(f"{_W}comment")) if comments is not None else []
    if len(rows) > MOST_COMMENTS:
        raise CopyRefused(_("The file holds more than %(count)d comments.") % {"count": MOST_COMMENTS})
    parents = _parents(extended)
    owner = {paragraph: row for row in rows for paragraph in _paragraph_ids(row)}
    made = dict[str, Remark]()
    for row in rows:
        first = next((owner[parents[each]] for each in _paragraph_ids(row) if parents.get(each) in owner), None)
        answered = made.get(first.get(f"{_W}id", "")) if first is not None else None
        remark = _remark(row, places.get(row.get(f"{_W}id", ""), _Place()), answered)
        if remark is not None:
            made[row.get(f"{_W}id", "")] = remark
            yield remark


def _remark(row: Element, place: _Place, answered: Remark | None) -> Remark | None:
    text = "\n".join(line for line in map(_words, row.iter(f"{_W}p")) if line).strip()[:_LONGEST]
    if not text:
        return None
    author = _clean(row.get(f"{_W}author", ""))[:150]
    figure = next(iter(place.figures)) if len(place.figures) == 1 else ""
    block = answered.block if answered else place.block
    said = "\0".join((author, row.get(f"{_W}date", ""), text, block, figure))
    mark = hashlib.sha256(said.encode()).hexdigest()[:40]
    return Remark(mark, author, text, block, "" if answered else figure, answered.mark if answered else "")


def _words(paragraph: Element) -> str:
    return _clean("".join(each.text or "" for each in paragraph.iter(f"{_W}t")))


def _clean(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable()).strip()


def _paragraph_ids(row: Element) -> list[str]:
    return [found for each in row.iter(f"{_W}p") if (found := each.get(f"{_W14}paraId", ""))]


def _parents(extended: Element | None) -> dict[str, str]:
    rows: Iterable[Any] = extended.iter(f"{_W15}commentEx") if extended is not None else ()
    return {each.get(f"{_W15}paraId", ""): parent for each in rows if (parent := each.get(f"{_W15}paraIdParent", ""))}
