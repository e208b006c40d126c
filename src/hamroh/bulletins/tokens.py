"""Links in letters: signed, so that nobody makes one, and nothing of them is kept. The reader's id stands in them, never her address."""

from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import translation

#: a yes is given within three days; whoever leaves does so whenever she wants
ASKED_FOR = 3 * 86_400
_CONFIRM, _LEAVE = "bulletins.confirm", "bulletins.leave"
#: stands behind the question mark: what logs tell of a request is its path
KEY = "k"


def confirm_link(reader: UUID, lang: str) -> str:
    return _link("confirm", signing.dumps(reader.hex, salt=_CONFIRM), lang)


def leave_link(reader: UUID, lang: str) -> str:
    return _link("leave", signing.dumps(reader.hex, salt=_LEAVE), lang)


def who_confirms(token: str) -> UUID | None:
    """Whose yes it is; None where the link is not ours or too old."""
    return _whose(token, _CONFIRM, ASKED_FOR)


def who_leaves(token: str) -> UUID | None:
    return _whose(token, _LEAVE, None)


def _whose(token: str, salt: str, age: int | None) -> UUID | None:
    try:
        return UUID(signing.loads(token[:300], salt=salt, max_age=age))
    except (signing.BadSignature, ValueError):
        return None


def _link(name: str, token: str, lang: str) -> str:
    with translation.override(lang):
        path = reverse(f"bulletins-public:{name}")
    return f"{settings.PUBLIC_URL.rstrip('/')}{path}?{KEY}={token}"
