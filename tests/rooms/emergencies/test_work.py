"""Events, the log, duty, tasks and reports: what is added stays, who comes second is told, and a report keeps what it said."""

import datetime as dt

import pytest
from django.urls import reverse

from desk_world import NOW, at
from desk_world import asked as queries
from emergency_world import LINE, PHONE, card, drafted, issued, mudflow, number
from hamroh.accounts.models import Notice
from hamroh.accounts.policy import Refused
from hamroh.emergencies import actions, reporting, selectors
from hamroh.emergencies.actions import NotNow
from hamroh.emergencies.models import Event, LogLine, Report, SeverityLine, Task, TaskLine, Written

HOUR = dt.timedelta(hours=1)


def address(name: str, event, **more) -> str:
    return reverse(f"emergencies:{name}", kwargs={"code": event.code, **more})


def incident(centre, event):
    return actions.declare_incident(
        actor=centre.bahrom,
        event=event,
        place=centre.ayni,
        lead="Committee",
        severity="moderate",
        level="district",
        started_at=NOW,
        words=LINE,
    )


def given(centre, event, **more) -> Task:
    facts = {
        "actor": centre.bahrom,
        "event": event,
        "assignee": centre.zebo,
        "title": "Ask the school",
        "due_at": NOW + HOUR,
        "words": LINE,
    }
    return actions.give_task(**facts | more)


def test_it_declares_an_event_through_its_form(centre) -> None:
    typed = {
        "reality": "exercise", "hazard": "mudflow", "titles_tg": "Сел", "areas": "Ayni [tj-su-ayni]", "started_at": "2026-11-23T09:30", "glide": "ms-2026-000158-tjk",
    }  # fmt: skip
    assert at(centre.bahrom).post(reverse("emergencies:new"), typed).status_code == 302
    event = Event.objects.get()
    assert (event.is_exercise, event.glide, event.started_at) == (True, "MS-2026-000158-TJK", NOW - HOUR / 2)


@pytest.mark.parametrize(
    "more",
    [
        {"glide": "MS-2025-000158-TJK"},
        {"glide": "FL-2026-000158-TJK"},
        {"reality": ""},
        {"areas": "Nowhereland"},
        {"titles_tg": ""},
        {"started_at": "soon"},
    ],
)
def test_it_keeps_what_was_typed_of_an_event(centre, more) -> None:
    typed = {
        "reality": "real",
        "hazard": "mudflow",
        "titles_tg": "Сели калон",
        "areas": "Ayni [tj-su-ayni]",
        "started_at": "2026-11-23T09:30",
        "note": "Kept words",
    }
    answer = at(centre.bahrom).post(reverse("emergencies:new"), typed | more)
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    assert not Event.objects.exists()


def test_it_closes_only_what_is_done(centre) -> None:
    event = mudflow(centre)
    row, task = incident(centre, event), given(centre, event)
    with pytest.raises(NotNow, match="incident"):
        actions.close_event(actor=centre.bahrom, event=event, words="Everybody is home.")
    actions.close_incident(actor=centre.bahrom, event=event, incident=row, words="The road is open.")
    with pytest.raises(NotNow, match="task"):
        actions.close_event(actor=centre.bahrom, event=event, words="Everybody is home.")
    actions.move_task(actor=centre.zebo, event=event, task=task, after="done", before="given")
    actions.close_event(actor=centre.bahrom, event=event, words="Everybody is home.")
    with pytest.raises(NotNow, match="closed"):
        card(centre, event)
    actions.reopen_event(actor=centre.manizha, event=event)
    assert card(centre, event)


def test_it_keeps_what_was_thought_before(centre) -> None:
    event = mudflow(centre)
    row = incident(centre, event)
    actions.assess(
        actor=centre.manizha, event=event, incident=row, severity="severe", level="region", words="A second wave came."
    )
    lines = SeverityLine.objects.order_by("made_at", "pk")
    assert {line.severity for line in lines} == {"moderate", "severe"}
    for line in (lines[0], actions.write_log(actor=centre.bahrom, event=event, kind="note", words=LINE)):
        with pytest.raises(Written):
            line.save()


def test_it_opens_the_log_to_those_who_lead(centre) -> None:
    event = mudflow(centre)
    actions.write_log(actor=centre.bahrom, event=event, kind="note", words=LINE)
    assert LINE in at(centre.manizha).get(address("log", event)).content.decode()
    assert at(centre.zebo).get(address("log", event)).status_code == 404


def test_it_writes_a_line_once_however_often_it_is_sent(centre) -> None:
    event = mudflow(centre)
    for _time in range(2):
        at(centre.bahrom).post(
            address("log", event), {"kind": "note", "words": "The bridge is closed.", "form_key": "k" * 16}
        )
    assert LogLine.objects.count() == 1


def test_it_tells_who_comes_second_to_an_event(centre) -> None:
    event = mudflow(centre)
    client = at(centre.bahrom)
    typed = {"titles_en": "First", "areas": "Ayni [tj-su-ayni]", "seen": event.changed_at.isoformat()}
    assert client.post(address("change", event), typed).status_code == 302
    answer = client.post(address("change", event), typed | {"titles_en": "Second words"})
    assert answer.status_code == 422
    assert "Second words" in answer.content.decode()


# -- duty and tasks --------------------------------------------------------------------------------------------------


def shift(centre, event, **more):
    facts = {
        "actor": centre.bahrom,
        "event": event,
        "person": centre.bahrom,
        "duty": "command",
        "starts_at": NOW - HOUR,
        "ends_at": NOW + HOUR,
        "phone": PHONE,
    }
    return actions.plan_shift(**facts | more)


def test_it_knows_who_is_on_duty_now(centre) -> None:
    event = mudflow(centre)
    mine = shift(centre, event)
    shift(centre, event, person=centre.zebo, starts_at=NOW + HOUR, ends_at=NOW + 2 * HOUR)
    assert selectors.on_duty(event=event) == [mine]
    actions.call_off_shift(actor=centre.bahrom, event=event, shift=mine)
    assert selectors.on_duty(event=event) == []


def test_it_shows_telephones_to_those_who_lead(centre) -> None:
    event = mudflow(centre)
    shift(centre, event)
    assert PHONE in at(centre.manizha).get(address("roster", event)).content.decode()
    for page in (at(centre.zebo).get(address("roster", event)), at(centre.bahrom).get(address("board", event))):
        assert PHONE not in page.content.decode()


@pytest.mark.parametrize("more", [{"ends_at": NOW - HOUR}, {"ends_at": NOW + 24 * HOUR}, {}])
def test_it_plans_no_impossible_shift(centre, more) -> None:
    event = mudflow(centre)
    if not more:
        shift(centre, event)
    with pytest.raises(NotNow):
        shift(centre, event, **more)


def test_it_gives_no_task_to_who_does_not_see_it(centre) -> None:
    for who in (centre.vusal, centre.office.temur):
        with pytest.raises(NotNow):
            given(centre, mudflow(centre), assignee=who)


def test_it_lets_nobody_else_take_a_task(centre) -> None:
    event = mudflow(centre)
    task = given(centre, event)
    with pytest.raises(Refused):
        actions.move_task(actor=centre.daler, event=event, task=task, after="taken", before="given")
    actions.move_task(actor=centre.zebo, event=event, task=task, after="taken", before="given")
    with pytest.raises(NotNow):
        actions.move_task(actor=centre.zebo, event=event, task=task, after="taken", before="given")
    assert list(TaskLine.objects.order_by("made_at").values_list("what", flat=True)) == ["given", "taken"]


def test_it_opens_the_words_of_a_task_to_whoever_has_it(centre) -> None:
    event = mudflow(centre)
    task = given(centre, event)
    assert LINE in at(centre.zebo).get(address("task", event, task=task.pk)).content.decode()
    assert LINE not in at(centre.daler).get(address("task", event, task=task.pk)).content.decode()


def test_it_reminds_her_and_then_tells_those_who_lead(centre) -> None:
    event = mudflow(centre)
    given(centre, event)
    Notice.objects.all().delete()
    assert actions.raise_late_tasks(NOW) == [0, 0]
    assert actions.raise_late_tasks(NOW + HOUR / 2) == [1, 0]
    assert actions.raise_late_tasks(NOW + 2 * HOUR) == [0, 1]
    assert actions.raise_late_tasks(NOW + 3 * HOUR) == [0, 0]
    told = Notice.objects.order_by("made_at").values_list("about", "user__username")
    assert sorted(told) == [("duty", "zebo"), ("overdue", "bahrom"), ("overdue", "manizha")]


def test_it_meets_a_need_by_what_arrives(centre) -> None:
    event = mudflow(centre)
    need = actions.note_need(
        actor=centre.bahrom, event=event, place=centre.ayni, sector="shelter", item="Tents", quantity=40
    )
    for quantity, came, state in ((40, False, "open"), (30, True, "partly"), (10, True, "met")):
        actions.note_response(
            actor=centre.bahrom,
            event=event,
            need=need,
            giver="Red Crescent",
            quantity=quantity,
            is_delivered=came,
            on_date=NOW.date(),
        )
        need.refresh_from_db()
        assert need.state == state


# -- reports ---------------------------------------------------------------------------------------------------------


def frozen(centre, event, seen: int = 0) -> Report:
    return actions.freeze_report(actor=centre.bahrom, event=event, words={"en": "Quiet.", "tg": "Ором."}, seen=seen)


def test_it_keeps_what_a_report_said(centre) -> None:
    event = mudflow(centre)
    card(centre, event)
    first = frozen(centre, event)
    card(centre, event, counts={"houses_damaged": number(17)})
    second = frozen(centre, event, 1)
    first.refresh_from_db()
    said = [each.content["sources"][0]["totals"]["houses_damaged"]["number"] for each in (first, second)]
    assert said == [12, 17]
    assert reporting.digest_of(first.content) == first.digest
    with pytest.raises(Written):
        first.save()


def test_it_says_what_changed_between_two(centre) -> None:
    event = mudflow(centre)
    card(centre, event)
    frozen(centre, event)
    card(centre, event, counts={"houses_damaged": number(17)})
    frozen(centre, event, 1)
    page = at(centre.lola).get(address("report-changes", event, number=2, other=1)).content.decode()
    assert "District committee: Houses damaged" in page
    assert "<td>12</td><td>17</td>" in page


def test_it_tells_that_a_report_was_changed_in_the_store(centre) -> None:
    event = mudflow(centre)
    row = frozen(centre, event)
    Report.objects.filter(pk=row.pk).update(content=row.content | {"duty": ["command"]})
    assert "Do not use it" in at(centre.lola).get(address("report", event, number=1)).content.decode()


def test_it_numbers_reports_one_after_the_other(centre) -> None:
    event = mudflow(centre)
    frozen(centre, event)
    with pytest.raises(NotNow, match="meanwhile"):
        frozen(centre, event)


@pytest.mark.parametrize("lang", ["tg", "az"])
def test_it_prints_a_report(centre, lang: str) -> None:
    event = mudflow(centre)
    card(centre, event)
    frozen(centre, event)
    client = at(centre.lola)
    client.cookies["lang"] = lang
    answer = client.get(address("report-file", event, number=1))
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")


def test_it_says_what_is_in_force_on_the_board(centre) -> None:
    event = mudflow(centre)
    row = issued(centre, drafted(centre, event))
    given(centre, event, due_at=NOW - HOUR)
    page = at(centre.lola).get(address("board", event)).content.decode()
    assert all(words in page for words in (row.identifier, "Ask the school", "Nobody is on duty now", "EXERCISE"))
    assert "board.js" in page


def test_it_asks_the_same_number_of_queries_for_many_tasks(centre) -> None:
    event = mudflow(centre)
    client = at(centre.lola)
    given(centre, event)
    pages = {name: queries(client, address(name, event)) for name in ("tasks", "board", "event", "needs")}
    for at_ in range(3):
        given(centre, event, title=f"Task {at_}")
        incident(centre, event)
        actions.note_need(
            actor=centre.bahrom, event=event, place=centre.ayni, sector="food", item="Bread", quantity=at_ + 1
        )
    assert {name: queries(client, address(name, event)) - before for name, before in pages.items()} == dict.fromkeys(
        pages, 0
    )


def test_it_asks_the_same_number_of_queries_for_many_events(centre) -> None:
    client, to = at(centre.lola), reverse("emergencies:list")
    mudflow(centre)
    one = queries(client, to)
    for _number in range(3):
        mudflow(centre)
    assert queries(client, to) == one
