"""Lists that grow by what is filled, as forms read them."""

import csv
import io
from uuid import UUID

from hamroh.accounts import policy
from hamroh.fieldwork.models import Device, Entity, EntityList, FormVersion
from hamroh.vault import opening

#: rows that one form is given of a list
MOST = 5000


def asked_for(*, version: FormVersion) -> list[tuple[str, UUID]]:
    """Names of the lists that a version asks for and nobody brought as a file, with the id of their place."""
    rows = version.media.filter(md5="", name__endswith=".csv").values_list("name", "pk")
    wanted = {name.removesuffix(".csv"): pk for name, pk in rows}
    held = EntityList.objects.filter(organisation=version.organisation_id, name__in=wanted)
    return [(name, wanted[name]) for name in held.values_list("name", flat=True)]


def as_csv(*, device: Device, version: FormVersion, name: str) -> bytes:
    """A list as its forms read it: the name of a row, its label, its version, what it carries. Its opening is written down."""
    held = EntityList.objects.get(organisation=version.organisation_id, name=name)
    policy.require(device.holder, "form.fill", held)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["name", "label", "__version", *held.columns])
    for row in Entity.objects.filter(of_list=held).order_by("made_at", "pk")[:MOST]:
        decision = policy.require(device.holder, "entity.take", row)
        told = opening.open_each(row, ("label", "values"), decision=decision, purpose="a form's list")
        values = told["values"] if isinstance(told["values"], dict) else {}
        writer.writerow([row.entity_id, told["label"], row.version, *(values.get(each, "") for each in held.columns)])
    return out.getvalue().encode()
