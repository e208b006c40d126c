"""Who tells, what she allows, and that she takes it back. Answers are added; what is public follows from them in the same transaction."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.archive.actions.common import ArchiveRefused, held_unit, touched
from hamroh.archive.actions.copies import erase_media, forget_file, renew_copies
from hamroh.archive.models import Consent, ConsentProof, Level, Media, Narrator, SetLine, Unit, Voice, Withdrawal
from hamroh.archive.selectors.documents import ARCHIVE
from hamroh.kernel.consented import Scope
from hamroh.search.actions import TABLES, erase_documents
from hamroh.vault import erasure, files, journal
from hamroh.vault.models import SealedFile

PROOF = "archive.consentproof"


@transaction.atomic
def add_voice(
    *, actor: Any, unit: Unit, name: str, pseudonyms: Mapping[str, str], contact: str = "", own_names: Mapping[str, str] | None = None,
    narrator: Narrator | None = None,
) -> Voice:  # fmt: skip
    """Say who tells in an item. Her name is sealed; in public she has the name that she chose."""
    stored = held_unit(actor, "archive.record_consent", unit)
    if stored.level != Level.ITEM:
        raise ArchiveRefused(_("Only an item has narrators."))
    if not any(pseudonyms.values()):
        raise ArchiveRefused(_("Give her a name for the public: one that she chose, or “a woman from …”."))
    if narrator is None:
        narrator = Narrator(organisation_id=stored.organisation_id, name=name, contact=contact or None)
        narrator.save()
    elif narrator.organisation_id != stored.organisation_id:
        raise policy.Refused("a narrator of another organisation")
    made = Voice.objects.create(
        unit=stored, narrator=narrator, pseudonyms=_kept(pseudonyms), own_names=_kept(own_names or {}), position=stored.voices.count() + 1,
    )  # fmt: skip
    journal.record(actor=actor, verb="archive.add_voice", about=narrator)
    renew_copies(actor=actor, unit=stored)
    touched(stored, actor)
    return made


@transaction.atomic
def record_consent(
    *, actor: Any, voice: Voice, scopes: Sequence[str], given: dt.date, until: dt.date | None = None, cuts: Sequence[Mapping[str, Any]] = (),
    names_her: bool = False, language: str = "", words: str = "", paper: IO[bytes] | None = None, paper_name: str = "",
) -> Consent:  # fmt: skip
    """What a narrator allows from now on; it takes the place of all she allowed before."""
    stored = held_unit(actor, "archive.record_consent", voice.unit)
    if until and until < given:
        raise ArchiveRefused(_("It would end before it was given."))
    if names_her and not voice.own_names:
        raise ArchiveRefused(_("Write down first how she is called by her own name in public."))
    known = [scope.value for scope in Scope if scope.value in scopes]
    made = Consent.objects.create(
        voice=voice, scopes=known, given_date=given, until_date=until, cuts=[_cut(each) for each in cuts], names_her=names_her,
        language=language, recorded_by=actor,
    )  # fmt: skip
    proof = ConsentProof(organisation_id=stored.organisation_id, consent=made, words=words or None)
    if paper is not None:
        record = (PROOF, str(proof.pk))
        proof.paper_id = files.store(
            paper, name=paper_name, organisation_id=stored.organisation_id, record=record, actor=actor, as_it_came=True
        ).pk
    proof.save()
    renew_copies(actor=actor, unit=stored)
    journal.record(actor=actor, verb="archive.record_consent", about=stored, facts={"scopes": " ".join(known)})
    touched(stored, actor)
    return made


@transaction.atomic
def withdraw(*, actor: Any, voice: Voice, erase: bool = False) -> Withdrawal:
    """She takes it back: from this commit on nothing of the item is public anywhere; with ``erase`` its words and recordings are gone, too."""
    stored = held_unit(actor, "archive.withdraw", voice.unit)
    made = Withdrawal.objects.create(voice=voice, recorded_by=actor, erases=erase)
    Voice.objects.filter(pk=voice.pk).update(own_names={})
    journal.record(actor=actor, verb="archive.withdraw", about=stored, facts={"erases": erase})
    if erase:
        _erase(actor, stored)
    else:
        renew_copies(actor=actor, unit=stored)
        touched(stored, actor)
    erase_documents(ARCHIVE, [stored.code])
    transaction.on_commit(lambda: erasure.scrub(_tables()))
    return made


@transaction.atomic
def erase_unit(*, actor: Any, unit: Unit) -> Unit:
    """Erase an item's words, pictures and recordings, because nobody may ever use them. Code and dates stay: that it was there, and that it went."""
    stored = held_unit(actor, "archive.withdraw", unit)
    if stored.parts.exists():
        raise ArchiveRefused(_("Erase what lies in it first."))
    _erase(actor, stored)
    erase_documents(ARCHIVE, [stored.code])
    transaction.on_commit(lambda: erasure.scrub(_tables()))
    return stored


def _erase(actor: Any, unit: Unit) -> None:
    """Everything that holds a word, a voice or a face. What stays says when it was agreed to and when it was taken back."""
    for media in Media.objects.filter(unit=unit):
        erase_media(actor, media)
    gone = {
        "transcripts": unit.transcripts.all().delete()[0], "segments": unit.segments.all().delete()[0],
        "lines": SetLine.objects.filter(unit=unit).delete()[0],
    }  # fmt: skip
    _erase_people(actor, unit)
    unit.places.clear()
    unit.subjects.clear()
    for name in ("titles", "abouts", "creators", "details"):
        setattr(unit, name, {})
    unit.languages, unit.date_from, unit.date_to, unit.creator = [], "", "", None
    unit.reference, unit.state, unit.is_invented = unit.code, "erased", False
    unit.version += 1
    unit.changed_at, unit.updated_by = timezone.now(), actor
    unit.save()
    journal.record(actor=actor, verb="archive.erase", about=unit, facts=gone)


def _erase_people(actor: Any, unit: Unit) -> None:
    """Proofs of consent with their papers, names by which somebody was called, and narrators who tell nowhere else."""
    proofs = ConsentProof.objects.filter(consent__voice__unit=unit)
    for file in SealedFile.objects.filter(kind=PROOF, record_id__in=list(proofs.values_list("pk", flat=True))):
        forget_file(actor, file)
    proofs.delete()
    narrators = list(Narrator.objects.filter(voices__unit=unit))
    Voice.objects.filter(unit=unit).update(pseudonyms={}, own_names={}, narrator=None)
    Narrator.objects.filter(pk__in=[each.pk for each in narrators if not each.voices.exists()]).delete()


def _tables() -> set[str]:
    from django.apps import apps

    return {model._meta.db_table for model in apps.get_app_config("archive").get_models()} | set(TABLES)  # noqa: SLF001


def _kept(names: Mapping[str, str]) -> dict[str, str]:
    return {lang: text.strip() for lang, text in names.items() if text.strip()}


def _cut(told: Mapping[str, Any]) -> dict[str, Any]:
    start, end = int(told["start"]), int(told["end"])
    if start < 0 or end <= start:
        raise ArchiveRefused(_("A part has to end after it begins."))
    return {"start": start, "end": end, "scopes": sorted({Scope(each).value for each in told["scopes"]})}
