"""Files of a record: taken in by content, kept under random names, opened to everybody, read for their words."""

import hashlib
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.library.actions.indexing import reindex
from hamroh.library.actions.writing import locked, touched
from hamroh.library.models import Attachment, FileUse, FullText, Record
from hamroh.library.reading import EPUB, PDF, READABLE, Taken, take_text
from hamroh.vault import intake, journal
from hamroh.web.texts import LANGUAGES

FOLDER = "library"
TYPES = {*READABLE, "image/jpeg", "image/png", "image/webp", "text/plain"}
_COVERS = {"image/jpeg", "image/png", "image/webp"}
#: files of one record
MOST_FILES = 40


class FileRefused(ValueError):
    """The file is not taken in; the message says why and what to do."""


def add_file(
    *, actor: Any, record: Record, content: IO[bytes], name: str, use: str = FileUse.TEXT, language: str = "",
    titles: Mapping[str, str] | None = None,
) -> Attachment:  # fmt: skip
    """Take a file in, closed to the public until `open_file`; `take_words` is another step. FileRefused says what is wrong with it.

    The content is looked at before any transaction holds the database: a hostile file keeps nobody waiting.
    """
    policy.require(actor, "library.edit", record)
    taken = _looked_at(content, name, use)
    kept = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}", File(taken.content))
    said = {"use": use, "titles": dict(titles or {}), "language": language if language in LANGUAGES else ""}
    try:
        _refuse_unreadable(kept, taken.mime)
        file = _filed(actor, record, kept, {"media_type": taken.mime, **said})
    except BaseException:
        default_storage.delete(kept)
        raise
    if file.name != kept.partition("/")[2]:
        default_storage.delete(kept)
    return file


def _looked_at(content: IO[bytes], name: str, use: str) -> intake.Taken:
    try:
        taken = intake.take(content, name, also={EPUB})
    except intake.FileRefused as refused:
        raise FileRefused(str(refused)) from None
    if use not in FileUse.values:
        raise FileRefused(_("This is not one of the choices."))
    if use == FileUse.COVER and taken.mime not in _COVERS:
        raise FileRefused(_("A cover is a picture: JPEG, PNG or WebP."))
    if taken.mime not in TYPES:
        raise FileRefused(_("The library takes PDF, Word (docx), OpenDocument text, EPUB, plain text and pictures."))
    return taken


def _refuse_unreadable(kept: str, mime: str) -> None:
    if mime not in (PDF, EPUB):
        return
    trouble = take_text(Path(default_storage.path(kept)), mime, only_look=True).trouble
    said = _pdf_troubles() if mime == PDF else _book_troubles()
    if trouble:
        raise FileRefused(said.get(trouble, said["broken"]))


def _pdf_troubles() -> dict[str, str]:
    return {
        "locked": _("The PDF is locked by a password. Save it without one and send it again."),
        "active": _("The PDF runs a program or carries other files. Print it into a new PDF and send that."),
        "broken": _("The PDF cannot be read. Save it anew and send it again."),
    }


def _book_troubles() -> dict[str, str]:
    return {
        "locked": _("The EPUB is locked for one reader. Ask for one that is not."),
        "active": _("The EPUB runs programs. Make one without them and send that."),
        "broken": _("The EPUB cannot be read. Save it anew and send it again."),
    }


@transaction.atomic
def _filed(actor: Any, record: Record, kept: str, said: dict[str, Any]) -> Attachment:
    """The row of a stored file; the same file sent twice is one."""
    record, digest = locked(record), _digest(kept)
    if same := record.attachments.filter(digest=digest, use=said["use"]).first():
        return same
    if record.attachments.count() >= MOST_FILES:
        raise FileRefused(_("This record has as many files as one may have."))
    last = record.attachments.aggregate(last=Max("position"))["last"]
    file = Attachment.objects.create(
        record=record, name=kept.partition("/")[2], size=default_storage.size(kept), digest=digest,
        position=0 if last is None else last + 1, added_by=actor, **said,
    )  # fmt: skip
    touched(record, actor)
    facts = {"file": str(file.pk), "type": file.media_type}
    journal.record(actor=actor, verb="library.add_file", about=record, facts=facts)
    return file


def _digest(kept: str) -> str:
    with Path(default_storage.path(kept)).open("rb") as stored:
        return hashlib.file_digest(stored, "sha256").hexdigest()


@transaction.atomic
def open_file(*, actor: Any, file: Attachment, is_open: bool) -> Attachment:
    """Let everybody have it once its record is published, or close it again; its words go into the index or out of it."""
    policy.require(actor, "library.publish" if is_open else "library.withdraw", file)
    record = locked(file.record)
    file = Attachment.objects.select_for_update().get(pk=file.pk)
    file.is_open = is_open
    file.save(update_fields=["is_open"])
    touched(record, actor)
    verb = "library.open_file" if is_open else "library.close_file"
    journal.record(actor=actor, verb=verb, about=record, facts={"file": str(file.pk)})
    reindex(record)
    return file


@transaction.atomic
def remove_file(*, actor: Any, file: Attachment) -> None:
    """Erase a file with its words; the bytes go when the transaction has committed."""
    policy.require(actor, "library.edit", file)
    record, kept = locked(file.record), f"{FOLDER}/{file.name}"
    journal.record(actor=actor, verb="library.remove_file", about=record, facts={"file": str(file.pk)})
    file.delete()
    touched(record, actor)
    reindex(record)
    transaction.on_commit(lambda: default_storage.delete(kept))


def take_words(*, actor: Any = None, file: Attachment) -> Attachment:
    """Read the words of a file into the index; ``actor`` is None where the worker does it. The reading itself holds no transaction."""
    if actor is not None:
        policy.require(actor, "library.edit", file)
    if file.media_type not in READABLE:
        return file
    taken = take_text(Path(default_storage.path(f"{FOLDER}/{file.name}")), file.media_type)
    return _keep_words(actor, file, taken)


@transaction.atomic
def _keep_words(actor: Any, file: Attachment, taken: Taken) -> Attachment:
    file = Attachment.objects.select_for_update().select_related("record").get(pk=file.pk)
    file.texts.all().delete()
    rows = [FullText(attachment=file, page=n, lang=file.language, text=text) for n, text in taken.pages if text.strip()]
    FullText.objects.bulk_create(rows, batch_size=200)
    file.pages, file.trouble = len(taken.pages), taken.trouble or ("" if rows else "no_words")
    file.save(update_fields=["pages", "trouble"])
    journal.record(
        actor=actor, verb="library.take_words", about=file.record, facts={"file": str(file.pk), "pages": file.pages}
    )
    if file.is_open:
        reindex(file.record)
    return file
