"""Evidence is taken in as it came, and copies are made that may be handed out."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases.actions.opening import touch
from hamroh.cases.models import Case, Evidence, Matter
from hamroh.cases.redacting import Box, redacted
from hamroh.vault import files, journal, opening
from hamroh.vault.intake import IMAGES, FileRefused
from hamroh.vault.models import SealedFile


@transaction.atomic
def take_evidence(
    *, actor: Any, case: Case, content: IO[bytes], name: str, kind: str, told: Mapping[str, Any], matter: Matter | None = None
) -> Evidence:  # fmt: skip
    """A file as it came, byte for byte; FileRefused says what is wrong with it.

    ``told`` has ``words``, and as far as they are known ``given_by`` and ``dated``.
    """
    policy.require(actor, "case.write", case)
    return _kept(actor, case, content, name, as_it_came=True, kind=kind, told=told, matter=matter)


@transaction.atomic
def add_copy(*, actor: Any, case: Case, of: Evidence, content: IO[bytes], name: str, words: str) -> Evidence:
    """A copy that somebody made elsewhere, with parts left out. FileRefused."""
    policy.require(actor, "case.write", case)
    return _kept(actor, case, content, name, as_it_came=False, kind=of.kind, told={"words": words}, copy_of=of)


@transaction.atomic
def redact(*, actor: Any, case: Case, of: Evidence, decision: Decision, boxes: Sequence[Box], words: str) -> Evidence:
    """A copy of a picture with these parts blacked out, drawn anew; FileRefused where it is no picture."""
    policy.require(actor, "case.write", case)
    content = redacted(picture(of, decision=decision, purpose="redacting"), boxes)
    told = {"words": words}
    return _kept(actor, case, content, "copy", as_it_came=False, kind=of.kind, told=told, copy_of=of)


def picture(of: Evidence, *, decision: Decision, purpose: str) -> IO[bytes]:
    """The bytes of a picture; FileRefused where the evidence is none."""
    file = file_of(of)
    if files.about(file, decision=decision, purpose=purpose).mime not in IMAGES:
        raise FileRefused(_("Only of a picture can parts be blacked out here. Send a copy that you made elsewhere."))
    return io.BytesIO(b"".join(files.read(file, decision=decision, purpose=purpose)))


def is_as_it_came(of: Evidence, *, decision: Decision) -> bool:
    """Whether the bytes that are kept are those that were taken in: read whole and hashed anew."""
    facts = opening.open(of, "facts", decision=decision, purpose="check")
    found = hashlib.sha256()
    for chunk in files.read(file_of(of), decision=decision, purpose="check"):
        found.update(chunk)
    return bool(found.hexdigest() == facts["digest"])


def file_of(of: Evidence) -> SealedFile:
    return SealedFile.objects.get(pk=of.file_id, kind="cases.case", record_id=of.case_id)


def _kept(
    actor: Any, case: Case, content: IO[bytes], name: str, *, as_it_came: bool, kind: str, told: Mapping[str, Any],
    matter: Matter | None = None, copy_of: Evidence | None = None,
) -> Evidence:  # fmt: skip
    record = ("cases.case", str(case.pk))
    file = files.store(
        content, name=name, organisation_id=case.organisation_id, record=record, actor=actor, as_it_came=as_it_came
    )
    decision = policy.require(actor, "case.read", case)
    about = files.about(file, decision=decision, purpose="taking in")
    row = Evidence(
        organisation_id=case.organisation_id, case=case, kind=kind, file_id=file.pk, copy_of=copy_of, matter=matter,
        taken_by=actor, facts={**told, "digest": _digest(file, decision), "size": about.size, "mime": about.mime},
    )  # fmt: skip
    row.save()
    verb = "case.add_copy" if copy_of else "case.take_evidence"
    journal.record(actor=actor, verb=verb, about=case, facts={"evidence": str(row.pk), "kind": kind})
    touch(case)
    return row


def _digest(file: SealedFile, decision: Decision) -> str:
    """SHA-256 of what was sealed, read back: what the hash vouches for is what is kept."""
    found = hashlib.sha256()
    for chunk in files.read(file, decision=decision, purpose="taking in"):
        found.update(chunk)
    return found.hexdigest()
