"""How events and alerts stand on screens over all rooms."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.accounts import records
from hamroh.emergencies.models import Alert, Event


def _event_at(row: Event) -> str:
    return reverse("emergencies:event", kwargs={"code": row.code})


def _alert_at(row: Alert) -> str:
    return reverse("emergencies:alert", kwargs={"alert": row.code})


EVENTS = records.Register(
    model=Event, title=_("Emergency"), reads="event.see", with_code=lambda code: Event.objects.filter(code=code.lower()),
    code_of=lambda row: row.code, address_of=_event_at, fields={"note": _("a note on an emergency")},
)  # fmt: skip
ALERTS = records.Register(
    model=Alert, title=pgettext_lazy("public", "Alert"), reads="alert.see", code_of=lambda row: row.code, address_of=_alert_at,
    with_code=lambda code: Alert.objects.filter(code=code.lower()),
)  # fmt: skip
records.declare(EVENTS)
records.declare(ALERTS)
