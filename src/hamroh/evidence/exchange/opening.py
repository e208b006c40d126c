"""Files of statistics as they come: CSV, XLSX, packed or not, in any usual encoding, become grids of plain texts."""

import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath

from django.utils.translation import gettext as _

from hamroh.directory.exchange.tables import DAMAGES, FileRefused, Line, read_tables

#: bytes of a file as it comes, and of what it unpacks to
LARGEST, MOST_UNPACKED = 60 * 2**20, 200 * 2**20
MOST_MEMBERS = 50
ENCODINGS = ("", "cp1251", "cp1252", "cp1254", "utf-8")
_GZIP, _ZIP, _CHUNK = b"\x1f\x8b", b"PK\x03\x04", 2**20
#: members of an archive that tell of the others
_TOLD = ("metadata", "__macosx", "readme")


@dataclass(frozen=True)
class Grid:
    """A sheet with all its lines, the heading too; ``name`` is empty in a CSV."""

    name: str
    lines: tuple[Line, ...]


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def open_file(name: str, content: bytes, encoding: str = "") -> list[Grid]:
    """The sheets of a file, told apart by content; ``encoding`` only where the file is neither UTF-8 nor UTF-16. Raises FileRefused."""
    if len(content) > LARGEST:
        raise FileRefused(_("The file is larger than %(size)d MB. Split it.") % {"size": LARGEST // 2**20})
    name, plain = _unpacked(PurePath(name).name, content)
    if encoding and not plain.startswith(_ZIP):
        plain = _recoded(plain, encoding)
    return [
        Grid(each.name, _lines(each.header, each.lines)) for each in read_tables(name, _cut_off(plain)) if each.lines
    ]


def _lines(header: tuple[str, ...], lines: tuple[Line, ...]) -> tuple[Line, ...]:
    return (Line(min(lines[0].number - 1, 1), header), *lines)


def _recoded(content: bytes, encoding: str) -> bytes:
    try:
        return content.decode(encoding).encode()
    except (UnicodeDecodeError, LookupError):
        raise FileRefused(_("The file is not in the encoding that was chosen.")) from None


def _cut_off(content: bytes) -> bytes:
    """Endings of lines as they are everywhere; old ones of a Mac alone would make one long line."""
    if not content.startswith(_ZIP) and b"\n" not in content and content.count(b"\r") > 1:
        return content.replace(b"\r", b"\n")
    return content


def _unpacked(name: str, content: bytes) -> tuple[str, bytes]:
    if content.startswith(_GZIP):
        return name.removesuffix(".gz"), _of_gzip(content)
    if content.startswith(_ZIP) and not _is_workbook(content):
        return _of_zip(content)
    return name, content


def _of_gzip(content: bytes) -> bytes:
    engine = zlib.decompressobj(wbits=31)
    try:
        plain = engine.decompress(content, MOST_UNPACKED + 1)
    except zlib.error:
        raise FileRefused(_("The packed file is damaged or cut off.")) from None
    return _whole(plain, is_whole=engine.eof)


def _whole(plain: bytes, *, is_whole: bool) -> bytes:
    if len(plain) > MOST_UNPACKED:
        raise FileRefused(_("The file unpacks to far more than a table needs."))
    if not is_whole:
        raise FileRefused(_("The packed file is damaged or cut off."))
    return plain


def _is_workbook(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "[Content_Types].xml" in archive.namelist()
    except DAMAGES:
        raise FileRefused(_("The packed file is damaged or cut off.")) from None


def _of_zip(content: bytes) -> tuple[str, bytes]:
    """The one table of an archive, as the World Bank and UNHCR give them out."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = _table_in(archive)
            with archive.open(found) as member:
                plain = member.read(MOST_UNPACKED + 1)
            return PurePath(found.filename).name, _whole(plain, is_whole=True)
    except FileRefused:
        raise
    except DAMAGES:
        raise FileRefused(_("The packed file is damaged or cut off.")) from None


def _table_in(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    found = [each for each in archive.infolist()[:MOST_MEMBERS] if _is_table(each.filename.casefold())]
    if len(found) != 1:
        raise FileRefused(_("The archive must hold exactly one table. Unpack it and choose the file."))
    return found[0]


def _is_table(name: str) -> bool:
    return name.endswith((".csv", ".tsv", ".txt")) and not any(told in name for told in _TOLD)
