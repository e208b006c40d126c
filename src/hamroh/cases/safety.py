"""How she is reached, what she agreed to and how much danger there is, on the case's page and in its story."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date
from hamroh.cases import panels, story
from hamroh.cases.models import Case, Consent, Purpose, RiskScreen
from hamroh.cases.selectors import consents, contacts, risks


def reached(actor: Any, case: Case, decision: Decision) -> Mapping[str, Any]:
    """How she may be reached now, line by line, without a number."""
    found = contacts.ways(case=case, decision=decision)
    return {
        "case": case, "ways": [way for way in found if way.line.row.is_safe],
        "shut": [way for way in found if not way.line.row.is_safe], "waiting": contacts.waiting(case=case),
        "may": bool(policy.allowed(actor, "case.write", case)),
    }  # fmt: skip


def danger(actor: Any, case: Case, decision: Decision) -> Mapping[str, Any]:
    """The newest screen, its reasons, and whether a supervisor has still to look."""
    asked = risks.newest_screen(case=case, decision=decision)
    supervises = bool(policy.allowed(actor, "case.approve", case))
    return {
        "case": case, "asked": asked, "may": bool(policy.allowed(actor, "case.write", case)),
        "may_look": bool(asked and asked.waits and supervises and asked.row.taken_by_id != actor.pk),
        "has_plan": risks.has_plan(case=case), "was_told": bool(asked and asked.waits) and risks.was_told(case=case),
    }  # fmt: skip


def agreed(actor: Any, case: Case, _decision: Decision) -> Mapping[str, Any]:
    """The newest answer to each question, and whether our own work has a yes."""
    found = consents.newest(case=case)
    ours = [
        each
        for each in found
        if each.row.purpose == Purpose.SERVICE and not each.row.about_id and not each.row.person_id
    ]
    return {
        "case": case, "found": found, "may": bool(policy.allowed(actor, "case.write", case)),
        "has_yes": bool(ours and ours[0].stands),
    }  # fmt: skip


def tell(_actor: Any, case: Case, _decision: Decision) -> Iterator[story.Moment]:
    """Answers and screens as moments; nothing is opened for them."""
    for row in Consent.objects.filter(case=case).select_related("taken_by"):
        said = _("Consent, %(purpose)s: %(answer)s") % {
            "purpose": row.get_purpose_display(), "answer": row.get_answer_display()
        }  # fmt: skip
        yield story.Moment(local_date(row.made_at, case.organisation), said)
    for screen in RiskScreen.objects.filter(case=case):
        said = _("Danger asked: %(level)s") % {"level": screen.get_level_display()}
        yield story.Moment(local_date(screen.made_at, case.organisation), said)


panels.declare(
    panels.Panel("contact", 10, "cases/reaching/panel.html", reached, title=gettext_lazy("How to reach her"))
)
panels.declare(panels.Panel("danger", 12, "cases/risk/panel.html", danger, title=gettext_lazy("Danger")))
panels.declare(
    panels.Panel(
        "consents",
        15,
        "cases/consents/panel.html",
        agreed,
        title=gettext_lazy("What she agreed to"),
        quiet=lambda shown: shown["has_yes"] and all(each.stands for each in shown["found"]),
    )
)
story.declare(tell)
