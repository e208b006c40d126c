"""Source notes: numbered as they come, each source once, with what it has its figures from."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from hamroh.evidence.presenting.page import Note
from hamroh.web import dates

#: a chain of sources that is longer is told as far as this
_LONGEST = 8
_CLOSED = ("letter", "statement")


def cited(key: str, sources: Mapping[str, Mapping[str, Any]], lang: str) -> str:
    """A source as it is cited: who, what, when, and what it cites in its turn."""
    with override(lang):
        chain = [_named(sources[each], lang) for each in chain_of(key, sources)]
        return _(", citing ").join(chain)


def chain_of(key: str, sources: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """The source and those that it cites, to the first."""
    found: list[str] = []
    while key in sources and key not in found and len(found) < _LONGEST:
        found.append(key)
        key = sources[key]["cites"]
    return found


def _named(source: Mapping[str, Any], lang: str) -> str:
    issued = source["issued"]
    parts = [source["authors"], source["title"], source["publisher"]]
    if issued and issued[:4] not in source["title"]:
        parts.append(dates.partial(issued, lang))
    if source["kind"] in _CLOSED:
        parts.append(_("not public"))
    return ", ".join(part for part in parts if part)


class Notes:
    """Gives a source its number the first time that it is cited."""

    def __init__(self, sources: Mapping[str, Mapping[str, Any]], lang: str) -> None:
        self._sources, self._lang, self._numbers = sources, lang, dict[str, int]()

    def number(self, key: str) -> int:
        """The number of a source's note; 0 where none is named."""
        return self._numbers.setdefault(key, len(self._numbers) + 1) if key in self._sources else 0

    def lines(self) -> tuple[Note, ...]:
        """All notes in order."""
        return tuple(
            Note(number, cited(key, self._sources, self._lang), self._sources[key]["url"])
            for key, number in self._numbers.items()
        )
