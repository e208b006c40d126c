"""What a visitor of the help finder chose, as the neutral numbers that its addresses carry.

An address stays in a phone's history: it holds codes of needs, units and services, never a word, a need or a place.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Self
from urllib.parse import urlencode

ANYWHERE = 0
ANY_HELP = 0
_MOST = 12  # codes of one sort in an address
_NUMBER = re.compile(r"[0-9]{1,6}")
_CODE = re.compile(r"[2-9a-z]{8}")

#: ISO 639 codes of the languages that can be asked for; their place in this line is what addresses carry, so only append
LANGUAGES = ("", "tg", "ru", "az", "en", "uz", "ky", "kk", "fa", "tr", "lez", "tly", "av", "ka", "sgh")


class Step(IntEnum):
    """Which question is open; an address names one only where an answer is being changed."""

    NEED = 1
    PLACE = 2
    LANGUAGE = 3


class Filter(IntEnum):
    WOMAN_SPECIALIST = 1
    COMES_TO_VILLAGES = 2
    OPEN_TODAY = 3
    CHILDREN_WELCOME = 4


@dataclass(frozen=True)
class Choice:
    """Codes of needs (``(0,)`` is any help), numbers of kinds of help, and codes of parties that are called as she said.

    With a need, whoever is called so is only offered beside it. ``place`` is a unit's code, None before the question and
    0 where she does not want to say; ``language`` is 0 for any.
    """

    needs: tuple[int, ...] = ()
    kinds: tuple[int, ...] = ()
    called: tuple[str, ...] = ()
    place: int | None = None
    language: int = 0
    filters: frozenset[Filter] = frozenset()
    page: int = 1

    @classmethod
    def from_codes(cls, params: Mapping[str, str]) -> Self:
        """Read an address; what is no code is left out, since a mistyped address is nobody's fault."""
        place = _numbers(params.get("b", ""))
        language = next(iter(_numbers(params.get("c", ""))), 0)
        return cls(
            needs=_numbers(params.get("a", "")),
            kinds=_numbers(params.get("k", "")),
            called=tuple(dict.fromkeys(_CODE.findall(params.get("o", ""))))[:_MOST],
            place=place[0] if place else None,
            language=language if language < len(LANGUAGES) else 0,
            filters=frozenset(Filter(code) for code in _numbers(params.get("f", "")) if code in set(Filter)),
            page=max(1, next(iter(_numbers(params.get("p", ""))), 1)),
        )

    @property
    def step(self) -> Step | None:
        """The first question without an answer; None where results can be shown."""
        if not (self.needs or self.kinds or self.called):
            return Step.NEED
        return Step.PLACE if self.place is None and not self.is_by_name else None

    @property
    def is_by_name(self) -> bool:
        """Whether she asked for somebody, and not for help of a kind."""
        return bool(self.called) and not (self.needs or self.kinds)

    @property
    def language_code(self) -> str:
        return LANGUAGES[self.language]

    def pairs(self) -> list[tuple[str, str]]:
        """The codes as an address and a form's hidden fields carry them."""
        found = {
            "a": _joined(self.needs),
            "k": _joined(self.kinds),
            "o": _joined(self.called),
            "b": "" if self.place is None else str(self.place),
            "c": str(self.language or ""),
            "f": _joined(sorted(self.filters)),
            "p": str(self.page) if self.page > 1 else "",
        }
        return [(name, value) for name, value in found.items() if value]

    def query(self, **more: int | str) -> str:
        """The codes as the end of an address, with its question mark; empty without any."""
        pairs = [*self.pairs(), *((name, str(value)) for name, value in more.items())]
        return f"?{urlencode(pairs)}" if pairs else ""

    def change(self, **facts: object) -> Self:
        """Another choice that begins on its first page."""
        return replace(self, **{"page": 1, **facts})  # type: ignore[arg-type]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(dict.fromkeys(int(number) for number in _NUMBER.findall(text)))[:_MOST]


def _joined(codes: Iterable[object]) -> str:
    return ".".join(str(int(code)) if isinstance(code, int) else str(code) for code in codes)
