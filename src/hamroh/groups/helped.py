"""Help of the community on the page and in the story of a case: that it was asked for and what came of it; no group, no member, no word."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hamroh.accounts.policy import Decision
from hamroh.cases import panels, story
from hamroh.cases.models import Case, Referral
from hamroh.groups.models import CommunityHelp

PLACE = 77


def of_case(case: Case) -> list[CommunityHelp]:
    """Help that was asked for on referrals of a case, the newest first; nothing is opened."""
    referrals = list(Referral.objects.filter(case=case).values_list("pk", flat=True))
    rows = CommunityHelp.objects.filter(organisation=case.organisation_id, referral_ref__in=referrals)
    return list(rows.order_by("-asked_date", "-made_at", "pk"))


def shown(_actor: Any, case: Case, _decision: Decision) -> Mapping[str, Any]:
    return {"rows": of_case(case)}


def tell(_actor: Any, case: Case, _decision: Decision) -> Iterator[story.Moment]:
    """What the community was asked for, and what came of it."""
    for row in of_case(case):
        said = {"kind": row.get_kind_display(), "helper": row.get_helper_display(), "state": row.get_state_display()}
        yield story.Moment(row.asked_date, _("The community was asked: %(kind)s, %(helper)s.") % said)
        if row.settled_date:
            yield story.Moment(row.settled_date, _("Help of the community: %(kind)s, %(helper)s. %(state)s.") % said)


panels.declare(
    panels.Panel(
        "community", PLACE, "groups/case_panel.html", shown, title=gettext_lazy("Help of the community"),
        quiet=lambda shown: all(row.settled_date for row in shown["rows"]),
    )
)  # fmt: skip
story.declare(tell)
