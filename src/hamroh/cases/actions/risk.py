"""Danger is asked, weighed and looked at; a plan against it is kept."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import ConflictBlock, Membership, Notice, Role
from hamroh.cases.actions import harm
from hamroh.cases.actions.opening import touch
from hamroh.cases.models import Case, Risk, RiskScreen, SafetyPlan
from hamroh.cases.reaching import today_there
from hamroh.kernel import risk
from hamroh.vault import journal

#: until when a supervisor has to look
WITHIN_THE_HOUR, WITHIN_A_DAY = dt.timedelta(hours=1), dt.timedelta(hours=24)
#: how much must be said for another level than the answers give
REASON = 15


class OverrideRefused(ValueError):
    """Another level needs a reason in words."""


@transaction.atomic
def screen_risk(
    *, actor: Any, case: Case, answers: Mapping[str, str], level: str = "", reason: str = ""
) -> RiskScreen:  # fmt: skip
    """One asking. ``level`` is the worker's own where she judges otherwise, with her ``reason``. Who has to look is told at once.

    Violence breaks off talks that are under way, and a supervisor looks at that, whatever the level.
    """
    policy.require(actor, "case.write", case)
    tool = risk.tool()
    found = risk.screen(tool, answers)
    if level and level != found.level and len(reason.strip()) < REASON:
        raise OverrideRefused("another level needs a reason")
    counted = Risk(level or str(found.level))
    is_raised = counted == Risk.HIGH != str(found.level)
    stops = harm.is_harm(answers, is_raised=is_raised) and harm.is_among_them(case)
    now = timezone.now()
    row = RiskScreen(
        organisation_id=case.organisation_id, case=case, tool=tool.version, taken_by=actor, made_at=now,
        answers={"answers": dict(answers), "score": found.score, "reasons": list(found.reasons)},
        scored=str(found.level), level=counted, override=reason.strip() if counted != str(found.level) else None,
        next_due_date=today_there(case) + dt.timedelta(days=found.days),
        look_by=_look_by(now, Risk.HIGH if stops else counted, is_urgent=found.is_urgent),
    )  # fmt: skip
    row.save()
    if found.needs_plan:
        SafetyPlan.objects.get_or_create(
            case=case, defaults={"organisation_id": case.organisation_id, "made_by": actor}
        )
    Case.objects.filter(pk=case.pk).update(risk=counted)
    case.risk = counted
    facts = {"screen": str(row.pk), "level": counted, "overridden": row.scored != row.level}
    journal.record(actor=actor, verb="case.screen_risk", about=case, facts=facts)
    if stops:
        harm.stop(actor=actor, case=case)
    if row.look_by:
        tell_supervisors(case, Notice.About.URGENT if found.is_urgent else Notice.About.RISK, but=actor.pk)
        _remind_later(row, row.look_by)
    touch(case)
    return row


def _look_by(now: dt.datetime, level: str, *, is_urgent: bool) -> dt.datetime | None:
    if is_urgent:
        return now + WITHIN_THE_HOUR
    return now + WITHIN_A_DAY if level == Risk.HIGH else None


def tell_supervisors(case: Case, about: str, *, but: Any) -> None:
    """A notice for every supervisor who may read the case, besides who has asked; who is shut out learns nothing."""
    kind, pk = case._meta.label_lower, str(case.pk)  # noqa: SLF001
    shut = ConflictBlock.objects.filter(record_kind=kind, record_id=pk).values("user")
    rows = Membership.objects.current().filter(organisation=case.organisation_id, role=Role.SUPERVISOR)
    told = [row for row in rows.exclude(user__in=shut).select_related("user") if row.user_id != but]
    people = {row.user_id for row in told if policy.allowed(row.user, "case.read", case)}
    Notice.objects.bulk_create(Notice(user_id=user, about=about, record_kind=kind, record_id=pk) for user in people)


#: what reminds of a screen at a moment, by its id
_reminders: list[Callable[[str, dt.datetime], Any]] = []


def remind_by(reminder: Callable[[str, dt.datetime], Any]) -> None:
    """Called when the room is loaded, by whoever does work in the background."""
    if reminder not in _reminders:
        _reminders.append(reminder)


def _remind_later(row: RiskScreen, at: dt.datetime) -> None:
    for reminder in _reminders:
        transaction.on_commit(partial(reminder, str(row.pk), at), robust=True)


@transaction.atomic
def remind_of_risk(screen_id: UUID) -> bool:
    """Nobody looked in time: every supervisor is told once more, and the owner of the case. False where somebody has looked."""
    row = RiskScreen.objects.filter(pk=screen_id, looked_at__isnull=True).select_related("case").first()
    if row is None:
        return False
    tell_supervisors(row.case, Notice.About.URGENT, but=row.taken_by_id)
    kind, pk = row.case._meta.label_lower, str(row.case_id)  # noqa: SLF001
    if row.case.owner_id is not None:
        Notice.objects.create(user_id=row.case.owner_id, about=Notice.About.URGENT, record_kind=kind, record_id=pk)
    journal.record(actor=None, verb="case.remind_of_risk", about=row.case, facts={"screen": str(row.pk)})
    return True


@transaction.atomic
def look_at_risk(*, actor: Any, case: Case, screen: RiskScreen) -> None:
    """A supervisor has looked; who has asked the questions herself is not the one to look."""
    policy.require(actor, "case.approve", case)
    if screen.taken_by_id == actor.pk:
        raise policy.Refused("somebody else has to look")
    rows = RiskScreen.objects.filter(pk=screen.pk, case=case, looked_at__isnull=True)
    if rows.update(looked_at=timezone.now(), looked_by=actor):
        journal.record(actor=actor, verb="case.look_at_risk", about=case, facts={"screen": str(screen.pk)})
        Notice.objects.filter(
            user=actor, record_kind=case._meta.label_lower, record_id=str(case.pk), read_at__isnull=True,  # noqa: SLF001
            about__in=(Notice.About.RISK, Notice.About.URGENT),
        ).update(read_at=timezone.now())  # fmt: skip


@transaction.atomic
def keep_safety_plan(*, actor: Any, case: Case, steps: Mapping[str, str]) -> SafetyPlan:
    """What she does when it gets dangerous or too heavy; the newest words count."""
    policy.require(actor, "case.write", case)
    plan = SafetyPlan.objects.select_for_update().filter(case=case).first()
    if plan is None:
        plan = SafetyPlan(organisation_id=case.organisation_id, case=case)
    plan.facts = {code: words.strip() for code, words in steps.items() if words.strip()}
    plan.made_by, plan.changed_at = actor, timezone.now()
    plan.save()
    journal.record(actor=actor, verb="case.keep_safety_plan", about=case, facts={"plan": str(plan.pk)})
    touch(case)
    return plan
