"""How long groups are kept: from their closing on, with everything that belongs to them.

Places to stay are of no class: a list of what waits to be let go would tell that there is one. ``actions.places`` erases those that
were given up half a year ago.
"""

from django.utils.translation import gettext_lazy as _

from hamroh.groups.models import Group
from hamroh.kernel.retention import Event, Rule, Unit
from hamroh.vault import retention

#: tables whose rows are erased with their group; a system check refuses one that is missing
GOES_WITH = (
    "groups.facilitating", "groups.member", "groups.memberrole", "groups.peersession", "groups.memorandum", "groups.obligation",
    "groups.communityhelp", "groups.support", "groups.repayment", "groups.visit", "groups.application",
    "groups.cycle", "groups.meeting", "groups.entry", "groups.parcel", "groups.carried",
)  # fmt: skip
GROUPS = retention.RecordClass(
    rule=Rule("group", Event.CLOSED, Unit.MONTHS, 60, 12, 240), model=Group, title=_("Groups"), counted="closed_date",
    goes_with=GOES_WITH,
)  # fmt: skip
retention.declare(GROUPS)
