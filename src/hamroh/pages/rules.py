"""Who may do what with pages, news and stories: editors write for their organisation."""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Verb, by, declare

_EDITOR = by(Role.EDITOR)
VERBS = {
    "pages.edit": Verb((_EDITOR,)),
    "pages.publish": Verb((_EDITOR,)),
}
declare(VERBS)
