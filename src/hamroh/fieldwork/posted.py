"""The body of a submission: its parts in memory, and the sure sign that none of it was cut off on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser, MultiPartParserError

#: the part that is the filled form
FORM_PART = "xml_submission_file"
#: bytes that a filled form has at most
_TAIL = 256


class Cut(ValueError):
    """The body is not what it should be: ``code`` is ``cut``, ``no_length``, ``no_form``, ``broken``, ``many``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Posted:
    """A filled form, and the files that came along by the names that they came under."""

    xml: bytes
    files: Mapping[str, IO[bytes]]


class _Watched:
    """A stream that remembers how much was read and what came last."""

    def __init__(self, stream: Any) -> None:
        self._stream, self.count, self.tail = stream, 0, b""

    def read(self, size: int = -1) -> bytes:
        chunk: bytes = self._stream.read(size) if size >= 0 else self._stream.read()
        self.count += len(chunk)
        self.tail = (self.tail + chunk)[-_TAIL:]
        return chunk


def read(request: HttpRequest) -> Posted:
    """The parts of a submission; raises Cut."""
    said = request.META.get("CONTENT_LENGTH") or ""
    if not said.isdecimal() or int(said) == 0:
        raise Cut("no_length")
    if request.content_type in ("text/xml", "application/xml"):
        return Posted(_whole(request, int(said)), {})
    if request.content_type != "multipart/form-data":
        raise Cut("broken")
    return _parts(request, int(said))


def _whole(request: HttpRequest, length: int) -> bytes:
    xml: bytes = request.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    if len(xml) < length:
        raise Cut("cut")
    return xml


def _parts(request: HttpRequest, length: int) -> Posted:
    watched: Any = _Watched(request)
    files: Any
    handler = MemoryFileUploadHandler(request)
    try:
        fields, files = MultiPartParser(request.META, watched, [handler], request.encoding or "utf-8").parse()
    except (MultiPartParserError, ValueError):
        raise Cut("broken") from None
    except SuspiciousOperation:
        raise Cut("many") from None
    if watched.count < length or b"--" not in watched.tail.rstrip()[-4:]:
        raise Cut("cut")
    found: dict[str, IO[bytes]] = {}
    for part, many in files.lists():
        for sent in many:
            found.setdefault(part, sent)
            found.setdefault(str(sent.name), sent)
    form = found.pop(FORM_PART, None)
    xml = form.read() if form is not None else str(fields.get(FORM_PART, "")).encode()
    if not xml:
        raise Cut("no_form")
    return Posted(xml, found)
