"""Entries of name pools: hashes of names and facts under a secret of the pool, sealed in a table which is the truth.

A turn is given to each that comes, changes or goes, so that whoever has read the table up to one reads on from it.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.db import IntegrityError, transaction

from hamroh.vault import envelope, journal, sealing
from hamroh.vault.models import NamePool, PoolEntry

if TYPE_CHECKING:
    from hamroh.kernel.linkage.entries import Entry

_SECRET, _ENTRY = "vault.namepool.secret", "vault.poolentry.entry"
BATCH = 500
#: what a room tells of some of its records, for their entries to be made anew: by organisation and ids
Source = Callable[[UUID, Sequence[UUID]], Iterable[Mapping[str, Any]]]
_sources: dict[str, Source] = {}


def declare(kind: str, source: Source) -> None:
    """Say once, in the room's ``AppConfig.ready``, where the people of a kind come from when all entries must be made anew."""
    _sources[kind] = source


def put(kind: str, organisation_id: UUID, people: Iterable[Mapping[str, Any]]) -> None:
    """Let people be found by name from now on, or by what they are called now; within the transaction that writes their records.

    A person is a record of `hamroh.kernel.linkage` whose ``id`` is that of the room's record. ValueError says what cannot be read;
    then nobody was put.
    """
    from hamroh.kernel.linkage.entries import entries_of
    from hamroh.kernel.linkage.keying import Keying
    from hamroh.kernel.linkage.parts import tables

    with transaction.atomic():
        pool = _locked(kind, organisation_id) or _made(kind, organisation_id)
        secret = _secret(pool)
        entries = [entry for _person, entry in entries_of(people, Keying(_hashing(secret), most=None))]
        cipher = _cipher(secret)
        rows = [_row(pool, entry, turn, cipher, tables()) for turn, entry in enumerate(entries, pool.turn + 1)]
        PoolEntry.objects.bulk_create(
            rows, batch_size=BATCH, update_conflicts=True, unique_fields=["pool", "record_id"],
            update_fields=["turn", "form", "sealed"],
        )  # fmt: skip
        pool.turn += len(rows)
        pool.save(update_fields=["turn"])


def withdraw(kind: str, organisation_id: UUID, ids: Iterable[UUID]) -> None:
    """Let records be found by name no more; ids that are not there are passed over."""
    with transaction.atomic():
        pool = _locked(kind, organisation_id)
        if pool is None:
            return
        rows = list(PoolEntry.objects.filter(pool=pool, record_id__in=list(ids)).exclude(sealed=b""))
        for row in rows:
            pool.turn += 1
            row.turn, row.sealed = pool.turn, b""
        PoolEntry.objects.bulk_update(rows, ["turn", "sealed"], batch_size=BATCH)
        pool.save(update_fields=["turn"])


def renew(pool: NamePool) -> int:
    """Make entries anew that were made by older tables of names, as far as the room said where to get them; how many."""
    from hamroh.kernel.linkage.parts import tables

    source = _sources.get(pool.kind)
    old = PoolEntry.objects.filter(pool=pool).exclude(form=tables()).exclude(sealed=b"")
    ids = list(old.values_list("record_id", flat=True)) if source else []
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        with journal.openings("task"):
            put(pool.kind, pool.organisation_id, source(pool.organisation_id, some) if source else ())
    return len(ids)


# -- the secret ----------------------------------------------------------------------------------------------------


def _locked(kind: str, organisation_id: UUID) -> NamePool | None:
    """The pool, for this transaction alone: turns commit in their order."""
    return NamePool.objects.select_for_update().filter(organisation_id=organisation_id, kind=kind).first()


def _made(kind: str, organisation_id: UUID) -> NamePool:
    """A new pool, or the one that another transaction made in the meantime."""
    pool = NamePool(organisation_id=organisation_id, kind=kind)
    pool.secret = _sealed(pool, secrets.token_bytes(32))
    try:
        with transaction.atomic():
            pool.save(force_insert=True)
    except IntegrityError:
        return NamePool.objects.select_for_update().get(organisation_id=organisation_id, kind=kind)
    return pool


def _sealed(pool: NamePool, secret: bytes) -> bytes:
    return sealing.seal(secret, label=_SECRET, row=pool.pk, organisation_id=pool.organisation_id)


def _secret(pool: NamePool) -> bytes:
    """VaultSealed while there is no master key, KeyDestroyed where the organisation's keys are gone."""
    secret: bytes = sealing.unseal(bytes(pool.secret), label=_SECRET, row=pool.pk, organisation_id=pool.organisation_id)
    return secret


def resealed(pool: NamePool) -> dict[str, bytes]:
    """The secret under the organisation's active key; hashes and entries stay as they are."""
    return {"secret": _sealed(pool, _secret(pool))}


def key_id_of(pool: NamePool) -> int:
    return envelope.key_id_of(bytes(pool.secret))


def _derived(secret: bytes, use: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=use).derive(secret)


def _hashing(secret: bytes) -> Callable[[str], int]:
    """Keys as numbers that nobody can work out without the secret (BLAKE2b, RFC 7693, keyed)."""
    keyed = hashlib.blake2b(key=_derived(secret, b"keys/v1"), digest_size=8)

    def hashed(key: str) -> int:
        state = keyed.copy()
        state.update(key.encode("utf-8", "surrogatepass"))
        return int.from_bytes(state.digest())

    return hashed


# -- entries -------------------------------------------------------------------------------------------------------


def _cipher(secret: bytes) -> AESGCM:
    return AESGCM(_derived(secret, b"entry/v1"))


def _row(pool: NamePool, entry: "Entry", turn: int, cipher: AESGCM, form: str) -> PoolEntry:
    row = PoolEntry(
        pool=pool, organisation_id=pool.organisation_id, record_kind=pool.kind, record_id=UUID(entry.id), turn=turn,
        form=form,
    )  # fmt: skip
    row.sealed = envelope.seal(0, cipher, _at(row), entry.packed())
    return row


def _at(row: PoolEntry) -> bytes:
    """An entry opens for its record and its turn alone: an older one cannot be put back."""
    return envelope.place(_ENTRY, row.record_id, row.organisation_id) + row.pool_id.bytes + row.turn.to_bytes(8)


class Reading:
    """What entries of one pool are read with."""

    def __init__(self, pool: NamePool) -> None:
        secret = _secret(pool)
        self.hashing, self._cipher = _hashing(secret), _cipher(secret)

    def entry(self, row: PoolEntry) -> "Entry":
        """Tampered where the row is not what was put there."""
        from hamroh.kernel.linkage.entries import Entry

        return Entry.unpacked(str(row.record_id), envelope.unseal(self._cipher, _at(row), bytes(row.sealed)))
