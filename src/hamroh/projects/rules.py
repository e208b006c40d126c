"""Who may do what with projects: who plans keeps the register, who pays sees what was made public and what was given to her."""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Relation, Verb, by, declare

_PLANS = by(Role.PROGRAMME_MANAGER, Role.SUPERVISOR)
_READS = by(Role.ANALYST)
_WORKS_ON_IT = by(Role.PROGRAMME_MANAGER, relation=Relation.OWNER)
_GUIDES = by(Role.SUPERVISOR)
VERBS = {
    # the register of projects, their results and money
    "project.see": Verb((_PLANS, _READS), reads=True),
    "project.edit": Verb((_PLANS,)),
    # a figure counts outside once somebody else than who wrote it looked at it
    "project.approve": Verb((_PLANS,)),
    # projects that only those who work on them read, beside what else is asked of them
    "project.team": Verb((_WORKS_ON_IT, _GUIDES), reads=True),
    # reports to donors: drafts and what becomes of them
    "donorreport.see": Verb((_PLANS,), reads=True),
    "donorreport.write": Verb((_PLANS,)),
    "donorreport.approve": Verb((_PLANS,)),
    # one that was approved, also to whom it was lent: a donor owns no report, she is lent it
    "donorreport.read": Verb((_PLANS, by(Role.DONOR, relation=Relation.OWNER)), reads=True, grantable=True),
}
declare(VERBS)
