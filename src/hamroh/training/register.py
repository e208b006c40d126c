"""How rounds and gatherings stand on screens over all rooms."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts import records
from hamroh.training.models import Gathering, Round


def _round_at(row: Round) -> str:
    return reverse("training:round", kwargs={"code": row.code})


def _gathering_at(row: Gathering) -> str:
    return reverse("training:gathering", kwargs={"gathering": row.code})


ROUNDS = records.Register(
    model=Round, title=pgettext_lazy("training", "Round"), reads="round.see", with_code=lambda code: Round.objects.filter(code=code.lower()),
    code_of=lambda row: row.code, address_of=_round_at,
    fields={
        "name": _("a name in a training"), "alias": _("an alias in a training"), "phone": _("a telephone number in a training"),
        "way_back": _("a way to answer a sign-up"), "code": _("the code of a certificate"), "initials": _("initials on a certificate"),
    },
)  # fmt: skip
GATHERINGS = records.Register(
    model=Gathering, title=pgettext_lazy("training", "Gathering"), reads="gathering.see", code_of=lambda row: row.code,
    with_code=lambda code: Gathering.objects.filter(code=code.lower()), address_of=_gathering_at,
)  # fmt: skip
records.declare(ROUNDS)
records.declare(GATHERINGS)
