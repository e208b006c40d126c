"""Notices about editions: who was asked to review and is answered, who holds a round and has comments."""

from collections.abc import Iterable
from typing import Any

from hamroh.accounts.models import Notice, User
from hamroh.evidence.models import Edition, Round

_EDITION = "evidence.edition"


def tell(people: Iterable[User], about: str, edition: Edition) -> None:
    """One unread line is enough: what is told again while it waits adds none."""
    ref = {"about": about, "record_kind": _EDITION, "record_id": str(edition.pk)}
    waiting = set(Notice.objects.filter(**ref, read_at=None).values_list("user", flat=True))
    Notice.objects.bulk_create(Notice(user=each, **ref) for each in people if each.pk not in waiting)


def tell_authors(edition: Edition, *, but: Any) -> None:
    """Who opened the round that is open, unless they themselves did what is told."""
    rows = Round.objects.filter(edition=edition, state="open", opened_by__is_active=True).exclude(opened_by=but)
    tell([each.opened_by for each in rows.select_related("opened_by") if each.opened_by], Notice.About.REMARK, edition)
