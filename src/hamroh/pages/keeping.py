"""How long letters from the contact page are kept: from the day on which they came, answered or not."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from hamroh.kernel.retention import ENQUIRY, Event, Rule
from hamroh.pages.models import Letter
from hamroh.vault import retention

LETTERS = retention.RecordClass(
    rule=Rule("page-letter", Event.MADE, ENQUIRY.unit, ENQUIRY.length, ENQUIRY.shortest, ENQUIRY.longest), model=Letter,
    title=_("Letters from the contact page"), counted="came_date",
)  # fmt: skip
retention.declare(LETTERS)


def due_dates(letters: Iterable[Letter]) -> dict[UUID, dt.date | None]:
    """The day from which each letter is to be let go; a query for each organisation and one for all holds."""
    found = list(letters)
    lengths = {house: retention.length_for(LETTERS, house) for house in {each.organisation_id for each in found}}
    holds = retention.holds_of(LETTERS.kind, [each.pk for each in found])
    return {
        each.pk: retention.verdict(LETTERS, each, holds.get(each.pk, []), length=lengths[each.organisation_id]).due_date
        for each in found
    }
