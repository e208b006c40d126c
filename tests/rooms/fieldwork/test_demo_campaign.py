"""The campaign of the demonstration: its scope is that of the newsletter, and each picture says that its numbers are invented."""

import pytest

from desk_world import NOW
from hamroh.accounts.models import Organisation
from hamroh.directory import actions as directory
from hamroh.directory.models import AdminUnit, Party
from hamroh.fieldwork import reporting
from hamroh.fieldwork.models import Campaign, Report, Submission
from hamroh.kernel import datafiles
from hamroh.site.demo import campaign
from hamroh.site.demo.people import load_people
from vault_keys import settled


@pytest.mark.long
def test_it_has_25_areas_and_15_organisations_and_says_that_numbers_are_invented(
    db, fresh_keys, settings, time_machine
) -> None:
    settings.IS_DEMO = True
    time_machine.move_to(NOW)
    load_people()
    directory.load_places(actor=None)
    house = Organisation.objects.get(code="support-centre")
    settled(house)
    tj = AdminUnit.objects.get(key="tj")
    for number in range(20):
        Party.objects.create(
            code=f"p{number}",
            names={"en": f"Organisation {number}"},
            kind="registered_ngo",
            country=tj,
            state="listed",
            maintainer=house,
        )
    campaign.load_campaign(lambda: None)
    row = Campaign.objects.get()
    made = Report.objects.get(campaign=row)
    assert (row.areas.count(), row.parties.count(), len(made.content["areas"])) == (25, 15, 25)
    assert made.content["answers"]["whole"] > 200
    told = datafiles.document(campaign.FILE)["remarks"]
    for lang in ("en", "az", "ru", "tg"):
        paper = reporting.campaign_paper(made.content, lang, digest=made.digest, number=1)
        assert len(paper.pictures) == 2
        assert all(told[lang].split()[0] in svg for _title, svg in paper.pictures)
    assert not Submission.objects.filter(place=None).exists()
