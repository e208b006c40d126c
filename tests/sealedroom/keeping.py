"""How long records of the sealed room are kept: all that a room says about it."""

from hamroh.kernel.retention import Event, Grain, Rule, Unit
from hamroh.vault import retention
from sealedroom.models import Matter, Shelter

MATTERS = retention.RecordClass(
    rule=Rule("sealed_matter", Event.CLOSED, Unit.MONTHS, 60, 12, 240), model=Matter, title="Matters",
    counted="closed_week", grain=Grain.WEEK, goes_with=("sealedroom.note",),
)  # fmt: skip
SHELTERS = retention.RecordClass(
    rule=Rule("sealed_shelter", Event.CLOSED, Unit.DAYS, 0, 0, 90), model=Shelter, title="Shelters",
    counted="left_date", data_class="S4",
)  # fmt: skip
retention.declare(MATTERS)
retention.declare(SHELTERS)
