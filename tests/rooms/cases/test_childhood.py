"""A child's own data goes out of its mother's case on the yes of all who have to be asked, looked at when it goes, and comes back at a no."""

import pytest

from cases_referrals import ALL, agreed, drafted, there, wanted
from cases_work import NOTE, write
from desk_world import at, page
from hamroh.accounts.models import Membership
from hamroh.cases import actions
from hamroh.cases.actions import Told, receiving
from hamroh.cases.actions import referrals as sending
from hamroh.cases.actions.consent import answer_consent
from hamroh.cases.actions.referrals import CannotRefer
from hamroh.cases.models import Case, Part, Person, Received, Side
from hamroh.vault import journal

SOMON = "Сомон Қурбонзода"


def child(office, case: Case, year: int = 2018) -> Person:
    told = Told(name=SOMON, born={"year": year, "month": 5, "day": 2})
    return actions.add_person(actor=office.farzona, case=case, part=Part.CHILD, side=Side.HERS, told=told)


def say(office, case: Case, somon: Person, who: str, answer: str = "given", *, to=None) -> None:
    """What the guardian ("guardian") or the child itself ("child") answers about its data going to the other organisation."""
    person = somon if who == "child" else None
    with journal.openings("task"):
        answer_consent(
            actor=office.farzona, case=case, purpose="share", answer=answer, way="voice", lang="tg",
            to_organisation=to or office.other, about=somon, person=person,
        )  # fmt: skip


def sent_with(office, case: Case, somon: Person) -> Received:
    agreed(office, case)
    row = drafted(office, case, children=[somon.pk])
    with journal.openings("task"):
        sending.send_referral(actor=office.farzona, referral=row)
    return Received.objects.get(referral_id=row.pk)


def accept(office, row: Received) -> str:
    with journal.openings("task"):
        receiving.accept(actor=office.nermin, received=row)
    return page(office.nermin, there(row))


@pytest.mark.parametrize(
    ("year", "said", "goes"),
    [
        (2023, ("guardian",), True), (2023, (), False), (2016, ("guardian",), False), (2016, ("guardian", "child"), True),
        (2016, ("child",), False), (2009, ("child",), True), (2009, ("guardian",), False),
    ],
)  # fmt: skip
def test_it_keeps_safety_rule_14_and_asks_guardian_and_child_by_age(office, case, year, said, goes):
    somon = child(office, case, year)
    for who in said:
        say(office, case, somon, who)
    agreed(office, case)
    if goes:
        assert drafted(office, case, children=[somon.pk]).pk
    else:
        with pytest.raises(CannotRefer):
            drafted(office, case, children=[somon.pk])


def test_it_keeps_safety_rule_14_and_counts_no_yes_to_another_organisation(office, case):
    somon = child(office, case, 2023)
    third = type(office.other).objects.create(code="third", names={"en": "Third"}, country="tj")
    say(office, case, somon, "guardian", to=third)
    agreed(office, case)
    with pytest.raises(CannotRefer):
        drafted(office, case, children=[somon.pk])


def test_it_hands_a_child_over_at_acceptance_and_into_the_other_case(office, case):
    somon = child(office, case, 2023)
    say(office, case, somon, "guardian")
    row = sent_with(office, case, somon)
    assert SOMON not in page(office.nermin, there(row))
    assert SOMON in accept(office, row)
    with journal.openings("task"):
        theirs = receiving.open_own_case(actor=office.nermin, received=row, note="From the centre.")
    assert Person.objects.filter(case=theirs, part=Part.CHILD).count() == 1


@pytest.mark.parametrize("who", ["guardian", "child"])
def test_it_keeps_safety_rule_14_where_a_yes_ends_before_acceptance(office, case, who):
    somon = child(office, case, 2016)
    for each in ("guardian", "child"):
        say(office, case, somon, each)
    row = sent_with(office, case, somon)
    say(office, case, somon, who, "withdrawn")
    assert SOMON not in accept(office, row)


def test_it_keeps_safety_rule_14_and_takes_back_what_was_handed_over(office, case):
    somon = child(office, case, 2016)
    for each in ("guardian", "child"):
        say(office, case, somon, each)
    row = sent_with(office, case, somon)
    assert SOMON in accept(office, row)
    say(office, case, somon, "child", "withdrawn")
    assert SOMON not in page(office.nermin, there(row))


def test_it_keeps_safety_rule_14_and_hands_over_no_note_of_a_discipline(office, case):
    """Whatever is chosen: a child's notes are no part of what goes out, and the psychologist's are not either."""
    Membership.objects.filter(user=office.nigora).update(team="kulob")
    Case.objects.filter(pk=case.pk).update(team="kulob")
    somon = child(office, case, 2023)
    say(office, case, somon, "guardian")
    write(office.nigora, Case.objects.get(pk=case.pk), "psychological", about=somon)
    row = sent_with(office, case, somon)
    assert NOTE not in accept(office, row)
    with journal.openings("task"):
        theirs = receiving.open_own_case(actor=office.nermin, received=row, note="From the centre.")
    assert NOTE not in page(office.nermin, f"/desk/cases/{theirs.code}/")


def test_it_keeps_safety_rule_14_and_says_nothing_of_a_child_that_was_not_chosen(office, case):
    somon = child(office, case, 2023)
    say(office, case, somon, "guardian")
    agreed(office, case)
    row = drafted(office, case, chosen=ALL)
    with journal.openings("task"):
        sending.send_referral(actor=office.farzona, referral=row)
    assert SOMON not in accept(office, Received.objects.get(referral_id=row.pk))


def test_it_says_on_the_page_whose_yes_is_missing(office, case):
    somon = child(office, case, 2016)
    agreed(office, case)
    told = {
        "to": str(office.other.pk), "age": "30-44", "need": "legal", "urgency": "soon", "days": "14", "district": "",
        "children": str(somon.pk),
    }  # fmt: skip
    answer = at(office.farzona).post(f"/desk/cases/{case.code}/referrals/new/", told)
    assert answer.status_code == 422
    assert "only on the yes of its guardian" in answer.content.decode()
    assert wanted().children == ()
