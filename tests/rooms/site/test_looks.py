"""Notices, who looked, and what auditors count."""

import datetime as dt
import re
from typing import Any

import pytest

from desk_world import NOW, asked, at, break_glass, employ, look, page
from hamroh.accounts.actions import access
from hamroh.accounts.models import Notice, Role
from sealedroom.cast import make_matter

pytestmark = [pytest.mark.urls("sealedroom.urls"), pytest.mark.usefixtures("demonstration")]


# -- notices -------------------------------------------------------------------------------------------------------


def test_it_tells_the_owner_on_her_desk(people: Any, matter: Any) -> None:
    break_glass(people, matter)
    html = page(people["farzona"], "/desk/")
    assert ("A record of yours was opened in an emergency" in html, "1 new notice" in html) == (True, True)


def test_it_marks_notices_as_read(people: Any, matter: Any) -> None:
    break_glass(people, matter)
    client = at(people["farzona"])
    client.post("/desk/notices/read/")
    html = client.get("/desk/notices/").content.decode()
    assert ("No new notices" in html, ">read</span>" in html) == (True, True)


def test_it_marks_nobody_elses_notices(people: Any, matter: Any) -> None:
    break_glass(people, matter)
    at(people["manizha"]).post("/desk/notices/read/")
    assert Notice.objects.get(user=people["farzona"]).read_at is None


def test_it_keeps_notices_from_who_is_shut_out_since(people: Any, matter: Any) -> None:
    break_glass(people, matter)
    access.shut_out(actor=people["manizha"], record=matter, user=people["farzona"])
    html = page(people["farzona"], "/desk/notices/")
    assert ("A record of yours" in html, "No new notices" in html) == (False, True)


# -- who looked ----------------------------------------------------------------------------------------------------


def test_it_tells_who_opened_what_for_what(people: Any, matter: Any) -> None:
    look(people["manizha"], matter, "phone")
    html = page(people["farzona"], "/desk/looked/")
    assert re.search(r"<b>Manizha</b>.*Matter .*telephone.*for: page", html, re.DOTALL)


def test_it_leaves_out_ones_own_looks_until_asked(people: Any, matter: Any) -> None:
    look(people["farzona"], matter)
    assert "Nobody opened a record of yours" in page(people["farzona"], "/desk/looked/")
    assert "<b>Farzona</b> · <a" in page(people["farzona"], "/desk/looked/?own=1")


def test_it_tells_nothing_of_records_of_others(people: Any, matter: Any) -> None:
    look(people["manizha"], matter)
    assert str(matter.pk)[:8] not in page(people["nigora"], "/desk/looked/")


def test_it_tells_an_owner_nothing_when_she_is_shut_out(people: Any, matter: Any) -> None:
    look(people["manizha"], matter)
    access.shut_out(actor=people["manizha"], record=matter, user=people["farzona"])
    assert str(matter.pk)[:8] not in page(people["farzona"], "/desk/looked/")


def marks(people: Any) -> list[str]:
    html = page(people["farzona"], "/desk/looked/")
    return re.findall(r"</svg>([^<]+)</span>", html[html.index('<span class="marks">') :])


def test_it_marks_nothing_at_a_usual_look(people: Any, matter: Any) -> None:
    look(people["manizha"], matter)
    assert marks(people) == []


def test_it_marks_an_emergency(people: Any, matter: Any) -> None:
    break_glass(people, matter)
    look(people["nigora"], matter)
    assert marks(people) == ["opened in an emergency"]


def test_it_marks_a_look_from_another_organisation(people: Any, matter: Any) -> None:
    guest = employ("guest", people["cast"].gender_centre, Role.PARTNER_GUEST)
    access.lend(
        actor=people["manizha"], record=matter, organisation=people["cast"].gender_centre, verbs=["matter.read"],
        ends_at=NOW + dt.timedelta(days=1),
    )  # fmt: skip
    look(guest, matter)
    assert marks(people) == ["lent to another organisation"]


@pytest.mark.parametrize(
    ("moment", "marked"),
    [
        (dt.datetime(2026, 11, 24, 1, 59, tzinfo=dt.UTC), True),
        (dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC), False),
        (dt.datetime(2026, 11, 24, 14, 59, tzinfo=dt.UTC), False),
        (dt.datetime(2026, 11, 24, 15, 0, tzinfo=dt.UTC), True),
        (dt.datetime(2026, 11, 29, 6, 0, tzinfo=dt.UTC), True),
    ],
    ids=["before seven", "at seven", "before eight", "at eight", "on a Sunday"],
)
def test_it_marks_looks_outside_working_hours(
    people: Any, matter: Any, time_machine: Any, moment: dt.datetime, marked: bool
) -> None:
    time_machine.move_to(moment)
    look(people["manizha"], matter)
    assert marks(people) == (["outside working hours"] if marked else [])


def test_it_turns_pages_of_looks(people: Any, matter: Any) -> None:
    for _time in range(51):
        look(people["manizha"], matter)
    html = page(people["farzona"], "/desk/looked/?page=2")
    assert (html.count("<b>Manizha</b> · <a"), "Page 2 of 2" in html) == (1, True)


def test_it_asks_no_more_for_more_looks(people: Any, matter: Any) -> None:
    client = at(people["farzona"])
    look(people["manizha"], matter)
    few = asked(client, "/desk/looked/")
    for number in range(8):
        look(people["manizha"], make_matter(people["cast"], owner=people["farzona"], phone=f"93 555 00 {number}0"))
    assert asked(client, "/desk/looked/") <= few + 1


# -- counted, for auditors -----------------------------------------------------------------------------------------


def test_it_counts_by_person_and_day_without_content(people: Any, matter: Any) -> None:
    for field in ("name", "phone"):
        look(people["manizha"], matter, field)
    html = page(people["sitora"], "/desk/looked/counted/")
    row = re.search(r"<tr><th scope=\"row\">.*?</tr>", html, re.DOTALL)
    assert row is not None
    assert re.findall(r"<td[^>]*>([^<]*)</td>", row.group(0)) == ["Manizha", "Matter", "1", "2"]
    assert str(matter.pk)[:8] not in html


def test_it_counts_one_organisation_alone(people: Any) -> None:
    other = make_matter(people["cast"], organisation=people["cast"].gender_centre)
    look(employ("sevda", people["cast"].gender_centre, Role.SUPERVISOR), other)
    assert "Nothing sealed was opened" in page(people["sitora"], "/desk/looked/counted/")


def test_it_counts_one_person(people: Any, matter: Any) -> None:
    look(people["manizha"], matter)
    asked_for = f"first=2026-11-01&last=2026-11-30&person={people['farzona'].pk}"
    assert "Nothing sealed was opened" in page(people["sitora"], f"/desk/looked/counted/?{asked_for}")


@pytest.mark.parametrize(
    "query", ["first=x&last=2026-11-30", "first=2026-12-01&last=2026-11-30", "first=2020-01-01&last=2026-11-30",
              "first=2026-11-01&last=2026-11-30&person=nonsense"],
)  # fmt: skip
def test_it_says_what_is_wrong_with_a_period(people: Any, query: str) -> None:
    answer = at(people["sitora"]).get(f"/desk/looked/counted/?{query}")
    assert (answer.status_code, 'role="alert"' in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("who", ["farzona", "nigora"])
def test_it_counts_for_no_case_worker(people: Any, who: str) -> None:
    assert at(people[who]).get("/desk/looked/counted/").status_code == 404
