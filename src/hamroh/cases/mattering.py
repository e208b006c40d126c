"""Matters on the case's page and in its story."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date, zone_of
from hamroh.cases import boards, panels, story
from hamroh.cases.models import Case, Dispatch, Hearing, Matter, MatterStep
from hamroh.cases.selectors.deadlines import FORTNIGHT, hearings_ahead
from hamroh.cases.selectors.matters import matter_lines, moments_of
from hamroh.cases.states import AT_REST
from hamroh.cases.story import Moment
from hamroh.kernel.matters import workflows
from hamroh.web.texts import pick

PLACE = 40
#: hearings on the team's page
MOST = 30


def shown(actor: Any, case: Case, _decision: Decision) -> Mapping[str, Any]:
    """The matters of a case with what comes next in each; nothing is opened."""
    may_write = case.status not in AT_REST and bool(policy.allowed(actor, "case.write", case))
    return {"case": case, "lines": matter_lines(case=case), "may_write": may_write}


def told(_actor: Any, case: Case, decision: Decision) -> Iterable[Moment]:
    """What happened in the matters of a case: begun, steps, hearings, what went abroad, ended."""
    for row, facts in moments_of(case=case, decision=decision):
        yield from _moments(row, facts, case)


def _moments(row: Any, facts: Mapping[str, Any], case: Case) -> Iterable[Moment]:
    matter = row if isinstance(row, Matter) else row.matter
    kind, href = matter.get_kind_display(), reverse("cases:matter", args=(case.code, matter.pk))
    if isinstance(row, Matter):
        yield Moment(row.opened_date, _("A matter was opened: %(kind)s") % {"kind": kind}, href=href)
        if row.ended_date:
            said = {"kind": kind, "result": row.get_result_display()}
            yield Moment(row.ended_date, _("%(kind)s ended: %(result)s") % said, str(facts.get("ended", "")), href)
    elif isinstance(row, MatterStep):
        day = dt.date.fromisoformat(facts.get("on") or facts.get("advised_on") or str(row.changed_at.date()))
        yield Moment(day, f"{kind}: {row.get_state_display()}. {_step_said(row)}", str(facts.get("words", "")), href)
    elif isinstance(row, Hearing):
        day = local_date(row.starts_at, case.organisation)
        said = {"kind": kind, "state": row.get_state_display()}
        yield Moment(day, _("%(kind)s: a hearing. %(state)s") % said, str(facts.get("words", "")), href)
    elif isinstance(row, Dispatch):
        said = {"kind": kind, "way": row.get_way_display(), "whom": str(facts.get("whom", ""))}
        yield Moment(row.on_date, _("%(kind)s, abroad: %(way)s. %(whom)s") % said, str(facts.get("words", "")), href)


def _step_said(row: MatterStep) -> str:
    """What is done in a step; a step that no workflow has any more is said by its code."""
    step = workflows()[row.matter.kind].step(row.code)
    return pick(step.says, get_language() or "en").text if step else row.code


def hearings(actor: Any, organisation: Organisation) -> Mapping[str, Any]:
    """Hearings of the fortnight, the nearest first, and the ways to the law behind the matters; nothing is opened."""
    now, zone = timezone.now(), zone_of(organisation)
    rows = hearings_ahead(actor=actor, since=now, until=now + dt.timedelta(days=FORTNIGHT + 1))
    found = [(row, row.starts_at.astimezone(zone)) for row in rows.filter(organisation=organisation)[:MOST]]
    return {"hearings": found}


panels.declare(
    panels.Panel(
        "matters", PLACE, "cases/matters/panel.html", shown, title=gettext_lazy("Legal matters"),
        quiet=lambda shown: all(line.matter.ended_date for line in shown["lines"]),
    )
)  # fmt: skip
story.declare(told)
boards.declare(boards.Board("hearings", 35, "cases/matters/board.html", hearings))
