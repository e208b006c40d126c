"""Whether the figures of a country profile agree with each other, as pure functions with reasons.

`read_profile` makes a `Profile` of data, `examine` runs every rule over it and answers with findings in the order of their weight. A rule
has an id, a severity and a tolerance (`RULES`); a finding names what it speaks of and says in words why. Nothing is mended: figures that
contradict each other are shown side by side, and an analyst decides. Rules after section 7.2 of our notes on what such profiles get wrong:
sums, shares, signs, units, both ends of a movement, trends in words, periods, citations, notation, what names a person.
"""

from hamroh.kernel.figures.check import RULES, Rule, compare_vintages, examine
from hamroh.kernel.figures.loading import Unreadable, read_profile
from hamroh.kernel.figures.model import Claim, Concept, Figure, Finding, Kind, Profile, Role, Severity, Source, Table

__all__ = [
    "RULES", "Claim", "Concept", "Figure", "Finding", "Kind", "Profile", "Role", "Rule", "Severity", "Source", "Table", "Unreadable",
    "compare_vintages", "examine", "read_profile",
]  # fmt: skip
