"""Who may do what with training: who plans makes courses and rounds, who trains runs her own rounds and knows who is in them.

Names are read by the trainers of a round and by a supervisor. Who plans and who pays sees numbers.
"""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Relation, Verb, by, declare

_PLANS = by(Role.PROGRAMME_MANAGER, Role.SUPERVISOR)
_KNOWS = by(Role.FACILITATOR)
_TRAINS = by(Role.FACILITATOR, relation=Relation.OWNER)
_GUIDES = by(Role.SUPERVISOR)
VERBS = {
    # what is taught
    "course.see": Verb((_PLANS, _KNOWS), reads=True),
    "course.edit": Verb((_PLANS,)),
    # rounds: where, when, who trains, how many came; nobody by name
    "round.see": Verb((_PLANS, _TRAINS), reads=True),
    "round.edit": Verb((_PLANS, _TRAINS)),
    # a new round, who trains in it, whether it is made known
    "round.plan": Verb((_PLANS,)),
    # who takes part, who was there, what tests showed, who signed up, certificates
    "learner.read": Verb((_TRAINS, _GUIDES), reads=True, data_class="S3", discreet=True),
    "learner.write": Verb((_TRAINS, _GUIDES), data_class="S3", discreet=True),
    # roundtables and councils, and what they asked of whom
    "gathering.see": Verb((_PLANS, _KNOWS), reads=True),
    "gathering.edit": Verb((_PLANS,)),
}
declare(VERBS)
