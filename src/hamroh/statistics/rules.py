"""Who may do what with statistics: who plans and who supervises makes tables; who pays is given them."""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Verb, by, declare

_PLANS = by(Role.PROGRAMME_MANAGER, Role.SUPERVISOR)
VERBS = {
    # tables of counts for the house's own eyes, and their release through the audit
    "statistics.see": Verb((_PLANS,), reads=True),
    "statistics.edit": Verb((_PLANS,)),
}
declare(VERBS)
