"""What the room's actions share: an event held for a write, lines of its log, and notices."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.models import Notice
from hamroh.emergencies.models import Event, LogKind, LogLine


class NotNow(ValueError):
    """This is not to be written now; the message says why and can be shown."""


CLOSED = _("This emergency is closed. Open it again first.")
MEANWHILE = _("Somebody changed this meanwhile. Look at it as it is now, and write again.")


def held(actor: Any, event: Event, verb: str) -> Event:
    """The event as it stands now, held, where the actor may do the verb to it. NotNow where it is closed."""
    row: Event | None = (
        Event.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk=event.pk).first()
    )
    if row is None:
        raise policy.Refused("no such event")
    policy.require(actor, verb, row)
    if row.state == "closed":
        raise NotNow(CLOSED)
    return row


def of_event(model: Any, event: Event, pk: UUID) -> Any:
    """A row of this very event, held for a write; Refused otherwise."""
    row = model.objects.select_for_update(of=("self",)).filter(event=event, pk=pk).first()
    if row is None:
        raise policy.Refused("no such row of this event")
    return row


def logged(actor: Any, event: Event, words: Any, **more: Any) -> LogLine:
    """A line of the log, within the caller's transaction."""
    row = LogLine(
        organisation_id=event.organisation_id,
        event=event,
        made_by=actor,
        words=str(words),
        **{"kind": LogKind.DONE} | more,
    )
    row.save()
    return row


def tell(about: str, record: Model, people: Iterable[Any]) -> None:
    """A notice for each of them who has none waiting about this record."""
    named = {"about": about, **_named(record)}
    wanted = {person.pk for person in people}
    waiting = Notice.objects.filter(**named, read_at=None, user__in=wanted).values_list("user_id", flat=True)
    Notice.objects.bulk_create(Notice(user_id=pk, **named) for pk in wanted - set(waiting))


def read_notices(actor: Any, record: Model, *about: str) -> None:
    """Whoever does something about a record has read what she was told of it."""
    rows = Notice.objects.filter(user=actor, about__in=about, **_named(record))
    rows.filter(read_at=None).update(read_at=timezone.now())


def _named(record: Model) -> dict[str, str]:
    return {"record_kind": record._meta.label_lower, "record_id": str(record.pk)}  # noqa: SLF001 - Django's documented face
