"""The people of a case on its page."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases import panels
from hamroh.cases.forms.dates import as_text
from hamroh.cases.models import Case, Part, Person
from hamroh.cases.selectors import conflicts
from hamroh.vault import opening

#: the order in which people stand: the client and her children before others
ORDER = {part: place for place, part in enumerate(Part.values)}


def shown(actor: Any, case: Case, decision: Decision) -> dict[str, Any]:
    """Who is in the case, with name and birth; nothing of where anybody is."""
    rows = sorted(Person.objects.filter(case=case), key=lambda row: (ORDER.get(row.part, len(ORDER)), str(row.pk)))
    opened = [opening.open_each(row, ("name", "born"), decision=decision, purpose="page") for row in rows]
    return {
        "case": case, "asked": conflicts.is_asked_about(actor=actor, case=case),
        "writes": bool(policy.allowed(actor, "case.write", case)),
        "decides": conflicts.to_decide(actor=actor).filter(Q(case=case) | Q(other__case=case)).exists(),
        "people": [
            {"row": row, "name": each["name"], "born": born_of(each["born"])}
            for row, each in zip(rows, opened, strict=True)
        ],
    }  # fmt: skip


def born_of(value: Any) -> str:
    """A birth for the page; empty where it is not known or does not open."""
    return as_text(value) if isinstance(value, dict) else ""


panels.declare(
    panels.Panel(
        code="people",
        place=20,
        template="cases/people/panel.html",
        shown=shown,
        title=_("People"),
        quiet=lambda shown: not shown["decides"] and not shown["asked"],
    )
)
