"""Who may do what with groups: a facilitator runs her own groups and sees no case; who supervises sees that they run.

Members stand under an alias. Where somebody can stay is known to those who hold its key, and to nobody by a role.
"""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Relation, Verb, by, declare

_RUNS = by(Role.FACILITATOR, relation=Relation.OWNER)
_LEADS = by(Role.SUPERVISOR, Role.PROGRAMME_MANAGER)
VERBS = {
    # that there is a group, where it is, what it agreed with a council; no member
    "group.see": Verb((_RUNS, _LEADS), reads=True),
    "group.edit": Verb((_RUNS, _LEADS)),
}
declare(VERBS)
