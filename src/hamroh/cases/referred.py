"""Referrals on the case's page, in its story, and on the team's page."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date
from hamroh.cases import boards, panels, story
from hamroh.cases.models import Case, Referral
from hamroh.cases.selectors import referrals as reads
from hamroh.cases.teamwork import SHOWN
from hamroh.web.texts import pick


def shown(actor: Any, case: Case, _decision: Decision) -> dict[str, Any]:
    """Referrals of a case, how far each is; nothing is opened."""
    return {
        "case": case,
        "rows": list(reads.of_case(case=case)),
        "may": bool(policy.allowed(actor, "case.write", case)),
    }


def whom(row: Referral) -> str:
    """To whom she is referred, in the reader's language."""
    found = row.to_organisation or row.to_service
    return pick(found.names, get_language() or "en").text or found.code if found else str(row.get_official_display())


def tell(_actor: Any, case: Case, _decision: Decision) -> Iterator[story.Moment]:
    """What went out and what came of it."""
    for row in reads.of_case(case=case):
        if row.sent_at:
            said = _("She was referred: %(whom)s.") % {"whom": whom(row)}
            yield story.Moment(local_date(row.sent_at, case.organisation), said)
        if row.sent_at and row.settled_at:
            came = _("Referral: %(whom)s. %(state)s.") % {"whom": whom(row), "state": row.get_state_display()}
            yield story.Moment(local_date(row.settled_at, case.organisation), came)


def waiting(actor: Any, organisation: Organisation) -> dict[str, Any] | None:
    """What came to us and waits for an answer, the most urgent first."""
    if not policy.allowed(actor, "referral.look"):
        return None
    rows = reads.received(actor=actor, organisation=organisation).filter(state__in=("sent", "seen"))
    return {"rows": list(rows.order_by("until_date", "pk")[:SHOWN])}


panels.declare(
    panels.Panel(
        "referrals", 75, "cases/referrals/panel.html", shown, title=gettext_lazy("Referrals"),
        quiet=lambda shown: all(row.settled_at for row in shown["rows"]),
    )
)  # fmt: skip
story.declare(tell)
boards.declare(boards.Board("referrals", 15, "cases/team/referrals.html", waiting))
