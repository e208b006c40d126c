"""Who may do what in an emergency: whoever is on duty leads, a second person signs what goes out to the public."""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Verb, by, declare

_ON_DUTY = by(Role.DUTY_OFFICER, Role.SUPERVISOR)
VERBS = {
    "event.see": Verb((_ON_DUTY, by(Role.PROGRAMME_MANAGER)), reads=True),
    "event.edit": Verb((_ON_DUTY,)),
}
declare(VERBS)
