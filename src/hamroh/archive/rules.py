"""Who may do what in the archive: editors describe and publish what its narrators allow."""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Verb, by, declare

_EDITOR = by(Role.EDITOR)
VERBS = {
    "archive.see_draft": Verb((_EDITOR,), reads=True),
    "archive.edit": Verb((_EDITOR,)),
    "archive.publish": Verb((_EDITOR,)),
}
declare(VERBS)
