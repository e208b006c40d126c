"""What was sealed on its device is opened where the private key is kept here; elsewhere it stays shut, word for word."""

import hashlib
import io
from typing import Any

from hamroh import vault
from hamroh.fieldwork import answers, sealedforms
from hamroh.fieldwork.models import Attachment, FormKey, Submission
from hamroh.fieldwork.placing import place_in
from hamroh.fieldwork.trees import Unreadable, tree_of
from hamroh.vault import files as vault_files
from hamroh.vault import journal
from hamroh.vault.decisions import Upkeep
from hamroh.vault.intake import FileRefused
from hamroh.vault.models import SealedFile

#: what stands behind the name of a sealed file
_ENDING = ".enc"
_PURPOSE = "a filled form is opened"


def open_if_possible(*, submission: Submission, envelope: answers.Envelope) -> bool:
    """Open a whole submission and keep what lay within. False where no key of ours opens it; it stays as it came."""
    key = submission.version.form_key
    if key is None or not FormKey.objects.filter(pk=key.pk, private__isnull=False).exists():
        return False
    try:
        plain = _plain(submission, envelope, key)
        root = tree_of(plain[envelope.sealed_file])
    except (sealedforms.WillNotOpen, Unreadable, KeyError):
        journal.record(actor=submission.sent_by, verb="submission.will_not_open", about=submission)
        return False
    inner = answers.envelope_of(root)
    submission.opened_xml = plain.pop(envelope.sealed_file)
    said = answers.answers_of(submission.version, root)
    submission.answers, submission.place = said, place_in(submission.version.questions, said)
    submission.is_shut, submission.filled_date, submission.deprecates = (
        False,
        inner.ended,
        inner.deprecates[: answers.LONGEST],
    )
    submission.save()
    _keep(submission, plain, answers.file_names(submission.version, root))
    journal.record(actor=submission.sent_by, verb="submission.open", about=submission)
    return True


def _plain(submission: Submission, envelope: answers.Envelope, key: FormKey) -> dict[str, bytes]:
    """Every file of it, opened in the order in which the device sealed them: pictures first, answers last."""
    private = vault.open(key, "private", decision=_upkeep(submission, key), purpose=_PURPOSE)
    opens = sealedforms.key_of(envelope.sealed_key, private)
    held = {
        vault.open(each, "name", decision=_upkeep(submission, each), purpose=_PURPOSE): each
        for each in submission.attachments.all()
    }
    starts = sealedforms.starts(envelope.instance_id, opens)
    names = (*envelope.media, envelope.sealed_file)
    return {name: sealedforms.unsealed(_content(submission, held[name]), opens, next(starts)) for name in names}


def _content(submission: Submission, held: Attachment) -> bytes:
    file = SealedFile.objects.get(pk=str(held.file_id))
    return b"".join(vault_files.read(file, decision=_upkeep(submission, submission), purpose=_PURPOSE))


def _keep(submission: Submission, plain: dict[str, bytes], paths: dict[str, str]) -> None:
    """Keep the opened files that the answers name, beside what came."""
    record = ("fieldwork.submission", str(submission.pk))
    for sealed_name, content in plain.items():
        name = sealed_name.removesuffix(_ENDING)
        if name not in paths:
            continue
        slot = Attachment(
            organisation_id=submission.organisation_id, submission=submission, name=name, path=paths[name]
        )
        try:
            file = vault_files.store(
                io.BytesIO(content),
                name="file",
                organisation_id=submission.organisation_id,
                record=record,
                actor=submission.sent_by,
            )
        except FileRefused:
            continue
        slot.file_id, slot.content_hash = file.pk, hashlib.sha256(content).hexdigest()
        slot.save()


def _upkeep(submission: Submission, about: Any) -> Upkeep:
    """The installation opens it for nobody's eyes; the line says whose device sent it."""
    guarded = getattr(type(about).guarded, "part_of", "")
    whole = getattr(about, guarded) if guarded else about
    return Upkeep((whole._meta.label_lower, str(whole.pk)), actor_id=submission.sent_by_id, verb="submission.open")  # noqa: SLF001
