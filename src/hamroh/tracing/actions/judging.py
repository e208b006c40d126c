"""Verdicts are added, never changed; how far a request is follows from the log."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.tracing.actions import matching
from hamroh.tracing.actions.asking import request_for_work
from hamroh.tracing.actions.moving import step
from hamroh.tracing.models import PoolRecord, Request, Route, Verdict, standing
from hamroh.tracing.selectors.found import same_records
from hamroh.tracing.selectors.judging import rows_about, weights
from hamroh.tracing.selectors.requests import faced
from hamroh.tracing.states import JUDGED
from hamroh.tracing.verdicts import Weight
from hamroh.vault import journal

REASON = 10


class CannotJudge(ValueError):
    """Nothing can be said of this pair now; the message can be shown."""


@transaction.atomic
def judge(
    *, actor: Any, request: Request, answer: str, words: str, record: PoolRecord | None = None, other: Request | None = None
) -> Verdict:  # fmt: skip
    """One more verdict on a request beside a record or another request, with its reason; two people make them the same.

    Refused where the actor may not read both. CannotJudge where the reason is too short, or the request rests.
    """
    held = {row.pk: row for row in _held(actor, [each for each in (request, other) if each is not None])}
    row, beside = held[request.pk], held.get(other.pk) if other else None
    if record is not None:
        policy.require(actor, "pool.read", record)
        if standing(PoolRecord.objects.filter(pk=record.pk)).first() is None:
            raise CannotJudge(_("This record was taken back meanwhile."))
    if len(words.strip()) < REASON:
        raise CannotJudge(_("Say why: at least 10 characters."))
    if row.state not in JUDGED or (beside is not None and beside.state not in JUDGED):
        raise CannotJudge(_("This request is not searched any more."))
    verdict = Verdict(
        organisation_id=row.organisation_id, request=row, record=record, other=beside, answer=answer,
        words=words.strip(), made_by=actor,
    )  # fmt: skip
    verdict.save()
    matching.seen(row, record=record, other=beside)
    matching.read_notices(actor, row)
    for each in held.values():
        journal.record(actor=actor, verb="tracing.judge", about=each, facts={"verdict": str(verdict.pk)})
        follow(actor, each)
    return verdict


def _held(actor: Any, requests: list[Request]) -> list[Request]:
    """The requests as they stand now, held in one order, so that two who judge at once wait for each other."""
    found = []
    for each in sorted(requests, key=lambda row: str(row.pk)):
        row = request_for_work(each.pk)
        if row is None or not faced(actor, "tracing.judge").filter(pk=each.pk).exists():
            raise policy.Refused("no such request for this person")
        policy.require(actor, "tracing.judge", row)
        found.append(row)
    return found


def follow(actor: Any, row: Request) -> None:
    """Bring a held request to where the log of verdicts has it. What was asked of the person found goes on while two still say the same."""
    if row.route != Route.SEARCH or row.state not in JUDGED:
        return
    if row.state in ("asked", "answer") and same_records(row):  # what he said stands, even where his list ran out
        return
    found = {
        weight
        for pair, weight in weights(rows_about([("request", row.pk)])).items()
        if any(kind == "record" for kind, _pk in pair)
    }
    after = "verified" if Weight.SAME in found else "candidate" if Weight.HALF in found else "searching"
    if after != row.state:
        step(actor, row, after)
