"""Who may do what with groups: a facilitator runs her own groups and sees no case; who supervises sees that they run.

Members stand under an alias. Where somebody can stay is known to those who hold its key, and to nobody by a role.
"""

from hamroh.accounts.models import CASE_WORKERS, Role
from hamroh.accounts.policy import Relation, Verb, by, declare

_RUNS = by(Role.FACILITATOR, relation=Relation.OWNER)
_GUIDES = by(Role.SUPERVISOR)
_LEADS = by(Role.SUPERVISOR, Role.PROGRAMME_MANAGER)
_KEEPS_PLACES = by(*CASE_WORKERS, Role.FACILITATOR, Role.SUPERVISOR)
VERBS = {
    # that there is a group, where it is, what it agreed with a council; no member
    "group.see": Verb((_RUNS, _LEADS), reads=True),
    "group.edit": Verb((_RUNS, _LEADS)),
    # who runs it
    "group.staff": Verb((_LEADS,)),
    # members by alias, talks among peers, help and what helps to earn
    "group.members": Verb((_RUNS, _GUIDES), reads=True, data_class="S3", discreet=True),
    "group.write": Verb((_RUNS, _GUIDES), data_class="S3", discreet=True),
    # meetings, savings, loans: balances by member's number
    "savings.read": Verb((_RUNS, _GUIDES), reads=True, data_class="S3", discreet=True),
    "savings.write": Verb((_RUNS, _GUIDES), data_class="S3", discreet=True),
    # a group on one's own telephone; whoever guides calls it back
    "savings.carry": Verb((_RUNS,), reads=True, data_class="S3", discreet=True),
    "savings.revoke": Verb((_RUNS, _GUIDES)),
    # a place to stay: who may write one down, and its members alone
    "place.begin": Verb((_KEEPS_PLACES,), data_class="S3", discreet=True),
    "place.locate": Verb((_KEEPS_PLACES,), reads=True, data_class="S4"),
    "place.hide": Verb((_KEEPS_PLACES,), data_class="S4"),
}
declare(VERBS)
