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
    # lists that grow by what is filled, as a form is given them
    "entity.take": Verb((_GOES_OUT,), reads=True, data_class="S3", discreet=True),
    # what came in
    "submission.read": Verb(
        (_READS, by(*CASE_WORKERS, Role.MONITOR, relation=Relation.OWNER)), reads=True, data_class="S3", discreet=True
    ),
    "submission.review": Verb((_READS,), data_class="S3", discreet=True),
    # answers that become a case, a visit or a figure, each by the right of what it becomes, too
    "submission.carry": Verb(
        (_READS, by(*CASE_WORKERS, Role.MONITOR, relation=Relation.OWNER)), data_class="S3", discreet=True
    ),
    # answers that leave as a file: who asked takes them out, of many a second person lets them go
    "answers_file.see": Verb((_READS,), reads=True, data_class="S3", discreet=True),
    "answers_file.take": Verb((by(Role.SUPERVISOR, relation=Relation.OWNER),), data_class="S3", discreet=True),
    "answers_file.release": Verb((_READS,), data_class="S3", discreet=True),
    # campaigns: plans and counts; what was found is read by who goes and who supervises
    "campaign.see": Verb((_PLANS, by(Role.MONITOR, Role.ANALYST)), reads=True),
    "campaign.edit": Verb((_PLANS,)),
    "campaign.read": Verb((by(Role.SUPERVISOR, Role.MONITOR),), reads=True, data_class="S3", discreet=True),
    "campaign.write": Verb((by(Role.SUPERVISOR, Role.MONITOR),), data_class="S3", discreet=True),
    "campaign.report": Verb((_PLANS,)),
    # days of advice in the villages
    "day.see": Verb((_GOES_OUT,), reads=True, data_class="S3", discreet=True),
    "day.count": Verb((_GOES_OUT,), data_class="S3", discreet=True),
    "day.close": Verb((_GOES_OUT,), data_class="S3", discreet=True),
}
declare(VERBS)
