"""Who may do what in the sealed room: the rules that case files will have."""

from hamroh.accounts.models import Role
from hamroh.accounts.models.people import CASE_WORKERS
from hamroh.accounts.policy import Relation, Verb, by, declare

_WORKS = (
    by(*CASE_WORKERS, relation=Relation.OWNER),
    by(*CASE_WORKERS, relation=Relation.TEAM),
    by(Role.SUPERVISOR),
)
VERBS = {
    "matter.list": Verb(_WORKS, reads=True, grantable=True),
    "matter.read": Verb(_WORKS, reads=True, data_class="S3", grantable=True),
    "matter.confide": Verb(_WORKS[:2], reads=True, data_class="S3", discreet=True),
    "matter.write": Verb(_WORKS, data_class="S3"),
    "shelter.list": Verb((by(*CASE_WORKERS), by(Role.SUPERVISOR)), reads=True),
    "shelter.add": Verb((by(*CASE_WORKERS), by(Role.SUPERVISOR))),
    "shelter.read": Verb((by(*CASE_WORKERS), by(Role.SUPERVISOR)), reads=True, data_class="S4"),
    "shelter.write": Verb((by(*CASE_WORKERS), by(Role.SUPERVISOR)), data_class="S4"),
}
declare(VERBS)
