"""Who may do what with training: who plans makes courses and rounds, who trains runs her own rounds."""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Relation, Verb, by, declare

_PLANS = by(Role.PROGRAMME_MANAGER, Role.SUPERVISOR)
_TRAINS = by(Role.FACILITATOR, relation=Relation.OWNER)
VERBS = {
    # courses and rounds: what is taught, where and when; nobody by name
    "round.see": Verb((_PLANS, _TRAINS), reads=True),
    "round.edit": Verb((_PLANS, _TRAINS)),
}
declare(VERBS)
