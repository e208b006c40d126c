"""A list as it is read for an exchange: its people, how rare their names are, the texts that are asked about, and which are whose."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hamroh.kernel.exchange.evidence import NARROW, WIDE, Counts, Known, Rule, keys_of
from hamroh.kernel.exchange.features import texts_of, years
from hamroh.kernel.exchange.terms import Unfit, usual_threshold
from hamroh.kernel.linkage.people import Record
from hamroh.kernel.names.reading import Hearing, hearing

#: lists are taken to have so many people at least, so that in short ones a common name is no key; and how much
#: rarer keys are for each bit that pairs must weigh more than usual
_FEWEST, _RARER = 1_000, 0.5
Numbers = npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Reading:
    """The people, how rare their names are, all texts whose values are wanted (each once), the numbers of each person's keys among
    them, and the numbers of the texts that features are made of."""

    people: Sequence[Known]
    counts: Counts
    texts: Sequence[bytes]
    keys: Sequence[Numbers]
    said: dict[str, int]

    @classmethod
    def of(cls, records: Sequence[Record], rule: Rule) -> "Reading":
        """Unfit says which record cannot be read."""
        hear = hearing(None)
        people = [_read(record, at, hear) for at, record in enumerate(records, 1)]
        counts = Counts(people)
        said = dict.fromkeys(years()) | dict.fromkeys(text for person in people for text in texts_of(person))
        texts = {b"say\0" + _bytes(text): at for at, text in enumerate(said)}
        keys = [_numbers(keys_of(person, counts, rule), texts) for person in people]
        return cls(people, counts, list(texts), keys, {text: at for at, text in enumerate(said)})


def rule_of(threshold: float, people: int, *, wide: bool, asks: bool) -> Rule:
    """Which keys a side makes: so rare that few of the longer list have one by chance; rarer where pairs must weigh more."""
    longer, width = max(people, _FEWEST), WIDE if wide else NARROW
    heavier = _RARER * max(0.0, threshold - usual_threshold(longer))
    return Rule(math.log2(longer) + width.rarer + heavier, width, asks)


def _numbers(keys: Sequence[str], texts: dict[bytes, int]) -> Numbers:
    numbers = (texts.setdefault(b"key\0" + _bytes(key), len(texts)) for key in keys)
    return np.fromiter(numbers, np.uint32, len(keys))


def _read(record: Record, at: int, hear: Hearing) -> Known:
    try:
        return Known.of(record, hear)
    except ValueError as fault:
        raise Unfit(f"record {at}: {fault}") from fault


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
