"""How alike somebody found is, when each is asked by himself: two families may miss one man, and a man may stand in two lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import get_language

from hamroh.cases.likeness import BANDS, said
from hamroh.vault import pools
from hamroh.vault.models import NamePool

if TYPE_CHECKING:
    from hamroh.kernel.linkage import Candidate
    from hamroh.kernel.linkage.beside import Likeness

__all__ = ["BANDS", "STATES", "TOLD", "Said", "Weighing", "banded", "in_words", "said"]
#: how a band stands on a page: to find somebody is no danger
STATES = {"strong": "due", "possible": "care", "weak": "none"}
#: bands of which an officer is told when a record arrives
TOLD = ("strong", "possible")
#: the least chance, per cent, of each word for what a linkage of lists says
_CHANCES = ((95, "strong"), (50, "possible"), (5, "weak"))


def banded(found: "Sequence[Candidate]", kind: str, organisation_id: UUID) -> "list[tuple[Candidate, str]]":
    """Candidates with their bands, without those that are less than a little alike."""
    from hamroh.kernel.linkage.probability import shipped_calibration

    calibration, size = shipped_calibration(), _size(kind, organisation_id)
    weighed: list[tuple[Candidate, str]] = []
    for each in found:
        (alone,) = calibration.probabilities([each.bits], size)
        grounds = {code for reason in each.reasons for code, _times in reason.grounds}
        weighed.append((each, calibration.band(alone * calibration.kept(grounds))))
    return [(each, band) for each, band in weighed if band in BANDS]


class Weighing:
    """Puts two people beside each other who were brought together by anything but a search of ours."""

    def __init__(self, kind: str, organisation_id: UUID) -> None:
        self._size, self._frequency = _size(kind, organisation_id), pools.frequency(kind, organisation_id)

    def alike(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> "tuple[Likeness, str]":
        """How alike they are, with the band among as many people as the pool of this kind has."""
        from hamroh.kernel.linkage.beside import beside
        from hamroh.kernel.linkage.probability import shipped_calibration

        found = beside(one, other, self._frequency)
        return found, found.band(shipped_calibration(), self._size)


@dataclass(frozen=True)
class Said:
    """What our engine says of two people, and what the linkage of the lists as a whole says where there was one, each by a band."""

    engine: str
    whole: str
    chance: int | None

    @classmethod
    def of(cls, band: str, chance: int | None) -> "Said":
        return cls(band, next((word for least, word in _CHANCES if (chance or 0) >= least), ""), chance)

    @property
    def word(self) -> Any:
        return BANDS.get(self.engine)

    @property
    def state(self) -> str:
        return STATES.get(self.engine, "none")

    @property
    def whole_word(self) -> Any:
        return BANDS.get(self.whole)

    @property
    def whole_state(self) -> str:
        return STATES.get(self.whole, "none")

    @property
    def differ(self) -> bool:
        """Whether both say something, and not the same."""
        return self.chance is not None and self.engine != self.whole


def in_words(likeness: "Likeness") -> tuple[str, ...]:
    """The reasons in the reader's language."""
    lang = get_language() or "en"
    return tuple(reason.said(lang) for reason in likeness.reasons)


def _size(kind: str, organisation_id: UUID) -> int:
    """How many people the pool has, or a few more: its turns count corrections, too."""
    found = NamePool.objects.filter(organisation_id=organisation_id, kind=kind).values_list("turn", flat=True).first()
    return found or 1
