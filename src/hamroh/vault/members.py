"""Members' own keys, and the keys of records that only members open (S4).

A user's private key exists open only within ``with unlocked(...)`` or, once something asks for it, ``with offered(...)``. The
server alone, with every key it has, opens no S4 record: it holds shares of record keys sealed to public keys.
"""

import contextlib
import hashlib
import hmac
import os
import secrets
import threading
from base64 import b32encode
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import transaction
from django.utils import timezone
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from hamroh.vault import keyring, providers
from hamroh.vault.errors import DrillNeeded, KeyRenewed, MemberLocked, NoOwnKey, NotAMember, Tampered
from hamroh.vault.models import RECOVERY, MemberKey, MemberLock, RecordKey, RecordKeyShare, RecoveryKey

PASSPHRASE = "passphrase"  # noqa: S105 - the name of a lock
Record = tuple[str, str]
#: at most two at once: 64 MiB each
_STRETCHING = threading.BoundedSemaphore(2)


class WrongSecret(MemberLocked):
    """The passphrase or the passkey does not open this member's key."""


# -- the pair of a member ------------------------------------------------------------------------------------------


@transaction.atomic
def create(user_id: UUID, secret: str | bytes, *, name: str = PASSPHRASE, salt: bytes = b"") -> PrivateKey:
    """A new pair for a user, its private part under ``secret``: a passphrase, or 32 bytes that a passkey derived (WebAuthn PRF).

    A pair that the user had is gone. She stays a member of her records; ``readmit`` with two papers lets her open them again.
    """
    MemberKey.objects.filter(user_id=user_id).delete()
    RecordKeyShare.objects.filter(user_id=user_id).update(sealed=b"")
    private = PrivateKey.generate()
    public = bytes(private.public_key)
    MemberKey.objects.create(
        user_id=user_id, public=public, mac=_vouched("member/v1", user_id, public), made_at=timezone.now()
    )
    add_lock(user_id, private, secret, name=name, salt=salt)
    return private


def add_lock(user_id: UUID, private: PrivateKey, secret: str | bytes, *, name: str, salt: bytes = b"") -> None:
    """Let one more secret open the key: ``passphrase``, or a passkey's name. One of the same name is replaced.

    ``salt`` is the one that a passkey derived its secret with: who has the lock can ask for the same secret again.
    """
    salt = salt or new_salt()
    sealed = secretbox(_stretched(secret, salt), bytes(private), _bound(user_id, name))
    MemberLock.objects.update_or_create(member_id=user_id, name=name, defaults={"salt": salt, "sealed": sealed})


def new_salt() -> bytes:
    return os.urandom(16)


def remove_lock(user_id: UUID, *, name: str) -> bool:
    """Whether there was such a lock. Without the last one the key opens no more."""
    return bool(MemberLock.objects.filter(member_id=user_id, name=name).delete()[0])


def locks_of(user_id: UUID) -> dict[str, bytes]:
    """What opens a user's key: the names of its locks, each with its salt."""
    rows = MemberLock.objects.filter(member_id=user_id).order_by("name").values_list("name", "salt")
    return {name: bytes(salt) for name, salt in rows}


def rewrap(user_id: UUID, old: str | bytes, new: str | bytes, *, name: str = PASSPHRASE) -> None:
    """The passphrase changed: the same pair under the new one. WrongSecret where the old one is wrong."""
    add_lock(user_id, unlock(user_id, old, name=name), new, name=name)


def unlock(user_id: UUID, secret: str | bytes, *, name: str = PASSPHRASE) -> PrivateKey:
    """The private key of a user; WrongSecret where the secret does not open it or there is no such lock.

    Tampered where the lock holds another key than the one that this installation knows as hers.
    """
    lock = MemberLock.objects.filter(member_id=user_id, name=name).first()
    salt = bytes(lock.salt) if lock else bytes(16)
    key = _stretched(secret, salt)  # also without a lock: the time tells nothing
    try:
        private = PrivateKey(open_secretbox(key, bytes(lock.sealed), _bound(user_id, name)))  # type: ignore[union-attr]
    except (InvalidTag, AttributeError):
        raise WrongSecret("this does not open the member's key") from None
    if private.public_key != public_of(user_id):
        raise Tampered("a lock holds another key than its member's")
    return private


def has_key(user_id: UUID) -> bool:
    return MemberKey.objects.filter(user_id=user_id).exists()


def with_keys(user_ids: Iterable[UUID]) -> set[UUID]:
    """Of these people, those who have a key of their own and so can be made members of a record."""
    rows = MemberKey.objects.filter(user_id__in=list(user_ids)).values_list("user_id", flat=True)
    return {UUID(str(user_id)) for user_id in rows}


def fingerprint(user_id: UUID) -> str:
    """16 letters and digits by which people tell by word of mouth that they mean the same key; MemberLocked without one."""
    return _signs(b"own key|", public_of(user_id))


def recovery_fingerprint(organisation_id: UUID) -> str:
    """The signs by which keepers tell the papers of today from older ones; DrillNeeded without papers."""
    return _signs(b"recovery|", recovery_public(organisation_id))[:9]


def _signs(use: bytes, public: PublicKey) -> str:
    letters = b32encode(hashlib.sha256(use + bytes(public)).digest())[:16].decode()
    return " ".join(letters[start : start + 4] for start in range(0, 16, 4))


def secretbox(key: bytes, content: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(key).encrypt(nonce, content, bound)


def open_secretbox(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    return AESGCM(key).decrypt(sealed[:12], sealed[12:], bound)


def _bound(user_id: UUID, name: str) -> bytes:
    return b"member-lock/v1|" + user_id.bytes + name.encode()


def _stretched(secret: str | bytes, salt: bytes) -> bytes:
    """argon2id for what people type; a passkey's 32 random bytes need no stretching."""
    if isinstance(secret, bytes):
        return hmac.digest(secret, b"hamroh member lock|" + salt, "sha256")
    with _STRETCHING:
        return providers.stretch(secret, salt)


def _vouched(use: str, owner: UUID, public: bytes) -> bytes:
    return keyring.active(keyring.INSTALLATION).mac(use, owner.bytes, public)


def vouched_public(use: str, owner: UUID, row: MemberKey | RecoveryKey) -> PublicKey:
    """A public key that this installation itself put there; Tampered for one that was planted."""
    public, mac = bytes(row.public), bytes(row.mac)
    sets = keyring.readable(keyring.INSTALLATION)
    if not any(hmac.compare_digest(mac, keys.mac(use, owner.bytes, public)) for keys in sets):
        raise Tampered("a public key was not put there by this installation")
    return PublicKey(public)


def public_of(user_id: UUID) -> PublicKey:
    """The public key of a member; NoOwnKey where the user has none yet."""
    row = MemberKey.objects.filter(user_id=user_id).first()
    if row is None:
        raise NoOwnKey(user_id)
    return vouched_public("member/v1", user_id, row)


def recovery_public(organisation_id: UUID) -> PublicKey:
    row = RecoveryKey.objects.filter(organisation_id=organisation_id).first()
    if row is None:
        raise DrillNeeded("the organisation has no recovery key yet: hamroh recovery make")
    return vouched_public("recovery/v1", organisation_id, row)


# -- who is unlocked here ------------------------------------------------------------------------------------------


class _Unlocked:
    """The private key in use and the record keys that it opened, for one block of one request."""

    __slots__ = ("_private", "_take", "current", "keys", "user_id")

    def __init__(self, user_id: UUID, take: Callable[[], PrivateKey]) -> None:
        self.user_id, self._take = user_id, take
        self._private: PrivateKey | None = None
        self.keys: dict[tuple[Record, int], bytes] = {}
        self.current: dict[Record, int] = {}

    def __repr__(self) -> str:
        return "<unlocked>"

    @property
    def private(self) -> PrivateKey:
        """Taken when it is first needed, so that who opens nothing of this class never has it in memory."""
        if self._private is None:
            self._private = self._take()
        return self._private


_unlocked: ContextVar[_Unlocked | None] = ContextVar("hamroh_unlocked", default=None)


@contextlib.contextmanager
def unlocked(private: PrivateKey, *, user_id: UUID | None = None) -> Iterator[None]:
    """Within the block S4 records of this member open. ``user_id`` is found by the public key where it is not given."""
    if user_id is None:
        user_id = MemberKey.objects.get(public=bytes(private.public_key)).user_id
    with offered(lambda: private, user_id=user_id):
        yield


@contextlib.contextmanager
def offered(take: Callable[[], PrivateKey], *, user_id: UUID) -> Iterator[None]:
    """Within the block the first S4 value that is asked for calls ``take``, which gives the private key or raises MemberLocked."""
    token = _unlocked.set(_Unlocked(user_id, take))
    try:
        yield
    finally:
        _unlocked.reset(token)


@contextlib.contextmanager
def _at_hand() -> Iterator[_Unlocked]:
    held = _unlocked.get()
    if held is None:
        raise MemberLocked("a locating record opens only while a member's own key is unlocked")
    yield held


def sealing_key(record: Record) -> tuple[int, AESGCM]:
    """Id and cipher of a record's current key, for sealing."""
    with _at_hand() as held:
        if record not in held.current:
            row = RecordKey.objects.filter(kind=record[0], record_id=record[1], current=True).first()
            if row is None:
                raise MemberLocked("this record has no key yet: members.begin_record names its members first")
            held.keys[record, row.known_as] = _opened(held, row)
            held.current[record] = row.known_as
        key_id = held.current[record]
        return key_id, AESGCM(held.keys[record, key_id])


def require_key(record: Record) -> None:
    """MemberLocked, of whatever kind, where this record would not open here now: asked before an opening is written down."""
    with _at_hand() as held:
        row = RecordKey.objects.filter(kind=record[0], record_id=record[1], current=True).first()
        if row is not None and (record, row.known_as) not in held.keys:
            with contextlib.suppress(Tampered):  # told where the value itself is opened
                held.keys[record, row.known_as] = _opened(held, row)


def opening_key(key_id: int, record: Record) -> AESGCM:
    """The cipher of the key that sealed a value of this record. MemberLocked for everybody who is no member of it."""
    with _at_hand() as held:
        if (record, key_id) not in held.keys:
            row = RecordKey.objects.filter(kind=record[0], record_id=record[1]).numbered(key_id).first()
            if row is None:
                raise Tampered("a value names a key that its record never had")
            held.keys[record, key_id] = _opened(held, row)
        return AESGCM(held.keys[record, key_id])


def _opened(held: _Unlocked, row: RecordKey) -> bytes:
    share = RecordKeyShare.objects.filter(record_key=row, user_id=held.user_id).first()
    if share is None:
        raise NotAMember("this record has other members")
    if not share.sealed:
        raise KeyRenewed("your key was made anew: the organisation's recovery papers bring your records back")
    return open_share(share, held.private, row)


def open_share(share: RecordKeyShare, private: PrivateKey, row: RecordKey) -> bytes:
    """The record's key out of a share; Tampered where the key is not the one that was made for the record."""
    try:
        key = SealedBox(private).decrypt(bytes(share.sealed))
    except CryptoError:
        raise Tampered("a share of a record's key was changed") from None
    if not hmac.compare_digest(committed(key), bytes(row.commitment)) or not _is_ours(row):
        raise Tampered("a record's key was exchanged")
    return key


def committed(key: bytes) -> bytes:
    return hashlib.sha256(b"record key|" + key).digest()


def _is_ours(row: RecordKey) -> bool:
    sets = keyring.readable(keyring.INSTALLATION)
    return any(hmac.compare_digest(bytes(row.proof), _proof(keys, row)) for keys in sets)


def _proof(keys: keyring.KeySet, row: RecordKey) -> bytes:
    """Says that this installation made this key for this record, and tells nothing about the key."""
    parts = (row.kind.encode(), UUID(str(row.record_id)).bytes, row.organisation_id.bytes, bytes(row.commitment))
    return keys.mac("record/v1", *parts)


def require_ours(row: MemberKey | RecoveryKey | RecordKey) -> None:
    """Tampered where a public key, or a record's key, was not put there by this installation."""
    if isinstance(row, RecordKey):
        if not _is_ours(row):
            raise Tampered("a record's key was exchanged")
        return
    vouched_public(*_whose(row), row)


def vouch_anew(row: MemberKey | RecoveryKey | RecordKey) -> None:
    """This installation answers for a key from now on: for those of an organisation that moved here. The caller saves it."""
    if isinstance(row, RecordKey):
        row.proof = _proof(keyring.active(keyring.INSTALLATION), row)
    else:
        row.mac = _vouched(*_whose(row), bytes(row.public))


def _whose(row: MemberKey | RecoveryKey) -> tuple[str, UUID]:
    return ("member/v1", row.user_id) if isinstance(row, MemberKey) else ("recovery/v1", row.organisation_id)


# -- the key of a record -------------------------------------------------------------------------------------------


@transaction.atomic
def begin_record(record: Record, *, organisation_id: UUID, members: Iterable[UUID]) -> RecordKey:
    """Give a record its key, sealed to each member and to the organisation's recovery key; call before its first save.

    Within ``unlocked`` the new key is at hand at once. DrillNeeded without a recovery key, MemberLocked for a member without one.
    """
    return _deal(record, organisation_id, members, secrets.token_bytes(32))


def _deal(record: Record, organisation_id: UUID, members: Iterable[UUID], key: bytes) -> RecordKey:
    readers = {user_id: public_of(user_id) for user_id in set(members)}
    readers[RECOVERY] = recovery_public(organisation_id)
    before = RecordKey.objects.filter(kind=record[0], record_id=record[1])
    before.filter(current=True).update(current=False)
    row = RecordKey(
        organisation_id=organisation_id, kind=record[0], record_id=UUID(record[1]), number=before.next_number(),
        commitment=committed(key), made_at=timezone.now(),
    )  # fmt: skip
    row.proof = _proof(keyring.active(keyring.INSTALLATION), row)
    row.save()
    RecordKeyShare.objects.bulk_create(
        RecordKeyShare(record_key=row, user_id=user_id, sealed=SealedBox(public).encrypt(key))
        for user_id, public in readers.items()
    )
    _know(record, row.known_as, key, readers)
    return row


def _know(record: Record, key_id: int, key: bytes, readers: Iterable[UUID]) -> None:
    """Who unlocked her key here has the new one at hand if it is hers, and the one before no more in any case."""
    if (held := _unlocked.get()) is None:
        return
    held.current.pop(record, None)
    if held.user_id in readers:
        held.keys[record, key_id] = key
        held.current[record] = key_id


def members_of(record: Record) -> set[UUID]:
    """Who may open a record's locating fields."""
    shares = RecordKeyShare.objects.filter(record_key__kind=record[0], record_key__record_id=record[1])
    current = shares.filter(record_key__current=True).exclude(user_id=RECOVERY)
    return {UUID(str(user_id)) for user_id in current.values_list("user_id", flat=True)}


@transaction.atomic
def add_member(record: Record, user_id: UUID) -> None:
    """Let one more person open a record; somebody who is a member does so, with her key unlocked."""
    sealing_key(record)
    with _at_hand() as held:
        for row in RecordKey.objects.filter(kind=record[0], record_id=record[1]):
            key = held.keys.get((record, row.known_as)) or _opened(held, row)
            share(row, key, user_id)


def share(row: RecordKey, key: bytes, user_id: UUID) -> None:
    sealed = SealedBox(public_of(user_id)).encrypt(key)
    RecordKeyShare.objects.update_or_create(record_key=row, user_id=user_id, defaults={"sealed": sealed})


@transaction.atomic
def remove_member(record: Record, user_id: UUID) -> RecordKey:
    """Shut somebody out: her shares go, and a new key is dealt to the others. ``actions.shut_out`` seals the rows by it.

    Who made her own key anew is a member without a share, of this key too, until papers let her in again.
    """
    old = RecordKey.objects.select_for_update().get(kind=record[0], record_id=record[1], current=True)
    waiting = {UUID(str(each)) for each in old.shares.filter(sealed=b"").values_list("user_id", flat=True)} - {user_id}
    left = members_of(record) - {user_id} - waiting
    drop_shares(record, user_id)
    new = _deal(record, old.organisation_id, left, secrets.token_bytes(32))
    RecordKeyShare.objects.bulk_create(RecordKeyShare(record_key=new, user_id=each, sealed=b"") for each in waiting)
    return new


def drop_shares(record: Record, user_id: UUID) -> None:
    """Take somebody's shares of every key of a record."""
    RecordKeyShare.objects.filter(record_key__kind=record[0], record_key__record_id=record[1], user_id=user_id).delete()


def shred_record(record: Record) -> int:
    """Destroy every key of a record for ever: its locating fields open for nobody any more. How many keys went."""
    return RecordKey.objects.filter(kind=record[0], record_id=record[1]).delete()[0]
