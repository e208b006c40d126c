"""Files that nobody has checked become text: by their mark, as UTF-8, or in the encoding that was chosen."""

import hashlib

from django.utils.translation import gettext as _

from hamroh.directory.exchange.tables import FileRefused, decoded

#: bytes of a file, and records of one
LARGEST, MOST_RECORDS = 40 * 2**20, 5_000
ENCODINGS = ("", "utf-8", "cp1251", "cp1252", "cp1254")


def refuse_size(content: bytes) -> None:
    if len(content) > LARGEST:
        raise FileRefused(_("The file is larger than %(size)d MB. Split it.") % {"size": LARGEST // 2**20})
    if not content.strip():
        raise FileRefused(_("The file is empty."))


def refuse_many(count: int) -> None:
    if count > MOST_RECORDS:
        raise FileRefused(_("There are more than %(most)s records. Split the file.") % {"most": MOST_RECORDS})


def recoded(content: bytes, encoding: str) -> bytes:
    """The content as UTF-8, where it is in the encoding that was chosen."""
    if not encoding or content.startswith((b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04", b"\xef\xbb\xbf")):
        return content
    if encoding not in ENCODINGS:
        raise FileRefused(_("The file is not in the encoding that was chosen."))
    try:
        return content.decode(encoding).encode()
    except UnicodeDecodeError:
        raise FileRefused(_("The file is not in the encoding that was chosen.")) from None


def text_of(content: bytes, encoding: str = "") -> str:
    """The text of a file; raises FileRefused, and never guesses an encoding."""
    return decoded(recoded(content, encoding)).replace("\r\n", "\n").replace("\r", "\n")


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
