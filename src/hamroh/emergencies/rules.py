"""Who may do what in an emergency: whoever is on duty leads, a second person signs what goes out to the public.

Many help and see what is going on; households and the centre's log are read by those who lead and by those who visit.
"""

from hamroh.accounts.models import CASE_WORKERS, Role
from hamroh.accounts.policy import Verb, by, declare

_ON_DUTY = by(Role.DUTY_OFFICER, Role.SUPERVISOR)
_HELPS = by(*CASE_WORKERS, Role.MONITOR, Role.FACILITATOR, Role.PROGRAMME_MANAGER)
_VISITS = by(Role.SOCIAL_WORKER, Role.MONITOR)
VERBS = {
    # what is going on: event, incidents, damage by source, needs, who is on duty, reports
    "event.see": Verb((_ON_DUTY, _HELPS), reads=True),
    "event.edit": Verb((_ON_DUTY,)),
    # one's own tasks: to say that they are taken and done
    "event.help": Verb((_ON_DUTY, _HELPS)),
    # the words of a task, to whoever has it
    "task.read": Verb(
        (_ON_DUTY, by(*CASE_WORKERS, Role.MONITOR, Role.FACILITATOR)), reads=True, data_class="S3", discreet=True
    ),
    # what the centre wrote down, with who said what
    "event.read_log": Verb((_ON_DUTY,), reads=True, data_class="S3", discreet=True),
    "event.write_log": Verb((_ON_DUTY,), data_class="S3", discreet=True),
    # telephones of those on duty
    "duty.phone": Verb((_ON_DUTY,), reads=True, data_class="S3", discreet=True),
    # what was damaged, as a source says it
    "damage.enter": Verb((_ON_DUTY, _VISITS), data_class="S3", discreet=True),
    # one household, by an alias
    "household.read": Verb((_ON_DUTY, by(Role.SOCIAL_WORKER)), reads=True, data_class="S3", discreet=True),
    "household.write": Verb((_ON_DUTY, _VISITS), data_class="S3", discreet=True),
    # alerts to the public
    "alert.see": Verb((_ON_DUTY, by(Role.PROGRAMME_MANAGER)), reads=True),
    "alert.write": Verb((_ON_DUTY,)),
    "alert.sign": Verb((_ON_DUTY,)),
}
declare(VERBS)
