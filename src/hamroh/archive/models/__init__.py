"""Units of description, who tells in them and what she allows, what is told, and what is made of it for lessons."""

from hamroh.archive.models.showing import Moment, SetLine, TeachingSet
from hamroh.archive.models.telling import Cue, Segment, Transcript
from hamroh.archive.models.units import LEVELS, BasisKind, Kind, Level, Media, Unit
from hamroh.archive.models.voices import Consent, ConsentProof, Narrator, Voice, Withdrawal

__all__ = [
    "LEVELS", "BasisKind", "Consent", "ConsentProof", "Cue", "Kind", "Level", "Media", "Moment", "Narrator", "Segment", "SetLine", "TeachingSet",
    "Transcript", "Unit", "Voice", "Withdrawal",
]  # fmt: skip
