"""A campaign is planned and covered, what was found is followed up, its report is frozen; answers become its visits."""

import datetime as dt
from typing import Any

import pytest

from desk_world import TODAY, at, page
from field_world import Field, cotton, equipped, opened, received
from hamroh.accounts.models import Task
from hamroh.directory.models import AdminUnit
from hamroh.fieldwork import outcomes, reporting
from hamroh.fieldwork.actions import campaigns, carrying, reviewing
from hamroh.fieldwork.actions.campaigns import CampaignRefused, Plan, Planned
from hamroh.fieldwork.models import Campaign, Carried, Finding, NotChanged, Report, Submission, Visit
from hamroh.fieldwork.outcomes import NotCarried
from hamroh.fieldwork.selectors import campaigns as reads

BASE = "/desk/field/results/campaigns/"
#: said in a finding, so that it must be found where findings are read and nowhere else
CANARY = "Zwqxfinding a van at the school"
PLAN = Plan(
    {"en": "Harvest"},
    {"en": "Do children pick?"},
    TODAY - dt.timedelta(days=40),
    TODAY + dt.timedelta(days=5),
    {"en": "Invented."},
)


def district(key: str, code: int, name: str) -> AdminUnit:
    return AdminUnit.objects.create(
        key=key, code=code, level="district", names={"en": name}, latitude=37.5, longitude=69.4
    )


@pytest.fixture
def there(field: Field) -> dict[str, Any]:
    """A campaign under way in two districts, with a visit form, and a submission of it."""
    version = opened(field)
    places = [district("tj-kt-farkhor", 1922, "Farkhor"), district("tj-kt-vose", 1923, "Vose")]
    row = campaigns.plan_campaign(actor=field.parviz, organisation=field.centre, plan=PLAN, forms=[version.form])
    campaigns.set_areas(actor=field.parviz, campaign=row, areas=[Planned(place, None, 2, 10) for place in places])
    campaigns.move_campaign(actor=field.parviz, campaign=row, after="running")
    sent = received(equipped(field).device, cotton()).submission
    return {"campaign": Campaign.objects.get(pk=row.pk), "places": places, "form": version.form, "submission": sent}


def visited(field: Field, there: Any, place: int = 0, **more: Any) -> Visit:
    facts = {"place": there["places"][place], "on_date": TODAY, "kind": "school", "interviews": 3} | more
    return campaigns.add_visit(actor=field.madina, campaign=there["campaign"], **facts)


def test_it_shows_coverage_against_the_plan(field: Field, there: Any) -> None:
    visited(field, there)
    covered = {
        each.key: (each.planned, each.visited, each.asked)
        for each in reads.coverage(campaign=there["campaign"], lang="en")
    }
    assert covered == {"tj-kt-farkhor": (2, 1, 3), "tj-kt-vose": (2, 0, 0)}
    assert "Farkhor" in page(field.parviz, f"{BASE}{there['campaign'].code}/")


def test_it_takes_no_visit_outside_its_time(field: Field, there: Any) -> None:
    with pytest.raises(CampaignRefused):
        visited(field, there, on_date=TODAY + dt.timedelta(days=30))


def found(field: Field, there: Any) -> Finding:
    return campaigns.add_finding(
        actor=field.madina, campaign=there["campaign"], severity="4", words=CANARY, place=there["places"][0]
    )


def test_it_reads_the_words_of_a_finding_to_who_goes_and_to_no_planner(field: Field, there: Any) -> None:
    found(field, there)
    where = f"{BASE}{there['campaign'].code}/"
    assert CANARY in page(field.madina, where)
    assert CANARY not in page(field.parviz, where)


def test_it_puts_what_is_to_be_done_among_somebodys_tasks(field: Field, there: Any) -> None:
    finding = found(field, there)
    address = f"{BASE}{there['campaign'].code}/findings/{finding.pk}/follow/"
    answer = at(field.manizha).post(
        address, {"words": "Ring the office.", "person": str(field.madina.pk), "until_date": "2026-12-01"}
    )
    assert answer.status_code == 302
    assert Task.objects.filter(assignee=field.madina, due_date=dt.date(2026, 12, 1)).count() == 1
    (follow,) = there["campaign"].follow_ups.all()
    at(field.madina).post(f"{BASE}{there['campaign'].code}/follow/{follow.pk}/end/", {"do": "done"})
    assert reads.follow_counts(campaign=there["campaign"]) == {"waits": 0, "done": 1, "dropped": 0}


def over(field: Field, there: Any) -> Campaign:
    campaigns.move_campaign(actor=field.parviz, campaign=there["campaign"], after="over")
    return Campaign.objects.get(pk=there["campaign"].pk)


def test_it_freezes_a_report_once_it_is_over(field: Field, there: Any) -> None:
    row = there["campaign"]
    with pytest.raises(CampaignRefused):
        campaigns.freeze_report(actor=field.parviz, campaign=row, content=reads.report_content(campaign=row))
    visited(field, there)
    row = over(field, there)
    answer = at(field.parviz).post(f"{BASE}{row.code}/report/freeze/")
    assert answer["Location"].endswith("/report/1/")
    made = Report.objects.get(campaign=row)
    assert made.digest == campaigns.digest_of(made.content)
    with pytest.raises(NotChanged):
        made.save()


def test_it_prints_a_report_with_its_remark_inside_each_picture(field: Field, there: Any) -> None:
    visited(field, there)
    content = reads.report_content(campaign=there["campaign"])
    paper = reporting.campaign_paper(content, "en")
    assert all("Invented." in svg for _title, svg in paper.pictures)
    assert reporting.pdf(paper).startswith(b"%PDF")


def test_it_withholds_few_talks_with_children(field: Field, there: Any) -> None:
    there["form"].about_children = True
    there["form"].save()
    visited(field, there, interviews=2)
    visited(field, there, place=1, interviews=40)
    content = reads.report_content(campaign=there["campaign"])
    assert next(each["asked"] for each in content["areas"] if each["key"] == "tj-kt-farkhor") is None
    assert (content["people"], [each["asked"] for each in content["areas"]]).count(None) in (0, 1)


# -- answers that become something -----------------------------------------------------------------------------------


def carried(field: Field, there: Any, **more: Any) -> Carried:
    of = outcomes.of("visit")
    assert of is not None
    facts = {"values": {"on_date": "2026-11-21", "kind": "school", "interviews": "2"}, "chosen": there["campaign"].code}
    return carrying.carry(actor=field.manizha, submission=there["submission"], outcome=of, **facts | more)


def test_it_makes_a_visit_of_a_submission_once(field: Field, there: Any) -> None:
    carried(field, there)
    assert Visit.objects.get(submission=there["submission"]).interviews == 2
    with pytest.raises(NotCarried):
        carried(field, there)


def test_it_takes_a_visit_back_and_lets_it_be_made_again(field: Field, there: Any) -> None:
    line = carried(field, there)
    carrying.take_back(actor=field.manizha, carried=line)
    assert not Visit.objects.exists()
    carried(field, there)
    assert Visit.objects.count() == 1


def test_it_makes_nothing_of_what_has_issues(field: Field, there: Any) -> None:
    reviewing.review(actor=field.manizha, submission=there["submission"], after="has_issues", words="No date.")
    with pytest.raises(NotCarried):
        carried(field, there)


def test_it_proposes_what_is_mapped_and_counts_the_rows_of_a_repeat(field: Field, there: Any) -> None:
    of = outcomes.of("visit")
    assert of is not None
    told = {"on_date": "/data/visit/visit_date", "interviews": "/data/pupil"}
    carrying.keep_mapping(actor=field.manizha, form=there["form"], outcome=of, fields=told)
    shown = page(field.manizha, f"/desk/field/results/s/{there['submission'].code}/becomes/visit/")
    assert 'value="2026-11-21"' in shown
    assert 'name="f_interviews" value="2"' in shown


def test_it_begins_an_intake_with_what_she_agreed_to(field: Field, there: Any) -> None:
    from hamroh.cases.actions import intake

    of = outcomes.of("intake")
    assert of is not None
    values = {"consent": "voice", "name": "Гулнора", "born": "1992", "way": "call", "reach": "+992 93 555-00-12"}
    line = carried_as(field, there["submission"], of, values)
    begun = intake.read_intake(actor=field.manizha, pk=line.record_id)
    assert begun.answers["name"]["name"] == "Гулнора"
    assert begun.answers["reach"]["most"] == "NOTHING"


def carried_as(field: Field, row: Submission, of: Any, values: dict[str, str]) -> Carried:
    return carrying.carry(actor=field.manizha, submission=row, outcome=of, values=values)


def test_it_begins_no_intake_without_consent(field: Field, there: Any) -> None:
    of = outcomes.of("intake")
    assert of is not None
    with pytest.raises(NotCarried):
        carried_as(field, there["submission"], of, {"name": "Гулнора", "consent": ""})
