"""How issues and readers stand on screens over all rooms."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts import records
from hamroh.bulletins.models import Issue, Reader


def _issue_at(row: Issue) -> str:
    return reverse("bulletins:issue", kwargs={"code": row.code})


ISSUES = records.Register(
    model=Issue, title=pgettext_lazy("room", "Bulletin"), reads="bulletin.see", with_code=lambda code: Issue.objects.filter(code=code.lower()),
    code_of=lambda row: row.code, address_of=_issue_at,
)  # fmt: skip
READERS = records.Register(
    model=Reader, title=_("Reader of the bulletin"), reads="reader.count", with_code=lambda code: Reader.objects.filter(code=code.lower()),
    code_of=lambda row: row.code, address_of=lambda _row: reverse("bulletins:readers"), fields={"address": _("an e-mail address of a reader")},
)  # fmt: skip
records.declare(ISSUES)
records.declare(READERS)
