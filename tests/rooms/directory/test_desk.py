"""The editors' desk: lists, edits that lose nothing, checks, moves, consents, reports, numbers."""

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from hamroh.directory import actions
from hamroh.directory.models import EmergencyRoute, Party, PartyKind, Report, Service
from hamroh.vault.models import JournalLine

DESK = "/desk/directory/"


@pytest.fixture
def bureau(cast: Any, bureau_facts: Any) -> Party:
    return actions.create_party(actor=cast.zarina, facts=bureau_facts)


@pytest.fixture
def desk(client: Any, cast: Any) -> Any:
    client.force_login(cast.zarina)
    return client


def typed(page: Any) -> dict[str, Any]:
    """What a browser would send back from a form page as it stands."""
    html = page.content.decode()
    form = html[html.index('<input type="hidden" name="seen"') :].partition("</form>")[0]
    sent: dict[str, Any] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        at = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if at.get("type") in ("checkbox", "radio") and "checked" not in tag:
            continue
        default = "on" if at.get("type") in ("checkbox", "radio") else ""
        sent.setdefault(at["name"], []).append(unescape(at.get("value", default)))
    for name, text in re.findall(r'<textarea name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent.setdefault(name, []).append(unescape(text).lstrip("\n"))
    for name, body in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        options = re.findall(r'<option value="([^"]*)"( selected)?', body)
        chosen = [value for value, selected in options if selected] or [options[0][0]]
        sent[name] = [unescape(value) for value in chosen]
    return sent


def _address(entry: Any, *tail: str) -> str:
    of = "party" if isinstance(entry, Party) else "service"
    return DESK + "/".join((of, entry.code, *tail)) + "/"


def _words(page: Any, code: str) -> str:
    """A page without its own address and without tokens that differ each time."""
    return re.sub(
        r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"', "", page.content.decode().replace(code, "")
    )


@pytest.mark.parametrize("path", ["", "new/", "party/", "service/"])
def test_it_asks_visitors_to_sign_in(client: Any, cast: Any, path: str) -> None:
    answer = client.get(DESK + path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/sign-in/")


@pytest.mark.parametrize("path", ["", "new/", "party/", "service/"])
@pytest.mark.parametrize("who", ["temur", "rustam"])
def test_it_is_not_there_for_who_is_no_editor(client: Any, cast: Any, path: str, who: str) -> None:
    client.force_login(getattr(cast, who))
    assert client.get(DESK + path).status_code == 404


def test_it_hides_another_organisations_draft_like_no_entry(client: Any, cast: Any, bureau: Party) -> None:
    client.force_login(cast.aygun)
    hidden, missing = client.get(_address(bureau)), client.get(DESK + "party/zzzzzzzz/")
    assert hidden.status_code == missing.status_code == 404
    assert _words(hidden, bureau.code) == _words(missing, "zzzzzzzz")


def test_it_lists_what_fits_the_filter(desk: Any, bureau: Party) -> None:
    page = desk.get(DESK + "party/", {"text": "bureau", "state": "draft"}).content.decode()
    assert bureau.code in page


def test_it_leaves_out_what_does_not_fit(desk: Any, bureau: Party) -> None:
    assert bureau.code not in desk.get(DESK + "party/", {"state": "listed"}).content.decode()


def test_it_asks_a_fixed_number_of_queries_for_a_list(
    desk: Any, cast: Any, bureau_facts: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        facts = {"names": {"en": f"Bureau {number}"}, "locations": (), "phones": ()}
        actions.create_party(actor=cast.zarina, facts=actions.PartyFacts(kind="media", **facts))
    with django_assert_max_num_queries(12):
        desk.get(DESK + "party/")


def test_it_changes_nothing_when_a_form_is_sent_back_untouched(desk: Any, bureau: Party) -> None:
    page = desk.get(_address(bureau, "edit"))
    lines = JournalLine.objects.count()
    desk.post(_address(bureau, "edit"), typed(page))
    assert JournalLine.objects.count() == lines


def test_it_saves_a_changed_name_and_keeps_the_rest(desk: Any, bureau: Party) -> None:
    sent = typed(desk.get(_address(bureau, "edit"))) | {"names_en": ["House of rights"]}
    desk.post(_address(bureau, "edit"), sent)
    bureau.refresh_from_db()
    assert bureau.names == {"en": "House of rights", "tg": "Бюрои ҳуқуқ"}
    assert bureau.phones.count() == 2


def test_it_writes_a_journal_line_for_an_edit(desk: Any, cast: Any, bureau: Party) -> None:
    sent = typed(desk.get(_address(bureau, "edit"))) | {"names_en": ["House of rights"]}
    desk.post(_address(bureau, "edit"), sent)
    line = JournalLine.objects.filter(verb="directory.edit_party").get()
    assert (line.actor_id, line.facts) == (cast.zarina.pk, {"changed": ["names"]})


def test_it_keeps_what_was_typed_when_it_refuses(desk: Any, bureau: Party) -> None:
    sent = typed(desk.get(_address(bureau, "edit"))) | {"phones-0-number": ["not a number"], "names_en": ["Another"]}
    answer = desk.post(_address(bureau, "edit"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="not a number"' in page
    assert 'value="Another"' in page


def test_it_puts_a_problem_at_its_row(desk: Any, bureau: Party) -> None:
    sent = typed(desk.get(_address(bureau, "edit"))) | {"phones-0-number": ["not a number"]}
    assert 'href="#id_phones-0-number"' in desk.post(_address(bureau, "edit"), sent).content.decode()


def test_it_takes_a_row_away_that_is_ticked(desk: Any, bureau: Party) -> None:
    sent = typed(desk.get(_address(bureau, "edit"))) | {"phones-1-DELETE": ["on"]}
    desk.post(_address(bureau, "edit"), sent)
    assert bureau.phones.count() == 1


def test_it_adds_a_row_without_saving_or_losing(desk: Any, bureau: Party) -> None:
    sent = typed(desk.get(_address(bureau, "edit"))) | {"more": ["phones"], "names_en": ["Unsaved"]}
    answer = desk.post(_address(bureau, "edit"), sent)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="phones-3-number"' in page
    assert 'value="Unsaved"' in page
    assert Party.objects.get(pk=bureau.pk).names["en"] == "Bureau of rights"


def test_it_tells_the_second_of_two_tabs(desk: Any, bureau: Party) -> None:
    first, second = (typed(desk.get(_address(bureau, "edit"))) for _tab in range(2))
    desk.post(_address(bureau, "edit"), first | {"names_en": ["First"]})
    page = desk.post(_address(bureau, "edit"), second | {"names_en": ["Second"]}).content.decode()
    assert "while you were writing" in page
    assert 'value="Second"' in page
    assert Party.objects.get(pk=bureau.pk).names["en"] == "First"


def test_it_lets_the_second_tab_save_after_it_was_told(desk: Any, bureau: Party) -> None:
    first, second = (typed(desk.get(_address(bureau, "edit"))) for _tab in range(2))
    desk.post(_address(bureau, "edit"), first | {"names_en": ["First"]})
    told = desk.post(_address(bureau, "edit"), second | {"names_en": ["Second"]})
    desk.post(_address(bureau, "edit"), typed(told))
    assert Party.objects.get(pk=bureau.pk).names["en"] == "Second"


def test_it_asks_which_place_is_meant(desk: Any, bureau: Party) -> None:
    sent = typed(desk.get(_address(bureau, "edit"))) | {"seat": ["Nowhereville"]}
    assert "No place has this name" in desk.post(_address(bureau, "edit"), sent).content.decode()


def test_it_adds_a_new_party_as_a_draft(desk: Any, units: Any, concepts: Any) -> None:
    sent = typed(desk.get(DESK + "new/")) | {"names_tg": ["Маркази нав"], "kind": ["registered_ngo"]}
    desk.post(DESK + "new/", sent)
    assert Party.objects.get().state == "draft"


def test_it_refuses_a_party_without_a_name(desk: Any, units: Any) -> None:
    answer = desk.post(DESK + "new/", typed(desk.get(DESK + "new/")) | {"kind": ["media"]})
    assert answer.status_code == 422
    assert not Party.objects.exists()


def test_it_adds_a_service(desk: Any, bureau: Party) -> None:
    sent = typed(desk.get(_address(bureau, "service"))) | {"names_en": ["Advice"], "areas": ["Vakhsh [tj-kt-vakhsh]"]}
    desk.post(_address(bureau, "service"), sent)
    service = Service.objects.get()
    assert (service.party_id, service.areas.get().unit.key) == (bureau.pk, "tj-kt-vakhsh")


def test_it_sends_a_service_back_untouched(desk: Any, cast: Any, bureau: Party) -> None:
    facts = actions.ServiceFacts(
        names={"en": "Advice"},
        areas=("tj-kt-vakhsh",),
        documents=({"en": "Passport"},),
        schedules=(actions.ScheduleFacts(days=("MO", "WE"), opens_at=dt.time(8), closes_at=dt.time(16, 30)),),
    )
    service = actions.create_service(actor=cast.zarina, party=bureau, facts=facts)
    lines = JournalLine.objects.count()
    answer = desk.post(_address(service, "edit"), typed(desk.get(_address(service, "edit"))))
    assert answer.status_code == 302
    assert JournalLine.objects.count() == lines


def test_it_marks_an_entry_as_checked_today(desk: Any, cast: Any, bureau: Party) -> None:
    desk.post(_address(bureau, "verify"), {"next_review_date": ""})
    bureau.refresh_from_db()
    assert (bureau.verified_date, bureau.verified_by) == (timezone.localdate(), cast.zarina)


@pytest.mark.parametrize(("step", "typed"), [("verify", {"next_review_date": ""}), ("move", {"to": "listed"})])
def test_it_does_what_a_form_says_once_however_often_it_comes(desk: Any, bureau: Party, step: str, typed: Any) -> None:
    before = JournalLine.objects.count()
    for _ in range(2):
        desk.post(_address(bureau, step), typed | {"form_key": "one"})
    assert JournalLine.objects.count() == before + 1


def test_it_records_and_withdraws_a_consent_once_however_often_the_form_comes(desk: Any, cast: Any, units: Any) -> None:
    facts = actions.PartyFacts(kind="unregistered_group", names={"en": "Group"})
    group, today = actions.create_party(actor=cast.zarina, facts=facts), timezone.localdate()
    given = {"how": "in person", "text_version": "1", "given_date": today, "expires_date": today + dt.timedelta(90)}
    for _ in range(2):
        desk.post(_address(group, "consent"), given | {"form_key": "one"})
    consent, before = group.consents.get(), JournalLine.objects.count()
    for _ in range(2):
        desk.post(_address(group, "consent", str(consent.pk)), {"form_key": "one"})
    assert JournalLine.objects.count() == before + 1


def test_it_gives_every_form_of_an_entry_a_key(desk: Any, bureau: Party) -> None:
    page = desk.get(_address(bureau)).content.decode()
    forms = [form for form in page.split("<form")[1:] if "/desk/directory/" in form.partition(">")[0]]
    assert forms
    assert all('name="form_key"' in form.partition("</form>")[0] for form in forms)


def test_it_refuses_a_next_check_in_the_past(desk: Any, bureau: Party) -> None:
    assert desk.post(_address(bureau, "verify"), {"next_review_date": "2020-01-01"}).status_code == 422


def test_it_says_which_entry_is_the_organisation_itself(desk: Any, cast: Any, bureau: Party) -> None:
    before = Party.objects.exclude(pk=bureau.pk).first() or bureau
    Party.objects.filter(pk=before.pk).update(tenant=cast.centre)
    desk.post(_address(bureau, "ours"))
    assert list(Party.objects.filter(tenant=cast.centre)) == [bureau]


def test_it_lets_no_entry_of_others_stand_for_the_organisation(desk: Any, cast: Any, bureau: Party) -> None:
    Party.objects.filter(pk=bureau.pk).update(kind=PartyKind.UNREGISTERED_GROUP)
    desk.post(_address(bureau, "ours"))
    assert not Party.objects.filter(tenant__isnull=False).exists()


def test_it_lists_an_entry(desk: Any, bureau: Party) -> None:
    desk.post(_address(bureau, "move"), {"to": "listed"})
    bureau.refresh_from_db()
    assert bureau.state == "listed"


@pytest.mark.parametrize("to", ["nowhere", ""])
def test_it_moves_nothing_to_a_state_that_is_not(desk: Any, bureau: Party, to: str) -> None:
    desk.post(_address(bureau, "move"), {"to": to})
    bureau.refresh_from_db()
    assert bureau.state == "draft"


def test_it_lists_a_group_only_after_its_consent(desk: Any, cast: Any, units: Any) -> None:
    facts = actions.PartyFacts(kind="unregistered_group", names={"en": "Group"})
    group = actions.create_party(actor=cast.zarina, facts=facts)
    page = desk.post(_address(group, "move"), {"to": "listed"}, follow=True).content.decode()
    assert "own choice" in page
    today = timezone.localdate()
    given = {"how": "in person", "text_version": "1", "given_date": today, "expires_date": today + dt.timedelta(90)}
    desk.post(_address(group, "consent"), given)
    desk.post(_address(group, "move"), {"to": "listed"})
    group.refresh_from_db()
    assert group.state == "listed"


def test_it_withdraws_a_consent(desk: Any, cast: Any, units: Any) -> None:
    facts = actions.PartyFacts(kind="unregistered_group", names={"en": "Group"})
    group = actions.create_party(actor=cast.zarina, facts=facts)
    today = timezone.localdate()
    consent = actions.record_consent(
        actor=cast.zarina, of=group, how="by phone", text_version="1", given_date=today,
        expires_date=today + dt.timedelta(90),
    )  # fmt: skip
    desk.post(_address(group, "consent", str(consent.pk)))
    consent.refresh_from_db()
    assert consent.withdrawn_date == today


def test_it_works_off_a_report(desk: Any, bureau: Party) -> None:
    desk.post(_address(bureau, "move"), {"to": "listed"})
    actions.report_problem(entry=bureau, reason="nobody_answers")
    report = Report.objects.get()
    assert "Nobody answers" in desk.get(DESK).content.decode()
    desk.post(f"{DESK}reports/{report.pk}/", {"to": "corrected"})
    report.refresh_from_db()
    assert report.state == "corrected"


def test_it_does_not_let_another_organisation_work_off_a_report(client: Any, cast: Any, bureau: Party) -> None:
    actions.report_problem(entry=bureau, reason="closed")
    client.force_login(cast.aygun)
    assert client.post(f"{DESK}reports/{Report.objects.get().pk}/", {"to": "corrected"}).status_code == 404


def test_it_verifies_an_emergency_number(desk: Any, units: Any) -> None:
    route = EmergencyRoute.objects.create(key="tj-police", country=units["tj"], kind="police", number="102")
    desk.post(f"{DESK}routes/tj-police/")
    route.refresh_from_db()
    assert route.verified_date == timezone.localdate()
