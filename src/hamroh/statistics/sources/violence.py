"""Facts of violence: people who told of it, each once in a year, in the quarter in which they first told, by the gravest act.

Counting people keeps few from looking like many. A quarter waits for the next one before it stands.
"""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from hamroh.accounts.models import Organisation
from hamroh.kernel.incidents import DIMENSIONS, UNKNOWN
from hamroh.statistics import facts, violence, wording
from hamroh.statistics.facts import Fact, Variable
from hamroh.statistics.quarters import Quarter
from hamroh.statistics.sources.cases import there

KEY = "violence"
VARIABLES = tuple(Variable(each, wording.TITLES[each], wording.choices(each), is_sensitive=True) for each in DIMENSIONS)


def told(organisation: Organisation, quarter: Quarter) -> Iterator[Fact]:
    """Whom a quarter counts; who does not want to be counted stands in totals alone."""
    last = quarter.end - dt.timedelta(days=1)
    year = violence.acts(actor=None, organisation=organisation, first=dt.date(quarter.year, 1, 1), last=last)
    for each in violence.people(year, quarter):
        yield Fact(each.case, dict.fromkeys(each.codes, UNKNOWN) if each.is_silent else each.codes)


VIOLENCE = facts.FactSource(
    key=KEY, place=30, title=_("Violence that people told of"),
    lead=_("People, not acts: each once in a year, in the quarter in which she first told, by the gravest act. What is small is withheld."),
    unit=_("People who told of violence"), register=KEY, measure=KEY, time=f"{KEY}-quarter", variables=VARIABLES, rows=told, there=there,
    units=facts.of_itself,
)  # fmt: skip
facts.declare(VIOLENCE)
