"""Who may do what in the library: editors write, publish and bring in for their own organisation; what is public everybody reads."""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Verb, by, declare

_EDITOR = by(Role.EDITOR)
VERBS = {
    "library.see_draft": Verb((_EDITOR,), reads=True),
    "library.edit": Verb((_EDITOR,)),
    "library.publish": Verb((_EDITOR,)),
    "library.withdraw": Verb((_EDITOR,)),
    "library.import": Verb((_EDITOR,)),
    "library.harvest": Verb((_EDITOR,)),
}
declare(VERBS)
