"""The master key: exchanged in one transaction that wraps every organisation's key anew; no row of theirs is touched."""

import json
import os
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from hamroh.vault import journal, keeper, keyring, providers
from hamroh.vault.errors import MasterKeyRefused
from hamroh.vault.models import OrganisationKey
from hamroh.vault.providers import CURRENT, NEXT, Passphrase, Provider


def exchange_master(*, actor: Any, said: Mapping[str, Any] | None = None, passphrase: str = "") -> int:
    """Wrap every key by a new master key; how many there were. One that was interrupted is gone on with.

    ``said`` is what ``master.json`` will say (a new key file where it is not given); ``passphrase`` its words where it is one.
    """
    folder: Path = settings.HOME.folder("keys")
    if not (folder / NEXT).exists():
        providers.write_private(folder / NEXT, json.dumps(dict(said or _new_file())).encode())
    coming = providers.settled().coming
    assert coming is not None
    if isinstance(coming, providers.KeyFile):
        coming.make()
    new: Provider = providers.Held(coming.stretched(passphrase)) if isinstance(coming, Passphrase) else coming
    old = providers.settled().current
    count = _wrap_all(actor, new, coming.key_id)
    (folder / NEXT).replace(folder / CURRENT)
    _drop(old, coming)
    keyring.forget()
    return count


@transaction.atomic
def _wrap_all(actor: Any, new: Provider, new_id: str) -> int:
    keys = OrganisationKey.objects.select_for_update().exclude(wrapped_by=new_id).exclude(wrapped=b"")
    known = providers.settled()
    rows = list(keys)
    for row in rows:
        row.wrapped = new.wrap(known.of(row.wrapped_by).unwrap(bytes(row.wrapped)))
        row.wrapped_by, row.changed_at = new_id, timezone.now()
        row.save(update_fields=["wrapped", "wrapped_by", "changed_at"])
    if rows:
        journal.record(actor=actor, verb="vault.exchange_master", about=rows[0], facts={"keys": len(rows)})
    return len(rows)


def _new_file() -> dict[str, str]:
    return {"provider": "file", "file": f"master-{secrets.token_hex(4)}.key"}


def _drop(old: Provider, new: Provider) -> None:
    """Overwrite and remove the file of a key that wraps nothing any more."""
    if not isinstance(old, providers.KeyFile) or old == new or not old.path.exists():
        return
    old.path.chmod(0o600)
    with old.path.open("r+b") as file:
        file.write(secrets.token_bytes(old.path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    old.path.unlink()


def set_passphrase(*, actor: Any, passphrase: str) -> int:
    """Let a typed passphrase be the master key from now on; it is kept by nobody but people."""
    if len(passphrase) < 20:
        raise MasterKeyRefused("a passphrase that guards every key needs 20 characters or more")
    salt = secrets.token_bytes(16)
    check = providers.identity(providers.stretch(passphrase, salt))
    said = {"provider": "passphrase", "salt": salt.hex(), "check": check}
    return exchange_master(actor=actor, said=said, passphrase=passphrase)


def keep_passphrase(passphrase: str) -> dict[str, bytes]:
    """The keys that a passphrase opens, for the keeper. MasterKeyRefused where it opens none."""
    found = {}
    for provider in providers.settled().all:
        if isinstance(provider, Passphrase) and (key := provider.opened_by(passphrase)) is not None:
            found[provider.check] = key
    if not found:
        raise MasterKeyRefused("this is not the passphrase of the vault, or the vault has none")
    return found


def keep(keys: dict[str, bytes], ready: Callable[[], object] = lambda: None) -> None:
    """Be the keeper, until told to end; ``ready`` is called when it can be asked."""
    keeper.serve(keeper.place(), keys, ready)


def forget_passphrase() -> bool:
    """Seal the vault: the keeper ends, and every process forgets its keys within seconds. False where it was sealed already."""
    return keeper.end(keeper.place())
