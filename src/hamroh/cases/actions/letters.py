"""Letters leave the desk: to whom, who took one, and what for, is written down; officials are written to on her yes alone."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.cases.actions.referrals import CannotRefer, To
from hamroh.cases.models import Case, Official
from hamroh.cases.selectors import officials
from hamroh.kernel.officials import named_in
from hamroh.vault import journal


@transaction.atomic
def hand_out_letter(
    *, actor: Any, case: Case, letter: str, lang: str, form: str, purpose: str, to: To | None = None,
    addressed: Sequence[str] = (),
) -> None:  # fmt: skip
    """The actor takes a letter of the case out as a file, for a purpose in few words that name nobody.

    ``to`` is whom it goes to, None where it is given to her or to a court; ``addressed`` are the words that say so on the letter.
    CannotRefer where there is no yes of hers to this, or where the words name an official to whom there is none.
    """
    policy.require(actor, "case.write", case)
    if to is not None:
        to.consent(case)
    _check_words(case, addressed)
    facts = {"letter": letter, "language": lang, "form": form, "purpose": purpose, "to": to.told if to else ""}
    journal.record(actor=actor, verb="case.hand_out_letter", about=case, facts=facts)


def _check_words(case: Case, addressed: Sequence[str]) -> None:
    named = {kind for words in addressed for kind in named_in(words)}
    for kind in sorted(named - set(officials.open_officials(case=case))):
        said = _(
            "The letter names this official: %(who)s. There is no yes of hers to that. First tell her what may follow, then ask her."
        )
        raise CannotRefer(said % {"who": Official(kind).label})
    for kind in sorted(named):
        To(official=kind).consent(case)
