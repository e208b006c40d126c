"""The keys of organisations, as a process holds them: found by need, kept in memory, asked anew every few seconds.

A key that another process rotated or destroyed is noticed within REFRESH seconds. A key made in a transaction that has not
committed is never kept: were it rolled back, values would be sealed by a key that nobody has.
"""

import hashlib
import hmac
import secrets
import threading
import time
from functools import cached_property
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from hamroh.vault import providers
from hamroh.vault.errors import DrillNeeded, KeyDestroyed, MasterKeyRefused, Tampered, VaultSealed
from hamroh.vault.models import OrganisationKey, RecoveryDrill
from hamroh.vault.states import KeyLife

#: seconds after which a process looks whether keys changed elsewhere
REFRESH = 5.0
#: bytes that SHA-256 takes at once
_BLOCK = 64
#: stands for the installation itself, where a secret belongs to no organisation (a user's second factor)
INSTALLATION = UUID(int=0)


class KeySet:
    """All keys that grow from one secret of an organisation, each for one use (HKDF-SHA256)."""

    __slots__ = ("__dict__", "_blind", "_secret", "id", "organisation_id", "row_id", "wrapped")

    def __init__(self, row: OrganisationKey, secret: bytes) -> None:
        #: ``id`` stands in sealed values, ``row_id`` is the row's own
        self.id, self.row_id, self.organisation_id = row.known_as, row.pk, row.organisation_id
        self.wrapped = bytes(row.wrapped)
        self._secret = secret
        self._blind: dict[str, bytes] = {}

    def __repr__(self) -> str:
        return f"<keys {self.id}>"

    def derive(self, use: str) -> bytes:
        """32 bytes for one use, such as ``field/v1``; the organisation is bound in."""
        info = use.encode() + b"|" + self.organisation_id.bytes
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(self._secret)

    @cached_property
    def cipher(self) -> AESGCM:
        return AESGCM(self.derive("field/v1"))

    @cached_property
    def _row_mac(self) -> tuple[Any, Any]:
        key = self.derive("row/v1").ljust(_BLOCK, b"\0")
        return hashlib.sha256(bytes(byte ^ 0x36 for byte in key)), hashlib.sha256(bytes(byte ^ 0x5C for byte in key))

    def row_mac(self, told: bytes) -> bytes:
        """The MAC of a row's seal, HMAC-SHA256: a page asks fifty times, so both hashes of the key are kept (RFC 2104, section 4)."""
        inner, outer = self._row_mac
        inner, outer = inner.copy(), outer.copy()
        inner.update(told)
        outer.update(inner.digest())
        made: bytes = outer.digest()
        return made

    @cached_property
    def file_key(self) -> bytes:
        return self.derive("file/v1")

    def blind_key(self, label: str) -> bytes:
        """The key of one blind index."""
        if label not in self._blind:
            self._blind[label] = self.derive(f"blind/v1|{label}")
        return self._blind[label]

    def mac(self, use: str, *parts: bytes) -> bytes:
        """A keyed digest of parts (each with its length), 32 bytes."""
        told = b"".join(len(part).to_bytes(4) + part for part in parts)
        return hmac.digest(self.derive(use), told, "sha256")


class _Ring:
    """What this process knows: guarded by a lock, since a server answers in several threads."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.uncommitted = threading.local()
        self.forget()

    def forget(self) -> None:
        #: by the number of the organisation's id (it compares five times faster) and the one that stands in values
        self.keys: dict[tuple[int, int], KeySet] = {}
        self.active: dict[UUID, KeySet] = {}
        self.looked_at = -REFRESH

    def look(self) -> None:
        """Drop what changed elsewhere. Asked at every use, looks at most every REFRESH seconds."""
        if time.monotonic() - self.looked_at < REFRESH:
            return
        with self.lock:
            providers_still_open()
            held = [keys.row_id for keys in self.keys.values()]
            rows = {row.id: row for row in OrganisationKey.objects.filter(id__in=[*held, 0])}
            for name, keys in list(self.keys.items()):
                row = rows.get(keys.row_id)
                if row is None or bytes(row.wrapped) != keys.wrapped:
                    del self.keys[name]
            self.active = {
                organisation: keys
                for organisation, keys in self.active.items()
                if _name(keys) in self.keys and rows[keys.row_id].state == KeyLife.active.name
            }
            self.looked_at = time.monotonic()

    def keep(self, row: OrganisationKey, keys: KeySet) -> None:
        if row.id in getattr(self.uncommitted, "ids", ()):
            return
        with self.lock:
            self.keys[_name(keys)] = keys


def _name(keys: KeySet) -> tuple[int, int]:
    return keys.organisation_id.int, keys.id


_ring = _Ring()


def forget() -> None:
    """Hold no key any more; the next use asks again."""
    with _ring.lock:
        _ring.forget()


def is_open() -> bool:
    """Whether the master key is at hand; where nothing was sealed yet there is none to miss. A key service is not asked."""
    if not OrganisationKey.objects.exists():
        return True
    try:
        for provider in providers.settled().all:
            if isinstance(provider, providers.InHand):
                provider.key()
    except (VaultSealed, MasterKeyRefused):
        return False
    return True


def providers_still_open() -> None:
    """Forget every key when the one who kept the master key has gone: the vault is sealed from then on."""
    if not _ring.keys:
        return
    try:
        for provider in providers.settled().all:
            provider.key_id  # noqa: B018 - a provider without its key says so here
            if isinstance(provider, providers.Passphrase):
                provider.key()
    except VaultSealed:
        _ring.forget()
        raise


def active(organisation_id: UUID) -> KeySet:
    """The keys that seal for an organisation now; made at first need. VaultSealed, DrillNeeded."""
    _ring.look()
    held = _ring.active.get(organisation_id)
    if held is not None:
        return held
    _require_drill(organisation_id)
    keys = _unwrapped(_active_row(organisation_id) or _made(organisation_id))
    if _name(keys) in _ring.keys:
        _ring.active[organisation_id] = keys
    return keys


def opening(organisation_id: UUID, key_id: int) -> KeySet:
    """The keys that sealed a value; KeyDestroyed, or Tampered where the organisation never had such a key."""
    if time.monotonic() - _ring.looked_at >= REFRESH:
        _ring.look()
    keys = _ring.keys.get((organisation_id.int, key_id))
    if keys is None:
        row = OrganisationKey.objects.filter(organisation_id=organisation_id).numbered(key_id).first()
        if row is None:
            raise Tampered("a sealed value names a key that its organisation never had")
        keys = _unwrapped(row)
    return keys


def readable(organisation_id: UUID) -> list[KeySet]:
    """Every set of keys that may have made a blind index: the active one first."""
    rows = OrganisationKey.objects.filter(organisation_id=organisation_id).exclude(state=KeyLife.destroyed.name)
    return [_unwrapped(row) for row in sorted(rows, key=lambda row: (row.state, -row.id))]


def _active_row(organisation_id: UUID) -> OrganisationKey | None:
    return OrganisationKey.objects.filter(organisation_id=organisation_id, state=KeyLife.active.name).first()


def _unwrapped(row: OrganisationKey) -> KeySet:
    _ring.look()
    held = _ring.keys.get((row.organisation_id.int, row.known_as))
    if held is not None:
        return held
    if row.state == KeyLife.destroyed.name:
        raise KeyDestroyed("the key of this value was destroyed; what it sealed is gone")
    keys = KeySet(row, unwrapped(row))
    _ring.keep(row, keys)
    return keys


def unwrapped(row: OrganisationKey) -> bytes:
    """The secret of a key as it is: for whom hands an organisation's keys over. MasterKeyRefused, VaultSealed."""
    return providers.settled().of(row.wrapped_by).unwrap(bytes(row.wrapped))


def _made(organisation_id: UUID) -> OrganisationKey:
    """A first key; when another process made one in the same moment, that one."""
    try:
        with transaction.atomic():
            return make(organisation_id)
    except IntegrityError:
        row = _active_row(organisation_id)
        if row is None:
            raise
        return row


def wrap(secret: bytes) -> tuple[bytes, str]:
    """A secret under the newest master key, and that key's id."""
    if not OrganisationKey.objects.exclude(wrapped=b"").exists():
        providers.begin()
    provider = providers.settled().all[-1]
    return provider.wrap(secret), provider.key_id


def make(organisation_id: UUID) -> OrganisationKey:
    """A new active key of an organisation, wrapped by the newest master key."""
    now, number = timezone.now(), OrganisationKey.objects.filter(organisation_id=organisation_id).next_number()
    wrapped, wrapped_by = wrap(secrets.token_bytes(32))
    row = OrganisationKey.objects.create(
        organisation_id=organisation_id, number=number, wrapped=wrapped, wrapped_by=wrapped_by, made_at=now, changed_at=now,
    )  # fmt: skip
    if transaction.get_connection().in_atomic_block:
        ids = _ring.uncommitted.__dict__.setdefault("ids", set())
        ids.add(row.id)
        transaction.on_commit(lambda: ids.discard(row.id))
    return row


def _require_drill(organisation_id: UUID) -> None:
    """Real records wait until the organisation has shown that it can recover them; a demo holds none."""
    if settings.IS_DEMO or organisation_id == INSTALLATION:
        return
    if not RecoveryDrill.objects.filter(recovery__organisation_id=organisation_id, passed=True).exists():
        raise DrillNeeded("hold the recovery drill first: hamroh recovery drill")
