"""Acts of violence on the case's page and in its story. Nothing is opened for them."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date
from hamroh.cases import panels, story
from hamroh.cases.models import Case
from hamroh.cases.reaching import clocks_there
from hamroh.cases.selectors import incidents as reads
from hamroh.cases.states import AT_REST

#: after danger and what she agreed to, before trafficking
PLACE = 88


def shown(actor: Any, case: Case, _decision: Decision) -> Mapping[str, Any]:
    """When something was written down, and what was begun and not finished."""
    rows = [clocks_there(row, case, "made_at") for row in reads.of_case(case=case).filter(set_aside_at=None)]
    may = case.status not in AT_REST and bool(policy.allowed(actor, "case.write", case))
    return {"case": case, "rows": rows, "may": may}


def told(_actor: Any, case: Case, _decision: Decision) -> Iterator[story.Moment]:
    """That something was written down, without a word of what."""
    for row in reads.of_case(case=case).filter(finished_at__isnull=False, set_aside_at=None):
        day = local_date(row.made_at, case.organisation)
        yield story.Moment(
            day, _("Violence was written down"), href=reverse("cases:incident", args=(case.code, row.pk))
        )


panels.declare(
    panels.Panel(
        "incidents", PLACE, "cases/incidents/panel.html", shown, title=gettext_lazy("Violence that she told of"),
        quiet=lambda shown: not shown["rows"],
    )
)  # fmt: skip
story.declare(told)
