"""What two organisations agree upon before an exchange, signed by both: fields, threshold, purpose, expiry and how many people."""

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from hamroh.kernel.linkage.probability import shipped_calibration

VERSION = 4
FIELDS = ("name", "year", "place")
#: people on one side at most, and texts asked about at most
MOST_PEOPLE, MOST_KEYS = 1_000_000, 20_000_000
#: texts that a list may ask about whatever its length, and for each of its people: who asks about more is trying names
_KEYS, _KEYS_EACH = 500, 160
#: bits below which strangers would be shown, and above which nobody
LEAST_BITS, MOST_BITS, USUAL_LEAST = 10.0, 60.0, 12.0
_HEX = re.compile("[0-9a-f]+")
_LONGEST = 400


class Unfit(ValueError):
    """What came is refused; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation: what it is called, and its public key (Ed25519) in hexadecimal digits."""

    name: str
    key: str


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one exchange.

    ``exchange`` is 32 hexadecimal digits drawn for it; ``threshold`` the bits from which on a pair is told; ``keys`` how many texts the
    offering side asks about, ``wide`` whether keys open readily, ``offered`` and ``answered`` how many people each list may have at most; ``made`` and ``expires`` are dates.
    """

    exchange: str
    offers: Party
    answers: Party
    purpose: str
    threshold: float
    made: date
    expires: date
    offered: int
    answered: int
    keys: int
    wide: bool = False
    fields: tuple[str, ...] = FIELDS
    version: int = VERSION

    def packed(self) -> bytes:
        """The one way to write them, which both sides sign."""
        plain = asdict(self) | {"made": self.made.isoformat(), "expires": self.expires.isoformat()}
        return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()

    @property
    def context(self) -> bytes:
        """What binds all values of an exchange to its terms."""
        return hashlib.sha256(self.packed()).digest()

    @classmethod
    def of(cls, given: Any) -> "Terms":
        """The terms in a header; Unfit where they are none."""
        try:
            terms = cls(**_typed(given))
        except (TypeError, KeyError, AttributeError, ValueError) as fault:
            raise Unfit("the terms in the file cannot be read") from fault
        terms.checked()
        return terms

    def checked(self) -> None:
        """Unfit says which of them makes no sense."""
        if self.version != VERSION:
            raise Unfit(f"the terms are of version {self.version}, this program reads {VERSION}: bring both up to date")
        if len(self.exchange) != 32 or not all(map(_HEX.fullmatch, (self.exchange, self.offers.key, self.answers.key))):
            raise Unfit("the terms name no exchange or no keys")
        if self.fields[:1] != FIELDS[:1] or self.fields != tuple(each for each in FIELDS if each in self.fields):
            raise Unfit(f"the terms name other fields than the name and, in this order, any of {', '.join(FIELDS[1:])}")
        if not self.purpose.strip() or max(map(len, (self.purpose, self.offers.name, self.answers.name))) > _LONGEST:
            raise Unfit(f"the purpose and both names must be there, with {_LONGEST} letters at most")
        if not LEAST_BITS <= self.threshold <= MOST_BITS:
            raise Unfit(f"a threshold is between {LEAST_BITS:g} and {MOST_BITS:g} bits, not {self.threshold:g}")
        if not all(0 < each <= MOST_PEOPLE for each in (self.offered, self.answered)) or not 0 < self.keys <= MOST_KEYS:
            raise Unfit("the terms allow more people than an exchange takes, or none")
        if self.keys > _KEYS + _KEYS_EACH * self.offered:
            raise Unfit(
                f"the terms ask about {self.keys} keys, more than {self.offered} people have: that would be trying names"
            )
        if self.expires <= self.made:
            raise Unfit("the terms expire before they begin")

    def holding(self, today: date) -> None:
        """Unfit where they have expired."""
        if today > self.expires:
            raise Unfit(f"the terms expired on {self.expires.isoformat()}: agree upon new ones and begin anew")


def usual_threshold(people: int) -> float:
    """The bits by which somebody who has no rival is called a possible match in a list of so many people; not fewer than 12.

    >>> usual_threshold(100_000)
    16.0
    """
    known = shipped_calibration()
    odds = math.log2(known.possible / (1 - known.possible))
    bits = (known.nobody + known.growth * math.log2(max(people, 1)) + odds) / known.scale
    return max(USUAL_LEAST, math.ceil(2 * bits) / 2)


def _typed(given: Mapping[str, Any]) -> dict[str, Any]:
    """Each field as what it must be; a wrong one raises."""
    taken = dict(given)
    for side in ("offers", "answers"):
        taken[side] = Party(**{key: _text(each) for key, each in taken[side].items()})
    for name in ("made", "expires"):
        taken[name] = date.fromisoformat(taken[name])
    for name in ("offered", "answered", "keys", "version"):
        taken[name] = _whole(taken[name])
    if type(taken["wide"]) is not bool:
        raise TypeError
    taken["fields"] = tuple(map(_text, taken["fields"]))
    return taken | {
        "threshold": float(taken["threshold"]),
        "purpose": _text(taken["purpose"]),
        "exchange": _text(taken["exchange"]),
    }


def _text(given: Any) -> str:
    if not isinstance(given, str):
        raise TypeError
    return given


def _whole(given: Any) -> int:
    if type(given) is not int:
        raise TypeError
    return given
