"""Evidence is taken in as it came, and copies are made that may be handed out."""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases.actions.opening import touch
from hamroh.cases.actions.working import WRITES
from hamroh.cases.models import CLINICAL, Case, Discipline, Evidence, Matter, Part, Person
from hamroh.cases.redacting import Box, redacted
from hamroh.vault import files, journal, opening
from hamroh.vault.intake import IMAGES, FileRefused
from hamroh.vault.models import SealedFile


@transaction.atomic
def take_evidence(
    *, actor: Any, case: Case, content: IO[bytes], name: str, kind: str, told: Mapping[str, Any], matter: Matter | None = None,
    about: Person | None = None, discipline: str = Discipline.CASE,
) -> Evidence:  # fmt: skip
    """A file as it came, byte for byte; FileRefused says what is wrong with it.

    ``told`` has ``words``, and as far as they are known ``given_by`` and ``dated``; ``about`` is the child whose paper it is. A paper of
    a discipline is taken in by who writes notes of that discipline, and opens as those do.
    """
    policy.require(actor, "case.write", case)
    policy.require(actor, WRITES[Discipline(discipline)], case)
    if about is not None and (about.case_id != case.pk or about.part != Part.CHILD):
        raise policy.Refused("a paper is about a child of this case, or about nobody in particular")
    of = _Of(kind=kind, told=told, matter=matter, about=about, discipline=discipline)
    return _kept(actor, case, content, name, of)


@transaction.atomic
def add_copy(*, actor: Any, case: Case, of: Evidence, content: IO[bytes], name: str, words: str) -> Evidence:
    """A copy that somebody made elsewhere, with parts left out. FileRefused."""
    policy.require(actor, "case.write", case)
    return _kept(actor, case, content, name, _copy(of, words))


@transaction.atomic
def redact(*, actor: Any, case: Case, of: Evidence, decision: Decision, boxes: Sequence[Box], words: str) -> Evidence:
    """A copy of a picture with these parts blacked out, drawn anew; FileRefused where it is no picture."""
    policy.require(actor, "case.write", case)
    content = redacted(picture(of, decision=decision, purpose="redacting"), boxes)
    return _kept(actor, case, content, "copy", _copy(of, words))


@dataclass(frozen=True)
class _Of:
    """What stands beside a file that is taken in."""

    kind: str
    told: Mapping[str, Any]
    matter: Matter | None = None
    about: Person | None = None
    discipline: str = Discipline.CASE
    copy_of: Evidence | None = None


def _copy(of: Evidence, words: str) -> _Of:
    """A copy is about whom its original is about, and opens to whom that opens."""
    return _Of(kind=of.kind, told={"words": words}, about=of.about, discipline=of.discipline, copy_of=of)


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


def _kept(actor: Any, case: Case, content: IO[bytes], name: str, of: _Of) -> Evidence:
    record = ("cases.case", str(case.pk))
    file = files.store(
        content, name=name, organisation_id=case.organisation_id, record=record, actor=actor,
        as_it_came=of.copy_of is None,
    )  # fmt: skip
    decision = policy.require(actor, "case.read", case)
    about = files.about(file, decision=decision, purpose="taking in")
    row = Evidence(
        organisation_id=case.organisation_id, case=case, kind=of.kind, file_id=file.pk, copy_of=of.copy_of, matter=of.matter,
        about=of.about, discipline=of.discipline, taken_by=actor, facts={**of.told, "digest": _digest(file, decision), "size": about.size, "mime": about.mime},
    )  # fmt: skip
    row.save()
    verb = "case.add_copy" if of.copy_of else "case.take_evidence"
    if of.discipline in CLINICAL:  # as of a note: no line of the case tells that she, or a child, sees the psychologist
        journal.record(actor=actor, verb=verb, about=row)
        return row
    journal.record(actor=actor, verb=verb, about=case, facts={"evidence": str(row.pk), "kind": of.kind})
    touch(case)
    return row


def _digest(file: SealedFile, decision: Decision) -> str:
    """SHA-256 of what was sealed, read back: what the hash vouches for is what is kept."""
    found = hashlib.sha256()
    for chunk in files.read(file, decision=decision, purpose="taking in"):
        found.update(chunk)
    return found.hexdigest()
