"""Who may do what with projects: who plans keeps the register, who pays sees what was made public and what was given to her."""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Verb, by, declare

_PLANS = by(Role.PROGRAMME_MANAGER, Role.SUPERVISOR)
VERBS = {
    # the register of projects, their results and money
    "project.see": Verb((_PLANS,), reads=True),
    "project.edit": Verb((_PLANS,)),
}
declare(VERBS)
