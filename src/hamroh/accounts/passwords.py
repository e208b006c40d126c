"""Passwords that are long and yet guessed at once."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hamroh.accounts.models import User

#: the house's own name in its scripts, and what people write first
NEAR_AT_HAND = re.compile(r"hamroh|həmrah|ҳамроҳ|password|parol|парол|qwerty|йцукен|12345")
LEAST_OF_ITS_OWN = 8


class NotEasilyGuessed:
    """Refuses what repeats itself, has few different characters, or is little more than a name or a usual word."""

    def validate(self, password: str, user: User | None = None) -> None:
        words = password.casefold()
        rest = NEAR_AT_HAND.sub("", words)
        if user is not None:
            for name in (user.username, *user.display_name.split()):
                rest = rest.replace(name.casefold(), "") if len(name) > 2 else rest
        if re.fullmatch(r"(.+?)\1+", words) or len(set(words)) < 6 or len(rest) < LEAST_OF_ITS_OWN:
            raise ValidationError(_("This is too easy to guess. Put words together that have nothing to do with you."))

    def get_help_text(self) -> str:
        return _("Put words together that have nothing to do with you.")
