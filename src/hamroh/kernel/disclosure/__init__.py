"""Figures that leave expose nobody: small cells are withheld, others guard them, and an audit over all that was released before decides.

No Django, no clock, no chance: the same tables are always answered alike.
"""

from hamroh.kernel.disclosure.auditing import Exposed, audit, related
from hamroh.kernel.disclosure.medians import median_place
from hamroh.kernel.disclosure.protecting import Protected, Refusal, Why, protect
from hamroh.kernel.disclosure.rolling import Proposal, Step, people_shown, proposals, rolled, without
from hamroh.kernel.disclosure.rules import Rules, Zeros
from hamroh.kernel.disclosure.solving import Contradiction
from hamroh.kernel.disclosure.space import TooWide
from hamroh.kernel.disclosure.tables import ALL, Box, Cell, Dimension, Published, Shape, Table

__all__ = [
    "ALL",
    "Box",
    "Cell",
    "Contradiction",
    "Dimension",
    "Exposed",
    "Proposal",
    "Protected",
    "Published",
    "Refusal",
    "Rules",
    "Shape",
    "Step",
    "Table",
    "TooWide",
    "Why",
    "Zeros",
    "audit",
    "median_place",
    "people_shown",
    "proposals",
    "protect",
    "related",
    "rolled",
    "without",
]
