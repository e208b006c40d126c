"""Alerts: two different people sign one wording, what went out stays, updates and cancellations refer back, and nothing real leaves a demonstration."""

import datetime as dt

import pytest
from capvalidator import check_schema
from django.test import Client
from django.urls import reverse

from desk_world import NOW, at
from emergency_world import FACTS, TEXTS, drafted, issued, mudflow
from hamroh.accounts.models import Notice
from hamroh.accounts.policy import Refused
from hamroh.emergencies import actions, selectors
from hamroh.emergencies.actions import NotNow
from hamroh.emergencies.actions.alerts import Draft
from hamroh.emergencies.models import IssuedAlert, Status
from hamroh.kernel import alerts as cap

REAL = {"status": Status.ACTUAL}


def draft(**more) -> Draft:
    return Draft(**{"hazard": "mudflow", "facts": FACTS, "areas": ["tj-su-ayni"], "texts": TEXTS} | more)


def asked(centre, **more):
    alert = drafted(centre, **more)
    actions.ask_for_signatures(actor=centre.bahrom, alert=alert, seen=alert.version)
    return alert


def test_it_goes_out_with_the_second_signature(centre) -> None:
    alert = asked(centre)
    assert actions.sign_alert(actor=centre.bahrom, alert=alert, seen=1) is None
    assert not IssuedAlert.objects.exists()
    assert actions.sign_alert(actor=centre.manizha, alert=alert, seen=1) is not None
    assert IssuedAlert.objects.get().status == "Exercise"


def test_it_takes_no_second_signature_of_one_person(centre) -> None:
    alert = asked(centre)
    actions.sign_alert(actor=centre.bahrom, alert=alert, seen=1)
    with pytest.raises(NotNow, match="another person"):
        actions.sign_alert(actor=centre.bahrom, alert=alert, seen=1)
    assert not IssuedAlert.objects.exists()


def test_it_forgets_signatures_when_the_wording_changes(centre) -> None:
    alert = asked(centre)
    actions.sign_alert(actor=centre.bahrom, alert=alert, seen=1)
    actions.change_alert(actor=centre.bahrom, alert=alert, draft=draft(), seen=1)
    actions.ask_for_signatures(actor=centre.bahrom, alert=alert, seen=2)
    with pytest.raises(NotNow):
        actions.sign_alert(actor=centre.manizha, alert=alert, seen=1)
    assert actions.sign_alert(actor=centre.manizha, alert=alert, seen=2) is None


def test_it_is_signed_by_those_who_lead_alone(centre) -> None:
    alert = asked(centre)
    for who in (centre.lola, centre.zebo, centre.vusal):
        with pytest.raises(Refused):
            actions.sign_alert(actor=who, alert=alert, seen=1)


def test_it_sends_nothing_real_out_of_a_demonstration(centre) -> None:
    with pytest.raises(NotNow, match="demonstration"):
        drafted(centre, **REAL)


def test_it_sends_nothing_real_out_of_an_exercise(centre, settings) -> None:
    event = mudflow(centre)
    settings.IS_DEMO = False
    with pytest.raises(NotNow, match="exercise"):
        drafted(centre, event, **REAL)


def test_it_asks_again_before_something_real_goes_out(centre, settings) -> None:
    settings.IS_DEMO = False
    alert = asked(centre, **REAL)
    with pytest.raises(NotNow, match="for real"):
        actions.sign_alert(actor=centre.bahrom, alert=alert, seen=1)
    actions.sign_alert(actor=centre.bahrom, alert=alert, seen=1, really=True)
    assert actions.sign_alert(actor=centre.manizha, alert=alert, seen=1, really=True).status == "Actual"


def test_it_writes_what_validates_and_has_no_fault(centre) -> None:
    row = issued(centre, drafted(centre))
    result = check_schema(row.xml.encode())
    assert result.passed, result.message
    assert cap.check(cap.read(row.xml.encode()), NOW) == []


def test_it_marks_every_headline_of_an_exercise(centre) -> None:
    message = cap.read(issued(centre, drafted(centre)).xml.encode())
    assert [info.headline for info in message.infos] == ["EXERCISE: Mudflow expected", "МАШҚ: Сел дар пеш аст"]
    assert message.note == "EXERCISE. TƏLİM. УЧЕНИЕ. МАШҚ."


def test_it_refuses_what_is_over_before_it_goes_out(centre, time_machine) -> None:
    alert = asked(centre)
    actions.sign_alert(actor=centre.bahrom, alert=alert, seen=1)
    time_machine.move_to(NOW + dt.timedelta(hours=13))
    with pytest.raises(NotNow, match="put right"):
        actions.sign_alert(actor=centre.manizha, alert=alert, seen=1)


def test_it_asks_for_no_signature_while_something_is_wrong(centre) -> None:
    alert = drafted(centre, facts=FACTS | {"expires": NOW.isoformat()})
    with pytest.raises(NotNow, match="put right"):
        actions.ask_for_signatures(actor=centre.bahrom, alert=alert, seen=1)


def test_it_tells_who_may_sign(centre) -> None:
    asked(centre)
    assert list(Notice.objects.filter(about="sign").values_list("user__username", flat=True)) == ["manizha"]


def test_it_refers_back_with_an_update(centre) -> None:
    first = issued(centre, drafted(centre))
    alert = actions.refer_to(
        actor=centre.bahrom, alert=selectors.alert_of(actor=centre.bahrom, code=first.code)[0], kind="Update"
    )
    second = issued(centre, alert)
    first.refresh_from_db()
    message = cap.read(second.xml.encode())
    assert (message.kind, message.references) == ("Update", (first.reference,))
    assert cap.check(message, NOW) == []
    assert first.superseded_at is not None
    assert list(selectors.current_alerts()) == [second]


def test_it_keeps_a_cancellation_in_the_feed_and_off_the_page(centre) -> None:
    first = issued(centre, drafted(centre))
    row = selectors.alert_of(actor=centre.bahrom, code=first.code)[0]
    second = issued(centre, actions.refer_to(actor=centre.bahrom, alert=row, kind="Cancel"))
    assert cap.check(cap.read(second.xml.encode()), NOW) == []
    assert (list(selectors.current_alerts()), list(selectors.lately_issued())) == ([], [second])


def test_it_takes_back_nothing_twice(centre) -> None:
    first = issued(centre, drafted(centre))
    row = selectors.alert_of(actor=centre.bahrom, code=first.code)[0]
    two = [actions.refer_to(actor=centre.bahrom, alert=row, kind=kind) for kind in ("Update", "Cancel")]
    issued(centre, two[0])
    with pytest.raises(NotNow, match="meanwhile"):
        issued(centre, two[1])


def test_it_lets_an_alert_leave_the_feed_when_it_is_over(centre, time_machine) -> None:
    row = issued(centre, drafted(centre))
    time_machine.move_to(NOW + dt.timedelta(hours=13))
    client = Client()
    assert row.identifier not in client.get("/cap/").content.decode()
    assert client.get(f"/cap/alerts/{row.code}.xml").content == row.xml.encode()


@pytest.mark.parametrize("lang", ["en", "az", "ru", "tg"])
def test_it_is_read_in_every_language(centre, lang: str) -> None:
    row = issued(centre, drafted(centre))
    for path in (f"/{lang}/alerts/", f"/{lang}/alerts/{row.code}/", f"/cap/feed.{lang}.atom"):
        answer = Client().get(path)
        assert answer.status_code == 200
        assert ("Сел дар пеш аст" if lang == "tg" else "Mudflow expected") in answer.content.decode()


def test_it_gives_programs_the_xml_with_its_type(centre) -> None:
    row = issued(centre, drafted(centre))
    answer = Client().get(reverse("cap:alert", kwargs={"code": row.code}))
    assert answer["Content-Type"].startswith("application/cap+xml")
    assert f"/cap/alerts/{row.code}.xml" in Client().get("/cap/").content.decode()


def test_it_shows_no_draft_to_the_public(centre) -> None:
    alert = asked(centre)
    assert Client().get(f"/cap/alerts/{alert.code}.xml").status_code == 404
    assert Client().get(f"/en/alerts/{alert.code}/").status_code == 404
    assert "Mudflow" not in Client().get("/en/alerts/").content.decode()


def test_it_keeps_markup_of_words_as_words(centre) -> None:
    texts = {"en": {"headline": "<script>alert(1)</script> & more", "description": "x", "instruction": "y"}}
    row = issued(centre, drafted(centre, texts=texts))
    assert "<script>alert" not in row.xml
    assert "<script>alert" not in Client().get(f"/en/alerts/{row.code}/").content.decode()


def test_it_asks_the_same_number_of_queries_for_many_alerts(centre, django_assert_max_num_queries) -> None:
    for _number in range(4):
        issued(centre, drafted(centre))
    with django_assert_max_num_queries(12):
        Client().get("/en/alerts/")


def test_it_writes_a_draft_through_its_form(centre) -> None:
    typed = {
        "status": "Exercise", "hazard": "mudflow", "category": "", "urgency": "Immediate", "severity": "Severe", "certainty": "Observed",
        "responses": ["Evacuate"], "areas": "Ayni [tj-su-ayni]", "radius": "10", "onset": "", "expires": "2026-11-24T10:00", "headline_en": "Mudflow",
        "description_en": "It rains.", "instruction_en": "Go up.", "contact": "",
    }  # fmt: skip
    answer = at(centre.bahrom).post(reverse("emergencies:new-alert"), typed)
    assert answer.status_code == 302
    alert = selectors.alerts(actor=centre.bahrom, organisation=centre.house).get()
    assert alert.facts["expires"] == "2026-11-24T10:00:00+05:00"
    assert at(centre.bahrom).post(reverse("emergencies:new-alert"), typed | {"status": "Actual"}).status_code == 422
