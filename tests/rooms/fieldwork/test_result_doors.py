"""Who has no part in what came in is answered as if there were none: another organisation, and roles that go out for something else."""

import dataclasses
import io
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from PIL import Image

from desk_world import TODAY, at, employ, shown
from field_world import Field, cotton, equipped, filled, opened, received, small_form
from hamroh.accounts.models import Role
from hamroh.cases.actions.lettinggo import NotLetGo
from hamroh.directory.models import AdminUnit
from hamroh.fieldwork import campaign_urls
from hamroh.fieldwork.actions import campaigns, days, taking_out
from hamroh.fieldwork.actions.campaigns import Plan, Planned
from hamroh.fieldwork.models import AnswersFile, Campaign
from hamroh.fieldwork.selectors import campaigns as reads
from hamroh.fieldwork.selectors.results import Filters, files
from strangers import Stranger

PATHS = {each.name: each for each in campaign_urls.urlpatterns}
GROUPS = {name: set(each.pattern.regex.groupindex) for name, each in PATHS.items()}
OF_ONE = sorted(name for name in PATHS if GROUPS[name])
LISTS = sorted(name for name in PATHS if not GROUPS[name])


def jpeg() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def there(field: Field) -> dict[str, Any]:
    """One of everything that an address names."""
    version = opened(field, small_form())
    sent = received(
        equipped(field).device, filled("<words>x</words><photo>a.jpg</photo>"), {"a.jpg": jpeg()}
    ).submission
    place = AdminUnit.objects.create(
        key="tj-kt-vose", code=1923, level="district", names={"en": "Vose"}, latitude=37.8, longitude=69.6
    )
    plan = Plan({"en": "Harvest"}, {"en": "Do they?"}, TODAY, TODAY, {})
    row = campaigns.plan_campaign(actor=field.parviz, organisation=field.centre, plan=plan, forms=[version.form])
    campaigns.set_areas(actor=field.parviz, campaign=row, areas=[Planned(place, None, 1, 1)])
    campaigns.move_campaign(actor=field.parviz, campaign=row, after="running")
    visit = campaigns.add_visit(actor=field.madina, campaign=row, place=place, on_date=TODAY, kind="school")
    finding = campaigns.add_finding(actor=field.madina, campaign=row, severity="2", words="Long enough words.")
    follow = campaigns.follow_up(
        actor=field.manizha, campaign=row, words="Go.", person=field.madina, until_date=TODAY, finding=finding
    )
    campaigns.move_campaign(actor=field.parviz, campaign=row, after="over")
    row = Campaign.objects.select_related("organisation").get(pk=row.pk)
    campaigns.freeze_report(actor=field.parviz, campaign=row, content=reads.report_content(campaign=row))
    day = days.plan_day(actor=field.madina, organisation=field.centre, place=place, spot="Hall", on_date=TODAY, team=[])
    file = taking_out.ask_answers(actor=field.manizha, form=version.form, filters=Filters(), words="For our own work.")
    (held,) = files(row=sent)
    return {
        "s": sent.code, "form": version.form.code, "campaigns": row.code, "days": day.code, "file": file.code, "held": held.pk,
        "visit": visit.pk, "finding": finding.pk, "follow": follow.pk,
    }  # fmt: skip


def address(name: str, there: dict[str, Any], *, missing: bool = False) -> str:
    known = {
        "code": there[str(PATHS[name].pattern).partition("/")[0]] if "code" in GROUPS[name] else "", "outcome": "visit", "number": 1,
        "file": there["held"] if name == "picture" else there["file"],
        **{each: there[each] for each in ("visit", "finding", "follow")},
    }  # fmt: skip
    if missing:
        known |= {"code": "zzzzzzzz", "file": uuid4() if name == "picture" else "zzzzzzzz"}
    return reverse(f"field-results:{name}", kwargs={each: known[each] for each in GROUPS[name]})


def strangers(field: Field) -> list[Any]:
    """A supervisor of the other organisation, and an editor of ours."""
    return [employ("sevda", field.other, Role.SUPERVISOR), employ("zarina", field.centre, Role.EDITOR)]


def test_it_tells_a_stranger_nothing_at_any_address(field: Field, there: dict[str, Any]) -> None:
    for who in strangers(field):
        stranger = Stranger(shown(at(who)), each=True)
        learnt = [
            (who.username, name, method)
            for name in OF_ONE
            for method in ("get", "post")
            if stranger.learns(method, address(name, there), address(name, there, missing=True))
        ]
        assert learnt == []


def test_it_opens_every_page_to_a_supervisor(field: Field, there: dict[str, Any]) -> None:
    client = shown(at(field.manizha))
    found = {name: client.get(address(name, there)).status_code for name in OF_ONE}
    shut = {name for name, status in found.items() if status not in (200, 302, 405)}
    # the campaign is over, so no visit can be made of anything; and no answer is named that would be mended
    assert shut <= {"carry", "edit"}


def test_it_opens_no_list_to_who_has_no_part_in_it(field: Field) -> None:
    client = at(employ("zarina", field.centre, Role.EDITOR))
    assert {client.get(reverse(f"field-results:{name}")).status_code for name in LISTS} == {404}


def test_it_lists_nothing_of_another_organisation(field: Field, there: dict[str, Any]) -> None:
    client = at(employ("sevda", field.other, Role.SUPERVISOR))
    told = "".join(client.get(reverse(f"field-results:{name}")).content.decode() for name in LISTS)
    assert [code for code in (there["s"], there["campaigns"], there["days"], there["file"]) if code in told] == []


# -- answers that leave ----------------------------------------------------------------------------------------------


def test_it_lets_a_second_person_decide_where_many_leave(field: Field, there: dict[str, Any], monkeypatch: Any) -> None:
    monkeypatch.setattr(taking_out, "FILES", dataclasses.replace(taking_out.FILES, most_alone=0))
    AnswersFile.objects.all().delete()
    form = Campaign.objects.get(code=there["campaigns"]).forms.get()
    row = taking_out.ask_answers(actor=field.manizha, form=form, filters=Filters(), words="For our own work.")
    assert row.state == "asked"
    with pytest.raises(NotLetGo):
        taking_out.settle_answers(actor=field.manizha, file=row, let_go=True)
    taking_out.settle_answers(actor=employ("rano", field.centre, Role.SUPERVISOR), file=row, let_go=True)
    assert AnswersFile.objects.get(pk=row.pk).state == "released"


def test_it_locks_answers_in_a_file_that_opens_by_its_password(field: Field, there: dict[str, Any]) -> None:
    import pyzipper

    row = AnswersFile.objects.get(code=there["file"])
    password = taking_out.make_answers(actor=field.manizha, file=row)
    content = taking_out.fetch_answers(actor=field.manizha, file=AnswersFile.objects.get(pk=row.pk))
    with pyzipper.AESZipFile(io.BytesIO(content)) as archive:
        archive.setpassword(password.encode())
        assert b"/data/words" in archive.read("table-1.csv")
        assert {"data.json", "tables.xlsx", "places.geojson"} <= set(archive.namelist())


def test_it_lets_no_answers_about_children_out(field: Field, there: dict[str, Any]) -> None:
    form = Campaign.objects.get(code=there["campaigns"]).forms.get()
    form.about_children = True
    form.save()
    with pytest.raises(NotLetGo):
        taking_out.ask_answers(actor=field.manizha, form=form, filters=Filters(), words="For our own work.")


def test_it_makes_no_formula_of_an_answer(field: Field) -> None:
    from hamroh.cases.parcels import Table
    from hamroh.fieldwork.taking import as_csv

    assert b"'=1+1" in as_csv(Table("t", "t", [("a", "a")], [["=1+1"]]))


def test_it_knows_the_district_that_an_answer_names(field: Field) -> None:
    from hamroh.fieldwork.placing import place_in

    AdminUnit.objects.create(key="tj-kt", code=1, level="region", names={})
    AdminUnit.objects.create(key="tj-kt-vose", code=2, level="district", names={})
    asked = [
        {"path": "/d/a", "kind": "select_one", "repeat": None},
        {"path": "/d/b", "kind": "select_one", "repeat": None},
    ]
    found = place_in(asked, {"/d/a": "tj-kt", "/d/b": "tj-kt-vose"})
    assert found is not None
    assert found.key == "tj-kt-vose"
    assert cotton()
