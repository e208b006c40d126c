"""What to look for in a letter before it goes: numbers and links are found here, everything else by whoever reads it."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

#: asked of whoever reads a letter: none of these may be in one that goes
CHECKS: dict[str, Any] = {
    "place": _("Does it say where somebody is: a town, a street, a building site, a market, a mosque, a train?"),
    "phone": _("Is there a number, a name in an app or an address on the Internet by which somebody can be reached?"),
    "threat": _("Is there a threat, blame that frightens, or a demand for money?"),
    "others": _("Does it give away somebody else: who helped, who hides, who saw?"),
}
#: so many digits in a row, whatever stands between them, may be a telephone
DIGITS = 6
_NUMBER = re.compile(rf"\d(?:[\s().+\-–/]*\d){{{DIGITS - 1},}}")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+|(?<!\w)@\w{3,}|\b[\w-]+\.(?:ru|com|net|org|tj|az|me|io|uz|kz|tr)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Seen:
    """Something in a letter that may not go, with the words of it."""

    word: Any
    value: str


NUMBER, LINK = pgettext_lazy("in a letter", "A number"), pgettext_lazy("in a letter", "A link or a name in an app")


def seen_in(body: str) -> list[Seen]:
    """Numbers and links, however they are written; such a letter does not go.

    >>> [each.value for each in seen_in("Ring me: 8 912 555-44-33, or zafar@mail.ru. We were 12 in 2019.")]
    ['8 912 555-44-33', 'zafar@mail.ru.']
    """
    plain = _plain(body)
    numbers = (Seen(NUMBER, found.group()) for found in _NUMBER.finditer(plain))
    return [*numbers, *(Seen(LINK, found.group()) for found in _LINK.finditer(plain))]


def _plain(body: str) -> str:
    """Digits of every script as ours, and nothing invisible between them."""
    shown = "".join(sign for sign in unicodedata.normalize("NFKC", body) if unicodedata.category(sign) != "Cf")
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in shown)
