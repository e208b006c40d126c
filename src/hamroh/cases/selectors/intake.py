"""Intakes that were left, for who began them."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.cases.models import Draft


def left(*, actor: Any) -> QuerySet[Draft]:
    """The actor's own intakes that are no case yet, the newest first; nothing is opened."""
    rows = Draft.objects.filter(case__isnull=True, expires_at__gt=timezone.now())
    return policy.visible(actor, "case.draft", rows).select_related("organisation").order_by("-changed_at", "pk")
