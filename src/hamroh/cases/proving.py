"""Evidence on the case's page and in its story."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from hamroh.accounts.policy import Decision
from hamroh.cases import panels, story
from hamroh.cases.models import Case
from hamroh.cases.selectors import evidence as reads


def _shown(actor: Any, case: Case, decision: Decision) -> dict[str, Any]:
    return {"case": case, "lines": list(reads.opened(actor=actor, case=case, decision=decision))}


def _told(actor: Any, case: Case, decision: Decision) -> Iterator[story.Moment]:
    for each in reads.opened(actor=actor, case=case, decision=decision, purpose="timeline"):
        row, facts = each["row"], each["facts"]
        words = facts.get("words", "") if isinstance(facts, dict) else str(facts)
        yield story.Moment(row.taken_at.date(), pgettext("timeline", "Evidence was taken in"), words)


panels.declare(
    panels.Panel(
        "evidence", 60, "cases/evidence/panel.html", _shown, title=_("Evidence"), quiet=lambda shown: not shown["lines"]
    )
)
story.declare(_told)
