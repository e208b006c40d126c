"""Evidence on the case's page and in its story."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import pgettext

from hamroh.accounts.policy import Decision
from hamroh.cases import panels, story
from hamroh.cases.models import Case, Evidence
from hamroh.cases.selectors import evidence as reads
from hamroh.vault import opening


def _shown(_actor: Any, case: Case, decision: Decision) -> dict[str, Any]:
    return {"case": case, "lines": list(reads.opened(case=case, decision=decision))}


def _told(_actor: Any, case: Case, decision: Decision) -> Iterator[story.Moment]:
    for row in Evidence.objects.filter(case=case, copy_of=None):
        facts = opening.open_each(row, ("facts",), decision=decision, purpose="timeline")["facts"]
        words = facts.get("words", "") if isinstance(facts, dict) else str(facts)
        yield story.Moment(row.taken_at.date(), pgettext("timeline", "Evidence was taken in"), words)


panels.declare(panels.Panel("evidence", 60, "cases/evidence/panel.html", _shown))
story.declare(_told)
