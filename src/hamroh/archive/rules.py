"""Who may do what in the archive: editors describe and release what its narrators allow, and record what these allow or take back."""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Verb, by, declare

_EDITOR = by(Role.EDITOR)
VERBS = {
    "archive.see_draft": Verb((_EDITOR,), reads=True),
    "archive.edit": Verb((_EDITOR,)),
    "archive.publish": Verb((_EDITOR,)),
    # who tells a story, what she allows, and that she takes it back
    "archive.see_narrator": Verb((_EDITOR,), reads=True),
    "archive.record_consent": Verb((_EDITOR,)),
    "archive.withdraw": Verb((_EDITOR,)),
}
declare(VERBS)
