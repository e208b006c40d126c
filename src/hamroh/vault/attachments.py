"""Sealed files leave only as attachments that no browser runs."""

import mimetypes

from django.http import HttpResponse, StreamingHttpResponse

from hamroh.vault import files
from hamroh.vault.decisions import Decision
from hamroh.vault.models import SealedFile

_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def attachment(file: SealedFile, *, decision: Decision, purpose: str) -> StreamingHttpResponse:
    """The answer that hands a file over: by a neutral name, since what is downloaded stays on a disk for all to see.

    Both openings, of its description and of its content, stand in the journal before the first byte leaves.
    """
    about = files.about(file, decision=decision, purpose=purpose)
    content = files.read(file, decision=decision, purpose=purpose)
    name = f"file-{file.pk.hex[:8]}{mimetypes.guess_extension(about.mime) or ''}"
    response = StreamingHttpResponse(content, content_type=about.mime, headers=_HEADERS)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Length"] = str(about.size)
    return response


def parcel(content: bytes, name: str) -> HttpResponse:
    """The answer that hands over a file which was locked before; who takes it, and that it is told, is the caller's."""
    response = HttpResponse(content, content_type="application/octet-stream", headers=_HEADERS)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
