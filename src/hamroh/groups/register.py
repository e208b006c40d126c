"""How groups stand on screens over all rooms. Places to stay stand on none."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import records
from hamroh.groups.models import Group


def _group_at(row: Group) -> str:
    return reverse("groups:group", kwargs={"code": row.code})


GROUPS = records.Register(
    model=Group, title=_("Group"), reads="group.see", with_code=lambda code: Group.objects.filter(code=code.lower()),
    code_of=lambda row: row.code, address_of=_group_at, fields={"facts": _("where a group meets"), "alias": _("an alias")},
)  # fmt: skip
records.declare(GROUPS)
