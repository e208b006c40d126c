"""Who may do what about vocabularies: everybody at work suggests, editors discuss, editors of the keeper decide, edit and release."""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Verb, by, declare

_EDITOR = by(Role.EDITOR)
VERBS = {
    "thesaurus.suggest": Verb((by(*Role.values),)),
    "thesaurus.discuss": Verb((_EDITOR,)),
    "thesaurus.decide": Verb((_EDITOR,)),
    "thesaurus.edit": Verb((_EDITOR,)),
    "thesaurus.release": Verb((_EDITOR,)),
    "thesaurus.import": Verb((_EDITOR,)),
}
declare(VERBS)
