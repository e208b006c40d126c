"""What the vault can say about stored rows without opening one."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db.models import Count, Max, Q

from hamroh.vault import sealing
from hamroh.vault.errors import KeyDestroyed, Tampered
from hamroh.vault.fields import SealedModel
from hamroh.vault.models import RECOVERY, JournalLine, MemberKey, RecordKeyShare, RecoveryKey
from hamroh.web.batches import in_batches


def unsound_rows(organisation_id: UUID) -> Iterator[tuple[SealedModel, str]]:
    """Rows whose seal does not hold, and rows older than the journal says, each with the reason in one of two words.

    Every line about a sealed row says how often it was sealed by then. A whole row that was put back as it once was proves itself;
    the line of its later write stands in a chain that whoever writes to tables cannot make anew.
    """
    for model in apps.get_models():
        if issubclass(model, SealedModel):
            owner = getattr(model, "seal_organisation", "organisation_id")
            for row in in_batches(model._base_manager.filter(**{owner: organisation_id})):  # noqa: SLF001
                if _reason(row) and (reason := _reason_now(row)):
                    yield row, reason


def _reason_now(row: SealedModel) -> str:
    """Asked again of the row as it stands now: somebody may have saved or erased it since the batch was read."""
    found = type(row)._base_manager.filter(pk=row.pk).first()  # noqa: SLF001
    return _reason(found) if found is not None else ""


def _reason(row: SealedModel) -> str:
    try:
        stands_at = sealing.generation(row)
    except Tampered:
        return "broken"
    except KeyDestroyed:
        return ""  # gone on purpose
    kind = row._meta.label_lower  # noqa: SLF001
    lines = JournalLine.objects.filter(record_kind=kind, record_id=str(row.pk), facts__seal__isnull=False)
    told = max((facts["seal"] for facts in lines.values_list("facts", flat=True)), default=0)
    return "older" if stands_at < told else ""


def waiting_members(organisation_id: UUID) -> dict[UUID, int]:
    """Members of locating records whose own key was made anew since: how many records each waits for."""
    shares = RecordKeyShare.objects.filter(
        record_key__organisation_id=organisation_id, sealed=b"", record_key__current=True
    )
    rows = shares.values("user_id").annotate(records=Count("pk")).order_by("user_id")
    return {UUID(str(row["user_id"])): row["records"] for row in rows}


@dataclass(frozen=True)
class Papers:
    """The recovery papers of an organisation: when and by whom they were made, and when a drill last passed."""

    made_at: dt.datetime
    made_by: UUID | None
    drilled_at: dt.datetime | None


def papers_of(organisation_ids: Iterable[UUID]) -> dict[UUID, Papers]:
    """The recovery papers of these organisations, by organisation; one query."""
    rows = RecoveryKey.objects.filter(organisation_id__in=list(organisation_ids))
    told = rows.annotate(drilled=Max("drills__held_at", filter=Q(drills__passed=True)))
    return {row.organisation_id: Papers(row.made_at, row.made_by, row.drilled) for row in told}


def one_way_or_none() -> dict[UUID, int]:
    """Members of locating records whom one lost thing shuts out, or who are shut out: how many ways open their key."""
    shares = RecordKeyShare.objects.filter(record_key__current=True).exclude(user_id=RECOVERY)
    holders = set(shares.values_list("user_id", flat=True))
    ways = dict(MemberKey.objects.filter(user_id__in=holders).annotate(ways=Count("locks")).values_list("pk", "ways"))
    return {user_id: ways.get(user_id, 0) for user_id in holders if ways.get(user_id, 0) < 2}
