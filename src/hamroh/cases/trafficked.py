"""Trafficking on the case's page, in its story, and what ends soon on the team's page. Nothing is opened for them."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date
from hamroh.cases import boards, panels, selectors, story
from hamroh.cases.models import Assistance, Case, PoliceDecision, RecoveryPeriod, TraffickingScreen
from hamroh.cases.reaching import clocks_there, today_there
from hamroh.cases.selectors import trafficking as reads

PLACE = 90
#: lines on the team's page
MOST = 24


def shown(_actor: Any, case: Case, _decision: Decision) -> Mapping[str, Any]:
    """When it was asked about, until when she recovers, who helps now, and her newest word about the police."""
    newest = reads.askings(case=case).first()
    return {
        "case": case, "asked": clocks_there(newest, case, "made_at") if newest else None, "today": today_there(case),
        "recovery": RecoveryPeriod.objects.filter(case=case, ended_date=None).order_by("last_date").first(),
        "helps": list(Assistance.objects.filter(case=case, to_date=None).order_by("from_date")),
        "police": PoliceDecision.objects.filter(case=case).order_by("-made_at", "-pk").first(),
    }  # fmt: skip


def told(_actor: Any, case: Case, _decision: Decision) -> Iterator[story.Moment]:
    """Moments without their words; who was identified is none of them."""
    href = reverse("cases:trafficking", args=(case.code,))
    for row in TraffickingScreen.objects.filter(case=case, finished_at__isnull=False):
        yield story.Moment(local_date(row.made_at, case.organisation), _("Trafficking was asked about"), href=href)
    for time in RecoveryPeriod.objects.filter(case=case):
        yield story.Moment(time.began_date, _("Her time to recover began"), href=href)
        if time.ended_date:
            yield story.Moment(time.ended_date, _("Her time to recover ended"), href=href)
    for help_ in Assistance.objects.filter(case=case):
        said = {"what": help_.get_kind_display()}
        yield story.Moment(help_.from_date, _("Help began: %(what)s") % said, href=href)
        if help_.to_date:
            yield story.Moment(help_.to_date, _("Help ended: %(what)s") % said, href=href)
    for decision in PoliceDecision.objects.filter(case=case):
        day = local_date(decision.made_at, case.organisation)
        yield story.Moment(day, decision.get_wants_display(), href=href)


def recovery(actor: Any, organisation: Organisation) -> Mapping[str, Any] | None:
    """Times to recover that are over or end within the fortnight: codes and days alone; no section where there is none."""
    today, until = selectors.soon(organisation)
    rows = list(reads.recovery_that_ends(actor=actor, organisation=organisation, until=until)[:MOST])
    return {"rows": rows, "today": today} if rows else None


panels.declare(
    panels.Panel(
        "trafficking", PLACE, "cases/trafficking/panel.html", shown, title=gettext_lazy("Trafficking"),
        quiet=lambda shown: not any(shown[name] for name in ("asked", "recovery", "helps", "police")),
    )
)  # fmt: skip
story.declare(told)
boards.declare(boards.Board("recovery", 37, "cases/trafficking/board.html", recovery))
