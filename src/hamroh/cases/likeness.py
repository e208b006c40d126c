"""How alike people of files are, each for herself: one woman may stand in several files, and none of them is less likely for that."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import get_language, pgettext_lazy

from hamroh.cases.naming import KIND
from hamroh.vault.models import NamePool

if TYPE_CHECKING:
    from hamroh.kernel.linkage import Candidate

BANDS = {
    "strong": pgettext_lazy("likeness", "Very likely the same person"),
    "possible": pgettext_lazy("likeness", "Perhaps the same person"),
    "weak": pgettext_lazy("likeness", "A little alike"),
}
#: how a band stands on a page
STATES = {"strong": "risk", "possible": "care", "weak": "none"}


def banded(found: "Sequence[Candidate]", organisation_id: UUID) -> "list[tuple[Candidate, str]]":
    """Candidates with the band that each would have if no other were there.

    The engine shares one probability among all candidates and nobody, for it looks for one record. Here each is asked by itself: her bits
    against those of nobody in a pool of this size.
    """
    from hamroh.kernel.linkage.probability import shipped_calibration

    calibration, size = shipped_calibration(), _size(organisation_id)
    weighed: list[tuple[Candidate, str]] = []
    for each in found:
        (alone,) = calibration.probabilities([each.bits], size)
        grounds = {code for reason in each.reasons for code, _times in reason.grounds}
        weighed.append((each, calibration.band(alone * calibration.kept(grounds))))
    return weighed


def _size(organisation_id: UUID) -> int:
    """How many people the pool has, or a few more: its turns count corrections, too."""
    found = NamePool.objects.filter(organisation_id=organisation_id, kind=KIND).values_list("turn", flat=True).first()
    return found or 1


def said(found: "Candidate") -> tuple[str, ...]:
    """The reasons of a candidate in the reader's language."""
    lang = get_language() or "en"
    return tuple(reason.said(lang) for reason in found.reasons)
