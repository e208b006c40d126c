"""Taking in what was filled: once, whole, to the byte, whatever order it comes in and however often.

The name that its device gave a filled form (its instance id) tells it apart. The same name with the same content is the same form: only
files that were not there yet are added. The same name with other content is kept beside the first, and both say that they clash.
"""

import datetime as dt
import hashlib
import io
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import IO, Any
from uuid import UUID
from xml.etree.ElementTree import Element

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.fieldwork import answers
from hamroh.fieldwork.actions import opening_sealed
from hamroh.fieldwork.actions.lists import apply_changes
from hamroh.fieldwork.models import Attachment, Device, FormVersion, Submission
from hamroh.fieldwork.placing import place_in
from hamroh.fieldwork.trees import Unreadable, tree_of
from hamroh.vault import files as vault_files
from hamroh.vault import journal
from hamroh.vault.intake import FileRefused
from hamroh.web.prepared import Prepared

#: what became of what was sent
TAKEN, KNOWN, ADDED_FILES, CLASH = "taken", "known", "added_files", "clash"
#: states of a version in which something new is taken
TAKES = ("open", "closing")
#: a device's last sign of life is written down as often as this
SEEN = dt.timedelta(minutes=10)
#: who sends says what it is in so many signs
_NAME = 200
#: versions that a process has read, by id and hash
_REMEMBERED = 50
_versions: dict[tuple[UUID, str], FormVersion] = {}


def _out(organisation: Any, form_id: str, **told: Any) -> QuerySet[Any]:
    """The version of a form that was handed out, the one that is open before others."""
    rows = FormVersion.objects.filter(organisation=organisation, form__form_id=form_id, **told).exclude(state="draft")
    return rows.order_by("-opened_at", "-made_at").values_list("pk", "md5", "state")[:1]


#: what is asked of every form that comes
_THAT_VERSION = Prepared(_out, organisation=UUID, form_id=str, version=str)
_LAST_VERSION = Prepared(_out, organisation=UUID, form_id=str)
_KNOWN = Prepared(
    lambda form, instance_id: Submission.objects.select_for_update(of=("self",)).filter(
        form=form, instance_id=instance_id
    ),
    form=UUID,
    instance_id=str,
)


class NotTaken(ValueError):
    """What was sent is not taken; ``code`` is for programs, the message for who sent it, ``status`` as HTTP says it."""

    def __init__(self, code: str, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.code, self.status = code, status


@dataclass(frozen=True)
class Receipt:
    """The submission, and what became of what was sent: ``taken``, ``known``, ``added_files``, ``clash``."""

    submission: Submission
    outcome: str


@dataclass(frozen=True)
class _Sent:
    """What was sent, read."""

    device: Device
    xml: bytes
    root: Element
    envelope: answers.Envelope
    digest: str


def receive(*, device: Device, xml: bytes, files: Mapping[str, IO[bytes]], user_agent: str = "") -> Receipt:  # noqa: ARG001 - what an app calls itself is told to nobody
    """Take in a filled form with the files that came along. NotTaken says why it is not taken, and then nothing of it is.

    One exception: a file of a kind that is never kept. Then the answers and the other files are, and NotTaken names the fault, so that
    the device keeps its own copy.
    """
    sent = _read(device, xml)
    try:
        return _received(sent, files)
    except IntegrityError:  # the same came twice at once, and the other one was first
        return _received(sent, files)


def _read(device: Device, xml: bytes) -> _Sent:
    try:
        root = tree_of(xml)
    except Unreadable as fault:
        raise NotTaken(f"xml_{fault.code}", _("What was sent cannot be read as a filled form.")) from None
    envelope = answers.envelope_of(root)
    if not envelope.form_id:
        raise NotTaken("no_form", _("What was sent does not say which form it is."))
    if not 0 < len(envelope.instance_id) <= answers.LONGEST or len(envelope.deprecates) > answers.LONGEST:
        raise NotTaken("no_instance", _("What was sent has no name of its own (instanceID)."))
    return _Sent(device, xml, root, envelope, hashlib.sha256(xml).hexdigest())


def _received(sent: _Sent, files: Mapping[str, IO[bytes]]) -> Receipt:
    refused: list[str] = []
    with transaction.atomic():
        receipt = _taken(sent, files, refused)
    if refused:
        raise NotTaken("file_refused", " ".join((_("The answers were taken, a file was not."), *refused)), 415)
    return receipt


def _taken(sent: _Sent, files: Mapping[str, IO[bytes]], refused: list[str]) -> Receipt:
    version = _version(sent)
    policy.require(sent.device.holder, "form.fill", version.form)
    known = _KNOWN.ask(form=version.form_id, instance_id=sent.envelope.instance_id)
    tokens = _tokens(sent) if known else []
    same = next((row for row in known if bytes(row.content_index or b"") in tokens), None)
    if same is not None:
        added = _keep_files(same, version, files, sent, refused)
        return Receipt(same, ADDED_FILES if added else KNOWN)
    _refuse_closed(version)
    row = _new(sent, version, clashes=bool(known))
    for other in known:
        if not other.clashes:
            other.clashes = True
            other.save(update_fields=["clashes"])
    _keep_files(row, version, files, sent, refused, is_new=True)
    return Receipt(row, CLASH if known else TAKEN)


def _version(sent: _Sent) -> FormVersion:
    """The version that was filled. One that says no version was filled in the one that is open, or was last."""
    of_form = {"organisation": sent.device.organisation_id, "form_id": sent.envelope.form_id}
    if sent.envelope.version:
        rows = _THAT_VERSION.ask(**of_form, version=sent.envelope.version)
    else:
        rows = _LAST_VERSION.ask(**of_form)
    found = next(iter(rows), None)
    if found is None:
        raise NotTaken("form_unknown", _("There is no such form here, or not in this version."), 404)
    return _described(*found)


def _described(pk: UUID, md5: str, state: str) -> FormVersion:
    """A version with its questions, which a process reads once: what was handed out does not change any more, but for its state."""
    held = _versions.get((pk, md5))
    if held is None:
        held = FormVersion.objects.select_related("form").defer("xml", "sheet", "remarks").get(pk=pk)
        if len(_versions) >= _REMEMBERED:
            _versions.clear()
        _versions[pk, md5] = held
    version = copy(held)
    version.state = state
    return version


def _refuse_closed(version: FormVersion) -> None:
    if version.state not in TAKES:
        raise NotTaken("form_closed", _("This form is closed: nothing new is taken. Tell your office."), 403)


def _tokens(sent: _Sent) -> list[bytes]:
    index: Any = Submission._meta.get_field("content_index")  # noqa: SLF001 - Django's documented face of a model
    tokens: list[bytes] = index.tokens(sent.digest, sent.device.organisation_id)
    return tokens


def _new(sent: _Sent, version: FormVersion, *, clashes: bool) -> Submission:
    device, envelope = sent.device, sent.envelope
    is_shut = envelope.is_encrypted
    said = None if is_shut else answers.answers_of(version, sent.root)
    row = Submission(
        organisation_id=device.organisation_id, form=version.form, version=version, device=device, sent_by_id=device.holder_id,
        instance_id=envelope.instance_id, deprecates=envelope.deprecates, clashes=clashes, is_shut=is_shut,
        filled_date=None if is_shut else envelope.ended, xml=sent.xml, content_hash=sent.digest, answers=said,
        is_whole=not _expected(sent, version), place=place_in(version.questions, said),
    )  # fmt: skip
    row.save()
    facts = {"device": str(device.pk), "clashes": clashes}
    journal.record(actor=device.holder, verb="submission.receive", about=row, facts=facts)
    if envelope.changes and not is_shut:
        apply_changes(submission=row, version=version, changes=envelope.changes)
    return row


# -- files


def _expected(sent: _Sent, version: FormVersion) -> dict[str, str]:
    """Names of the files that must come along, with the question of each."""
    if sent.envelope.is_encrypted:
        return dict.fromkeys((*sent.envelope.media, sent.envelope.sealed_file), "") if sent.envelope.sealed_file else {}
    return answers.file_names(version, sent.root)


def _keep_files(
    row: Submission, version: FormVersion, files: Mapping[str, IO[bytes]], sent: _Sent, refused: list[str], *, is_new: bool = False
) -> int:  # fmt: skip
    """Keep what was expected and is not here yet; what nobody asked for is let go. How many were kept."""
    expected = _expected(sent, version)
    if not expected:
        return 0
    held = {} if is_new else _held(row)
    if not is_new and not (files.keys() & expected.keys()):
        return 0
    added = 0
    for name, path in expected.items():
        slot = held.get(name) or _slot(row, name, path)
        if name in files:
            added += _keep_file(
                row, slot, files[name], refused, device=sent.device, is_opaque=sent.envelope.is_encrypted
            )
    _settle(row, sent)
    return added


def _held(row: Submission) -> dict[str, Attachment]:
    """What there is of a submission's files, by their names as they were sent."""
    index: Any = Attachment._meta.get_field("name_index")  # noqa: SLF001 - Django's documented face of a model
    rows = list(row.attachments.all())
    found: dict[str, Attachment] = _ByToken(index, row.organisation_id)
    found.update({bytes(each.name_index or b"").hex(): each for each in rows})
    return found


class _ByToken(dict[str, Attachment]):
    """Files by name, found by their blind index: the names themselves stay sealed."""

    def __init__(self, index: Any, organisation_id: Any) -> None:
        super().__init__()
        self._index, self._organisation_id = index, organisation_id

    def get(self, name: str, default: Any = None) -> Any:
        tokens = self._index.tokens(name, self._organisation_id)
        return next((self[token.hex()] for token in tokens if token.hex() in self), default)


def _slot(row: Submission, name: str, path: str) -> Attachment:
    slot = Attachment(organisation_id=row.organisation_id, submission=row, name=name[:_NAME], path=path[:250])
    slot.save()
    return slot


def _keep_file(
    row: Submission, slot: Attachment, content: IO[bytes], refused: list[str], *, device: Device, is_opaque: bool
) -> int:  # fmt: skip
    """Store a file. One that came before in the same words is not stored again; another one of the same name is kept beside it."""
    digest = _digest(content)
    if slot.file_id is not None:
        if _is_same(slot, digest):
            return 0
        slot = _beside(row, slot, digest)
        if slot.file_id is not None:
            return 0
    record = ("fieldwork.submission", str(row.pk))
    try:
        file = vault_files.store(
            content,
            name="file",
            organisation_id=row.organisation_id,
            record=record,
            actor=device.holder,
            is_opaque=is_opaque,
        )
    except FileRefused as fault:
        refused.append(str(fault))
        return 0
    slot.file_id, slot.content_hash = file.pk, digest
    slot.save(update_fields=["file_id", "content_hash"])
    return 1


def _digest(content: IO[bytes]) -> str:
    content.seek(0)
    found = (
        hashlib.file_digest(content, "sha256") if isinstance(content, io.BytesIO) else hashlib.sha256(content.read())
    )
    content.seek(0)
    return found.hexdigest()


def _is_same(slot: Attachment, digest: str) -> bool:
    return bytes(slot.content_index or b"") in _content_tokens(slot, digest)


def _content_tokens(slot: Attachment, digest: str) -> list[bytes]:
    index: Any = Attachment._meta.get_field("content_index")  # noqa: SLF001 - Django's documented face of a model
    tokens: list[bytes] = index.tokens(digest, slot.organisation_id)
    return tokens


def _beside(row: Submission, slot: Attachment, digest: str) -> Attachment:
    """The place of a file that came under a name which another file bears already."""
    index: Any = Attachment._meta.get_field("content_index")  # noqa: SLF001 - Django's documented face of a model
    tokens = index.tokens(digest, row.organisation_id)
    found = row.attachments.filter(content_index__in=tokens, path=slot.path).first()
    return found or _slot(row, f"{digest[:12]}", slot.path)


def _settle(row: Submission, sent: _Sent) -> None:
    """Say whether every file is here; one that was sealed on its device is opened once it is."""
    whole = not row.attachments.filter(file_id=None).exists()
    if whole != row.is_whole:
        row.is_whole = whole
        row.save(update_fields=["is_whole"])
    if whole and row.is_shut:
        opening_sealed.open_if_possible(submission=row, envelope=sent.envelope)


# -- devices


def note_seen(*, device: Device) -> None:
    """Write down that a device was heard of, now and then."""
    now = timezone.now()
    if device.seen_at is None or device.seen_at < now - SEEN:
        Device.objects.filter(pk=device.pk).update(seen_at=now)
