"""Tables of the vault."""

from hamroh.vault.models.forms import TakenForm
from hamroh.vault.models.journal import JournalBatch, JournalLine

__all__ = ["JournalBatch", "JournalLine", "TakenForm"]
