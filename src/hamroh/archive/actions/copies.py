"""Originals are sealed; what leaves is a copy, made without what the file betrays and without what is shut, and gone when it may not be heard."""

import datetime as dt
import hashlib
import io
import secrets
from collections.abc import Mapping
from typing import IO, Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.archive.actions.common import ArchiveRefused, held_unit, touched
from hamroh.archive.models import Level, Media, Unit
from hamroh.archive.selectors.facts import public_of, with_facts
from hamroh.kernel import recordings
from hamroh.kernel.consented import Scope, Why, missing_cuts
from hamroh.vault import files, intake, journal
from hamroh.vault.models import SealedFile

FOLDER = "archive"
KIND = "archive.media"
PURPOSE = "archive"
#: widths of the drawings of a picture that are made for the public
WIDTHS = (400, 1200)
_SOUNDS = ("audio/", "video/", "application/ogg")


@transaction.atomic
def add_media(
    *, actor: Any, unit: Unit, content: IO[bytes], name: str, alts: Mapping[str, str] | None = None, machine_made: bool = False
) -> Media:  # fmt: skip
    """Take a recording or a picture in; it is sealed, and nobody hears it before it is released. intake.FileRefused, ArchiveRefused."""
    stored = held_unit(actor, "archive.edit", unit)
    if stored.level != Level.ITEM:
        raise ArchiveRefused(_("Recordings and pictures belong to items."))
    row = Media(unit=stored, position=stored.media.count() + 1, alts=dict(alts or {}), is_machine_made=machine_made)
    kept = files.store(
        content, name=name, organisation_id=stored.organisation_id, record=(KIND, str(row.pk)), actor=actor
    )
    row.original_id = kept.pk
    whole = _original(actor, row, kept)
    row.digest, row.media_type = hashlib.sha256(whole).hexdigest(), intake.type_of(io.BytesIO(whole))
    _measure(row, whole)
    _refuse_second(stored, row)
    row.save(force_insert=True)
    renew_copies(actor=actor, unit=stored)
    journal.record(actor=actor, verb="archive.add_media", about=stored)
    touched(stored, actor)
    return Media.objects.get(pk=row.pk)


@transaction.atomic
def describe_media(*, actor: Any, media: Media, alts: Mapping[str, str]) -> Media:
    """Say what is on a picture, for those who do not see it."""
    stored = held_unit(actor, "archive.edit", media.unit)
    media.alts = dict(alts)
    media.save(update_fields=["alts"])
    journal.record(actor=actor, verb="archive.describe_media", about=stored)
    touched(stored, actor)
    return media


@transaction.atomic
def remove_media(*, actor: Any, media: Media) -> None:
    """Erase a recording or a picture, its original and its copies."""
    stored = held_unit(actor, "archive.edit", media.unit)
    erase_media(actor, media)
    journal.record(actor=actor, verb="archive.remove_media", about=stored)
    touched(stored, actor)


def erase_media(actor: Any, media: Media) -> None:
    """The row, its original's key and ciphertext, and its copies; within the caller's transaction."""
    _drop_copies(media)
    for file in SealedFile.objects.filter(kind=KIND, record_id=media.pk):
        forget_file(actor, file)
    media.delete()


def forget_file(actor: Any, file: SealedFile) -> None:
    """Erase a sealed file: its key with the transaction, its ciphertext once that is committed."""
    path = files.path_of(file)
    journal.record(actor=actor, verb="vault.remove_file", about=file)
    file.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def renew_copies(*, actor: Any, unit: Unit) -> None:
    """Make the copies that may leave as things are now, and take the others away; within the caller's transaction."""
    fresh = with_facts(Unit.objects.filter(pk=unit.pk)).get()
    public = public_of(fresh)
    wanted = public.may(Scope.ONLINE) or public.why(Scope.ONLINE) == Why.NOT_CUT
    shut = tuple(public.shut.get(Scope.ONLINE, ()))
    for each in fresh.media.all():
        if not wanted:
            _drop_copies(each)
        elif each.is_picture and not each.sizes:
            _draw(actor, each)
        elif not each.is_picture and (each.taken_out != _pairs(shut) or not each.public_name):
            _cut(actor, each, shut)


def original(actor: Any, media: Media) -> bytes:
    """The original, opened for who may edit; it stands in the journal."""
    return _original(actor, media, SealedFile.objects.get(kind=KIND, record_id=media.pk))


def _original(actor: Any, media: Media, file: SealedFile) -> bytes:
    """A file is opened by the decision about the item that it belongs to."""
    decision = policy.require(actor, "archive.edit", media.unit)
    return b"".join(files.read(file, decision=_AboutMedia(decision, media), purpose=PURPOSE))


class _AboutMedia:
    """The decision about an item, told of one of its recordings: the vault asks about the record that a file lies under."""

    def __init__(self, decision: Any, media: Media) -> None:
        self.yes, self.reason, self.verb, self.actor_id = (
            decision.yes,
            decision.reason,
            decision.verb,
            decision.actor_id,
        )
        self.record, self.field = (KIND, str(media.pk)), ""


def _measure(row: Media, whole: bytes) -> None:
    if row.is_picture:
        from PIL import Image

        with Image.open(io.BytesIO(whole)) as picture:
            row.width, row.height = picture.size
        return
    if not row.media_type.startswith(_SOUNDS):
        raise ArchiveRefused(
            _("Send a picture, or a recording: WAV, MP3, FLAC, OGG or MP4. A paper is sent as pictures of its pages.")
        )
    try:
        row.duration = recordings.public_copy(whole, row.media_type).duration
    except recordings.Unreadable:
        raise ArchiveRefused(_("The recording cannot be read. Save it anew, as WAV or MP3.")) from None


def _refuse_second(unit: Unit, row: Media) -> None:
    """Words stand at the times of one recording."""
    if not row.is_picture and any(not each.is_picture for each in unit.media.all()):
        raise ArchiveRefused(_("This item has a recording already. Make another item for this one."))


def _cut(actor: Any, media: Media, shut: tuple[Any, ...]) -> None:
    """The public copy, silent where it is shut; where that cannot be done the recording stays here, and the page says so."""
    _drop_copies(media)
    try:
        made = recordings.public_copy(original(actor, media), media.media_type, shut)
    except recordings.CannotCut:
        media.trouble = "cannot_cut"
    else:
        assert not missing_cuts(shut, made.taken_out)
        media.public_name, media.public_size = _kept(made.content), len(made.content)
        media.taken_out, media.trouble = _pairs(made.taken_out), ""
    media.save()


def _draw(actor: Any, media: Media) -> None:
    """A picture in the sizes that pages and viewers ask for, each drawn anew from its dots."""
    from PIL import Image

    with Image.open(io.BytesIO(original(actor, media))) as picture:
        whole = picture.convert("RGB")
        widths = sorted({min(width, whole.width) for width in WIDTHS})
        media.sizes = []
        for width in widths:
            height, out = max(1, round(whole.height * width / whole.width)), io.BytesIO()
            whole.resize((width, height)).save(out, "JPEG", quality=85)
            media.sizes.append([width, height, _kept(out.getvalue())])
    media.save()


def _kept(content: bytes) -> str:
    """A file of the storage under a random name; not there if the transaction is undone."""
    name = default_storage.save(f"{FOLDER}/{secrets.token_hex(16)}", ContentFile(content))
    return str(name)


def _drop_copies(media: Media) -> None:
    names = [name for name in (media.public_name, *(size[2] for size in media.sizes)) if name]
    media.public_name, media.public_size, media.sizes, media.taken_out = "", 0, [], []
    if media.pk and not media._state.adding:  # noqa: SLF001 - Django's documented face of a row
        media.save()
    for name in names:
        transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]


def _pairs(shut: Any) -> list[list[int]]:
    return [[each.start, each.end] for each in shut]


def sweep_copies() -> int:
    """Take away copies that may not leave any more, and those that no row knows; how many."""
    ended = [
        each
        for each in with_facts(Unit.objects.filter(media__isnull=False).distinct())
        if not public_of(each).may(Scope.ONLINE)
    ]
    with transaction.atomic():
        for each in ended:
            for media in each.media.all():
                if media.public_name or media.sizes:
                    _drop_copies(media)
    return _sweep_unknown()


def _sweep_unknown() -> int:
    known = {name for name in Media.objects.values_list("public_name", flat=True) if name}
    known |= {size[2] for sizes in Media.objects.values_list("sizes", flat=True) for size in sizes}
    if not default_storage.exists(FOLDER):
        return 0
    lost = [name for name in default_storage.listdir(FOLDER)[1] if f"{FOLDER}/{name}" not in known]
    for name in lost:
        default_storage.delete(f"{FOLDER}/{name}")
    return len(lost)


def stamp_ended(today: dt.date | None = None) -> int:
    """Stamp units whose consent ended since they were last stamped, so that harvesters hear of it; how many."""
    day = today or timezone.localdate()
    ended = Unit.objects.annotate(last=Max("voices__consents__until_date")).filter(last__lt=day)
    rows = [pk for pk, changed, last in ended.values_list("pk", "changed_at", "last") if changed.date() <= last]
    return Unit.objects.filter(pk__in=rows).update(changed_at=timezone.now())
