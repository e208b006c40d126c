"""Who may do what about figures and profiles: analysts write, a reviewer sees the one draft that was lent, a manager publishes."""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Verb, by, declare

_ANALYST = by(Role.ANALYST)
_READERS = by(Role.ANALYST, Role.PROGRAMME_MANAGER)
VERBS = {
    # sources, indicators, observations and what is preferred among estimates
    "evidence.record": Verb((_ANALYST,)),
    "evidence.import": Verb((_ANALYST,)),
    "evidence.prefer": Verb((_ANALYST,)),
    # a profile before it is public; lent, edition by edition, to whoever reviews it
    "evidence.see_draft": Verb((_READERS,), reads=True, grantable=True),
    "evidence.comment": Verb((_READERS,), grantable=True),
    "evidence.edit": Verb((_ANALYST,)),
    "evidence.answer_finding": Verb((_ANALYST,)),
    "evidence.hold_round": Verb((_ANALYST,)),
    # what stands beside an edition, and its way to the public: whoever publishes is not the one who approved
    "evidence.endorse": Verb((_READERS,)),
    "evidence.correct": Verb((_READERS,)),
    "evidence.approve": Verb((_READERS,)),
    "evidence.publish": Verb((by(Role.PROGRAMME_MANAGER),)),
}
declare(VERBS)
