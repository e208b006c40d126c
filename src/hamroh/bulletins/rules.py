"""Who may do what with bulletins: an editor or who plans makes an issue, another one lets it out, and nobody reads whom it goes to."""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Verb, by, declare

_MAKES = by(Role.EDITOR, Role.PROGRAMME_MANAGER, Role.SUPERVISOR)
VERBS = {
    # issues of the bulletin before they are out
    "bulletin.see": Verb((_MAKES,), reads=True),
    "bulletin.edit": Verb((_MAKES,)),
    # the second person's yes, sending, and taking back
    "bulletin.release": Verb((_MAKES,)),
    # how many readers there are; an address that is typed is taken away, or noted as one that letters come back from
    "reader.count": Verb((_MAKES,), reads=True),
    "reader.drop": Verb((_MAKES,)),
}
declare(VERBS)
