"""Words about who is missed that may leave."""

from typing import Any

from hamroh.accounts.policy import Decision
from hamroh.tracing.models import Description, Request
from hamroh.vault import opening


def read_words(*, request: Request, decision: Decision, purpose: str = "page") -> str:
    """The newest description that another person has read; empty where there is none."""
    row = Description.objects.filter(request=request).exclude(read_by=None).order_by("-read_at", "-pk").first()
    found: Any = opening.open_each(row, ("words",), decision=decision, purpose=purpose)["words"] if row else ""
    return found if isinstance(found, str) else ""
