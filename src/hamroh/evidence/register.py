"""How editions stand on screens over all rooms: notices lead to their review."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import records
from hamroh.evidence.models import Edition


def _address_of(edition: Edition) -> str:
    return reverse("evidence-review:edition", kwargs={"code": edition.code})


EDITIONS = records.Register(
    model=Edition, title=_("Edition of a profile"), reads="evidence.see_draft", code_of=lambda row: row.code,
    with_code=lambda code: Edition.objects.filter(code=code.lower()), address_of=_address_of,
)  # fmt: skip
records.declare(EDITIONS)
