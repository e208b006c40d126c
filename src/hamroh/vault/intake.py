"""Files from outside are hostile: type by content, caps on size and on what unfolds from it, images made anew."""

import io
import warnings
import zipfile
from collections.abc import Collection
from dataclasses import dataclass
from typing import IO

import puremagic
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

LARGEST = 50 * 2**20
MOST_PIXELS = 50_000_000
#: an archive may unfold to this many bytes, to this many times its size, into this many entries
UNFOLDED, RATIO, ENTRIES = 500 * 2**20, 100, 2_000
_HEAD = 8192
#: a JPEG is told by three bytes, which the library trusts little; pictures are read whole afterwards anyway
_SURE = 0.3

#: what is taken in: type by content -> endings that a name may have
IMAGES = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", "image/gif": "PNG", "image/tiff": "PNG"}
OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
#: a book that flows; only where a room asks for it
EPUB = "application/epub+zip"
OTHERS = {
    "application/pdf", "application/ogg", "audio/flac", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/wave", "audio/x-wav",
    "video/mp4",
}  # fmt: skip


class FileRefused(ValueError):
    """The file is not taken in; the message says why and what to do."""


@dataclass(frozen=True)
class Taken:
    """A file that may be kept: its content at the start, its type by content, a name without a path."""

    content: IO[bytes]
    mime: str
    name: str


def take(content: IO[bytes], name: str, *, as_it_came: bool = False, also: Collection[str] = ()) -> Taken:
    """Check a file and give what may be kept of it: of a picture a new drawing, unless it is kept as it came. FileRefused.

    ``also`` are types of archives that the room takes beside documents.
    """
    _refuse_by_size(content)
    mime = type_of(content, also)
    content.seek(0)
    if mime in IMAGES and not as_it_came:
        return Taken(redrawn(content, IMAGES[mime]), _mime_of(IMAGES[mime]), _shown(name))
    return Taken(content, mime, _shown(name))


def take_opaque(content: IO[bytes], name: str) -> Taken:
    """Take what was sealed before it came and shows no type of its own. FileRefused where it is empty or too large."""
    _refuse_by_size(content)
    return Taken(content, "application/octet-stream", _shown(name))


def _shown(name: str) -> str:
    """A name without a path and without signs that nobody sees."""
    return "".join(sign for sign in name.replace("\\", "/").rpartition("/")[2] if sign.isprintable())[:200] or "file"


def _refuse_by_size(content: IO[bytes]) -> None:
    size = content.seek(0, io.SEEK_END)
    content.seek(0)
    if size == 0:
        raise FileRefused(_("The file is empty."))
    if size > LARGEST:
        raise FileRefused(_("The file is larger than %(size)d MB.") % {"size": LARGEST // 2**20})


def type_of(content: IO[bytes], also: Collection[str] = ()) -> str:
    """The type that the bytes show, whatever the name says; FileRefused where it is none that is taken in."""
    start = content.read(_HEAD)
    if start.startswith(b"PK\x03\x04"):
        return _type_of_archive(content, also)
    if start[:4] == b"RIFF" and start[8:12] == b"WAVE":
        return "audio/wav"  # pictures of WebP begin alike, and are looked for first
    found = {match.mime_type for match in _matches(start) if match.confidence >= _SURE}
    for mime in (*IMAGES, *sorted(OTHERS)):
        if mime in found:
            return mime
    if _is_text(start):
        return "text/plain"
    raise FileRefused(
        _("Files of this kind are not taken in. Send a picture, a PDF, a document, a recording or plain text.")
    )


def _matches(start: bytes) -> list[puremagic.PureMagicWithConfidence]:
    try:
        return list(puremagic.magic_string(start))
    except (puremagic.PureError, ValueError):
        return []


def _is_text(start: bytes) -> bool:
    """Plain words, and no page that a browser would run."""
    try:
        words = start.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(start) - 4:
            return False
        words = start[: error.start].decode("utf-8-sig")
    return "\0" not in words and not words.lstrip().startswith("<")


def _type_of_archive(content: IO[bytes], also: Collection[str] = ()) -> str:
    """An office document within its caps; other archives are refused, bombs before they unfold."""
    try:
        with zipfile.ZipFile(content) as archive:
            _refuse_bomb(archive.infolist())
            names = archive.namelist()
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                said = archive.read("mimetype").decode("ascii", "replace").strip()
                if said.startswith(OPEN_DOCUMENT) or said in also:
                    return said
    except FileRefused:
        raise
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError):
        raise FileRefused(
            _("The document is damaged or locked by a password. Save it anew and send it again.")
        ) from None
    if any(name.endswith("vbaProject.bin") for name in names):
        raise FileRefused(_("The document holds macros. Save it without them (docx, xlsx, pptx) and send it again."))
    for folder, mime in OFFICE.items():
        if any(name.startswith(folder) for name in names) and "[Content_Types].xml" in names:
            return mime
    raise FileRefused(_("Archives are not taken in. Send the files one by one."))


def _refuse_bomb(entries: list[zipfile.ZipInfo]) -> None:
    unfolded, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if len(entries) > ENTRIES or unfolded > UNFOLDED or unfolded > RATIO * max(packed, 1):
        raise FileRefused(_("The document unfolds to far more than it weighs. Save it anew and send it again."))


def redrawn(content: IO[bytes], form: str) -> IO[bytes]:
    """The picture drawn anew: pixels and turn stay; place, camera, owner and whatever hid behind them go."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(content, formats=("JPEG", "PNG", "WEBP", "GIF", "TIFF")) as picture:
                _refuse_crowd(picture)
                return _saved(picture, form)
        except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise FileRefused(_("The picture cannot be read. Save it anew and send it again.")) from None
        except FileRefused:
            raise
        except (OSError, SyntaxError, ValueError, TypeError):
            raise FileRefused(_("The picture is damaged. Save it anew and send it again.")) from None


def _refuse_crowd(picture: Image.Image) -> None:
    """Refuse a picture by the size that its head tells, before its dots unfold."""
    if picture.width * picture.height > MOST_PIXELS:
        most = MOST_PIXELS // 10**6
        raise FileRefused(_("The picture has more than %(dots)d million dots. Make it smaller.") % {"dots": most})


def _saved(picture: Image.Image, form: str) -> IO[bytes]:
    from PIL import ImageOps

    upright = ImageOps.exif_transpose(picture)
    mode = "RGB" if form == "JPEG" or "A" not in upright.getbands() else "RGBA"
    bare = Image.new(mode, upright.size)
    bare.paste(upright.convert(mode))
    out = io.BytesIO()
    bare.save(out, form, **({"quality": 90} if form != "PNG" else {}))
    out.seek(0)
    return out


def _mime_of(form: str) -> str:
    return f"image/{form.lower()}"
