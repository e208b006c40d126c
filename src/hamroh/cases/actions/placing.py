"""A case is put into its district: for who answers for it, and for counts without names."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.cases.actions.moving import CannotMove, awake
from hamroh.cases.actions.opening import touch
from hamroh.cases.models import Case
from hamroh.cases.selectors.districts import area_of
from hamroh.vault import journal


@transaction.atomic
def place_case(*, actor: Any, case: Case, district: str) -> None:
    """The district of a case, empty for not known. CannotMove where it is none of its country, or where the actor would lose the case by it.

    Roles may be limited to areas: who works there reads the case from now on as far as her role goes.
    """
    policy.require(actor, "case.write", awake(case))
    area = area_of(district, country=case.country) if district else ""
    if district and not area:
        raise CannotMove(_("Choose a district of the country whose law counts in this case."))
    before, case.area = case.area, area
    if not policy.allowed(actor, "case.write", case):
        raise CannotMove(
            _("You would not reach this case any more: your role is limited to other places. Ask your supervisor.")
        )
    if Case.objects.filter(pk=case.pk).exclude(area=area).update(area=area):
        journal.record(actor=actor, verb="case.place", about=case, facts={"area": area, "was": before})
        touch(case)
