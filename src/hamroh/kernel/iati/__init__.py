"""Files of the International Aid Transparency Initiative 2.03: what they say, how they are written, what is wrong with one. No clock."""

from hamroh.kernel.iati.rules import KINDS, Breach, Known, Rule, Unruly, breaches, rules_of, verdict
from hamroh.kernel.iati.structure import ROOTS, Misbuilt, misbuilt
from hamroh.kernel.iati.writing import activities_file, activity_element, organisations_file

__all__ = [
    "KINDS", "ROOTS", "Breach", "Known", "Misbuilt", "Rule", "Unruly", "activities_file", "activity_element", "breaches", "misbuilt",
    "organisations_file", "rules_of", "verdict",
]  # fmt: skip
