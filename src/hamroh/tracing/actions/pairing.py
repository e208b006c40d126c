"""What is said of two people of two lists: added, never changed. Nothing is merged; who is one person is read from the log."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.tracing.actions.judging import REASON, CannotJudge
from hamroh.tracing.models import Pair, PairVerdict, PoolRecord, standing
from hamroh.vault import journal


@transaction.atomic
def judge_pair(*, actor: Any, pair: Pair, answer: str, words: str) -> PairVerdict:
    """One more verdict on a pair, with its reason. Refused where the actor may not read both lists, CannotJudge where one of the two is gone."""
    row = _held(pair.pk)
    for each in (row.record, row.beside):
        policy.require(actor, "pool.judge", each)
    if len(words.strip()) < REASON:
        raise CannotJudge(_("Say why: at least 10 characters."))
    verdict = PairVerdict(
        organisation_id=row.organisation_id, pool_id=row.pool_id, record=row.record, beside=row.beside, answer=answer,
        words=words.strip(), made_by=actor,
    )  # fmt: skip
    verdict.save()
    Pair.objects.filter(pk=row.pk, seen_at=None).update(seen_at=timezone.now())
    for each in (row.record, row.beside):
        journal.record(actor=actor, verb="pool.judge", about=each.pool, facts={"verdict": str(verdict.pk)})
    return verdict


def _held(pk: UUID) -> Pair:
    """The pair, while both are on their lists."""
    row: Pair | None = (
        Pair.objects.select_for_update(of=("self",))
        .select_related("record__pool", "beside__pool")
        .filter(pk=pk)
        .first()
    )
    if row is None or standing(PoolRecord.objects.filter(pk__in=[row.record_id, row.beside_id])).count() < 2:
        raise CannotJudge(_("This record was taken back meanwhile."))
    return row
