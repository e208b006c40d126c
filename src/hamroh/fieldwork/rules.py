"""Who may do what with forms: who plans makes them, who goes out fills them, and what people answered is read by few.

Whoever fills sends and reads nothing back: what came in is read by a supervisor, and a monitor sees what she sent herself.
"""

from hamroh.accounts.models import CASE_WORKERS, Role
from hamroh.accounts.policy import Relation, Verb, by, declare

_PLANS = by(Role.PROGRAMME_MANAGER, Role.SUPERVISOR)
_GOES_OUT = by(*CASE_WORKERS, Role.MONITOR, Role.FACILITATOR, Role.DUTY_OFFICER, Role.SUPERVISOR)
_READS = by(Role.SUPERVISOR)
VERBS = {
    # forms and their versions
    "form.see": Verb((_PLANS, _GOES_OUT), reads=True),
    "form.edit": Verb((_PLANS,)),
    "form.fill": Verb((_GOES_OUT,)),
    # devices that fetch forms and send what was filled
    "device.manage": Verb((by(Role.SUPERVISOR, Role.ADMINISTRATOR),)),
    # the keys to which filled forms are sealed on a device
    "form_key.manage": Verb((by(Role.SUPERVISOR),)),
    # what came in
    "submission.read": Verb(
        (_READS, by(Role.MONITOR, relation=Relation.OWNER)), reads=True, data_class="S3", discreet=True
    ),
    "submission.review": Verb((_READS,), data_class="S3", discreet=True),
}
declare(VERBS)
