"""Stories in reports: a report keeps their ids alone, and their words are read while the narrator allows them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from hamroh.pages.models import Story


def allowed(ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
    """The words of those stories that may be told today, by their ids, in the given order."""
    wanted = [UUID(each) for each in ids]
    found = {str(row.pk): row.texts for row in Story.objects.public().filter(pk__in=wanted)} if wanted else {}
    return {each: found[each] for each in ids if each in found}
