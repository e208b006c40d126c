"""Who may do what in the archive: editors describe and release what its narrators allow, and write down what these allow or take back.

An editor writes a narrator's name and never reads it again: she works by its code. Who proves herself twice opens it.
"""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Verb, by, declare

_EDITOR = by(Role.EDITOR)
VERBS = {
    "archive.see_draft": Verb((_EDITOR,), reads=True),
    "archive.edit": Verb((_EDITOR,)),
    "archive.publish": Verb((_EDITOR,)),
    # who tells a story, what she allows, and that she takes it back
    "archive.see_narrator": Verb((by(Role.SUPERVISOR),), reads=True, data_class="S3"),
    "archive.record_consent": Verb((_EDITOR,)),
    "archive.withdraw": Verb((_EDITOR,)),
}
declare(VERBS)
