"""What the work on a case tells its story: how it moved on, what was wanted and reached, who met, what was done."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from hamroh.accounts.policy import Decision
from hamroh.accounts.zones import local_date
from hamroh.cases import selectors, story
from hamroh.cases.models import Case
from hamroh.cases.story import Moment

PURPOSE = gettext_noop("story")


def _day(moment: dt.datetime, case: Case) -> dt.date:
    return local_date(moment, case.organisation)


def beginning(_actor: Any, case: Case, _decision: Decision) -> Iterator[Moment]:
    said = _("The case began. How she came: %(channel)s.") % {"channel": case.get_channel_display()}
    yield Moment(case.opened_week, said)


def moves(_actor: Any, case: Case, decision: Decision) -> Iterator[Moment]:
    for each in selectors.moves(case=case, decision=decision, purpose=PURPOSE):
        row = each["row"]
        said = _("Now the case is: %(state)s. %(who)s wrote it down.")
        facts = {"who": row.by, "state": row.get_after_display()}
        yield Moment(_day(row.made_at, case), said % facts, each["words"] or "")


def goals(_actor: Any, case: Case, decision: Decision) -> Iterator[Moment]:
    for each in selectors.needs(case=case, decision=decision, purpose=PURPOSE):
        row, domain = each["row"], {"domain": each["row"].get_domain_display()}
        if row.planned_date:
            yield Moment(row.planned_date, _("She said what she wants. %(domain)s:") % domain, each["goal"] or "")
        if row.outcome:
            said = _("%(domain)s: %(outcome)s.") % {**domain, "outcome": row.get_outcome_display()}
            yield Moment(row.outcome_date, said, each["outcome_words"] or each["goal"] or "")


def help_given(_actor: Any, case: Case, decision: Decision) -> Iterator[Moment]:
    for each in selectors.services(case=case, decision=decision, purpose=PURPOSE):
        row = each["row"]
        facts = {"what": row.get_kind_display(), "who": row.by, "minutes": row.minutes}
        yield Moment(row.on_date, _("%(what)s. %(who)s, %(minutes)s minutes.") % facts, each["words"] or "")


def meetings(_actor: Any, case: Case, decision: Decision) -> Iterator[Moment]:
    for each in selectors.encounters(case=case, decision=decision, purpose=PURPOSE):
        row = each["row"]
        facts = {"where": row.get_place_display(), "who": row.by, "minutes": row.minutes}
        said = _("A talk with her. %(where)s, %(who)s, %(minutes)s minutes.") % facts
        yield Moment(row.on_date, said, each["words"] or "")


def notes(actor: Any, case: Case, decision: Decision) -> Iterator[Moment]:
    """The notes that the reader reads on the page, no others."""
    for each in selectors.notes(actor=actor, case=case, decision=decision, purpose=PURPOSE):
        row = each["row"]
        said = _("A note. %(kind)s, %(who)s.") % {"kind": row.get_discipline_display(), "who": row.author}
        href = reverse("cases:note", kwargs={"code": case.code, "note": row.pk})
        yield Moment(row.on_date, said, each["words"] or "", href)


for _teller in (beginning, moves, goals, help_given, meetings, notes):
    story.declare(_teller)
