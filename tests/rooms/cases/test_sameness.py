"""Who is known already, who is judged to be whom, and what a supervisor is asked; who may not know notices nothing."""

import datetime as dt
import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from cases_people import elsewhere, husband_of, in_question
from cases_trafficking import hidden
from cases_world import GULNORA, ZAFAR, gulnoras, with_husband
from desk_world import at, page
from hamroh.accounts import policy
from hamroh.accounts.models import ConflictBlock, Notice, RecordGrant
from hamroh.cases import tasks
from hamroh.cases.actions import Told, add_person, conflicts
from hamroh.cases.actions.sameness import judge
from hamroh.cases.models import Case, Conflict, Judgement, Part, Person, Side, Written
from hamroh.cases.selectors.conflicts import open_conflict
from hamroh.cases.selectors.duplicates import duplicates
from hamroh.cases.selectors.sameness import same_as
from hamroh.vault import journal
from hamroh.vault.models import JournalLine, NamePool

ASK = "One possible match in a file that you may not open. Ask your supervisor."
LATIN = Told(name="Gulnora Rahmonova", born={"year": 1992})


def client_of(case: Case) -> Person:
    return Person.objects.select_related("case").get(case=case, part=Part.CLIENT)


def alike(actor: Any, office: Any, told: Told = LATIN, **more: Any) -> list[Any]:
    with journal.openings("task"):
        return duplicates(actor=actor, organisation=office.centre, told=told, **more)


def against(office: Any, told: Told, *, actor: Any = None) -> Case:
    """Another case of the office's, with somebody against its client."""
    actor = actor or office.zebo
    case = gulnoras(office, actor=actor, told=Told(name="Мижгона Саидова"))
    add_person(actor=actor, case=case, part=Part.IN_LAW, side=Side.AGAINST, told=told)
    return case


def compare(case: Case, by: Any) -> int:
    with journal.openings("task"):
        return conflicts.compare(case=case, asked_by=by)


def file_of(user: Any, case: Case) -> str:
    return page(user, f"/desk/cases/{case.code}/")


# -- known already -------------------------------------------------------------------------------------------------


def test_it_finds_her_in_another_script_with_reasons(office, case):
    (first, *_) = alike(office.farzona, office)
    assert first.person.case == case
    assert first.band == "strong"
    assert any("the same name" in reason for reason in first.reasons)


@pytest.mark.parametrize("lang", ["tg", "az", "ru"])
def test_it_gives_its_reasons_in_the_readers_language(office, case, lang):
    from django.utils.translation import override

    english = alike(office.farzona, office)[0].reasons
    with override(lang):
        assert not set(alike(office.farzona, office)[0].reasons) & set(english)


@pytest.mark.parametrize(
    "told", [Told(name="", phone="93 555 00 12"), Told(name="Quite Another", document="a-01234567")], ids=["phone", "document"]
)  # fmt: skip
def test_it_finds_her_by_a_number_whatever_she_is_called(office, case, told):
    assert [each.person.case for each in alike(office.farzona, office, told)] == [case]


@pytest.mark.parametrize("who", ["zebo", "temur", "nermin"])
@pytest.mark.parametrize("told", [LATIN, GULNORA, Told(name="", phone=GULNORA.phone)], ids=["name", "all", "phone"])
def test_it_finds_nobody_of_files_that_are_shut(office, case, who, told):
    assert alike(getattr(office, who), office, told) == []


def test_it_finds_nobody_for_a_colleague_who_is_shut_out(office, case):
    ConflictBlock.objects.create(user=office.manizha, record_kind="cases.case", record_id=str(case.pk))
    assert alike(office.manizha, office, GULNORA) == []


def as_if_many(count: int = 2**17) -> None:
    """Let the pool be as full as a country's, where a name alone makes nobody likely."""
    NamePool.objects.update(turn=count)


def test_it_shows_whom_little_speaks_for_among_many(office, case):
    as_if_many()
    assert [(each.person.case, each.band) for each in alike(office.farzona, office, Told(name="Gulnora"))] == [
        (case, "weak")
    ]


def test_it_shows_nobody_whom_more_speaks_against_than_for(office, case):
    as_if_many()
    assert alike(office.farzona, office, Told(name="Gulnora Saidova Karimovna", born={"year": 1950})) == []


def test_it_stops_nobody_who_enters_a_person_that_little_speaks_for(office, case):
    other = gulnoras(office, told=Told(name="Мижгона Саидова"))
    as_if_many()
    where = reverse("cases:add-person", kwargs={"code": other.code})
    answer = at(office.farzona).post(where, {"part": "relative", "side": "hers", "name": "Gulnora"})
    assert answer.status_code == 302


def test_it_leaves_out_the_person_herself(office, case):
    assert alike(office.farzona, office, but=client_of(case).pk) == []


def test_it_searches_for_somebody_without_a_name_for_nothing(office, case):
    assert alike(office.farzona, office, Told(name="")) == []


def test_it_opens_people_of_other_files_only_when_somebody_asks(office, case):
    other = gulnoras(office, told=LATIN)
    where = reverse("cases:person", kwargs={"code": case.code, "person": client_of(case).pk})
    assert other.code not in page(office.farzona, where)
    assert not JournalLine.objects.filter(record_id=str(other.pk), purpose="search").exists()
    assert other.code in page(office.farzona, f"{where}?alike=1")


def test_it_takes_names_of_any_length(office, case):
    assert alike(office.farzona, office, Told(name="Гулнора " * 2000)) is not None


# -- judged --------------------------------------------------------------------------------------------------------


def beside(case: Case, person: Any, other: Any) -> str:
    return reverse("cases:beside", kwargs={"code": case.code, "person": person.pk, "other": other.pk})


def test_it_shows_two_people_side_by_side_with_reasons(office, case):
    other = client_of(gulnoras(office, told=LATIN))
    text = page(office.farzona, beside(case, client_of(case), other))
    assert "Гулнора Раҳмонова" in text
    assert "Gulnora Rahmonova" in text
    assert "the same name" in text


def test_it_links_by_a_judgement_and_shows_her_other_files(office, case):
    person, other = client_of(case), client_of(gulnoras(office, told=LATIN))
    at(office.farzona).post(beside(case, person, other), {"answer": "same", "words": "She said so herself"})
    where = reverse("cases:person", kwargs={"code": case.code, "person": person.pk})
    assert other.case.code in page(office.farzona, where)
    assert "She said so herself" in page(office.farzona, beside(case, person, other))


def test_it_takes_a_judgement_back_by_a_new_one(office, case):
    person, other = client_of(case), client_of(gulnoras(office, told=LATIN))
    found = []
    for answer in ("same", "different", "unsure", "same"):
        judge(actor=office.farzona, person=person, other=other, answer=answer)
        found.append([each.pk for each in same_as(actor=office.farzona, person=person)])
    assert found == [[other.pk], [], [], [other.pk]]
    assert Judgement.objects.count() == 4


def test_it_never_changes_a_judgement(office, case):
    row = judge(actor=office.farzona, person=client_of(case), other=elsewhere(office, case), answer="same")
    row.answer = "different"
    with pytest.raises(Written):
        row.save()


def test_it_links_over_others_only_over_files_that_are_open(office, case):
    first = client_of(case)
    second = client_of(gulnoras(office, actor=office.zebo, told=LATIN))
    third = client_of(gulnoras(office, told=Told(name="Gulnora R.")))
    judge(actor=office.manizha, person=first, other=second, answer="same")
    judge(actor=office.manizha, person=second, other=third, answer="same")
    found = {who: len(same_as(actor=getattr(office, who), person=first)) for who in ("farzona", "manizha")}
    assert found == {"farzona": 0, "manizha": 2}


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_shows_nobody_of_a_shut_file_beside_hers(office, case, method):
    shut = client_of(gulnoras(office, actor=office.zebo, told=LATIN))
    where, nowhere = (beside(case, client_of(case), each) for each in (shut, SimpleNamespace(pk=uuid.uuid4())))
    answers = [getattr(at(office.farzona), method)(each, {"answer": "same"}).status_code for each in (where, nowhere)]
    assert answers == [404, 404]
    assert not Judgement.objects.exists()


def test_it_judges_nobody_for_who_may_not_read_both(office, case):
    shut = client_of(gulnoras(office, actor=office.zebo, told=LATIN))
    with pytest.raises(policy.Refused):
        judge(actor=office.farzona, person=client_of(case), other=shut, answer="same")


# -- on both sides -------------------------------------------------------------------------------------------------


def test_it_asks_a_supervisor_where_somebody_stands_on_both_sides(office, case):
    other = against(office, LATIN)
    assert compare(other, office.zebo) == 1
    row = Conflict.objects.get()
    assert (row.kind, row.case, row.other.case, row.shown) == ("sides", other, case, True)
    assert {open_conflict(other), open_conflict(case)} == {row}


def test_it_compares_whoever_comes_once_that_is_written(office, case, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        other = against(office, LATIN)
    assert Conflict.objects.filter(case=other, kind="sides").exists()
    assert not Person.objects.filter(case=other, compared_at=None).exists()


def test_it_tells_the_worker_only_that_there_is_something_to_ask(office, case):
    other = against(office, GULNORA)
    compare(other, office.zebo)
    text = file_of(office.zebo, other)
    assert ASK in text
    assert case.code not in text
    assert "Farzona" not in text


def test_it_tells_the_supervisor_on_her_desk_until_she_has_decided(office, case):
    other = against(office, GULNORA)
    compare(other, office.zebo)
    told = Notice.objects.filter(user=office.manizha, about=Notice.About.FILES, record_id=str(other.pk), read_at=None)
    assert told.count() == 1
    assert "Somebody of this case may be in another file" in page(office.manizha, "/desk/")
    assert "decide" in file_of(office.manizha, other)
    conflicts.decide(
        actor=office.manizha, conflict=Conflict.objects.get(), end="go_on", words="Her sister, at two offices"
    )
    assert told.count() == 0
    assert not Notice.objects.exclude(user=office.manizha).exists()


def test_it_shows_both_codes_to_the_supervisor_and_to_nobody_else(office, case):
    other = against(office, GULNORA)
    compare(other, office.zebo)
    text = page(office.manizha, "/desk/cases/conflicts/")
    assert case.code in text
    assert other.code in text
    assert {
        at(getattr(office, who)).get("/desk/cases/conflicts/").status_code for who in ("zebo", "temur", "nermin")
    } == {404}


def test_it_lets_a_supervisor_decide_and_the_case_go_on(office, case):
    other = against(office, GULNORA)
    compare(other, office.zebo)
    row = Conflict.objects.get()
    where = reverse("cases:conflict", kwargs={"code": other.code, "conflict": row.pk})
    assert at(office.zebo).post(where, {"end": "different", "words": "Not the same woman"}).status_code == 404
    assert at(office.manizha).post(where, {"end": "different", "words": "short"}).status_code == 422
    assert at(office.manizha).post(where, {"end": "different", "words": "Not the same woman"}).status_code == 302
    assert open_conflict(other) is None
    assert ASK not in file_of(office.zebo, other)


def test_it_asks_no_second_time_what_was_decided(office, case):
    other = against(office, GULNORA)
    compare(other, office.zebo)
    conflicts.decide(actor=office.manizha, conflict=Conflict.objects.get(), end="different", words="Not the same woman")
    conflicts.compare_again(actor=office.zebo, case=other)
    conflicts.compare_again(actor=office.farzona, case=case)
    assert (compare(other, office.zebo), compare(case, office.farzona)) == (0, 0)


def test_it_asks_nothing_where_nobody_is_alike(office, case):
    assert compare(against(office, Told(name="Далер Назаров", born={"year": 1950})), office.zebo) == 0


def test_it_asks_nothing_of_other_organisations(office, case):
    from hamroh.cases.actions import open_case

    there = open_case(
        actor=office.nermin, organisation=office.other, client=Told(name="X Y"), channel="visit", country="AZ"
    )
    add_person(actor=office.nermin, case=there, part=Part.IN_LAW, side=Side.AGAINST, told=GULNORA)
    assert compare(there, office.nermin) == 0


def test_it_asks_of_a_telephone_alone_without_the_worker_noticing(office, case):
    other = against(office, Told(name="Далер Назаров", phone=GULNORA.phone, facts={"sex": "m"}))
    assert compare(other, office.zebo) == 1
    assert open_conflict(other) is None
    assert ASK not in file_of(office.zebo, other)
    assert other.code in page(office.manizha, "/desk/cases/conflicts/")


# -- what nobody may notice ----------------------------------------------------------------------------------------


def test_it_says_of_a_hidden_file_of_hers_only_that_there_is_something_to_ask(office, case):
    other = gulnoras(office, actor=office.zebo, told=LATIN)
    assert compare(other, office.zebo) == 1
    assert Conflict.objects.get().kind == "twice"
    assert ASK in file_of(office.zebo, other)
    assert open_conflict(other) is None


def test_it_asks_nothing_where_the_worker_reads_both_files(office, case):
    assert compare(gulnoras(office, told=LATIN), office.farzona) == 0


def hers(office: Any, told: Told) -> Case:
    """Another case of hers, at another worker."""
    return gulnoras(office, actor=office.zebo, told=told)


@pytest.mark.parametrize("opened", [against, hers])
@pytest.mark.parametrize("told", [LATIN, GULNORA], ids=["name", "document"])
def test_it_lets_a_colleague_who_is_shut_out_notice_nothing(office, case, opened, told):
    ConflictBlock.objects.create(user=office.zebo, record_kind="cases.case", record_id=str(case.pk))
    other = opened(office, told)
    assert compare(other, office.zebo) == 1
    assert open_conflict(other) is None
    assert ASK not in file_of(office.zebo, other)


def test_it_shows_nothing_to_a_colleague_who_is_shut_out_later(office, case):
    other = against(office, GULNORA)
    compare(other, office.zebo)
    ConflictBlock.objects.create(user=office.zebo, record_kind="cases.case", record_id=str(case.pk))
    assert ASK not in file_of(office.zebo, other)


def test_it_says_nothing_to_another_organisation_to_which_the_case_is_lent(office, case):
    other = against(office, GULNORA)
    compare(other, office.zebo)
    RecordGrant.objects.create(
        record_kind="cases.case", record_id=str(other.pk), organisation=office.centre, to_organisation=office.other,
        verbs=["case.read"], ends_at=timezone.now() + dt.timedelta(days=1),
    )  # fmt: skip
    assert ASK not in file_of(office.nermin, other)


def test_it_lets_nobody_notice_a_woman_whose_place_is_hidden(office, case):
    hidden(office, case)
    other = against(office, GULNORA)
    compare(other, office.zebo)
    assert open_conflict(other) is None


def test_it_lets_a_worker_notice_no_more_than_happens_in_good_faith(office, case):
    noticed = []
    for _time in range(conflicts.HINTS + 2):
        other = gulnoras(office, actor=office.zebo, told=LATIN)
        compare(other, office.zebo)
        noticed.append(ASK in file_of(office.zebo, other))
    assert noticed.count(True) <= conflicts.HINTS
    assert not noticed[-1]


def test_it_writes_down_who_caused_a_question(office, case):
    compare(against(office, GULNORA), office.zebo)
    line = JournalLine.objects.filter(verb="case.ask_supervisor", record_id=str(case.pk)).get()
    assert (line.actor_id, line.facts["by"]) == (None, str(office.zebo.pk))


def test_it_shows_a_question_to_no_supervisor_who_is_shut_out(office, case):
    ConflictBlock.objects.create(user=office.manizha, record_kind="cases.case", record_id=str(case.pk))
    other = against(office, GULNORA)
    compare(other, office.zebo)
    assert other.code not in page(office.manizha, "/desk/cases/conflicts/")


def test_it_answers_a_question_that_may_not_be_noticed_as_one_that_is_not_there(office, case):
    row = in_question(office, case, shown=False)
    answers = [
        at(office.farzona).get(reverse("cases:conflict", kwargs={"code": case.code, "conflict": pk})).status_code
        for pk in (row.pk, uuid.uuid4())
    ]
    assert answers == [404, 404]


def test_it_compares_again_on_demand(office, case, django_capture_on_commit_callbacks):
    compare(case, office.farzona)
    with_husband(office, gulnoras(office, told=Told(name="Мижгона Саидова")))
    gulnoras(office, actor=office.zebo, told=ZAFAR)
    with django_capture_on_commit_callbacks(execute=True):
        husband_of(office, case)
        at(office.farzona).post(reverse("cases:compare", kwargs={"code": case.code}))
    assert Conflict.objects.filter(case=case, kind="sides").exists()


def test_it_compares_a_case_that_was_erased_for_nobody(office):
    assert tasks.compare_people.func(str(uuid.uuid4()), str(office.zebo.pk)) == 0
