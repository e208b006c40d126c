"""Which device it is that asks, found before anybody knows whose rows may be seen."""

import time
from urllib.parse import unquote, urlsplit

from hamroh import vault
from hamroh.accounts import rowsecurity
from hamroh.accounts.sealing import digest
from hamroh.fieldwork import digestaccess
from hamroh.fieldwork.models import Device
from hamroh.fieldwork.selectors import forms as reads
from hamroh.vault.decisions import Upkeep

#: seconds for which what a device's password hashes to is remembered in this process; its row is read each time all the same
REMEMBERED = 600
_MOST = 2000
_secrets: dict[tuple[str, bytes], tuple[float, str]] = {}


def by_token(token: str) -> Device | None:
    """The device whose address carries this token."""
    with rowsecurity.opened_for_all():
        return reads.device_by_token(digest(token))


def by_digest(told: digestaccess.Credentials, method: str) -> Device | None:
    """The device that says its name and knows its password."""
    with rowsecurity.opened_for_all():
        device = reads.device_by_code(told.username)
        secret = _secret(device) if device is not None else digestaccess.secret_of(told.username, "nobody")
    return device if digestaccess.fits(told, secret, method) else None


def is_asked(path: str, uri: str) -> bool:
    """Whether the credentials are for this address; some write it whole, some decode it."""
    parts = urlsplit(uri)
    said = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return unquote(said) == unquote(path)


def _secret(device: Device) -> str:
    """What is kept of its password. Its opening is written down once in a while, not with every form that is sent."""
    key, now = (str(device.pk), bytes(device.row_seal or b"")), time.monotonic()
    found = _secrets.get(key)
    if found is None or found[0] < now:
        decision = Upkeep((device._meta.label_lower, str(device.pk)), actor_id=device.holder_id, verb="device.enter")  # noqa: SLF001
        if len(_secrets) > _MOST:
            _secrets.clear()
        found = now + REMEMBERED, vault.open(device, "secret", decision=decision, purpose="a device signs in") or ""
        _secrets[key] = found
    return found[1]
