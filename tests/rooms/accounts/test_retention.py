"""Two people let records go at the desk: who sees, proposes, releases, holds and objects, and what nobody can do."""

import datetime as dt
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hamroh.accounts.actions import retention as actions
from hamroh.accounts.models import ConflictBlock, Membership, Notice, Role
from hamroh.vault.models import Hold, JournalLine, Release, ReleaseLine
from retention_world import (
    LONG_AGO,
    QUEUE,
    code,
    demo,
    enter,
    farzona,
    manizha,
    matter,
    page,
    person,
    proposed,
    send,
    sitora,
)
from sealedroom.cast import make_matter
from sealedroom.keeping import MATTERS
from sealedroom.models import Matter

__all__ = ["demo", "farzona", "manizha", "matter", "sitora"]
pytestmark = pytest.mark.django_db


# -- the queue -----------------------------------------------------------------------------------------------------


def test_it_shows_code_week_and_due_date_and_no_content(manizha, matter):
    text = page(enter(manizha), QUEUE)
    assert code(matter) in text
    assert "2019-03-04" in text
    assert "2024-03-10" in text
    assert "red" in text
    assert "Гулнора" not in text
    assert not JournalLine.objects.exclude(purpose="").exists()


def test_it_shows_an_auditor_the_queue_without_buttons(sitora, matter):
    text = page(enter(sitora), QUEUE)
    assert code(matter) in text
    assert "formaction" not in text


@pytest.mark.parametrize("role", sorted(set(Role.values) - {"supervisor", "auditor"}))
def test_it_is_there_for_supervisors_and_auditors_alone(cast, matter, role):
    assert enter(person("somebody", role, cast.centre)).get(QUEUE).status_code == 404


def test_it_shows_nothing_of_another_organisation(cast, matter):
    other = person("sevda", Role.SUPERVISOR, cast.gender_centre)
    assert code(matter) not in page(enter(other), QUEUE)


def test_it_shows_nothing_to_who_is_shut_out(manizha, matter):
    ConflictBlock.objects.create(user=manizha, record_kind="sealedroom.matter", record_id=str(matter.pk))
    assert code(matter) not in page(enter(manizha), QUEUE)


def test_it_shows_a_team_its_own_records(cast, matter):
    other = make_matter(cast, closed_week=LONG_AGO, team="blue")
    text = page(enter(person("lola", Role.SUPERVISOR, cast.centre, team="blue")), QUEUE)
    assert (code(matter) in text, code(other) in text) == (False, True)


def test_it_asks_no_more_for_more_records(cast, manizha, django_assert_max_num_queries):
    client = enter(manizha)
    make_matter(cast, closed_week=LONG_AGO)
    page(client, QUEUE)
    with CaptureQueriesContext(connection) as of_one:
        page(client, QUEUE)
    for _ in range(29):
        make_matter(cast, closed_week=LONG_AGO)
    with django_assert_max_num_queries(len(of_one)):
        assert page(client, QUEUE).count('name="record"') == 30


def test_it_says_the_next_step_where_nothing_is_due(manizha):
    assert "Records come here by themselves" in page(enter(manizha), QUEUE)


# -- proposing -----------------------------------------------------------------------------------------------------


def test_it_lists_the_records_before_they_are_proposed(manizha, matter):
    text = page(enter(manizha), f"/desk/retention/propose/?of=sealed_matter&record={matter.pk}")
    assert code(matter) in text
    assert not Release.objects.exists()


def test_it_proposes_once_what_is_sent_twice(manizha, matter):
    told = {"of": "sealed_matter", "record": str(matter.pk), "form_key": uuid4().hex}
    client = enter(manizha)
    first, second = (send(client, "propose", told) for _ in range(2))
    assert (first.status_code, first["Location"]) == (302, second["Location"])
    assert Release.objects.count() == 1


def test_it_tells_the_owner_of_a_proposal(manizha, matter, farzona):
    send(enter(manizha), "propose", {"of": "sealed_matter", "record": str(matter.pk)})
    notice = Notice.objects.get(about="let_go")
    assert (notice.user, notice.record_id) == (farzona, str(matter.pk))


def test_it_tells_no_owner_who_is_shut_out(manizha, matter, farzona):
    ConflictBlock.objects.create(user=farzona, record_kind="sealedroom.matter", record_id=str(matter.pk))
    send(enter(manizha), "propose", {"of": "sealed_matter", "record": str(matter.pk)})
    assert not Notice.objects.exists()


@pytest.mark.parametrize("why", ["another organisation", "shut out", "missing"])
def test_it_proposes_nothing_that_is_not_there_for_her(cast, manizha, matter, why):
    pk = str(uuid4())
    if why == "another organisation":
        pk = str(make_matter(cast, closed_week=LONG_AGO, organisation=cast.gender_centre).pk)
    elif why == "shut out":
        ConflictBlock.objects.create(user=manizha, record_kind="sealedroom.matter", record_id=str(matter.pk))
        pk = str(matter.pk)
    client = enter(manizha)
    assert send(client, "propose", {"of": "sealed_matter", "record": pk}).status_code == 404
    assert client.get(f"/desk/retention/propose/?of=sealed_matter&record={pk}").status_code == 404
    assert not Release.objects.exists()


def test_it_says_why_a_held_record_is_not_proposed(cast, manizha, matter):
    actions.hold(actor=manizha, of=MATTERS, record=matter, why="court", until_date=dt.date(2100, 1, 1))
    answer = send(enter(manizha), "propose", {"of": "sealed_matter", "record": str(matter.pk)})
    assert (answer.status_code, Release.objects.count()) == (422, 0)
    assert "One of these records is held" in answer.content.decode()


@pytest.mark.parametrize("told", [{}, {"of": "sealed_matter"}, {"of": "nothing", "record": "x"}, {"record": "'--"}])
def test_it_leads_back_where_nothing_was_chosen(manizha, told):
    answer = send(enter(manizha), "propose", told)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/retention/")


# -- keeping longer ------------------------------------------------------------------------------------------------


def test_it_keeps_longer(manizha, matter):
    told = {"of": "sealed_matter", "record": str(matter.pk), "why": "claim", "due_date": "2029-01-01"}
    assert send(enter(manizha), "keep", told).status_code == 302
    hold = Hold.objects.get()
    assert (hold.sort, hold.why, hold.until_date, hold.record_id) == ("longer", "claim", dt.date(2029, 1, 1), matter.pk)
    assert code(matter) not in page(enter(manizha), QUEUE)


def test_it_keeps_what_was_typed_where_a_form_has_a_fault(manizha, matter):
    told = {"of": "sealed_matter", "record": str(matter.pk), "why": "claim", "due_date": "2001-01-01"}
    answer = send(enter(manizha), "keep", told)
    text = answer.content.decode()
    assert (answer.status_code, "2001-01-01" in text, str(matter.pk) in text) == (422, True, True)
    assert re.search(r'value="claim"[^>]*checked', text)


# -- releasing -----------------------------------------------------------------------------------------------------


def test_it_erases_what_a_second_person_releases(cast, manizha, sitora, matter):
    row = proposed(manizha, cast, matter)
    answer = send(enter(sitora), "release", {}, release=row.pk)
    assert (answer.status_code, answer["Location"]) == (302, "/desk/retention/done/")
    row.refresh_from_db()
    assert (row.state, row.released_as, Matter.objects.count()) == ("done", "auditor", 0)


def test_it_asks_who_she_is_before_a_release(cast, manizha, sitora, matter):
    row = proposed(manizha, cast, matter)
    answer = send(enter(sitora, confirmed=False), "release", {}, release=row.pk)
    assert answer["Location"].startswith("/accounts/confirm/")
    assert Matter.objects.exists()


def test_it_does_not_let_the_proposer_release(cast, manizha, matter):
    row = proposed(manizha, cast, matter)
    client = enter(manizha)
    assert "Erase these records" not in page(client, reverse("retention:proposal", kwargs={"release": row.pk}))
    answer = send(client, "release", {}, release=row.pk)
    assert (answer.status_code, Matter.objects.count()) == (422, 1)
    assert "somebody else must release it" in answer.content.decode()


def test_it_does_not_let_the_proposer_release_by_another_role_of_hers(cast, manizha, matter):
    Membership.objects.create(user=manizha, organisation=cast.centre, role=Role.AUDITOR)
    row = proposed(manizha, cast, matter)
    assert send(enter(manizha), "release", {}, release=row.pk).status_code == 422
    assert Matter.objects.exists()


def test_it_lets_nobody_release_before_the_owner_could_object(cast, manizha, sitora, matter):
    row = proposed(manizha, cast, matter)
    Release.objects.update(opens_at=timezone.now() + dt.timedelta(hours=1))
    answer = send(enter(sitora), "release", {}, release=row.pk)
    assert (answer.status_code, Matter.objects.count()) == (422, 1)


@pytest.mark.parametrize("role", ["administrator", "lawyer", "programme_manager", "editor"])
def test_it_lets_no_other_role_release(cast, manizha, matter, role):
    row = proposed(manizha, cast, matter)
    assert send(enter(person("somebody", role, cast.centre)), "release", {}, release=row.pk).status_code == 404
    assert Matter.objects.exists()


def test_it_lets_nobody_of_another_organisation_release(cast, manizha, matter):
    row = proposed(manizha, cast, matter)
    other = enter(person("vusal", Role.AUDITOR, cast.gender_centre))
    answers = [send(other, "release", {}, release=pk) for pk in (row.pk, uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert Matter.objects.exists()


def test_it_shows_no_line_to_who_is_shut_out_and_erases_none_by_her(cast, manizha, sitora, matter):
    other = make_matter(cast, closed_week=LONG_AGO)
    row = proposed(manizha, cast, matter, other)
    ConflictBlock.objects.create(user=sitora, record_kind="sealedroom.matter", record_id=str(matter.pk))
    client = enter(sitora)
    text = page(client, reverse("retention:proposal", kwargs={"release": row.pk}))
    assert (code(matter) in text, code(other) in text) == (False, True)
    send(client, "release", {}, release=row.pk)
    assert set(Matter.objects.values_list("pk", flat=True)) == {matter.pk}
    assert ReleaseLine.objects.get(record_id=matter.pk).release.state == "proposed"


def test_it_sends_back_nothing_that_she_is_shut_out_of(cast, manizha, sitora, matter):
    other = make_matter(cast, closed_week=LONG_AGO)
    row = proposed(manizha, cast, matter, other)
    ConflictBlock.objects.create(user=sitora, record_kind="sealedroom.matter", record_id=str(matter.pk))
    send(enter(sitora), "send-back", {}, release=row.pk)
    assert ReleaseLine.objects.get().record_id == matter.pk


def test_it_answers_alike_for_a_proposal_of_what_she_is_shut_out_of_and_for_none(cast, manizha, sitora, matter):
    row = proposed(manizha, cast, matter)
    ConflictBlock.objects.create(user=sitora, record_kind="sealedroom.matter", record_id=str(matter.pk))
    client = enter(sitora)
    real, none = (client.get(reverse("retention:proposal", kwargs={"release": pk})) for pk in (row.pk, uuid4()))
    assert (real.status_code, none.status_code) == (404, 404)
    assert code(matter) not in page(client, "/desk/retention/")


def test_it_releases_once_what_is_sent_twice(cast, manizha, sitora, matter):
    row, client = proposed(manizha, cast, matter), enter(sitora)
    told = {"form_key": uuid4().hex}
    first, second = (send(client, "release", told, release=row.pk) for _ in range(2))
    assert (first.status_code, second.status_code, second["Location"]) == (302, 302, first["Location"])
    assert JournalLine.objects.filter(verb="retention.erase").count() == 1
    assert JournalLine.objects.filter(verb="retention.release").count() == 1


def test_it_releases_nothing_by_a_form_sent_again_without_its_key(cast, manizha, sitora, matter):
    row, client = proposed(manizha, cast, matter), enter(sitora)
    assert [send(client, "release", {}, release=row.pk).status_code for _ in range(2)] == [302, 404]


@pytest.mark.parametrize("changed", ["reopened", "written to"])
def test_it_erases_nothing_that_changed_since(cast, manizha, sitora, matter, changed):
    row = proposed(manizha, cast, matter)
    values = {"closed_week": None} if changed == "reopened" else {"team": "blue"}
    Matter.objects.filter(pk=matter.pk).update(**values)
    send(enter(sitora), "release", {}, release=row.pk)
    assert Matter.objects.filter(pk=matter.pk).exists()
    assert row.lines.get().outcome == "changed"


def test_it_sends_back(cast, manizha, sitora, matter):
    row = proposed(manizha, cast, matter)
    assert send(enter(sitora), "send-back", {}, release=row.pk).status_code == 302
    assert code(matter) in page(enter(manizha), QUEUE)


# -- asked for, held, objected -------------------------------------------------------------------------------------


def test_it_takes_two_people_for_what_she_asks_for(cast, manizha, sitora, farzona):
    matter = make_matter(cast, owner=farzona)
    answer = send(enter(manizha), "asked", {"code": code(matter), "is_she": "on"})
    row = Release.objects.get()
    assert (answer["Location"], row.ground) == (reverse("retention:proposal", kwargs={"release": row.pk}), "asked")
    Release.objects.update(opens_at=timezone.now())
    send(enter(sitora), "release", {}, release=row.pk)
    assert not Matter.objects.exists()


def test_it_wants_to_know_that_it_is_she_who_asks(cast, manizha, matter):
    answer = send(enter(manizha), "asked", {"code": code(matter)})
    assert (answer.status_code, Release.objects.count(), code(matter) in answer.content.decode()) == (422, 0, True)


@pytest.mark.parametrize("name", ["asked", "new-hold"])
def test_it_says_the_same_of_a_code_that_is_shut_and_of_none(cast, manizha, matter, name):
    ConflictBlock.objects.create(user=manizha, record_kind="sealedroom.matter", record_id=str(matter.pk))
    told = {"is_she": "on", "why": "court", "due_date": "2029-01-01"}
    client = enter(manizha)
    texts = []
    for typed in (code(matter), "00000000"):
        text = send(client, name, told | {"code": typed}).content.decode().replace(typed, "")
        texts.append(re.sub(r'nonce="[^"]+"|value="[^"]{20,}"', "", text))
    assert texts[0] == texts[1]
    assert not Hold.objects.exists()


def test_it_holds_by_code_and_lifts(manizha, sitora, matter):
    told = {"code": code(matter), "why": "audit", "due_date": "2029-01-01"}
    assert send(enter(sitora), "new-hold", told).status_code == 302
    hold = Hold.objects.get()
    assert (hold.sort, hold.made_by_id) == ("held", sitora.pk)
    client = enter(manizha)
    assert code(matter) in page(client, "/desk/retention/holds/")
    send(client, "lift", {}, hold=hold.pk)
    hold.refresh_from_db()
    assert hold.lifted_by_id == manizha.pk
    verbs = JournalLine.objects.filter(verb__startswith="retention").order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["retention.hold", "retention.lift"]


@pytest.mark.parametrize("role", ["lawyer", "administrator", "editor"])
def test_it_lets_no_other_role_lift(cast, manizha, matter, role):
    hold = actions.hold(actor=manizha, of=MATTERS, record=matter, why="court", until_date=dt.date(2100, 1, 1))
    assert send(enter(person("somebody", role, cast.centre)), "lift", {}, hold=hold.pk).status_code == 404
    assert Hold.objects.filter(lifted_at=None).exists()


def test_it_lets_nobody_lift_who_is_shut_out_of_the_record(manizha, sitora, matter):
    hold = actions.hold(actor=manizha, of=MATTERS, record=matter, why="court", until_date=dt.date(2100, 1, 1))
    ConflictBlock.objects.create(user=sitora, record_kind="sealedroom.matter", record_id=str(matter.pk))
    client = enter(sitora)
    assert code(matter) not in page(client, "/desk/retention/holds/")
    assert send(client, "lift", {}, hold=hold.pk).status_code == 404


def test_it_lets_the_owner_object(cast, manizha, sitora, farzona, matter):
    row = proposed(manizha, cast, matter)
    client = enter(farzona)
    assert code(matter) in page(client, "/desk/retention/mine/")
    answer = send(client, "object", {"why": "claim"}, line=row.lines.get().pk)
    assert (answer.status_code, Hold.objects.get().sort, row.lines.get().outcome) == (302, "objection", "held")
    assert send(enter(sitora), "release", {}, release=row.pk).status_code == 404
    assert Matter.objects.exists()


def test_it_lets_nobody_else_object(cast, manizha, matter):
    row = proposed(manizha, cast, matter)
    other = enter(person("nigora", Role.LAWYER, cast.centre))
    assert code(matter) not in page(other, "/desk/retention/mine/")
    assert send(other, "object", {"why": "claim"}, line=row.lines.get().pk).status_code == 404
