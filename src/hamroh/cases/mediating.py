"""Mediation and living together again, on the case's page, in its story and on the team's page."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.cases import boards, panels, selectors, story
from hamroh.cases.models import Case, Mediation, MediationWish
from hamroh.cases.selectors import mediation as reads

PLACE = 80
#: checks on the team's page
MOST = 24


def shown(_actor: Any, case: Case, _decision: Decision) -> Mapping[str, Any]:
    """What is under way; whether mediation may be held stands on its page, and nothing is opened here."""
    waiting = MediationWish.objects.filter(case=case, answer="").exists()
    return {
        "case": case, "talks": list(reads.talks(case=case)[:1]), "together": reads.together(case=case)[:1], "waiting": waiting
    }  # fmt: skip


def told(_actor: Any, case: Case, _decision: Decision) -> Iterator[story.Moment]:
    """Talks and living together as moments, without their words."""
    for row in Mediation.objects.filter(case=case):
        href = reverse("cases:talks", args=(case.code, row.pk))
        yield story.Moment(row.opened_date, _("Mediation began"), href=href)
        if row.ended_date:
            said = _("Mediation ended: %(how)s") % {"how": row.get_state_display()}
            yield story.Moment(row.ended_date, said, href=href)
    for each in reads.together(case=case):
        yield from _of_together(each, reverse("cases:mediation", args=(case.code,)))


def _of_together(each: reads.Together, href: str) -> Iterator[story.Moment]:
    yield story.Moment(each.row.began_date, _("They live together again"), href=href)
    for check in each.checks:
        if check.done_date:
            said = ngettext("After %(month)s month: %(found)s", "After %(month)s months: %(found)s", check.month)
            facts = {"month": check.month, "found": check.get_found_display()}
            yield story.Moment(check.done_date, said % facts, href=href)
    if each.row.apart_date:
        yield story.Moment(each.row.apart_date, _("They live apart again"), href=href)


def checks(actor: Any, organisation: Organisation) -> Mapping[str, Any] | None:
    """Checks that are due or come within the fortnight, the earliest first: codes and days alone."""
    today, until = selectors.soon(organisation)
    rows = reads.checks_that_come(actor=actor, organisation=organisation, until=until)[:MOST]
    return {"checks": list(rows), "today": today}


panels.declare(
    panels.Panel(
        "mediation", PLACE, "cases/mediation/panel.html", shown, title=gettext_lazy("Mediation, and living together again"),
        quiet=lambda shown: not any(shown[name] for name in ("talks", "together", "waiting")),
    )
)  # fmt: skip
story.declare(told)
boards.declare(boards.Board("checks", 36, "cases/mediation/board.html", checks))
