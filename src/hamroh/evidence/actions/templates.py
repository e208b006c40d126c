"""Templates of profiles as data: what the file says is what the database has, and a version that editions use is never changed."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from hamroh.evidence.models import BlockKind, Template
from hamroh.evidence.outline import checked
from hamroh.kernel.datafiles import document

TEMPLATE = "profile/template-migration-profile.yml"


class TemplateInUse(ValueError):
    """Editions follow this version of the template: what is new needs a new version."""


@transaction.atomic
def load_template(data: Mapping[str, Any] | None = None) -> Template:
    """Bring a template in: ``key``, ``version``, ``names``, ``sections``. ``outline.Malformed`` lists every fault; TemplateInUse where it would change under an edition."""
    said = data or document(TEMPLATE)
    checked(said.get("sections", ()), BlockKind.values)
    facts = {"names": dict(said.get("names", {})), "sections": list(said.get("sections", ()))}
    template, made = Template.objects.get_or_create(key=said["key"], version=str(said["version"]), defaults=facts)
    if made or template.sections == facts["sections"]:
        return template
    if template.sections and template.editions.exists():
        raise TemplateInUse(f"{template}: give what is new a new version")
    template.names, template.sections = facts["names"], facts["sections"]
    template.save()
    return template
