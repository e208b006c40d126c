"""The bulletin of the demonstration comes out whole among all places that we know, and no place is found in its story."""

import pytest

from hamroh.accounts.models import Organisation
from hamroh.bulletins.models import Issue, Reader
from hamroh.directory.actions import load_places
from hamroh.site.demo.bulletin import load_bulletin


@pytest.mark.long
def test_it_brings_the_half_year_out(press) -> None:
    load_places(actor=None)
    Organisation.objects.filter(pk=press.house.pk).update(code="support-centre")
    load_bulletin()
    load_bulletin()
    assert [(row.state, row.sections.count()) for row in Issue.objects.order_by("from_date")] == [
        ("out", 14),
        ("draft", 0),
    ]
    assert Reader.objects.filter(confirmed_date__isnull=False).count() == 3
