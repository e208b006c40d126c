"""How alike somebody found is, when each is asked by himself: two families may miss one man, and a man may stand in two lists."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from hamroh.cases.likeness import BANDS, said
from hamroh.vault.models import NamePool

if TYPE_CHECKING:
    from hamroh.kernel.linkage import Candidate

__all__ = ["BANDS", "STATES", "TOLD", "banded", "said"]
#: how a band stands on a page: to find somebody is no danger
STATES = {"strong": "due", "possible": "care", "weak": "none"}
#: bands of which an officer is told when a record arrives
TOLD = ("strong", "possible")


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


def _size(kind: str, organisation_id: UUID) -> int:
    """How many people the pool has, or a few more: its turns count corrections, too."""
    found = NamePool.objects.filter(organisation_id=organisation_id, kind=kind).values_list("turn", flat=True).first()
    return found or 1
