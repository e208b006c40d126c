"""Records that only their members open (S4), over HTTP: what is asked, what is answered, and that nothing typed is lost."""

import re
import time
import uuid
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from derivingkey import HOST
from door import CONFIRM, come_in, give_phone
from hamroh.accounts.models import Membership, Role
from hamroh.vault import actions, journal, keyring, members
from hamroh.vault.errors import NotAMember
from hamroh.vault.models import MemberKey, OrganisationKey, RecordKey
from sealedroom.models import Shelter

pytestmark = [pytest.mark.urls("sealedroom.urls"), pytest.mark.usefixtures("fresh_keys")]
WORDS, PLACE = "seven quiet rivers below the pass", "кӯчаи Рӯдакӣ 1, дари кабуд"
KEY, OPEN, MAKE = "/accounts/security/key/", "/accounts/security/key/open/", "/accounts/security/key/make/"
ROOM = "/desk/sealed/shelters/"


@pytest.fixture(autouse=True)
def quick_stretching(monkeypatch) -> None:
    monkeypatch.setattr("hamroh.vault.providers.COST", {"memory_cost": 64, "time_cost": 1, "parallelism": 1})


@pytest.fixture
def papers(cast, settings) -> list[str]:
    papers = actions.make_recovery(actor=cast.temur, organisation_id=cast.centre.pk)
    actions.hold_drill(actor=cast.temur, organisation_id=cast.centre.pk, papers=papers[:2])
    return papers


class Colleague:
    """Somebody at the desk: her browser, signed in by both steps, and her key once she made it."""

    def __init__(self, cast: Any, user: Any, role: Role) -> None:
        self.user, self.password, self.client = user, cast.password, Client(SERVER_NAME=HOST)
        self.client.cookies["lang"] = "en"
        Membership.objects.create(user=user, organisation=cast.centre, role=role)
        come_in(self.client, user, cast.password, give_phone(user))

    def make_key(self) -> "Colleague":
        self.client.post(MAKE, {"passphrase": WORDS, "again": WORDS})
        return self

    def shut(self) -> None:
        self.client.post("/accounts/security/key/shut/")

    def open(self) -> None:
        self.client.post(OPEN, {"own_key_passphrase": WORDS})

    def sees(self, place: Any) -> bool:
        answer = self.client.get(f"{ROOM}{place.pk}/")
        return answer.status_code == 200 and PLACE in answer.content.decode()


@pytest.fixture
def lawyer(cast, papers) -> Colleague:
    return Colleague(cast, cast.rustam, Role.LAWYER)


@pytest.fixture
def keyed(lawyer) -> Colleague:
    return lawyer.make_key()


@pytest.fixture
def colleague(cast, papers) -> Colleague:
    return Colleague(cast, cast.aygun, Role.PSYCHOLOGIST)


@pytest.fixture
def place(keyed) -> Shelter:
    answer = keyed.client.post(f"{ROOM}add/", {"code": "S1", "address": PLACE})
    assert answer.status_code == 302
    return Shelter.objects.get()


def said(answer: Any) -> tuple[int, str]:
    changing = r'nonce="[^"]+"|name="csrfmiddlewaretoken" value="[^"]+"|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
    return answer.status_code, re.sub(changing, "", answer.content.decode())


# ---- asked, and nothing lost


def test_it_opens_for_its_member(keyed, place) -> None:
    assert keyed.sees(place)
    line = journal.history(place).get(verb="shelter.read")
    assert (line.actor_id, line.facts["fields"]) == (keyed.user.pk, ["address", "beds"])


def test_it_takes_in_a_new_place_while_her_key_is_shut(keyed, place) -> None:
    keyed.shut()
    assert keyed.client.post(f"{ROOM}add/", {"code": "S2", "address": PLACE}).status_code == 302
    keyed.open()
    assert keyed.sees(Shelter.objects.get(code="S2"))


def test_it_asks_for_her_key_and_brings_her_back(keyed, place) -> None:
    keyed.shut()
    answer = keyed.client.get(f"{ROOM}{place.pk}/?part=1")
    assert answer.status_code == 302
    assert answer["Location"] == f"{OPEN}?next=%2Fdesk%2Fsealed%2Fshelters%2F{place.pk}%2F%3Fpart%3D1"
    assert not journal.history(place).filter(verb="shelter.read").exists()
    page = keyed.client.get(answer["Location"])
    back = keyed.client.post(OPEN, {"own_key_passphrase": WORDS, "next": page.context["next"]})
    assert back["Location"] == f"{ROOM}{place.pk}/?part=1"
    assert keyed.sees(place)


def test_it_keeps_what_was_typed_and_sends_it_with_what_opens_her_key(keyed, place) -> None:
    keyed.shut()
    typed = {"address": 'a new "place"\r\n& more', "again": ["one", "two"], "form_key": "k" * 22}
    answer = keyed.client.post(f"{ROOM}{place.pk}/move/", typed)
    assert answer.status_code == 409
    sent_again = hidden(answer)
    assert sent_again == [
        ("address", 'a new "place"\r\n& more'),
        ("again", "one"),
        ("again", "two"),
        ("form_key", "k" * 22),
    ]
    wrong = keyed.client.post(f"{ROOM}{place.pk}/move/", as_form(sent_again) | {"own_key_passphrase": "wrong words"})
    assert wrong.status_code == 422
    assert "not the passphrase" in wrong.content.decode()
    assert "wrong words" not in wrong.content.decode()
    assert hidden(wrong) == sent_again
    sent = keyed.client.post(f"{ROOM}{place.pk}/move/", as_form(sent_again) | {"own_key_passphrase": WORDS})
    assert sent["Location"] == f"{ROOM}{place.pk}/"
    assert "a new &quot;place&quot;" in keyed.client.get(f"{ROOM}{place.pk}/").content.decode()


def hidden(answer: Any) -> list[tuple[str, str]]:
    return answer.context["typed"]


def as_form(typed: list[tuple[str, str]]) -> dict[str, list[str]]:
    return {name: [value for each, value in typed if each == name] for name, _value in typed}


def test_it_touches_no_form_that_its_view_reads_itself(keyed, monkeypatch) -> None:
    """An upload that sets its own handlers breaks where somebody has read the form before."""
    from hamroh.accounts.views import ownkey

    def read(_request: Any) -> bool:
        raise AssertionError("the form was read")

    monkeypatch.setattr(ownkey, "is_answer", read)
    assert keyed.client.post("/ru/info/w", {"w": "words", "a": "0"}).status_code == 422


def test_it_says_that_a_file_must_be_chosen_again(keyed, place) -> None:
    keyed.shut()
    typed = {"address": "x", "scan": SimpleUploadedFile("a.txt", b"words")}
    answer = keyed.client.post(f"{ROOM}{place.pk}/move/", typed)
    assert "A file must be chosen again" in answer.content.decode()


def test_it_sends_a_part_of_a_page_to_the_whole_question(keyed, place) -> None:
    keyed.shut()
    answer = keyed.client.get(f"{ROOM}{place.pk}/", headers={"hx-request": "true"})
    assert answer["HX-Redirect"].startswith(OPEN)


def test_it_leads_who_has_no_key_to_where_she_makes_one(lawyer) -> None:
    answer = lawyer.client.post(f"{ROOM}add/", {"code": "S1", "address": PLACE})
    assert answer.status_code == 409
    assert "You have no key of your own yet" in answer.content.decode()
    assert hidden(answer) == [("code", "S1"), ("address", PLACE)]
    assert not Shelter.objects.exists()


def test_it_asks_for_the_drill_before_the_first_place(cast, settings) -> None:
    lawyer = Colleague(cast, cast.rustam, Role.LAWYER).make_key()
    answer = lawyer.client.post(f"{ROOM}add/", {"code": "S1", "address": PLACE})
    assert answer.status_code == 409
    assert "at the desk, Recovery papers" in answer.content.decode()
    assert hidden(answer) == [("code", "S1"), ("address", PLACE)]


# ---- members


def test_it_lets_a_colleague_in_and_shuts_her_out_again(keyed, place, colleague) -> None:
    colleague.make_key()
    assert not colleague.sees(place)
    keyed.client.post(f"{ROOM}{place.pk}/let-in/", {"who": "aygun"})
    assert colleague.sees(place)
    before = RecordKey.objects.get().pk
    keyed.client.post(f"{ROOM}{place.pk}/shut-out/", {"who": "aygun"})
    assert not colleague.sees(place)
    assert keyed.sees(place)
    assert RecordKey.objects.get().pk != before


def test_it_says_that_a_colleague_has_no_key_yet(keyed, place, colleague) -> None:
    answer = keyed.client.post(f"{ROOM}{place.pk}/let-in/", {"who": "aygun"})
    assert answer.status_code == 409
    assert "no key of her own yet" in answer.content.decode()
    assert hidden(answer) == [("who", "aygun")]


def test_it_looks_to_a_colleague_as_if_there_were_no_record(keyed, place, colleague) -> None:
    colleague.make_key()
    for method, tail in (("get", ""), ("post", "move/"), ("post", "let-in/")):
        real, unreal = (getattr(colleague.client, method)(f"{ROOM}{pk}/{tail}") for pk in (place.pk, uuid.uuid4()))
        assert said(real) == said(unreal)
        assert real.status_code == 404


def test_it_answers_404_also_where_only_the_vault_refuses(keyed, place, monkeypatch) -> None:
    """A page that forgot to ask the policy tells no more than one that asked."""
    missing = said(keyed.client.get(f"{ROOM}{uuid.uuid4()}/"))

    def careless(**_asked: Any) -> Any:
        raise NotAMember("this record has other members")

    monkeypatch.setattr("sealedroom.selectors.shelter", careless)
    assert said(keyed.client.get(f"{ROOM}{place.pk}/")) == missing


# ---- what ends it


def test_it_asks_anew_after_the_screen_was_locked(keyed, place) -> None:
    keyed.client.post("/accounts/lock/")
    assert keyed.client.get(f"{ROOM}{place.pk}/")["Location"].startswith("/accounts/sign-in/")
    keyed.client.post(CONFIRM, {"password": keyed.password})
    assert keyed.client.get(f"{ROOM}{place.pk}/")["Location"].startswith(OPEN)


def test_it_stays_open_while_it_is_used(keyed, place) -> None:
    began = time.time()
    for minute in (8, 16, 24):
        with time_machine.travel(began + 60 * minute):
            assert keyed.sees(place)
    with time_machine.travel(began + 60 * 33.5):
        keyed.client.post("/accounts/here/")
        assert keyed.sees(place)
    with time_machine.travel(began + 60 * 44):
        assert not keyed.sees(place)


def test_it_tells_the_lock_of_a_page_that_her_password_is_not_enough(keyed, place) -> None:
    assert "data-again" in keyed.client.get(f"{ROOM}{place.pk}/").content.decode()
    assert "data-again" not in keyed.client.get(KEY).content.decode()
    keyed.shut()
    for words, status in (("wrong words", 422), (WORDS, 204)):
        sent = {"own_key_passphrase": words}
        assert keyed.client.post(OPEN, sent, headers={"accept": "application/json"}).status_code == status
    assert keyed.sees(place)


def test_it_opens_in_every_tab_and_shuts_in_every_tab(keyed, place) -> None:
    tab = Client(SERVER_NAME=HOST)
    tab.cookies = keyed.client.cookies
    assert tab.get(f"{ROOM}{place.pk}/").status_code == 200
    tab.post("/accounts/security/key/shut/")
    assert not keyed.sees(place)


def test_it_is_kept_in_no_cache(keyed, place) -> None:
    for address in (f"{ROOM}{place.pk}/", KEY, OPEN):
        assert "no-store" in keyed.client.get(address)["Cache-Control"]


# ---- a lost key


def test_it_comes_back_by_two_papers_and_by_nothing_else(keyed, place, papers, cast) -> None:
    keyed.client.post(MAKE, {"passphrase": WORDS, "again": WORDS, "sure": "on"})
    answer = keyed.client.get(f"{ROOM}{place.pk}/")
    assert answer["Location"].startswith(f"{KEY}lost/")
    held = keyed.client.post(f"{ROOM}{place.pk}/move/", {"address": "x"})
    assert "waits for two recovery papers" in held.content.decode()
    actions.readmit(actor=None, organisation_id=cast.centre.pk, papers=papers[1:], user_id=keyed.user.pk)
    assert keyed.sees(place)


# ---- somebody who writes to the tables


def put(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_it_shows_the_rest_where_the_place_was_changed(keyed, place) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM sealedroom_shelter")
        content = bytearray(cursor.fetchone()[0])
    content[-20] ^= 1
    put("UPDATE sealedroom_shelter SET address = %s", bytes(content))
    answer = keyed.client.get(f"{ROOM}{place.pk}/")
    assert answer.status_code == 200
    assert "This cannot be shown" in answer.content.decode()
    assert "S1" in answer.content.decode()
    assert journal.history(place).filter(verb="vault.tampered").exists()


def test_it_deals_no_key_to_a_planted_public_one(keyed, place, colleague, caplog) -> None:
    colleague.make_key()
    planted = members.PrivateKey.generate()
    MemberKey.objects.filter(user_id=colleague.user.pk).update(public=bytes(planted.public_key))
    with caplog.at_level("INFO", logger="hamroh.security"):
        answer = keyed.client.post(f"{ROOM}{place.pk}/let-in/", {"who": "aygun"})
    assert answer.status_code == 409
    assert "changed in the store" in answer.content.decode()
    assert members.members_of(("sealedroom.shelter", str(place.pk))) == {keyed.user.pk}
    assert "vault.tampered" in caplog.text


def test_it_says_that_a_record_was_erased_only_to_who_had_it(keyed, place, colleague) -> None:
    colleague.make_key()
    OrganisationKey.objects.filter(organisation_id=place.organisation_id).update(state="destroyed", wrapped=b"")
    keyring.forget()
    answer = keyed.client.post(f"{ROOM}{place.pk}/move/", {"address": "x"})
    assert answer.status_code == 410
    assert "gone" in answer.content.decode()
    unreal = colleague.client.post(f"{ROOM}{uuid.uuid4()}/move/", {"address": "x"})
    assert said(colleague.client.post(f"{ROOM}{place.pk}/move/", {"address": "x"})) == said(unreal)
