"""Partners of the directory that forms of groups offer."""

import re
from typing import Any

from django.utils.translation import get_language

from hamroh.directory import selectors as directory
from hamroh.directory.models import Party, PartyKind
from hamroh.web.texts import pick

#: organisations of the directory that a list offers
MOST = 400
#: private people; officials stand in the directory as offices
_PEOPLE = (
    PartyKind.FEMINIST, PartyKind.WRITER, PartyKind.POET, PartyKind.ARTIST, PartyKind.SCIENTIST, PartyKind.RIGHTS_LAWYER,
    PartyKind.RESEARCHER, PartyKind.TEACHER,
)  # fmt: skip
_CODED = re.compile(r"\[([0-9a-z]{4,8})\]$")


def offered(*, actor: Any) -> list[str]:
    """Names with codes of organisations and offices, as the directory shows them to everybody; private people are none of them."""
    lang = get_language() or "en"
    rows = directory.public_parties(actor=actor).exclude(kind__in=_PEOPLE)[:MOST]
    return sorted(shown(row, lang) for row in rows)


def shown(party: Party, lang: str) -> str:
    """A partner as a form writes it: name and code, so that it is found again without doubt."""
    return f"{pick(party.names, lang).text} [{party.code}]"


def typed(words: str) -> Party | None:
    """The public partner whose code stands at the end of what was typed; None for any other words."""
    found = _CODED.search(words)
    rows = directory.public_parties(actor=None).exclude(kind__in=_PEOPLE)
    party: Party | None = rows.filter(code=found.group(1)).first() if found else None
    return party
