"""What the desk shows of profiles: editions that somebody may see, one of them, its blocks, what they said before."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.evidence.models import Block, Edition, Observation


def editions_on_desk(*, actor: Any) -> QuerySet[Edition]:
    """Editions that ``actor`` may see before they are public, with their profiles, by country and the newest first."""
    rows = policy.visible(actor, "evidence.see_draft", Edition.objects.all())
    return rows.select_related("profile", "organisation", "template").order_by(
        "profile__area", "profile__key", "-created_at"
    )


def edition_on_desk(*, actor: Any, code: str, verb: str = "evidence.see_draft") -> Edition:
    """The edition with this code to which ``actor`` may do ``verb``; Refused where there is none."""
    rows = Edition.objects.filter(code=code).select_related("profile", "organisation", "template")
    return policy.fetch(actor, verb, rows)[0]  # type: ignore[no-any-return]


def block_on_desk(*, actor: Any, code: str, key: str, verb: str = "evidence.see_draft") -> Block:
    """A block of an edition to which ``actor`` may do ``verb``; Refused where there is none."""
    rows = Block.objects.filter(edition__code=code, key=key)
    return policy.fetch(actor, verb, rows.select_related("edition__profile", "edition__template", "updated_by"))[0]  # type: ignore[no-any-return]


def figure_names(blocks: Iterable[Block]) -> dict[str, dict[str, str]]:
    """What the figures of blocks count, in every language, by their codes; one query."""
    codes = {
        block.content["obs"] for block in blocks if block.content.get("obs") and isinstance(block.content["obs"], str)
    }
    rows = Observation.objects.filter(code__in=codes)
    return dict(rows.values_list("code", "series__indicator__concept__names"))
