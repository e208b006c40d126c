"""Passwords that are long and yet guessed at once."""

from collections.abc import Iterator
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hamroh.accounts.models import User
from hamroh.kernel import guessing

#: letters that are left to guess once lists, keyboards and the person's surroundings are taken away: three words, or eight letters
LEAST_OF_ITS_OWN = 8


class LongEnough(MinimumLengthValidator):
    """Django's rule in our words: it speaks no Tajik."""

    def get_error_message(self) -> str:
        return _("This is too short: take at least %(least)d characters.") % {"least": self.min_length}


class NotUsual(CommonPasswordValidator):
    """Django's list in our words."""

    def get_error_message(self) -> str:
        return _too_easy()


def _too_easy() -> str:
    return _("This is too easy to guess. Put words together that have nothing to do with you.")


class NotEasilyGuessed:
    """Refuses what repeats itself, runs over a keyboard, or is little more than usual words and the names around a person."""

    def validate(self, password: str, user: User | None = None) -> None:
        own = tuple(_around(user)) if user is not None else ()
        left = guessing.worth(password, usual=_usual(), own=own)
        if left < LEAST_OF_ITS_OWN or guessing.few_signs(password):
            raise ValidationError(_too_easy())

    def get_help_text(self) -> str:
        return _("Put words together that have nothing to do with you.")


@cache
def _usual() -> frozenset[str]:
    """Django's list of usual passwords, as words that a longer one may be made of."""
    return frozenset(word for word in CommonPasswordValidator().passwords if len(word) >= 5 and not word.isdigit())


def _around(user: User) -> Iterator[str]:
    """The names of a person and of the organisations she works for."""
    words = [user.username, user.email.partition("@")[0], *user.display_name.split()]
    for row in user.memberships.select_related("organisation"):
        words += [row.organisation.code, *row.organisation.code.split("-")]
        words += [word for name in row.organisation.names.values() for word in name.split()]
    yield from {word for word in words if len(word) > 2}
