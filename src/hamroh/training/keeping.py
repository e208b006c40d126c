"""How long rounds are kept: from the day on which they are over, with everybody in them. Gatherings stay, as they name nobody."""

from django.utils.translation import gettext_lazy as _

from hamroh.kernel.retention import Event, Rule, Unit
from hamroh.training.models import Round
from hamroh.vault import retention

#: tables whose rows are erased with their round; a system check refuses one that is missing
GOES_WITH = (
    "training.borne", "training.grown", "training.material", "training.counted", "training.enrolment", "training.trainer",
    "training.session", "training.mended", "training.signup", "training.certificate",
    "training.workshop", "training.workshopcount",
)  # fmt: skip
ROUNDS = retention.RecordClass(
    rule=Rule("training-round", Event.CLOSED, Unit.MONTHS, 60, 6, 120), model=Round, title=_("Rounds of training"),
    counted="closed_date", goes_with=GOES_WITH,
)  # fmt: skip
retention.declare(ROUNDS)
