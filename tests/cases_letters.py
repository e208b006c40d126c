"""A letter that may be written in every case."""

from cases_world import THERE

THERE["letter"] = lambda _office, _case: "power_of_attorney"
