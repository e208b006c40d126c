"""Recovery of an organisation: its private key exists only on three papers, of which any two bring it back (SLIP-39)."""

import os
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, SealedBox

from hamroh.vault import journal, keyring, members, sealing
from hamroh.vault import papers as sheets
from hamroh.vault.actions.rotation import sealed_models
from hamroh.vault.errors import Tampered
from hamroh.vault.fields import SealedModel
from hamroh.vault.models import RECOVERY, MemberKey, RecordKey, RecordKeyShare, RecoveryDrill, RecoveryKey


class RecoveryRefused(ValueError):
    """The papers do not bring this organisation's key back; the message says why."""


@transaction.atomic
def make_recovery(*, actor: Any, organisation_id: UUID, old_papers: Sequence[str] = ()) -> list[str]:
    """Three papers, to be printed once and kept by three people in three places; nothing here can print them again.

    An organisation that has papers exchanges them only with two of the old ones. A drill must follow either way.
    """
    row = RecoveryKey.objects.select_for_update().filter(organisation_id=organisation_id).first()
    old = restored(organisation_id, old_papers) if row else None
    private = PrivateKey.generate()
    public = bytes(private.public_key)
    mac = keyring.active(keyring.INSTALLATION).mac("recovery/v1", organisation_id.bytes, public)
    if row:
        row.drills.all().delete()
    facts = {"public": public, "mac": mac, "made_at": timezone.now(), "made_by": getattr(actor, "pk", None)}
    row, _new = RecoveryKey.objects.update_or_create(organisation_id=organisation_id, defaults=facts)
    if old:
        _reshare(organisation_id, old, private)
    journal.record(actor=actor, verb="vault.make_recovery", about=row)
    transaction.on_commit(keyring.forget)
    return sheets.split(bytes(private))


def _reshare(organisation_id: UUID, old: PrivateKey, new: PrivateKey) -> None:
    """Seal every record's key to the new recovery key."""
    for share in _recovery_shares(organisation_id):
        key = members.open_share(share, old, share.record_key)
        share.sealed = SealedBox(new.public_key).encrypt(key)
        share.save(update_fields=["sealed"])


def _recovery_shares(organisation_id: UUID) -> Any:
    shares = RecordKeyShare.objects.select_related("record_key").filter(user_id=RECOVERY)
    return shares.filter(record_key__organisation_id=organisation_id)


def restored(organisation_id: UUID, papers: Sequence[str]) -> PrivateKey:
    """The private recovery key out of two papers. RecoveryRefused for one alone, a wrong word, or papers of somebody else."""
    public = members.recovery_public(organisation_id)
    try:
        private = PrivateKey(sheets.together(papers))
    except (ValueError, TypeError):
        raise RecoveryRefused("two papers of one set are needed, each word as it is printed") from None
    if private.public_key != public:
        raise RecoveryRefused("these papers are whole and belong to another set: look for newer ones")
    return private


def hold_drill(*, actor: Any, organisation_id: UUID, papers: Sequence[str]) -> RecoveryDrill:
    """Prove that two papers recover: they open a fresh test box and, where records exist, a record's own share.

    The drill is kept whether it passes or not; RecoveryRefused says why it did not.
    """
    try:
        private = restored(organisation_id, papers)
        _open_sample(organisation_id, private)
    except RecoveryRefused:
        _keep_drill(actor, organisation_id, passed=False)
        raise
    return _keep_drill(actor, organisation_id, passed=True)


def _open_sample(organisation_id: UUID, private: PrivateKey) -> None:
    test = os.urandom(32)
    try:
        opened = SealedBox(private).decrypt(SealedBox(members.recovery_public(organisation_id)).encrypt(test))
    except CryptoError:
        opened = b""
    if opened != test:
        raise RecoveryRefused("the recovered key does not open what was sealed for it")
    for share in _recovery_shares(organisation_id).order_by("?")[:3]:
        members.open_share(share, private, share.record_key)


@transaction.atomic
def _keep_drill(actor: Any, organisation_id: UUID, *, passed: bool) -> RecoveryDrill:
    row = RecoveryKey.objects.get(organisation_id=organisation_id)
    drill = RecoveryDrill.objects.create(
        recovery=row, held_at=timezone.now(), actor_id=getattr(actor, "pk", None), passed=passed
    )
    journal.record(actor=actor, verb="vault.hold_drill", about=row, facts={"passed": passed})
    return drill


@transaction.atomic
def readmit(*, actor: Any, organisation_id: UUID, papers: Sequence[str], user_id: UUID) -> int:
    """After a lost passphrase: let a member's new pair open the records that she was a member of; how many keys.

    Whoever asks compares ``members.fingerprint`` with what she reads from her screen first: the key is hers and nobody's who
    sat at her desk.
    """
    if not members.has_key(user_id):
        raise RecoveryRefused("she has no key yet: she makes a new one on the page of her account first")
    private = restored(organisation_id, papers)
    lost = RecordKeyShare.objects.filter(user_id=user_id, record_key__organisation_id=organisation_id, sealed=b"")
    keys = set(lost.values_list("record_key_id", flat=True))
    for share in _recovery_shares(organisation_id).filter(record_key__in=keys):
        members.share(share.record_key, members.open_share(share, private, share.record_key), user_id)
    member = MemberKey.objects.get(user_id=user_id)
    journal.record(actor=actor, verb="vault.readmit_member", about=member, facts={"keys": len(keys)})
    return len(keys)


@transaction.atomic
def shut_out(*, actor: Any, record: tuple[str, str], user_id: UUID) -> int:
    """Remove a member of a record: a new key for those who stay, and every locating value sealed by it. How many rows.

    Somebody who stays calls it with her key unlocked. What the removed member read before, he knows.
    """
    rows = [(row, _locating(row)) for row in rows_under(record)]
    new = members.remove_member(record, user_id)
    for row, values in rows:
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=list(values))
    RecordKey.objects.filter(kind=record[0], record_id=record[1], current=False).delete()
    journal.record(actor=actor, verb="vault.shut_out", about=new, facts={"rows": len(rows)})
    return len(rows)


@transaction.atomic
def leave(*, actor: Any, user_id: UUID, organisation_id: UUID) -> int:
    """Somebody left: what an organisation seals from now on opens to her no more. How many records got a new key for those who stay.

    It needs nobody's own key. What was sealed before stands as it is until somebody who stays calls ``shut_out`` or writes it anew.
    A record without another member keeps its key: nobody else could seal anything by it.
    """
    keys = RecordKey.objects.filter(organisation_id=organisation_id, current=True, shares__user_id=user_id)
    shared = [key for key in keys.order_by("pk") if members.members_of(_record(key)) != {user_id}]
    for key in shared:
        try:
            with transaction.atomic():
                new = members.remove_member(_record(key), user_id)
            journal.record(actor=actor, verb="vault.leave_record", about=new)
        except Tampered:  # a role must end also where somebody planted a key among those who stay
            members.drop_shares(_record(key), user_id)
            journal.record(actor=actor, verb="vault.tampered", about=key, facts={"while": "leaving"})
    return len(shared)


def _record(key: RecordKey) -> tuple[str, str]:
    return key.kind, str(key.record_id)


def _locating(row: SealedModel) -> dict[str, Any]:
    fields = sealing.sealed_fields(type(row)).items()
    return {name: sealing.open_column(row, field) for name, field in fields if field.data_class == "S4"}


def rows_under(record: tuple[str, str]) -> Iterable[SealedModel]:
    """Every row that stands under a record and has locating fields."""
    key = RecordKey.objects.filter(kind=record[0], record_id=record[1], current=True).first()
    for model in sealed_models() if key else ():
        if any(field.data_class == "S4" for field in sealing.sealed_fields(model).values()):
            owner = getattr(model, "seal_organisation", "organisation_id")
            rows = model._base_manager.filter(**{owner: key.organisation_id})  # type: ignore[union-attr] # noqa: SLF001
            yield from (row for row in rows.select_for_update() if sealing.record_of(row) == record)
