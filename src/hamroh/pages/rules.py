"""Who may do what with pages, news and stories: editors, for their own organisation. Letters are personal, so other roles read them."""

from hamroh.accounts.models import Role
from hamroh.accounts.policy import Verb, by, declare

_EDITOR = by(Role.EDITOR)
#: they prove themselves twice, as everybody does who sees personal data; editors need not
LETTER_READERS = (Role.SUPERVISOR, Role.SOCIAL_WORKER, Role.DUTY_OFFICER)
VERBS = {
    "pages.edit": Verb((_EDITOR,)),
    "pages.publish": Verb((_EDITOR,)),
    "pages.see_drafts": Verb((_EDITOR,), reads=True),
    "pages.story": Verb((_EDITOR,)),
    "pages.narrator": Verb((by(Role.SUPERVISOR),), reads=True, data_class="S3"),
    "pages.letter": Verb((by(*LETTER_READERS),), reads=True, data_class="S3"),
    "pages.answer_letter": Verb((by(*LETTER_READERS),), data_class="S3"),
}
declare(VERBS)
