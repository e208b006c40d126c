"""The pages on which the law is looked after: what is typed becomes a proposal, and only a second person makes it law."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from answers import numbers
from cases_world import gulnoras
from desk_world import at, employ, page, shown
from hamroh.accounts.models import Role
from hamroh.cases import lawbook
from hamroh.cases.actions import deadlines, matters
from hamroh.cases.forms import law as forms
from hamroh.cases.models import LawChange
from hamroh.kernel.law import load

RULE, OBJECTION = "az.fc.76_1.shares", "az.cpc.282.objection"
TODAY = dt.date(2026, 11, 23)
COMPARED = {"verified_by": "Zarina Davlatova", "verified_on": "2026-11-20", "why": "Gazette of 20 November"}


def fields(rule: str = RULE, **typed) -> dict:
    """The form as a browser sends it, with something typed."""
    form = forms.ChangeRule(rule=load().rules[rule], today=TODAY)
    told = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    return {**told, "sort": "corrected", "review": str(told["review"]), "why": "I read it"} | typed


def proposed(office, rule: str = RULE, **typed) -> LawChange:
    answer = at(office.farzona).post(f"/desk/law/rules/{rule}/change/", fields(rule, **typed))
    assert answer.status_code == 302, re.findall(r'class="errors.*?</ul>', answer.content.decode(), re.DOTALL)
    return LawChange.objects.latest("proposed_at")


def faults(office, rule: str = RULE, **typed) -> tuple[int, str]:
    answer = at(office.farzona).post(f"/desk/law/rules/{rule}/change/", fields(rule, **typed))
    return answer.status_code, answer.content.decode()


def test_it_goes_from_the_form_to_the_law_by_two_people(office):
    change = proposed(office, n_share_1="1/5", **COMPARED)
    there = f"/desk/law/changes/{change.pk}/"
    told = page(office.manizha, there)
    assert "<del>1/4</del>" in told
    assert "300.00 AZN" in told
    assert "240.00 AZN" in told
    assert at(office.manizha).post(f"{there}release/").url.startswith("/accounts/")
    assert shown(at(office.manizha)).post(f"{there}release/").url == there
    assert str(lawbook.book().rules[RULE].parameters["share_1"]) == "1/5"
    assert "1/5" in page(office.farzona, f"/desk/law/rules/{RULE}/")
    assert "release/" not in page(office.manizha, there)


def test_it_offers_the_release_to_nobody_who_proposed_it(office):
    change = proposed(office, n_share_1="1/5", **COMPARED)
    there = f"/desk/law/changes/{change.pk}/"
    assert "release/" not in page(office.farzona, there)
    assert at(office.farzona).post(f"{there}release/").status_code == 404
    from hamroh.accounts.models import Membership

    Membership.objects.create(user=office.farzona, organisation=office.centre, role=Role.PROGRAMME_MANAGER)
    assert "release/" not in page(office.farzona, there)
    assert shown(at(office.farzona)).post(f"{there}release/").status_code == 422
    assert lawbook.book() is load()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"n_share_1": "3.5"}, "A share above 0 and at most 1"),
        ({"n_share_1": "-1/4"}, "A share above 0 and at most 1"),
        ({"n_share_1": ""}, "This field is required"),
        ({"n_share_1": "1/5"}, "needs the lawyer who compared it"),
        ({"n_share_1": "1/5", "verified_by": "Z."}, "stand together"),
        ({"n_share_1": "1/5", **COMPARED, "verified_on": "2030-01-01"}, "has not come yet"),
        ({"sort": "amended", "n_share_1": "1/5", **COMPARED}, "Say from which day"),
        ({"sort": "amended", "since": "2026-12-01", "to": "2026-06", "n_share_1": "1/5", **COMPARED}, "ends before"),
        ({"source_title": ""}, "need a source"),
        ({"certainty": "B"}, "only where its text was seen"),
        ({"to": "soon"}, "A year, a month or a day"),
        ({"to": "2026-13-45"}, "A year, a month or a day"),
        ({"review": "2020-01-01"}, "Choose a day to come"),
        ({"review": ""}, "This field is required"),
        ({"says": "x" * 3000}, "at most 2000"),
        ({}, "Nothing differs"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_it_says_what_cannot_be_so_and_loses_nothing_typed(office, typed, why):
    status, text = faults(office, **{"doubt": "My own words", **typed} if typed else {})
    assert status == 422
    assert why in text
    assert "My own words" in text or not typed
    assert not LawChange.objects.exists()


def test_it_tells_the_later_of_two_and_keeps_what_she_typed(office):
    change = proposed(office, n_share_1="1/5", **COMPARED)
    shown(at(office.manizha)).post(f"/desk/law/changes/{change.pk}/release/")
    status, text = faults(office, doubt="My own words")
    assert status == 422
    assert "changed since this was written" in text
    assert "My own words" in text


def test_it_says_that_an_earlier_proposal_fits_no_more(office):
    first, second = (proposed(office, n_share_1=share, **COMPARED) for share in ("1/5", "1/6"))
    client = shown(at(office.manizha))
    client.post(f"/desk/law/changes/{first.pk}/release/")
    told = page(office.manizha, f"/desk/law/changes/{second.pk}/")
    assert "changed since this was written" in told
    assert "/release/" not in told
    assert client.post(f"/desk/law/changes/{second.pk}/release/").status_code == 422


def test_it_shows_which_open_days_move_and_moves_them(office):
    case = gulnoras(office, country="AZ")
    matter = matters.open_matter(actor=office.farzona, case=case, kind="alimony", country="AZ")
    row = deadlines.count_term(
        actor=office.farzona, matter=matter, code="az_order_objection", base=dt.date(2026, 11, 20)
    )
    change = proposed(office, OBJECTION, n_days="15", **COMPARED)
    there = f"/desk/law/changes/{change.pk}/"
    assert case.code in page(office.manizha, there)
    lola = employ("lola", office.other, Role.PROGRAMME_MANAGER)
    assert case.code not in page(lola, there)
    shown(at(lola)).post(f"{there}release/")
    row.refresh_from_db()
    assert row.due_date == dt.date(2026, 12, 5)


def test_it_refuses_with_a_reason_and_takes_back_by_two(office):
    change = proposed(office, n_share_1="1/5", **COMPARED)
    there = f"/desk/law/changes/{change.pk}/"
    assert at(office.manizha).post(f"{there}refuse/", {"words": ""}).status_code == 422
    at(office.manizha).post(f"{there}refuse/", {"words": "Not in the gazette"})
    assert "Not in the gazette" in page(office.farzona, there)
    other = proposed(office, n_share_1="1/6", **COMPARED)
    shown(at(office.manizha)).post(f"/desk/law/changes/{other.pk}/release/")
    back = at(office.farzona).post(f"/desk/law/changes/{other.pk}/back/", {"why": "A misprint"}).url
    assert "240.00" not in numbers(page(office.manizha, back))
    shown(at(office.manizha)).post(f"{back}release/")
    assert lawbook.book().rules[RULE] is load().rules[RULE]


def test_it_withdraws_what_nobody_judged_yet(office):
    change = proposed(office, n_share_1="1/5", **COMPARED)
    there = f"/desk/law/changes/{change.pk}/"
    assert at(office.manizha).post(f"{there}withdraw/").status_code == 404
    at(office.farzona).post(f"{there}withdraw/")
    assert "Withdrawn by who proposed it" in page(office.manizha, there)


def test_it_finds_rules_by_words_certainty_and_review(office, time_machine):
    listed = page(office.farzona, "/desk/law/?of=AZ&q=ALIMONY+76.1")
    assert RULE in listed
    assert OBJECTION not in listed
    assert RULE not in page(office.farzona, "/desk/law/?of=AZ&certainty=C")
    assert RULE not in page(office.farzona, "/desk/law/?of=AZ&late=on")
    time_machine.move_to(dt.datetime(2028, 1, 3, 5, tzinfo=dt.UTC))
    assert "to be read again" in page(office.farzona, "/desk/law/?of=AZ&late=on&q=76.1")


def listed(office, query: str) -> list[str]:
    return re.findall(r'href="/desk/law/rules/([\w.]+)/"', page(office.farzona, f"/desk/law/?{query}"))


def test_it_finds_rules_by_their_matter(office):
    found = listed(office, "of=TJ&matter=violence")
    rules = load().rules
    assert found
    assert {rules[code].matter for code in found} == {"violence"}


def test_it_pages_a_long_list_and_loses_no_filter(office):
    first, second = listed(office, "of=TJ"), listed(office, "of=TJ&page=2")
    assert (len(first), set(first) & set(second)) == (25, set())
    assert "of=TJ" in re.search(r'href="\?([^"]*page=2[^"]*)"', page(office.farzona, "/desk/law/?of=TJ")).group(1)


def test_it_lists_rules_to_be_read_again_first(office, time_machine):
    ends = sorted(rule.review for rule in load().pack("tj"))
    time_machine.move_to(dt.datetime.combine(ends[len(ends) // 4] + dt.timedelta(days=1), dt.time(9), tzinfo=dt.UTC))
    rules, on = load().rules, timezone.localdate()
    found = [rules[code].stale(on) for number in range(1, 9) for code in listed(office, f"of=TJ&page={number}")]
    assert found == sorted(found, reverse=True)
    assert True in found


def test_it_asks_as_many_queries_for_a_long_list_as_for_a_short_one(office):
    client = at(office.farzona)
    counts = []
    for where in ("/desk/law/?of=AZ&q=76.1", "/desk/law/?of=AZ"):
        with CaptureQueriesContext(connection) as seen:
            client.get(where)
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("where", ["rules/az.no.such/", "rules/az.no.such/change/", "days/XX/2026/", "days/TJ/1999/"])
def test_it_has_no_page_of_what_is_not_there(office, where):
    assert at(office.farzona).get(f"/desk/law/{where}").status_code == 404
    assert at(office.farzona).post(f"/desk/law/{where}", fields()).status_code in (404, 405)


# -- days off ------------------------------------------------------------------------------------------------------

DAYS = {"source": "Cabinet, 20 November 2026", "certainty": "A"}


def announced(office, **typed):
    return at(office.farzona).post("/desk/law/days/AZ/2026/", DAYS | typed)


def test_it_enters_days_off_by_two_people(office):
    assert "Novruz" in page(office.farzona, "/desk/law/days/")
    change = LawChange.objects.get(
        pk=announced(office, first0="2026-03-20", last0="2026-03-24", off="2026-12-30\n2026-12-30").url.split("/")[-2]
    )
    assert lawbook.book().announced == ()
    shown(at(office.manizha)).post(f"/desk/law/changes/{change.pk}/release/")
    (told,) = lawbook.book().announced
    assert len(told.holidays) == 5
    assert told.off == (dt.date(2026, 12, 30),)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({}, "Name at least one day"),
        ({"off": "tomorrow"}, "on a line of its own"),
        ({"off": "2027-01-05"}, "must be of the year"),
        ({"off": "2026-01-05", "working": "2026-01-05"}, "as a day off and as a working day"),
        ({"first0": "2026-03-24", "last0": "2026-03-20"}, "ends before it begins"),
        ({"last0": "2026-03-20"}, "Say the first day"),
        ({"first0": "2026-01-01", "last0": "2026-12-31"}, "more days than any state"),
        ({"off": "2026-01-05", "source": ""}, "Name the decision"),
        ({"off": "2026-01-05", "certainty": "C"}, "Select a valid choice"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_it_says_which_days_cannot_be_so(office, typed, why):
    answer = announced(office, **typed)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not LawChange.objects.exists()
