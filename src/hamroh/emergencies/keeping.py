"""How long events are kept: from their closing on, with everything that belongs to them. Alerts that went out stay, as they name nobody."""

from django.utils.translation import gettext_lazy as _

from hamroh.emergencies.models import Event as HazardEvent
from hamroh.kernel.retention import Event, Rule, Unit
from hamroh.vault import retention

#: tables whose rows are erased with their event; a system check refuses one that is missing
GOES_WITH = (
    "emergencies.incident", "emergencies.severityline", "emergencies.logline", "emergencies.damagecard", "emergencies.household",
    "emergencies.aid", "emergencies.relocationoffer", "emergencies.need", "emergencies.response", "emergencies.shift", "emergencies.task",
    "emergencies.taskline", "emergencies.report",
)  # fmt: skip
EVENTS = retention.RecordClass(
    rule=Rule("emergency", Event.CLOSED, Unit.MONTHS, 60, 12, 240), model=HazardEvent, title=_("Emergencies"),
    counted="closed_date", goes_with=GOES_WITH,
)  # fmt: skip
retention.declare(EVENTS)
