"""Two files of one person are brought into line, line by line, and put back whole."""

import pytest
from django.urls import reverse

from cases_trafficking import client_of
from cases_world import GULNORA, gulnoras
from desk_world import at, page
from hamroh.accounts import policy
from hamroh.accounts.models import ConflictBlock
from hamroh.cases import actions, selectors
from hamroh.cases.actions import CannotMove, Told
from hamroh.cases.actions.aligning import align, put_back
from hamroh.cases.actions.people import edit_person
from hamroh.cases.actions.sameness import judge
from hamroh.cases.models import Case, Person
from hamroh.cases.selectors import sameness
from hamroh.vault import journal
from hamroh.vault.models import JournalLine

OTHER = Told(
    name="Гулнора Раҳмон", born={"year": 1991}, phone="+992 90 111 22 33", document="A 7654321",
    facts={"sex": "f", "document_kind": "passport", "language": "tg", "debts": "known"},
)  # fmt: skip


@pytest.fixture(autouse=True)
def written_down(db):
    with journal.openings("task"):
        yield


@pytest.fixture
def pair(office, case) -> tuple[Person, Person]:
    """Gulnora in two files of Farzona's, said to be one person."""
    found = client_of(case), client_of(gulnoras(office, told=OTHER))
    judge(actor=office.farzona, person=found[0], other=found[1], answer="same")
    return found


def values(office, person: Person) -> dict:
    row = Person.objects.select_related("case").get(pk=person.pk)
    decision = selectors.case_of(actor=office.farzona, code=person.case.code)[1]
    return sameness.opened(person=row, decision=decision)


def both(office, pair) -> list[dict]:
    return [values(office, each) for each in pair]


def where(pair, name: str = "lines") -> str:
    return reverse(f"cases:{name}", kwargs={"code": pair[0].case.code, "person": pair[0].pk, "other": pair[1].pk})


def test_it_takes_each_line_from_the_file_that_was_chosen(office, pair):
    before = both(office, pair)
    assert align(actor=office.farzona, person=pair[0], other=pair[1], chosen={"phone": "theirs", "name": "ours"}) == 2
    after = both(office, pair)
    assert [each["phone"] for each in after] == [OTHER.phone] * 2
    assert [each["name"] for each in after] == [GULNORA.name] * 2
    assert [each["born"] for each in after] == [each["born"] for each in before]


def test_it_puts_all_of_it_back(office, pair):
    before = both(office, pair)
    chosen = {"phone": "theirs", "name": "ours", "born": "theirs", "document": "ours", "language": "theirs"}
    align(actor=office.farzona, person=pair[0], other=pair[1], chosen=chosen)
    assert both(office, pair) != before
    put_back(actor=office.farzona, person=pair[1], other=pair[0])
    assert both(office, pair) == before


def test_it_keeps_what_a_document_is_with_its_number(office, pair):
    align(actor=office.farzona, person=pair[0], other=pair[1], chosen={"document": "theirs"})
    found = values(office, pair[0])
    assert (found["document"], found["facts"]["document_kind"]) == (OTHER.document, "passport")


def test_it_keeps_facts_that_are_no_line(office, pair):
    align(actor=office.farzona, person=pair[0], other=pair[1], chosen={"phone": "ours"})
    assert values(office, pair[1])["facts"]["debts"] == "known"


def test_it_puts_nothing_back_where_a_line_was_changed_since(office, pair):
    align(actor=office.farzona, person=pair[0], other=pair[1], chosen={"phone": "theirs", "name": "ours"})
    row = Person.objects.select_related("case").get(pk=pair[1].pk)
    told = Told(**{**vars(OTHER), "name": "Somebody else", "facts": values(office, pair[1])["facts"]})
    edit_person(actor=office.farzona, person=row, part=row.part, side=row.side, told=told)
    now = both(office, pair)
    with pytest.raises(CannotMove):
        put_back(actor=office.farzona, person=pair[0], other=pair[1])
    assert both(office, pair) == now


def test_it_puts_back_once(office, pair):
    align(actor=office.farzona, person=pair[0], other=pair[1], chosen={"phone": "theirs"})
    put_back(actor=office.farzona, person=pair[0], other=pair[1])
    with pytest.raises(CannotMove):
        put_back(actor=office.farzona, person=pair[0], other=pair[1])


@pytest.mark.parametrize("answer", ["different", "unsure"])
def test_it_aligns_nobody_who_is_not_said_to_be_one_person(office, pair, answer):
    judge(actor=office.farzona, person=pair[0], other=pair[1], answer=answer)
    with pytest.raises(CannotMove):
        align(actor=office.farzona, person=pair[0], other=pair[1], chosen={"phone": "theirs"})


@pytest.mark.parametrize("chosen", [{}, {"story": "theirs"}, {"sex": "theirs"}])
def test_it_moves_nothing_where_no_line_differs(office, pair, chosen):
    with pytest.raises(CannotMove):
        align(actor=office.farzona, person=pair[0], other=pair[1], chosen=chosen)


def test_it_aligns_nobody_in_a_file_where_the_actor_may_not_write(office, pair):
    with pytest.raises(policy.Refused):
        align(actor=office.zebo, person=pair[0], other=pair[1], chosen={"phone": "theirs"})


def test_it_aligns_nobody_of_a_closed_case(office, pair):
    Case.objects.filter(pk=pair[1].case_id).update(status="closed", closed_week="2026-11-23")
    with pytest.raises(actions.AtRest):
        align(actor=office.farzona, person=pair[0], other=pair[1], chosen={"phone": "theirs"})


def test_it_tells_both_journals_and_no_word(office, pair):
    align(actor=office.farzona, person=pair[0], other=pair[1], chosen={"phone": "theirs"})
    lines = JournalLine.objects.filter(verb="case.align_people")
    assert {line.record_id for line in lines} == {str(each.case_id) for each in pair}
    assert OTHER.phone not in str([line.facts for line in lines])


# -- pages -------------------------------------------------------------------------------------------------------------


def test_it_asks_only_for_lines_in_which_they_differ(office, pair):
    shown = page(office.farzona, where(pair))
    assert all(f'name="{line}"' in shown for line in ("name", "phone", "born"))
    assert 'name="sex"' not in shown


def test_it_aligns_and_puts_back_on_pages(office, pair):
    client, before = at(office.farzona), both(office, pair)
    assert "Bring their lines together" in page(office.farzona, where(pair, "beside"))
    assert client.post(where(pair), {"phone": "theirs", "born": "ours"}).status_code == 302
    told = page(office.farzona, where(pair, "beside"))
    assert "Put all of it back" in told
    assert client.post(where(pair, "put-people-back")).status_code == 302
    assert both(office, pair) == before


def test_it_keeps_what_was_chosen_where_somebody_changed_a_file_meanwhile(office, pair):
    client = at(office.farzona)
    mark = client.get(where(pair)).context["form"]["stood"].value()
    row = Person.objects.select_related("case").get(pk=pair[1].pk)
    told = Told(**{**vars(OTHER), "phone": "+992 90 999 99 99"})
    edit_person(actor=office.farzona, person=row, part=row.part, side=row.side, told=told)
    answer = client.post(where(pair), {"phone": "theirs", "stood": mark})
    assert (answer.status_code, "999 99 99" in answer.content.decode()) == (422, True)
    assert values(office, pair[0])["phone"] == GULNORA.phone


def test_it_shows_nothing_of_a_shut_file(office, pair):
    ConflictBlock.objects.create(user=office.farzona, record_kind="cases.case", record_id=str(pair[1].case_id))
    assert at(office.farzona).get(where(pair)).status_code == 404
    assert at(office.farzona).post(where(pair, "put-people-back")).status_code == 404


@pytest.mark.parametrize("who", ["zebo", "temur", "nermin"])
def test_it_answers_nobody_who_does_not_work_on_both(office, pair, who):
    assert at(getattr(office, who)).get(where(pair)).status_code == 404


def test_it_asks_whether_her_old_phone_is_still_safe(office, pair):
    answer = at(office.farzona).post(where(pair), {"phone": "theirs"}, follow=True)
    assert "Is the old one still safe to use?" in answer.content.decode()
