"""State support in the story of a case and on the team's page."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.cases import boards, selectors, story
from hamroh.cases.models import Case
from hamroh.cases.selectors import support as reads
from hamroh.cases.states import SupportLife

#: applications on the team's page
MOST = 24


def told(_actor: Any, case: Case, decision: Decision) -> Iterator[story.Moment]:
    """What became of each application, with the words of its answer."""
    labels = dict(SupportLife.choices())
    for row, facts in reads.moments(case=case, decision=decision):
        href = reverse("cases:application", args=(case.code, row.matter_id, row.pk))
        for move in facts.get("moves", ()):
            said = _("State support: %(state)s") % {"state": labels[move["state"]]}
            words = ". ".join(move[name] for name in ("amount", "words") if move.get(name))
            yield story.Moment(dt.date.fromisoformat(move["on"]), said, words, href)


def silent(actor: Any, organisation: Organisation) -> Mapping[str, Any] | None:
    """Offices that are silent, and those whose day comes within the fortnight; None where nobody waits for any."""
    today, until = selectors.soon(organisation)
    rows = list(reads.waiting(actor=actor, organisation=organisation, until=until)[:MOST])
    return {"rows": rows, "today": today} if rows else None


story.declare(told)
boards.declare(boards.Board("support", 37, "cases/support/board.html", silent))
