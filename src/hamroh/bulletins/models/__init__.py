"""Issues with their sections, papers that were made of them, readers, and letters to them."""

from hamroh.bulletins.models.issues import Issue, Kind, Look, Paper, Section
from hamroh.bulletins.models.readers import BOUNCES, Letter, LetterKind, Reader

__all__ = ["BOUNCES", "Issue", "Kind", "Letter", "LetterKind", "Look", "Paper", "Reader", "Section"]
