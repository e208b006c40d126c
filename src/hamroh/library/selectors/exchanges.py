"""Lists that were brought in and centres that are harvested, as the desk shows them."""

from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet

from hamroh.accounts import policy
from hamroh.library.models import Batch, Centre, Record, Run


def batches(*, actor: Any) -> QuerySet[Batch]:
    """Lists of the actor's own organisations, the newest first."""
    return policy.visible(actor, "library.import", Batch.objects.select_related("made_by")).order_by("-made_at")


def batch(*, actor: Any, pk: UUID) -> Batch:
    """One of them; Refused where there is none for this person."""
    return policy.fetch(actor, "library.import", Batch.objects.filter(pk=pk).select_related("made_by"))[0]  # type: ignore[no-any-return]


def centres(*, actor: Any) -> QuerySet[Centre]:
    """Other centres of the actor's own organisations, with how many records each has here."""
    rows = policy.visible(actor, "library.harvest", Centre.objects.annotate(held=Count("records")))
    return rows.prefetch_related("runs").order_by("key")


def centre(*, actor: Any, key: str) -> Centre:
    """One of them; Refused where there is none for this person."""
    return policy.fetch(actor, "library.harvest", Centre.objects.filter(key=key))[0]  # type: ignore[no-any-return]


def runs(found: Centre) -> QuerySet[Run]:
    """Harvests of a centre, the newest first."""
    return found.runs.order_by("-began_at")


def harvested(found: Centre) -> QuerySet[Record]:
    """Records of a centre, the last changed first."""
    return found.records.order_by(F("changed_at").desc(), "code")


def harvested_record(*, actor: Any, key: str, code: str) -> Record:
    """A record of a centre; Refused where there is none for this person."""
    rows = Record.objects.filter(origin__key=key, code=code)
    return policy.fetch(actor, "library.harvest", rows.select_related("origin"))[0]  # type: ignore[no-any-return]
