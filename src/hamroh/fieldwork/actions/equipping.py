"""Devices and keys: made at the desk, told once, taken back at the desk."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation, User
from hamroh.accounts.sealing import digest
from hamroh.fieldwork import digestaccess, sealedforms
from hamroh.fieldwork.models import Device, DeviceKind, Form, FormKey
from hamroh.vault import journal
from hamroh.web.codes import LETTERS

#: signs of a password that somebody may have to type on a telephone: 80 bits
_SIGNS = 16


class CannotEquip(ValueError):
    """Nobody is given such a device; the message can be shown."""


@dataclass(frozen=True)
class Equipped:
    """A device with what is told of it once: the password for digest access, the token that stands in an address."""

    device: Device
    password: str
    token: str


@transaction.atomic
def make_device(*, actor: Any, organisation: Organisation, holder: User, label: str = "") -> Equipped:
    """Make a device for somebody who fills forms. Its password and its token are told now and never again."""
    device = Device(
        organisation=organisation, holder=holder, kind=DeviceKind.COLLECT, label=label.strip()[:60], made_by=actor
    )
    policy.require(actor, "device.manage", device)
    if not policy.allowed(holder, "form.fill", Form(organisation=organisation)):
        raise CannotEquip(_("This person may not fill forms here."))
    password = "".join(secrets.choice(LETTERS) for _each in range(_SIGNS))
    token = secrets.token_urlsafe(32)
    device.secret = digestaccess.secret_of(device.code, password)
    device.token_hash = digest(token)
    device.save()
    journal.record(actor=actor, verb="device.make", about=device, facts={"holder": str(holder.pk)})
    return Equipped(device, password, token)


@transaction.atomic
def revoke_device(*, actor: Any, device: Device) -> None:
    """Take a device back: from now on it fetches nothing and sends nothing."""
    policy.require(actor, "device.manage", device)
    if device.revoked_at is None:
        device.revoked_at = timezone.now()
        device.save(update_fields=["revoked_at"])
        journal.record(actor=actor, verb="device.revoke", about=device)


@transaction.atomic
def make_key(*, actor: Any, organisation: Organisation, is_kept_here: bool) -> tuple[FormKey, bytes]:
    """Make a pair of keys. The private one is sealed here, or handed over now as PEM and kept by the organisation alone."""
    public, private = sealedforms.new_pair()
    key = FormKey(organisation=organisation, public=public, private=private if is_kept_here else None, made_by=actor)
    policy.require(actor, "form_key.manage", key)
    key.save()
    journal.record(actor=actor, verb="form_key.make", about=key, facts={"kept_here": is_kept_here})
    return key, b"" if is_kept_here else sealedforms.as_pem(private)


@transaction.atomic
def retire_key(*, actor: Any, key: FormKey) -> None:
    """Let no new form seal to it; what was sealed to it is opened as before."""
    policy.require(actor, "form_key.manage", key)
    if key.retired_at is None:
        key.retired_at = timezone.now()
        key.save(update_fields=["retired_at"])
        journal.record(actor=actor, verb="form_key.retire", about=key)
