"""Browsers that fill forms: brought in by whom they belong to; what they sealed is opened and taken in like what any device sends."""

import io
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hamroh import vault
from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.sealing import digest
from hamroh.fieldwork import answers, packages, sealedforms
from hamroh.fieldwork.actions import receiving
from hamroh.fieldwork.actions.receiving import NotTaken, Receipt
from hamroh.fieldwork.models import Device, DeviceKind, Form, FormKey, FormVersion
from hamroh.fieldwork.selectors import fillers
from hamroh.fieldwork.trees import Unreadable
from hamroh.vault import journal
from hamroh.vault.decisions import Upkeep

_PURPOSE = "a filled form is opened"
#: ending of a part that stays shut
_ENDING = ".hamroh"


@transaction.atomic
def bring_in(*, actor: Any, organisation: Organisation, label: str = "") -> tuple[Device, str]:
    """A browser becomes a device of the actor's: the device and its token, which is kept nowhere here."""
    policy.require(actor, "form.fill", Form(organisation=organisation))
    ensure_key(organisation=organisation)
    token = secrets.token_urlsafe(32)
    device = Device(
        organisation=organisation, holder=actor, kind=DeviceKind.BROWSER, label=label.strip()[:60], made_by=actor,
        token_hash=digest(token),
    )  # fmt: skip
    device.save()
    journal.record(actor=actor, verb="device.bring_in", about=device)
    return device, token


@transaction.atomic
def ensure_key(*, organisation: Organisation) -> FormKey:
    """The key to which an organisation's devices seal; the first browser has one made, whose private half lies sealed here."""
    key = fillers.current_key(organisation.pk)
    if key is None:
        public, private = sealedforms.new_pair()
        key = FormKey(organisation=organisation, public=public, private=private, made_by=None)
        key.save()
        journal.record(actor=None, verb="form_key.make", about=key)
    return key


def take_package(*, device: Device, head: packages.Head, parts: Mapping[int, bytes]) -> Receipt:
    """Open what a browser sealed and take it in; NotTaken says why not. Where the organisation keeps its key alone it stays shut."""
    sealer, version, key = _sealer(device, head), _version(device, head), _key(device, head)
    if not key.private:
        return _kept_shut(sealer, version, head, parts)
    private = vault.open(key, "private", decision=_upkeep(key, device), purpose=_PURPOSE)
    try:
        xml, files = packages.opened(head, parts, private)
    except packages.WillNotOpen as fault:
        raise NotTaken(
            fault.code, _("What was sealed on the device does not open: it was changed on its way.")
        ) from None
    _require_same(version, head, xml)
    return receiving.receive(device=sealer, xml=xml, files={name: io.BytesIO(file) for name, file in files.items()})


def _sealer(device: Device, head: packages.Head) -> Device:
    """The device that sealed it: the one that sends, or another of the same holder that was not revoked."""
    if device.code == head.device:
        return device
    rows = Device.objects.select_related("holder", "organisation").filter(revoked_at=None, kind=DeviceKind.BROWSER)
    found = rows.filter(code=head.device, holder=device.holder_id, organisation=device.organisation_id).first()
    if found is None:
        raise NotTaken("other_device", _("This was sealed on another device."))
    assert isinstance(found, Device)
    return found


def _version(device: Device, head: packages.Head) -> FormVersion:
    rows = FormVersion.objects.select_related("form").defer("xml", "sheet")
    found = rows.filter(pk=head.version, organisation=device.organisation_id).exclude(state="draft").first()
    if found is None:
        raise NotTaken("form_unknown", _("There is no such form here, or not in this version."), 404)
    return found


def _key(device: Device, head: packages.Head) -> FormKey:
    """Retired keys still open what was sealed to them."""
    found = FormKey.objects.filter(code=head.key, organisation=device.organisation_id).first()
    if found is None:
        raise NotTaken("key_unknown", _("It was sealed to a key that is not here."))
    assert isinstance(found, FormKey)
    return found


def _require_same(version: FormVersion, head: packages.Head, xml: bytes) -> None:
    """What stands on the package must be what lies in it."""
    try:
        envelope = answers.read_envelope(xml)
    except Unreadable as fault:
        raise NotTaken(f"xml_{fault.code}", _("What was sent cannot be read as a filled form.")) from None
    if (envelope.form_id, envelope.instance_id) != (version.form.form_id, head.instance):
        raise NotTaken("not_the_same", _("What lies in the package is not what stands on it."))
    if envelope.version not in ("", version.version):
        raise NotTaken("not_the_same", _("What lies in the package is not what stands on it."))


def _kept_shut(sealer: Device, version: FormVersion, head: packages.Head, parts: Mapping[int, bytes]) -> Receipt:
    """Keep the parts word for word beside an envelope, as other forms that were sealed on their device are kept."""
    files: dict[str, Any] = {f"part-{number}{_ENDING}": io.BytesIO(part) for number, part in parts.items()}
    return receiving.receive(device=sealer, xml=_envelope(version, head), files=files)


def _envelope(version: FormVersion, head: packages.Head) -> bytes:
    """The head as an envelope of ODK: the same for each request of a form, so that it is known again."""
    import base64
    from xml.sax.saxutils import escape, quoteattr

    said = [version.form.form_id, version.version, packages.KIND, head.device, head.key]
    of, edition, kind, device, key = (quoteattr(each) for each in said)
    media = "".join(f"<media><file>part-{number}{_ENDING}</file></media>" for number in range(1, head.parts))
    return (
        f'<data id={of} version={edition} encrypted="yes" kind={kind} device={device} key={key}>'
        f"<base64EncryptedKey>{base64.b64encode(head.wrapped).decode()}</base64EncryptedKey>"
        f"<meta><instanceID>{escape(head.instance)}</instanceID></meta>{media}"
        f"<encryptedXmlFile>part-0{_ENDING}</encryptedXmlFile></data>"
    ).encode()


def _upkeep(key: FormKey, device: Device) -> Upkeep:
    """The installation opens the key for nobody's eyes; the line says whose device sent what it opens."""
    return Upkeep(("fieldwork.formkey", str(key.pk)), actor_id=device.holder_id, verb="submission.open")


# -- by hand, where no line comes


@dataclass
class Brought:
    """What became of a file of sealed packages: how many are new, how many were here, why others were not taken."""

    taken: int = 0
    known: int = 0
    refused: list[str] = field(default_factory=list)


def bring_file(*, actor: Any, content: bytes) -> Brought:
    """Take in a file of sealed packages that a browser wrote, each for itself. NotTaken where it is no such file.

    Who carries it reads nothing of it. Packages of a device that was revoked, or of another organisation, are not taken.
    """
    policy.require(actor, "form.fill")
    found = Brought()
    for head, parts in _packages(content):
        try:
            receipt = take_package(device=_carried(actor, head), head=head, parts=parts)
        except NotTaken as fault:
            found.refused.append(str(fault))
        except policy.Refused:
            found.refused.append(_("Its device may not send any more."))
        else:
            found.taken += receipt.outcome != receiving.KNOWN
            found.known += receipt.outcome == receiving.KNOWN
    return found


def _packages(content: bytes) -> list[tuple[packages.Head, dict[int, bytes]]]:
    try:
        return packages.of_file(content)
    except packages.WillNotOpen as fault:
        raise NotTaken(fault.code, _("This is no file of sealed forms.")) from None


def _carried(actor: Any, head: packages.Head) -> Device:
    """The device that sealed it, of an organisation for which the actor fills forms; gone and foreign ones are told alike."""
    rows = Device.objects.select_related("holder", "organisation").filter(revoked_at=None, kind=DeviceKind.BROWSER)
    device = rows.filter(code=head.device, organisation__in=fillers.organisations_to_fill_for(actor=actor)).first()
    if device is None:
        raise NotTaken("other_device", _("This was sealed on a device that is not known here, or was revoked."))
    assert isinstance(device, Device)
    return device
