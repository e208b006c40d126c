"""Savings groups: the ledger of a cycle, its share-out, two records of one meeting, and the quarter in figures.

Amounts are whole minor units (dirams, qapik) of one currency. Members are numbers; nothing here knows a name.
"""

from hamroh.kernel.savings.ledger import Book, replay
from hamroh.kernel.savings.lines import Fund, Kind, Line, Refused, Terms
from hamroh.kernel.savings.matching import Difference, compare
from hamroh.kernel.savings.sharing import Paid, ShareOut, share_out

__all__ = [
    "Book", "Difference", "Fund", "Kind", "Line", "Paid", "Refused", "ShareOut", "Terms", "compare", "replay", "share_out",
]  # fmt: skip
