"""How cases stand on screens over all rooms."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import records
from hamroh.cases.models import Case, Received


def _address_of(case: Case) -> str:
    return reverse("cases:case", kwargs={"code": case.code})


CASES = records.Register(
    model=Case, title=_("Case"), reads="case.read", with_code=lambda code: Case.objects.filter(code=code.lower()),
    code_of=lambda case: case.code, address_of=_address_of, fields={"story": _("her story")},
)  # fmt: skip
records.declare(CASES)


def _address_of_received(row: Received) -> str:
    return reverse("cases:received-one", kwargs={"received": row.pk})


#: notices lead to it; nobody finds one by a code that was typed
RECEIVED = records.Register(
    model=Received, title=_("Referral"), reads="referral.look", with_code=lambda _code: Received.objects.none(),
    code_of=lambda row: row.code, address_of=_address_of_received,
    fields={"envelope": _("what she needs"), "payload": _("what was handed over"), "answer": _("what was answered")},
)  # fmt: skip
records.declare(RECEIVED)
