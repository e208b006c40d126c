"""Who may do what with statistics: who plans and who supervises makes tables; who pays is given them."""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Verb, by, declare

_PLANS = by(Role.PROGRAMME_MANAGER, Role.SUPERVISOR)
_COUNTS = by(Role.PROGRAMME_MANAGER, Role.SUPERVISOR, Role.ANALYST)
VERBS = {
    # tables of counts for the house's own eyes, and their release through the audit
    "statistics.see": Verb((_COUNTS,), reads=True),
    "statistics.edit": Verb((_PLANS,)),
    # to keep a table that is asked for again, and to let one out
    "statistics.keep": Verb((_COUNTS,)),
    "statistics.release": Verb((_COUNTS,)),
    # tables that left: who pays is given these and no others
    "statistics.given": Verb((_COUNTS, by(Role.DONOR, Role.EDITOR)), reads=True),
    # boards: what presses and who carries how much, where projects stand, what organisations let out for everybody
    "board.team": Verb((by(Role.SUPERVISOR),), reads=True),
    "board.programme": Verb((_PLANS,), reads=True),
    "board.network": Verb((_COUNTS,), reads=True),
}
declare(VERBS)
