"""Where the master key comes from. A provider only wraps and unwraps the keys of organisations (RFC 3394); none lies in the database.

``keys/master.json`` in the home names the provider; without it the key is a file of the home. While the master key is being
exchanged, ``keys/master.next.json`` names the new one beside the old; the rows themselves say which of the two wrapped them.
"""

import hashlib
import hmac
import json
import os
import secrets
import subprocess
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings

from hamroh.vault import keeper
from hamroh.vault.errors import MasterKeyRefused, VaultSealed

CURRENT, NEXT = "master.json", "master.next.json"
_HEADS = {True: b"HAMROH-DEMO-KEY\n", False: b"HAMROH-KEY\n"}
#: argon2id of a passphrase: 64 MiB, three passes
COST = {"memory_cost": 65536, "time_cost": 3, "parallelism": 1}
_KMS_SECONDS = 20


class Provider(Protocol):
    """Wraps keys of 32 bytes. ``key_id`` tells one master key from another and betrays nothing about it."""

    @property
    def key_id(self) -> str: ...
    def wrap(self, key: bytes) -> bytes: ...
    def unwrap(self, wrapped: bytes) -> bytes: ...


def identity(key: bytes) -> str:
    return hmac.digest(key, b"hamroh master key id", "sha256").hex()[:16]


class InHand:
    """A provider whose key of 32 bytes this process may hold: file, credential, passphrase."""

    def key(self) -> bytes:
        raise VaultSealed("the master key is not here")

    @property
    def key_id(self) -> str:
        return identity(self.key())

    def wrap(self, key: bytes) -> bytes:
        return aes_key_wrap(self.key(), key)

    def unwrap(self, wrapped: bytes) -> bytes:
        try:
            return aes_key_unwrap(self.key(), wrapped)
        except InvalidUnwrap:
            raise MasterKeyRefused("this master key did not wrap that key") from None


@dataclass(frozen=True)
class KeyFile(InHand):
    """A file of the home, readable by its owner alone."""

    path: Path
    demo: bool

    def key(self) -> bytes:
        return read_key_file(self.path, demo=self.demo)

    def make(self) -> None:
        """A new random key, unless the file is there."""
        if not self.path.exists():
            write_private(self.path, _HEADS[self.demo] + secrets.token_bytes(32))


@dataclass(frozen=True)
class Credential(InHand):
    """A credential that systemd hands to the service (``LoadCredential=`` or ``LoadCredentialEncrypted=``)."""

    name: str = "hamroh-master"

    def key(self) -> bytes:
        folder = os.environ.get("CREDENTIALS_DIRECTORY", "")
        path = Path(folder) / self.name
        if not folder or not path.is_file():
            raise VaultSealed(f"systemd handed over no credential {self.name}")
        content = path.read_bytes()
        if len(content) != 32:
            raise MasterKeyRefused(f"the credential {self.name} must be 32 bytes and has {len(content)}")
        return content


@dataclass(frozen=True)
class Passphrase(InHand):
    """A passphrase that somebody types after every start; the key of it lives in the keeper's memory only."""

    salt: str
    check: str
    socket: Path

    def key(self) -> bytes:
        key = keeper.ask(self.socket, self.check)
        if key is None:
            raise VaultSealed("the vault is sealed: run hamroh unseal")
        return key

    @property
    def key_id(self) -> str:
        return self.check

    def stretched(self, passphrase: str) -> bytes:
        """The key of a passphrase; MasterKeyRefused where it is not the one that was set."""
        key = self.opened_by(passphrase)
        if key is None:
            raise MasterKeyRefused("this is not the passphrase of the vault")
        return key

    def opened_by(self, passphrase: str) -> bytes | None:
        key = stretch(passphrase, bytes.fromhex(self.salt))
        return key if hmac.compare_digest(identity(key), self.check) else None


class Held(InHand):
    """A key that somebody typed a moment ago."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def key(self) -> bytes:
        return self._key


@dataclass(frozen=True)
class Command:
    """A key service: one command that wraps and one that unwraps, 32 bytes in and bytes out by standard input and output."""

    wraps: tuple[str, ...]
    unwraps: tuple[str, ...]

    @property
    def key_id(self) -> str:
        return hashlib.sha256(json.dumps([self.wraps, self.unwraps]).encode()).hexdigest()[:16]

    def wrap(self, key: bytes) -> bytes:
        return _told(self.wraps, key)

    def unwrap(self, wrapped: bytes) -> bytes:
        key = _told(self.unwraps, wrapped)
        if len(key) != 32:
            raise MasterKeyRefused("the key service answered with something that is no key")
        return key


def _told(command: tuple[str, ...], given: bytes) -> bytes:
    try:
        done = subprocess.run(command, input=given, capture_output=True, timeout=_KMS_SECONDS, check=True)  # noqa: S603 - the operator's own command
    except (OSError, subprocess.SubprocessError) as broken:
        raise VaultSealed(f"the key service does not answer: {type(broken).__name__}") from None
    return done.stdout


def stretch(passphrase: str, salt: bytes) -> bytes:
    """argon2id of a passphrase: 32 bytes."""
    return hash_secret_raw(passphrase.encode(), salt, hash_len=32, type=Type.ID, **COST)


# -- which one -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Settled:
    """The providers of a home: the current one, and the next one while the master key is being exchanged."""

    current: Provider
    coming: Provider | None = None
    all: tuple[Provider, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "all", (self.current, *([self.coming] if self.coming else [])))

    def of(self, key_id: str) -> Provider:
        """The provider whose key has this id; VaultSealed or MasterKeyRefused where none has."""
        for provider in self.all:
            if provider.key_id == key_id:
                return provider
        raise MasterKeyRefused("the master key at hand is not the one that wrapped this installation's keys")


def settled() -> Settled:
    """The providers that the home names."""
    return Settled(_read(CURRENT) or _file("master.key"), _read(NEXT))


def begin() -> None:
    """Make the key file of a home that has no key yet. Never where keys exist: a missing file is then a lost one."""
    current = settled().current
    if isinstance(current, KeyFile):
        current.make()


def _read(name: str) -> Provider | None:
    path = settings.HOME.folder("keys") / name
    return provider(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else None


def provider(said: dict[str, Any]) -> Provider:
    """A provider from what ``master.json`` says of it."""
    match said["provider"]:
        case "file":
            return _file(said["file"])
        case "credential":
            return Credential(said.get("name", "hamroh-master"))
        case "passphrase":
            return Passphrase(said["salt"], said["check"], keeper.place())
        case "command":
            return Command(tuple(said["wrap"]), tuple(said["unwrap"]))
    raise MasterKeyRefused(f"master.json names an unknown provider: {said['provider']}")


def _file(name: str) -> KeyFile:
    return KeyFile(settings.HOME.folder("keys") / name, demo=settings.HOME.mode == "demo")


def write_private(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Write a file of mode 0400 whole or not at all; one that is there stays unless it is to be replaced."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if replace:
        beside.replace(path)
        return
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    finally:
        beside.unlink()


def read_key_file(path: Path, *, demo: bool) -> bytes:
    """The 32 bytes of a key file; refused when others may read it or when it is marked as a demo's key in production."""
    if not path.is_file():
        raise VaultSealed(f"there is no master key at keys/{path.name}")
    if path.stat().st_mode & 0o077:
        raise MasterKeyRefused(f"others may read keys/{path.name}: chmod 0400 it, then exchange the key")
    content = path.read_bytes()
    if not demo and content.startswith(_HEADS[True]):
        raise MasterKeyRefused(f"keys/{path.name} is the key of a demo and never guards real data")
    key = content.removeprefix(_HEADS[True]).removeprefix(_HEADS[False])
    if len(key) != 32:
        raise MasterKeyRefused(f"keys/{path.name} is no key file: it was cut or changed")
    return key
