"""Files of the aid standard: what they say, what they never say, and what is told to who edits a project."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from desk_world import NOW
from hamroh.directory.models import Party
from hamroh.kernel.iati import Known, misbuilt
from hamroh.kernel.iati.ours import broken
from hamroh.kernel.iati.reading import tree_of
from hamroh.projects.exchange.iati_findings import findings, findings_of
from hamroh.projects.models import Budget, Origin, Project, ProjectPlace, ProjectSector
from iati_world import SECRETS, Register, make_project, open_register
from vault_keys import settled

ALL, OURS = "/iati/activities.xml", "/iati/{}/activities.xml"


@pytest.fixture
def register(db, fresh_keys, settings, time_machine) -> Iterator[Register]:
    settings.IS_DEMO = True
    time_machine.move_to(NOW)
    found = open_register()
    settled(found.office.centre, found.office.other)
    return found


def tree(address: str = ALL):
    return tree_of(Client().get(address).content)


def said(register: Register) -> set[tuple[str, str]]:
    return {(each.part, each.field) for each in findings(register.project)}


def test_it_writes_what_the_standard_wants(register):
    root = tree()
    assert list(misbuilt(root)) == []
    assert [each.id for each, _node in broken(root, Known(now=dt.datetime.now(dt.UTC)))] == []


def test_it_says_the_project_in_all_its_languages(register):
    assert tree().xpath("//title[parent::iati-activity]/narrative/@xml:lang") == ["en", "ru", "tg"]


def test_it_names_money_results_and_dimensions(register):
    root = tree()
    assert root.findtext(".//budget/value") == "250000"
    assert root.xpath("//actual[dimension/@value='female']/@value") == ["450"]
    assert root.xpath("//baseline/@value") == ["0"]
    assert root.xpath("//policy-marker/@significance") == ["2"]
    assert root.xpath("//sector[@vocabulary='99']/narrative/@xml:lang") == ["en", "tg"]


def test_it_says_a_date_that_is_known_to_the_month_as_the_last_day_it_can_be(register):
    (end,) = tree().xpath("//activity-date[@type='4']")
    assert (end.get("iso-date"), end.findtext("narrative")) == ("2016-03-31", "Known to the month only.")


@pytest.mark.parametrize("secret", [*SECRETS, "7791", "7792", "7793"])
def test_it_never_tells_what_is_hidden(register, secret):
    assert secret.encode() not in Client().get(ALL).content


def test_it_tells_a_village_by_its_district(register):
    assert tree().xpath("//location/name/narrative/text()") == ["Khatlon", "Vakhsh"]


def test_it_writes_a_partner_without_a_number_by_name_alone(register):
    (un,) = tree().xpath("//participating-org[@role='3']")
    assert (un.get("ref"), un.findtext("narrative")) == (None, "UN Women")


@pytest.mark.parametrize("visibility", ["network", "organisation", "team"])
def test_it_publishes_public_projects_only(register, visibility):
    Project.objects.update(visibility=visibility)
    assert Client().get(ALL).status_code == 404


def test_it_never_publishes_a_house_without_registration(register):
    Party.objects.filter(tenant=register.house).update(legal_status="unregistered")
    assert Client().get(ALL).status_code == 404


def test_it_publishes_no_project_that_somebody_else_published(register):
    Origin.objects.create(
        organisation=register.house, project=register.project, identifier="X-1", digest="0" * 64, brought_by=register.lola
    )  # fmt: skip
    assert Client().get(ALL).status_code == 404


def test_it_serves_each_house_its_own_file(register):
    ours = Client().get(OURS.format(register.house.code))
    theirs = Client().get(OURS.format(register.office.other.code))
    assert (ours.status_code, theirs.status_code) == (200, 404)


def test_it_spares_who_has_the_file_already(register):
    first = Client().get(ALL)
    assert Client().get(ALL, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_it_writes_the_house_as_the_standard_wants(register):
    root = tree("/iati/organisations.xml")
    assert (list(misbuilt(root)), root.findtext(".//organisation-identifier")) == ([], "TJ-MOJ-1234")


def test_it_asks_as_much_for_many_projects_as_for_one(register, django_assert_num_queries):
    client = Client()
    client.get(ALL)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as once:
        client.get(ALL)
    for number in range(5):
        more = make_project(register.house, register.lola, reference=f"more-{number}")
        ProjectPlace.objects.create(project=more, organisation=register.house, place=register.khatlon)
        ProjectSector.objects.create(project=more, organisation=register.house, code="15170")
    with django_assert_num_queries(len(once)):
        client.get(ALL)


def test_it_finds_nothing_wrong_with_a_good_project(register):
    assert findings(register.project) == []


def test_it_says_at_the_field_what_is_wrong(register):
    ProjectSector.objects.filter(code="15190").update(share=30)
    ProjectPlace.objects.filter(is_hidden=True).update(share=None)
    Budget.objects.update(ends_date=dt.date(2016, 3, 18))
    Project.objects.update(starts="2030-01-01", ends="")
    register.project.refresh_from_db()
    assert said(register) == {
        ("subjects", "share"),
        ("places", "share"),
        ("money", "budgets"),
        ("period", "starts"),
        ("money", "transactions"),
    }


def test_it_tells_what_keeps_a_project_from_the_file(register):
    Project.objects.update(starts="", ends="", titles={})
    register.project.refresh_from_db()
    assert {("about", "titles"), ("period", "starts")} <= said(register)


def test_it_speaks_the_language_of_the_editor(register):
    ProjectSector.objects.all().delete()
    with translation.override("tg"):
        (found,) = findings(register.project)
    assert found.words == "Ягон соҳа номбар нашудааст."


def test_it_asks_as_much_for_the_findings_of_many(register, django_assert_max_num_queries):
    for number in range(4):
        fill_more(register, number)
    with django_assert_max_num_queries(20):
        assert len(findings_of(Project.objects.select_related("organisation"))) == 5


def fill_more(register: Register, number: int) -> None:
    more = make_project(register.house, register.lola, reference=f"more-{number}")
    ProjectSector.objects.create(project=more, organisation=register.house, code="15170")
