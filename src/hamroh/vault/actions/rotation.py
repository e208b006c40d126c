"""The exchange of an organisation's key: every row is sealed anew, batch by batch, and any interruption is taken up again.

Each batch is one transaction that also says how far it came. The old key opens until it is destroyed, which waits SETTLE after the
last row: a process or a transaction that began before the exchange may still write under it.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from hamroh.vault import files, journal, keyring, members, poolentries, rowseals, sealing
from hamroh.vault.errors import Tampered
from hamroh.vault.fields import SealedModel, guarded
from hamroh.vault.models import NamePool, OrganisationKey, RecordKey, Rotation, SealedFile
from hamroh.vault.states import KeyLife
from hamroh.vault.values import Pending

BATCH = 500
SETTLE = dt.timedelta(hours=1)
Progress = Callable[[int, int], None]


class RotationRefused(ValueError):
    """The exchange cannot begin or end now; the message says why."""


def sealed_models() -> Iterator[type[SealedModel]]:
    return (model for model in apps.get_models() if issubclass(model, SealedModel))


def _holders() -> list[type[models.Model]]:
    """Every table whose rows stand under an organisation's key."""
    return [*sealed_models(), SealedFile, NamePool]


@transaction.atomic
def begin_rotation(*, actor: Any, organisation_id: UUID) -> OrganisationKey:
    """A new active key; the one before retires. An exchange that has not ended is gone on with instead."""
    if organisation_id == keyring.INSTALLATION:
        raise RotationRefused("the installation's own key is only wrapped anew: exchange the master key")
    keyring.active(organisation_id)
    rows = OrganisationKey.objects.select_for_update()
    old: OrganisationKey = rows.get(organisation_id=organisation_id, state=KeyLife.active.name)
    if Rotation.objects.filter(to_key=old, ended_at=None).exists():
        return old
    move(old, KeyLife.retiring.name)
    new = keyring.make(organisation_id)
    for model in _holders():
        total = _rows(model, organisation_id).count()
        Rotation.objects.create(organisation_id=organisation_id, to_key=new, kind=model._meta.label_lower, total=total)  # noqa: SLF001
    journal.record(actor=actor, verb="vault.rotate_key", about=new, facts={"from": old.known_as})
    transaction.on_commit(keyring.forget)
    return new


def continue_rotation(organisation_id: UUID, *, progress: Progress | None = None) -> int:
    """Seal the rows that are left under the active key; how many there were in all. Stop and call again at any time."""
    keyring.forget()
    steps = Rotation.objects.filter(organisation_id=organisation_id, ended_at=None, to_key__state=KeyLife.active.name)
    waiting = list(steps.order_by("kind"))
    total, done = sum(step.total for step in waiting), sum(step.done for step in waiting)
    for step in waiting:
        while handled := _batch(step.pk):
            done += handled
            if progress:
                progress(done, max(total, done))
    return done


@transaction.atomic
def _batch(step_id: UUID) -> int:
    """Seal up to BATCH rows of one model and say so in the same transaction; 0 when the model is through."""
    step = Rotation.objects.select_for_update(of=("self",)).select_related("to_key").get(pk=step_id)
    model = apps.get_model(step.kind)
    rows = _rows(model, step.organisation_id).select_for_update().order_by("pk")
    found = list((rows.filter(pk__gt=step.last_row) if step.last_row else rows)[:BATCH])
    for row in found:
        _reseal(row, step.to_key.known_as)
    if found:
        step.last_row, step.done = found[-1].pk, step.done + len(found)
    else:
        step.ended_at = timezone.now()
    step.save()
    return len(found)


def _reseal(row: Any, key_id: int) -> None:
    """Seal one row under the active key; a broken one is left as it is and told of."""
    if key_of(row) == key_id:
        return
    try:
        values = _anew(row)
    except Tampered:
        journal.record(actor=None, verb="vault.tampered", about=row, facts={"while": "rotation"})
        return
    models.QuerySet(type(row)).filter(pk=row.pk).update(**values)


def _anew(row: Any) -> dict[str, Any]:
    if isinstance(row, SealedFile):
        return files.resealed(row)
    return poolentries.resealed(row) if isinstance(row, NamePool) else resealed(row)


def resealed(row: SealedModel) -> dict[str, Any]:
    """The columns of a row sealed under the active key, with its indexes and its seal; S4 values keep their record's own key."""
    proved = sealing.sealed_row(row)
    fields = sealing.sealed_fields(type(row))
    for name, field in fields.items():
        proved.newest(field, getattr(row, name))
    own = [name for name, field in fields.items() if field.data_class != "S4"]
    plain = {name: sealing.open_column(row, fields[name]) for name in own}
    row.__dict__.update({name: Pending(value) for name, value in plain.items()})
    sealing.set_state(row, proved.state.after(sealing.seal_columns(row, own)))
    return {name: row.__dict__[name] for name in guarded(type(row)) if name not in fields or name in own}


def key_of(row: Any) -> int:
    """The id of the key that a row stands under."""
    if isinstance(row, SealedFile):
        return files.key_id_of(row)
    return poolentries.key_id_of(row) if isinstance(row, NamePool) else rowseals.key_id_of(row.row_seal or b"")


def _rows(model: type[models.Model], organisation_id: UUID) -> models.QuerySet[Any]:
    owner = getattr(model, "seal_organisation", "organisation_id")
    return model._base_manager.filter(**{owner: organisation_id})  # noqa: SLF001 - every row, whatever a manager hides


def finish_rotation(*, actor: Any, organisation_id: UUID, settle: dt.timedelta = SETTLE) -> int:
    """Destroy the retired keys of an organisation under which nothing stands any more; how many.

    RotationRefused while rows are left, or before ``settle`` has passed since the last batch.
    """
    retired = list(OrganisationKey.objects.filter(organisation_id=organisation_id, state=KeyLife.retiring.name))
    steps = Rotation.objects.filter(organisation_id=organisation_id, to_key__state=KeyLife.active.name)
    if not retired:
        return 0
    ended = [step.ended_at for step in steps]
    if None in ended or timezone.now() - max(filter(None, ended), default=timezone.now()) < settle:
        raise RotationRefused("wait: rows are being sealed anew, or were until a moment ago")
    if left := _left_under({key.known_as for key in retired}, organisation_id):
        steps.update(ended_at=None, last_row=None, done=0)
        raise RotationRefused(f"{left} rows stand under the old key: run the rotation once more, look into broken ones")
    with transaction.atomic():
        for key in retired:
            destroy_key(actor=actor, key=key)
    return len(retired)


def _left_under(keys: set[int], organisation_id: UUID) -> int:
    found = 0
    for model in _holders():
        found += sum(key_of(row) in keys for row in _rows(model, organisation_id).iterator(BATCH))
    return found


@transaction.atomic
def destroy_key(*, actor: Any, key: OrganisationKey) -> None:
    """Destroy a key for ever: everything that only it sealed is unreadable from now on, also in every copy that has no older copy of the keys."""
    key.wrapped = b""
    move(key, KeyLife.destroyed.name)
    journal.record(actor=actor, verb="vault.destroy_key", about=key)
    transaction.on_commit(keyring.forget)


@transaction.atomic
def destroy_organisation(*, actor: Any, organisation_id: UUID) -> int:
    """Crypto-shredding: destroy all keys of an organisation and of its records. How many keys went."""
    keys = OrganisationKey.objects.filter(organisation_id=organisation_id).exclude(state=KeyLife.destroyed.name)
    gone = list(keys.select_for_update())
    for key in gone:
        destroy_key(actor=actor, key=key)
    NamePool.objects.filter(organisation_id=organisation_id).delete()
    transaction.on_commit(_sweep)
    records = RecordKey.objects.filter(organisation_id=organisation_id)
    count = len(gone) + records.count()
    for kind, record_id in set(records.values_list("kind", "record_id")):
        members.shred_record((kind, str(record_id)))
    return count


def _sweep() -> None:
    from hamroh.vault import poolfiles

    poolfiles.sweep()


def move(key: OrganisationKey, state: str) -> None:
    KeyLife.check(key.state, state)
    key.state, key.changed_at = state, timezone.now()
    key.save(update_fields=["state", "wrapped", "changed_at"])
