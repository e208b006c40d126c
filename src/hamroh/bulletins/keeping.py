"""How long readers are kept: from their yes on. Leaving erases at once; who never said yes goes after three days. Issues stay, as they name nobody."""

from django.utils.translation import gettext_lazy as _

from hamroh.bulletins.models import Reader
from hamroh.kernel.retention import Event, Rule, Unit
from hamroh.vault import retention

#: tables whose rows are erased with their reader; a system check refuses one that is missing
GOES_WITH = ("bulletins.letter",)
READERS = retention.RecordClass(
    rule=Rule("bulletin-reader", Event.MADE, Unit.MONTHS, 36, 12, 60), model=Reader, title=_("Readers of the bulletin"),
    counted="confirmed_date", goes_with=GOES_WITH,
)  # fmt: skip
retention.declare(READERS)
