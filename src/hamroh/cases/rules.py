"""Who may do what to a case: its owner and her team work on it, a supervisor guides and approves."""

from hamroh.accounts.models import CASE_WORKERS, Role
from hamroh.accounts.policy import Relation, Verb, by, declare

_WORKS = (
    by(*CASE_WORKERS, relation=Relation.OWNER),
    by(*CASE_WORKERS, relation=Relation.TEAM),
    by(Role.SUPERVISOR),
)
_BESIDE_HER = (by(*CASE_WORKERS, relation=Relation.OWNER), by(*CASE_WORKERS, relation=Relation.TEAM))
VERBS = {
    "case.list": Verb(_WORKS, reads=True, grantable=True),
    "case.open": Verb((by(*CASE_WORKERS), by(Role.SUPERVISOR)), data_class="S3"),
    "case.draft": Verb((by(*CASE_WORKERS, Role.SUPERVISOR, relation=Relation.OWNER),), data_class="S3"),
    "case.read": Verb(_WORKS, reads=True, data_class="S3", grantable=True),
    "case.write": Verb(_WORKS, data_class="S3"),
    "case.approve": Verb((by(Role.SUPERVISOR),), data_class="S3"),
    "case.assign": Verb((by(Role.SUPERVISOR),)),
    # records under a key of their own: their members, whoever works on the case
    "case.locate": Verb((by(*CASE_WORKERS), by(Role.SUPERVISOR)), reads=True, data_class="S4"),
    "case.hide": Verb((by(*CASE_WORKERS), by(Role.SUPERVISOR)), data_class="S4"),
    # a lawyer states under her name what no pack of law knows
    "case.state_law": Verb(
        (by(Role.LAWYER, relation=Relation.OWNER), by(Role.LAWYER, relation=Relation.TEAM)), data_class="S3"
    ),
    # notes of a discipline: their author and that discipline, within reach of the case; no supervisor, no emergency
    "case.own_note": Verb(_BESIDE_HER, reads=True, data_class="S3", discreet=True),
    "case.psychology": Verb(
        (
            by(Role.PSYCHOLOGIST, relation=Relation.OWNER),
            by(Role.PSYCHOLOGIST, relation=Relation.TEAM),
        ),
        reads=True, data_class="S3", discreet=True,
    ),
    # what another organisation sent: whoever takes cases sees the envelope and answers, who accepted works on it
    "referral.look": Verb((by(*CASE_WORKERS, Role.SUPERVISOR),), reads=True, data_class="S3"),
    "referral.answer": Verb((by(*CASE_WORKERS, Role.SUPERVISOR),), data_class="S3"),
    "referral.read": Verb(
        (by(*CASE_WORKERS, relation=Relation.OWNER), by(Role.SUPERVISOR)), reads=True, data_class="S3"
    ),
    "referral.work": Verb((by(*CASE_WORKERS, relation=Relation.OWNER), by(Role.SUPERVISOR)), data_class="S3"),
    # the law of the whole installation: who works with it proposes, somebody else releases
    "law.see": Verb((by(Role.LAWYER, Role.SUPERVISOR, Role.PROGRAMME_MANAGER, Role.EDITOR),), reads=True),
    "law.propose": Verb((by(Role.LAWYER, Role.SUPERVISOR),)),
    "law.release": Verb((by(Role.SUPERVISOR, Role.PROGRAMME_MANAGER),)),
    # an organisation's rows that belong to no case
    "advice.count": Verb((by(*CASE_WORKERS, Role.SUPERVISOR),), data_class="S3"),
    "advice.read": Verb((by(*CASE_WORKERS, relation=Relation.OWNER), by(Role.SUPERVISOR)), reads=True, data_class="S3"),
    # counts without names, protected; who lets a table out answers for it
    "figures.see": Verb((by(Role.SUPERVISOR, Role.ANALYST, Role.PROGRAMME_MANAGER),), reads=True),
    "figures.release": Verb((by(Role.SUPERVISOR, Role.ANALYST, Role.PROGRAMME_MANAGER),)),
    # what leaves the house as a file: never by an emergency, never to whom a case is lent, and let go by somebody else
    "case.export": Verb(_WORKS, data_class="S3"),
    "export.see": Verb(
        (by(*CASE_WORKERS, relation=Relation.OWNER), by(Role.SUPERVISOR)), reads=True, data_class="S3", discreet=True
    ),
    "export.take": Verb((by(*CASE_WORKERS, Role.SUPERVISOR, relation=Relation.OWNER),), data_class="S3"),
    "export.release": Verb((by(Role.SUPERVISOR),), data_class="S3"),
}  # fmt: skip
declare(VERBS)
