"""Who may do what with bulletins: an editor or who plans makes an issue, and another one lets it out."""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Verb, by, declare

_MAKES = by(Role.EDITOR, Role.PROGRAMME_MANAGER, Role.SUPERVISOR)
VERBS = {
    # issues of the bulletin before they are out
    "bulletin.see": Verb((_MAKES,), reads=True),
    "bulletin.edit": Verb((_MAKES,)),
}
declare(VERBS)
