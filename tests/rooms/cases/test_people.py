"""People of a case are entered, corrected and told of; nothing typed is lost and nothing is written over."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases_people import elsewhere, husband_of, married
from cases_world import GULNORA, gulnoras, with_husband
from desk_world import at, page
from hamroh.cases import actions, naming, selectors
from hamroh.cases.actions.people import RelatedAlready, relate
from hamroh.cases.forms.people import Person as PersonForm
from hamroh.cases.models import Case, Judgement, Part, Person, Relationship, Side
from hamroh.cases.selectors import sameness
from hamroh.vault import journal, pools


def address(name: str, case: Case, **more) -> str:
    return reverse(f"cases:{name}", kwargs={"code": case.code, **more})


def typed(**told) -> dict[str, str]:
    return {"name": "Саида Юсупова", "part": "relative", "side": "hers"} | told


def values(case: Case, person: Person, office) -> dict:
    person = Person.objects.get(pk=person.pk)
    with journal.openings("task"):
        _case, decision = selectors.case_of(actor=office.farzona, code=case.code)
        return sameness.opened(person=person, decision=decision)


def client_of(case: Case) -> Person:
    return Person.objects.select_related("case").get(case=case, part=Part.CLIENT)


def test_it_shows_who_is_in_the_case(office, case):
    with_husband(office, case)
    text = page(office.farzona, f"/desk/cases/{case.code}/")
    assert "Зафар Қурбонов" in text
    assert "Against her" in text


def test_it_shows_no_telephone_and_no_place_there(office, case):
    text = page(office.farzona, f"/desk/cases/{case.code}/")
    assert not [each for each in ("555-00-12", "Кӯлоб", "01234567") if each in text]


def test_it_shows_many_people_with_as_many_queries_as_few(office, case):
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as seen:
            at(office.farzona).get(f"/desk/cases/{case.code}/")
        counts.append(len(seen))
        for number in range(4):
            told = actions.Told(name=f"Child {number}")
            actions.add_person(actor=office.farzona, case=case, part=Part.CHILD, side=Side.HERS, told=told)
        at(office.farzona).get(f"/desk/cases/{case.code}/")
    assert counts[0] == counts[1]


def test_it_enters_somebody_with_everything_that_is_known(office, case):
    more = {
        "maiden": "Назарова", "father": "Карим", "spellings": "Saida Yusupova\nسعیده", "born": "03.1988", "sex": "f",
        "phone": "+992 90 777 66 55", "document_kind": "passport", "document": "B 7654321", "home": "Восеъ", "language": "tg",
        "citizenship": "TJ", "fate": "alive", "fate_source": "her sister",
    }  # fmt: skip
    answer = at(office.farzona).post(address("add-person", case), typed(**more))
    person = Person.objects.exclude(part=Part.CLIENT).get(case=case)
    assert answer.status_code == 302
    found = values(case, person, office)
    assert found["born"] == {"year": 1988, "month": 3}
    assert {each["kind"]: each["value"] for each in found["names"]} == {
        "maiden": "Назарова",
        "father": "Карим",
        "spelling": "سعیده",
    }
    assert found["facts"]["fate"] == {"what": "alive", "source": "her sister"}


@pytest.mark.parametrize(
    ("born", "said"),
    [
        ("31.02.1990", "no such day"), ("00.1990", "no such day"), ("yesterday", "Write a year"), ("2090", "not come yet"),
        ("1850", "from 1900"), ("1" * 500, "Write a year"),
    ],
    ids=["no day", "no month", "words", "to come", "long ago", "endless"],
)  # fmt: skip
def test_it_says_what_is_wrong_with_a_date_and_keeps_what_was_typed(office, case, born, said):
    answer = at(office.farzona).post(address("add-person", case), typed(born=born, spellings="Saida"))
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text or "at most 20" in text
    assert "Саида Юсупова" in text
    assert "Saida" in text


def test_it_reads_a_date_in_any_usual_form():
    read = {each: PersonForm({"name": "A", "part": "other", "side": "hers", "born": each}) for each in ("1990", "3.1990", "14/03/1990", "1990-03-14", "۱۹۹۰")}  # fmt: skip
    assert all(form.is_valid() for form in read.values())
    assert [form.cleaned_data["born"] for form in read.values()] == [
        {"year": 1990}, {"year": 1990, "month": 3}, *[{"year": 1990, "month": 3, "day": 14}] * 2, {"year": 1990},
    ]  # fmt: skip


@pytest.mark.parametrize(
    "told",
    [
        {"name": "x" * 121}, {"name": "\u202e\u200b"}, {"name": "12345"}, {"spellings": "a\n" * 9}, {"phone": "123"},
        {"document": "1"}, {"part": "client"}, {"side": "all"}, {"fate": "dead"},
    ],
    ids=["long", "unseen", "digits", "many spellings", "short phone", "short document", "a second client", "no side", "no source"],
)  # fmt: skip
def test_it_enters_nobody_of_whom_something_is_wrong(office, case, told):
    told = {"name": "Саида", "spellings": "", "part": "other", "side": "hers"} | told
    if "spellings" in told:
        told["spellings"] = "\n".join(f"{each}{at}" for at, each in enumerate(told["spellings"].split()))
    assert at(office.farzona).post(address("add-person", case), told).status_code == 422
    assert Person.objects.filter(case=case).count() == 1


def test_it_takes_names_written_from_right_to_left_without_signs_that_turn_others(office, case):
    at(office.farzona).post(address("add-person", case), typed(name="\u202eزهره رحمانی\u202c"))
    person = Person.objects.exclude(part=Part.CLIENT).get(case=case)
    assert values(case, person, office)["name"] == "زهره رحمانی"


def test_it_enters_somebody_once_however_often_the_form_is_sent(office, case):
    client = at(office.farzona)
    for _time in range(2):
        client.post(address("add-person", case), typed(form_key="k" * 22))
    assert Person.objects.filter(case=case).count() == 2


def test_it_corrects_a_person_and_finds_her_by_her_new_name(office, case):
    person = client_of(case)
    with journal.openings("task"):
        form = at(office.farzona).get(address("edit-person", case, person=person.pk)).content.decode()
    mark = form.split('name="stood" value="')[1].split('"')[0]
    at(office.farzona).post(address("edit-person", case, person=person.pk), {"name": "Парвина Шарифова", "stood": mark})
    with journal.openings("task"):
        found = pools.search(
            naming.KIND, office.centre.pk, {"name": "Parvina Sharifova"}, opener=naming.Opener(office.farzona)
        )
    assert [each.id for each in found] == [str(person.pk)]


def test_it_writes_nothing_over_that_its_reader_has_not_seen(office, case):
    person = client_of(case)
    where = address("edit-person", case, person=person.pk)
    mark = at(office.farzona).get(where).context["form"]["stood"].value()
    at(office.farzona).post(where, {"name": "First tab", "stood": mark})
    second = at(office.farzona).post(where, {"name": "Second tab", "stood": mark})
    assert second.status_code == 422
    assert "Second tab" in second.content.decode()
    assert values(case, person, office)["name"] == "First tab"
    assert (
        at(office.farzona)
        .post(where, {"name": "Second tab", "stood": second.context["form"]["stood"].value()})
        .status_code
        == 302
    )


def test_it_keeps_the_mark_of_a_form_with_a_fault(office, case):
    where = address("edit-person", case, person=client_of(case).pk)
    mark = at(office.farzona).get(where).context["form"]["stood"].value()
    at(office.farzona).post(where, {"name": "First tab", "stood": mark})
    faulty = at(office.farzona).post(where, {"name": "", "stood": mark})
    assert str(faulty.context["form"]["stood"].value()) == str(mark)


def test_it_keeps_facts_that_the_form_does_not_ask(office, case):
    told = actions.Told(
        name="Навид", facts={"sex": "m", "debts": "known"}, places=[{"kind": "home", "key": "tj.kl", "words": "Кӯлоб"}]
    )
    person = actions.add_person(actor=office.farzona, case=case, part=Part.RELATIVE, side=Side.HERS, told=told)
    where = address("edit-person", case, person=person.pk)
    mark = at(office.farzona).get(where).context["form"]["stood"].value()
    at(office.farzona).post(where, typed(name="Навид", home="Кӯлоб", sex="m", stood=mark))
    found = values(case, person, office)
    assert found["facts"] == {"sex": "m", "debts": "known"}
    assert found["places"] == [{"kind": "home", "key": "tj.kl", "words": "Кӯлоб"}]


def test_it_keeps_the_client_the_client(office, case):
    person = client_of(case)
    where = address("edit-person", case, person=person.pk)
    mark = at(office.farzona).get(where).context["form"]["stood"].value()
    at(office.farzona).post(where, {"name": "Gulnora", "part": "witness", "side": "against", "stood": mark})
    assert (client_of(case).pk, client_of(case).side) == (person.pk, Side.HERS)


@pytest.mark.parametrize("name", ["person", "edit-person"])
def test_it_knows_nobody_of_another_case(office, case, name):
    stranger = elsewhere(office, case)
    client = at(office.farzona)
    assert {getattr(client, way)(address(name, case, person=stranger.pk)).status_code for way in ("get", "post")} <= {
        404,
        405,
    }


# -- known already -------------------------------------------------------------------------------------------------


def test_it_asks_before_it_enters_somebody_who_is_known_in_another_spelling(office, case):
    another = gulnoras(office, told=actions.Told(name="Мижгона Саидова"))
    answer = at(office.farzona).post(address("add-person", another), typed(name="Gulnora Rahmonova", born="1992"))
    text = answer.content.decode()
    assert Person.objects.filter(case=another).count() == 1
    assert "Гулнора Раҳмонова" in text
    assert case.code in text
    assert "gulnora = гулнора" in text.lower()


def test_it_enters_her_and_links_both_when_it_is_told_so(office, case):
    another = gulnoras(office, told=actions.Told(name="Мижгона Саидова"))
    known = client_of(case)
    at(office.farzona).post(address("add-person", another), typed(name="Gulnora Rahmonova", same=str(known.pk)))
    person = Person.objects.exclude(part=Part.CLIENT).get(case=another)
    assert [each.pk for each in sameness.same_as(actor=office.farzona, person=person)] == [known.pk]


def test_it_links_nobody_of_a_file_that_is_shut(office, case):
    shut = client_of(gulnoras(office, actor=office.zebo, told=actions.Told(name="Мижгона Саидова")))
    answer = at(office.farzona).post(address("add-person", case), typed(same=str(shut.pk)))
    assert answer.status_code == 404
    assert not Judgement.objects.exists()


# -- what they are to each other -----------------------------------------------------------------------------------


def test_it_tells_social_and_legal_status_apart(office, case):
    person, husband = client_of(case), husband_of(office, case)
    told = {"first": person.pk, "kind": "wife", "second": husband.pk, "social": "talaq_sms", "legal": "registered", "since": "2015"}  # fmt: skip
    assert at(office.farzona).post(address("add-relation", case), told).status_code == 302
    text = page(office.farzona, address("person", case, person=person.pk))
    assert "He said talaq by telephone or SMS" in text
    assert "The marriage is registered" in text


def test_it_says_what_follows_with_article_and_certainty(office, case):
    married(office, case)
    text = page(office.farzona, address("person", case, person=client_of(case).pk))
    assert "only one that is registered counts" in text
    assert "Family Code of Tajikistan, 1(3) (2024-01-03)" in text
    assert "certainty A" in text


def test_it_says_nothing_of_the_law_where_no_state_in_law_is_known(office, case):
    married(office, case, legal="")
    assert "certainty" not in page(office.farzona, address("person", case, person=client_of(case).pk))


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "mother", "social": "nikoh"}, {"kind": "mother", "legal": "divorced"}, {"since": "2020", "until": "2019"},
        {"second": None}, {"kind": "owner"}, {"social": "sold"},
    ],
    ids=["a mother by nikoh", "a divorced child", "an end before the beginning", "with herself", "no kind", "no status"],
)  # fmt: skip
def test_it_refuses_a_relationship_that_cannot_be(office, case, told):
    person, husband = client_of(case), husband_of(office, case)
    told = {"first": person.pk, "second": husband.pk, "kind": "wife"} | told
    told["second"] = told["second"] or person.pk
    assert at(office.farzona).post(address("add-relation", case), told).status_code == 422
    assert not Relationship.objects.exists()


def test_it_relates_two_people_once_whoever_comes_first(office, case):
    row = married(office, case)
    with pytest.raises(RelatedAlready):
        relate(actor=office.farzona, case=case, first=row.second, second=row.first, facts={"kind": "wife"})


def test_it_relates_nobody_of_another_case(office, case):
    told = {"first": client_of(case).pk, "second": elsewhere(office, case).pk, "kind": "wife"}
    assert at(office.farzona).post(address("add-relation", case), told).status_code == 422


def test_it_changes_a_relationship_once_for_two_tabs(office, case):
    row = married(office, case)
    where = address("relation", case, relationship=row.pk)
    mark = at(office.farzona).get(where).context["form"]["stood"].value()
    told = {"kind": "wife", "social": "separated", "stood": mark}
    assert at(office.farzona).post(where, told).status_code == 302
    late = at(office.farzona).post(where, told | {"social": "widowed"})
    assert late.status_code == 422
    assert "Somebody changed this" in late.content.decode()


def test_it_finds_each_relationship_in_its_own_case_alone(office, case):
    row = married(office, case)
    other = gulnoras(office, told=actions.Told(name="Мижгона Саидова"))
    assert at(office.farzona).get(address("relation", other, relationship=row.pk)).status_code == 404


# -- the house -----------------------------------------------------------------------------------------------------


def test_it_says_how_a_household_stands_since_money_stopped(office, case):
    where = address("household", case)
    told = {"amount": "3 000,50", "currency": "RUB", "often": "12", "stopped": "02.2026", "rate": "90", "rate_date": "2026"}  # fmt: skip
    assert at(office.farzona).post(where, told).status_code == 302
    text = page(office.farzona, where)
    assert "Poverty or extreme poverty" in text
    assert "researcher of the IOM" in text
    assert "100 US dollars" in text


def test_it_asks_for_the_rate_of_another_currency(office, case):
    where = address("household", case)
    at(office.farzona).post(where, {"amount": "3000", "currency": "RUB", "often": "12"})
    assert "Write what one US dollar costs" in page(office.farzona, where)


@pytest.mark.parametrize(
    "told",
    [
        {"amount": "-5"},
        {"amount": "1e999"},
        {"amount": "NaN"},
        {"others": "-1"},
        {"rate": "0"},
        {"rate": "90"},
        {"stopped": "2026"},
    ],
    ids=lambda told: "-".join(map(str, *told.items())),
)
def test_it_keeps_no_household_with_figures_that_cannot_be(office, case, told):
    answer = at(office.farzona).post(address("household", case), {"currency": "RUB", "head": "mother-in-law"} | told)
    assert answer.status_code == 422
    assert "mother-in-law" in answer.content.decode()


def test_it_writes_no_household_over_another(office, case):
    where = address("household", case)
    mark = at(office.farzona).get(where).context["form"]["stood"].value()
    at(office.farzona).post(where, {"head": "mother-in-law", "stood": mark})
    assert at(office.farzona).post(where, {"head": "she herself", "stood": mark}).status_code == 422
    assert "mother-in-law" in page(office.farzona, where)


def test_it_takes_only_people_of_the_case_for_the_house(office, case):
    told = {"members": [str(elsewhere(office, case).pk)]}
    assert at(office.farzona).post(address("household", case), told).status_code == 422


def test_it_shows_the_client_by_the_words_of_her_file(office, case):
    text = page(office.farzona, address("person", case, person=client_of(case).pk))
    assert GULNORA.name in text
    assert "Ҳакимова" in text
    assert '<time datetime="1992-03">' in text
