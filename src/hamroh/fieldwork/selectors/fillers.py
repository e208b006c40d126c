"""What a browser that was brought in may ask for: who it is, which forms are open for its holder. It reads nothing back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts import policy, rowsecurity
from hamroh.accounts.models import Organisation
from hamroh.accounts.sealing import digest
from hamroh.fieldwork.models import Device, DeviceKind, EntityList, FormKey, FormMedia, FormVersion
from hamroh.fieldwork.selectors import forms, lists


def browser_of(token: str) -> Device | None:
    """The browser that a token belongs to, revoked ones too; None where there is none. Nobody is signed in: the token is the right."""
    if not token:
        return None
    rows = Device.objects.select_related("holder", "organisation").filter(kind=DeviceKind.BROWSER)
    with rowsecurity.opened_for_all():
        return rows.filter(token_hash=digest(token)).first()


@contextmanager
def as_device(device: Device) -> Iterator[None]:
    """Within it the database shows the rows of the device's organisation alone."""
    with rowsecurity.opened_for([device.organisation_id]):
        yield


def organisations_to_fill_for(*, actor: Any) -> QuerySet[Organisation]:
    """Organisations for which the actor may fill forms."""
    roles = policy.VERBS["form.fill"].roles
    held = {each.organisation_id for each in policy.standing(actor).held if each.role in roles}
    return Organisation.objects.filter(pk__in=held).order_by("pk")


def current_key(organisation_id: UUID) -> FormKey | None:
    """The key to which devices seal now."""
    return FormKey.objects.filter(organisation_id=organisation_id, retired_at=None).order_by("-made_at").first()


@dataclass(frozen=True)
class Beside:
    """A file beside a form: its id, its name, its kind, and a mark that is another one when its content is."""

    id: UUID
    name: str
    kind: str
    mark: str


def forms_of(device: Device) -> list[FormVersion]:
    """The open versions that the device's holder is to fill. Those that are sealed as ODK does it are for apps."""
    return [each for each in forms.forms_to_fill(device=device) if not each.is_encrypted]


def form_of(device: Device, version: UUID) -> FormVersion | None:
    """One of them, with its text."""
    return next((each for each in forms_of(device) if each.pk == version), None)


def beside(versions: Iterable[FormVersion]) -> dict[UUID, list[Beside]]:
    """What lies beside each version: files that were brought, and lists of the house that it asks for."""
    found: dict[UUID, list[Beside]] = {}
    rows = FormMedia.objects.filter(version__in=list(versions)).defer("content").order_by("name")
    marks = _marks(rows)
    for row in rows:
        mark = row.md5 or marks.get((row.organisation_id, row.name.removesuffix(".csv")), "")
        if mark:
            found.setdefault(row.version_id, []).append(Beside(row.pk, row.name, row.kind, mark))
    return found


def _marks(rows: Iterable[FormMedia]) -> dict[tuple[UUID, str], str]:
    """When each list changed that is asked for by name and was not brought as a file."""
    asked = {each.name.removesuffix(".csv") for each in rows if not each.md5 and each.name.endswith(".csv")}
    lists_of = EntityList.objects.filter(name__in=asked).values_list("organisation", "name", "changed_at")
    return {(house, name): changed.isoformat() for house, name, changed in lists_of}


def content_of(device: Device, media: UUID) -> bytes | None:
    """A file of one of the forms that the device may fill."""
    versions = {each.pk: each for each in forms_of(device)}
    row = FormMedia.objects.filter(version__in=versions, pk=media).first()
    if row is None:
        return None
    if row.md5:
        return bytes(row.content or b"")
    name = row.name.removesuffix(".csv")
    held = {each for each, _pk in lists.asked_for(version=versions[row.version_id])}
    return lists.as_csv(device=device, version=versions[row.version_id], name=name) if name in held else None
