"""Recovery papers in the browser: shown once, tried by somebody else, and a member let in again by two people."""

import datetime as dt
import re
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from test_canary import all_tables

from derivingkey import HOST
from door import come_in, give_phone
from hamroh.accounts import findings
from hamroh.accounts.actions.recovery import plain
from hamroh.accounts.models import Admission, Membership, Notice, Role, User
from hamroh.vault import members
from hamroh.vault import papers as sheets
from hamroh.vault.models import JournalLine, RecordKey, RecordKeyShare, RecoveryDrill, RecoveryKey
from sealedroom.models import Shelter

pytestmark = [pytest.mark.urls("sealedroom.urls"), pytest.mark.usefixtures("fresh_keys")]
WORDS, PLACE = "seven quiet rivers below the pass", "кӯчаи Рӯдакӣ 1, дари кабуд"
PAGE, MAKE_KEY = "/desk/recovery/", "/accounts/security/key/make/"
READY = {"ready": "on"}


@pytest.fixture(autouse=True)
def quick_stretching(monkeypatch) -> None:
    monkeypatch.setattr("hamroh.vault.providers.COST", {"memory_cost": 64, "time_cost": 1, "parallelism": 1})


def at_desk(cast: Any, user: User, role: Role, house: Any = None) -> Client:
    """Her browser, signed in by both steps."""
    client = Client(SERVER_NAME=HOST)
    client.cookies["lang"] = "en"
    Membership.objects.get_or_create(user=user, organisation=house or cast.centre, role=role)
    come_in(client, user, cast.password, give_phone(user))
    return client


@pytest.fixture
def administrator(cast) -> Client:
    return at_desk(cast, cast.temur, Role.ADMINISTRATOR)


def somebody(cast: Any, name: str) -> User:
    return User.objects.create_user(name, cast.password, display_name=name.title())


@pytest.fixture
def supervisor(cast) -> Client:
    return at_desk(cast, somebody(cast, "nilufar"), Role.SUPERVISOR)


@pytest.fixture
def papers(administrator) -> list[str]:
    return shown(administrator.post(f"{PAGE}make/", READY))


def shown(answer: Any) -> list[str]:
    assert answer.status_code == 200
    text = answer.content.decode()
    parts = re.split(r"<section aria-labelledby=\"s\d\">", text)[1:]
    return [" ".join(re.findall(r'<li><code class="code">(\w+)</code>', part)) for part in parts]


def two(papers: list[str]) -> dict[str, str]:
    return {"first_paper": papers[0], "second_paper": papers[2]}


# ---- made once


def test_it_shows_three_papers_once(administrator, papers, cast) -> None:
    assert [len(paper.split()) for paper in papers] == [33, 33, 33]
    assert administrator.post(f"{PAGE}make/", READY).status_code == 422
    page = administrator.get(PAGE).content.decode()
    assert members.recovery_fingerprint(cast.centre.pk) in page
    assert papers[0].split()[4] not in page


def test_it_keeps_the_papers_in_no_cache_and_no_table(administrator) -> None:
    answer = administrator.post(f"{PAGE}make/", READY)
    tables = all_tables()
    assert "no-store" in answer["Cache-Control"]
    assert [run for paper in shown(answer) for run in runs(paper) if run in tables] == []


def runs(paper: str) -> list[str]:
    """Three words at a time, as no text of ours says them."""
    words = paper.split()
    return [" ".join(words[at : at + 3]) for at in range(4, 31)]


def test_it_asks_who_is_there_before_it_shows_them(administrator) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=6)):
        assert "/accounts/confirm/" in administrator.get(f"{PAGE}make/")["Location"]


def test_it_takes_no_form_long_after_she_showed_who_she_is(administrator) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=31)):
        administrator.post(f"{PAGE}make/", READY)
    assert not RecoveryKey.objects.exists()


def test_it_is_the_administrators_to_make_them(supervisor, administrator, cast) -> None:
    assert supervisor.post(f"{PAGE}make/", READY).status_code == 404
    assert at_desk(cast, cast.rustam, Role.LAWYER).get(PAGE).status_code == 404
    assert not RecoveryKey.objects.exists()


def test_it_exchanges_them_for_two_old_ones_alone(administrator, papers) -> None:
    assert administrator.post(f"{PAGE}make/", READY | two(papers)).status_code == 200
    answer = administrator.post(f"{PAGE}make/", READY | two(papers))
    assert "not those of today" in answer.content.decode()


def test_it_tells_who_else_answers_for_them(supervisor, administrator, papers, cast) -> None:
    told = Notice.objects.filter(about="papers").values_list("user__username", flat=True)
    assert set(told) == {"nilufar"}
    assert f'href="{PAGE}"' in supervisor.get("/desk/notices/").content.decode()


# ---- the drill


def test_it_is_not_tried_by_who_made_them(administrator, papers) -> None:
    assert administrator.post(f"{PAGE}drill/", two(papers)).status_code == 302
    assert not RecoveryDrill.objects.exists()
    assert f"{PAGE}drill/" not in administrator.get(PAGE).content.decode()


def test_it_is_tried_by_somebody_else(supervisor, papers, cast) -> None:
    assert supervisor.post(f"{PAGE}drill/", two(papers)).status_code == 302
    drill = RecoveryDrill.objects.get()
    assert (drill.passed, User.objects.get(pk=drill.actor_id).username) == (True, "nilufar")


def test_it_keeps_a_drill_that_did_not_pass(supervisor, administrator, papers) -> None:
    administrator.post(f"{PAGE}make/", READY | two(papers))
    assert supervisor.post(f"{PAGE}drill/", two(papers)).status_code == 422
    assert [drill.passed for drill in RecoveryDrill.objects.all()] == [False]


def said_of(client: Client, first: str, second: str) -> str:
    answer = client.post(f"{PAGE}drill/", {"first_paper": first, "second_paper": second})
    assert answer.status_code == 422
    return answer.content.decode()


def test_it_tells_which_word_is_wrong_and_keeps_what_was_typed(supervisor, papers) -> None:
    words = papers[0].split()
    typed = " ".join([*words[:6], "companion", *words[7:]])
    page = said_of(supervisor, typed, papers[1])
    assert "Word 7 stands on no paper" in page
    assert typed in page


def test_it_tells_that_a_paper_is_too_short(supervisor, papers) -> None:
    assert "A paper has 33 words; here are 32." in said_of(supervisor, papers[0].rpartition(" ")[0], papers[1])


def test_it_tells_that_a_word_is_another_one(supervisor, papers) -> None:
    words = papers[0].split()
    other = "academic" if words[9] != "academic" else "acid"
    assert "together they do not hold" in said_of(supervisor, " ".join([*words[:9], other, *words[10:]]), papers[1])


def test_it_does_not_take_one_paper_twice(supervisor, papers) -> None:
    assert "same paper again" in said_of(supervisor, papers[0], papers[0])


def test_it_reads_a_paper_as_people_type_it() -> None:
    paper = sheets.split(bytes(range(32)))[0]
    typed = "\n".join(f"{at}. {word[:4].upper()}," for at, word in enumerate(paper.split(), 1))
    assert sheets.read(typed) == paper


# ---- a member whose key is lost


@pytest.fixture
def member(cast, papers, supervisor, settings) -> Client:
    """A lawyer with a shelter that opens to her alone, whose key was lost and made anew."""
    supervisor.post(f"{PAGE}drill/", two(papers))
    client = at_desk(cast, cast.rustam, Role.LAWYER)
    client.post(MAKE_KEY, {"passphrase": WORDS, "again": WORDS})
    assert client.post("/desk/sealed/shelters/add/", {"code": "S1", "address": PLACE}).status_code == 302
    client.post(MAKE_KEY, {"passphrase": WORDS, "again": WORDS, "sure": "on"})
    return client


def sees(client: Client) -> bool:
    answer = client.get(f"/desk/sealed/shelters/{Shelter.objects.get().pk}/")
    return answer.status_code == 200 and PLACE in answer.content.decode()


def compared(administrator: Client, cast: Any, signs: str = "") -> Any:
    typed = {"signs": signs or members.fingerprint(cast.rustam.pk).lower().replace(" ", "-")}
    return administrator.post(f"{PAGE}waiting/{cast.rustam.pk}/", typed)


def test_it_opens_her_records_again_by_two_people(administrator, supervisor, member, papers, cast) -> None:
    assert not sees(member)
    assert compared(administrator, cast).status_code == 302
    assert not sees(member)
    row = Admission.objects.get()
    assert supervisor.post(f"{PAGE}asked/{row.pk}/", two(papers)).status_code == 302
    assert sees(member)
    wanted = ("recovery.ask_to_admit", "recovery.admit")
    lines = dict(JournalLine.objects.filter(verb__in=wanted).values_list("verb", "actor_id"))
    assert lines == {"recovery.ask_to_admit": cast.temur.pk, "recovery.admit": User.objects.get(username="nilufar").pk}
    assert Notice.objects.get(about="admitted").user == cast.rustam


def test_it_is_not_done_by_one_person(administrator, member, papers, cast) -> None:
    compared(administrator, cast)
    row = Admission.objects.get()
    assert administrator.post(f"{PAGE}asked/{row.pk}/", two(papers)).status_code == 302
    assert not sees(member)


def test_it_is_not_done_by_herself(supervisor, administrator, member, papers, cast) -> None:
    compared(administrator, cast)
    Membership.objects.filter(user=cast.rustam).update(role=Role.SUPERVISOR)
    assert member.post(f"{PAGE}asked/{Admission.objects.get().pk}/", two(papers)).status_code == 302
    assert not sees(member)


def test_it_writes_down_that_the_signs_were_not_hers(administrator, member, cast) -> None:
    answer = compared(administrator, cast, "AAAA BBBB CCCC DDDD")
    assert "These are not the signs of her key" in answer.content.decode()
    assert not Admission.objects.exists()
    assert JournalLine.objects.get(verb="recovery.other_signs").record_id == str(cast.rustam.pk)


def test_it_lets_in_no_key_that_was_made_after_the_signs_were_compared(
    administrator, supervisor, member, papers, cast
) -> None:
    compared(administrator, cast)
    member.post(MAKE_KEY, {"passphrase": WORDS, "again": WORDS, "sure": "on"})
    assert supervisor.post(f"{PAGE}asked/{Admission.objects.get().pk}/", two(papers)).status_code == 404
    assert not sees(member)


def test_it_waits_no_longer_than_three_days(administrator, supervisor, member, papers, cast) -> None:
    compared(administrator, cast)
    Admission.objects.update(expires_at=timezone.now())
    assert supervisor.post(f"{PAGE}asked/{Admission.objects.get().pk}/", two(papers)).status_code == 404


def test_it_can_be_asked_again_after_it_was_taken_back(administrator, supervisor, member, papers, cast) -> None:
    compared(administrator, cast)
    supervisor.post(f"{PAGE}asked/{Admission.objects.get().pk}/withdraw/")
    assert not Admission.objects.open().exists()
    assert compared(administrator, cast).status_code == 302


def test_it_shows_another_organisation_nothing(administrator, member, papers, cast) -> None:
    compared(administrator, cast)
    row = Admission.objects.get()
    elsewhere = at_desk(cast, somebody(cast, "sevda"), Role.ADMINISTRATOR, cast.gender_centre)
    page = elsewhere.get(PAGE).content.decode()
    assert "Rustam" not in page
    assert members.recovery_fingerprint(cast.centre.pk) not in page
    assert elsewhere.get(f"{PAGE}waiting/{cast.rustam.pk}/").status_code == 404
    assert elsewhere.post(f"{PAGE}asked/{row.pk}/", two(papers)).status_code == 404
    assert elsewhere.post(f"{PAGE}asked/{row.pk}/withdraw/").status_code == 404


def test_it_hears_signs_as_people_say_them() -> None:
    assert plain("ab0d 1fgh-jklm") == plain("ABOD IFGH JKLM")


def test_it_lists_many_who_wait_by_as_many_queries(administrator, member, cast) -> None:
    with CaptureQueriesContext(connection) as one:
        administrator.get(PAGE)
    key = RecordKey.objects.get()
    for number in range(4):
        who = somebody(cast, f"member{number}")
        RecordKeyShare.objects.create(record_key=key, user_id=who.pk, sealed=b"")
        Admission.objects.create(organisation=cast.centre, user=who, signs="-", asked_by=cast.rustam)
    with CaptureQueriesContext(connection) as many:
        administrator.get(PAGE)
    assert len(many) == len(one)


# ---- the doctor


def test_it_tells_the_doctor_where_papers_lack_or_were_not_tried(administrator, supervisor, cast) -> None:
    def said() -> list[str]:
        return [found.says for found in findings.recovery_papers()]

    (none,) = said()
    assert "1 organisations have no recovery papers: " in none
    papers = shown(administrator.post(f"{PAGE}make/", READY))
    (untried,) = said()
    assert "never tried" in untried
    supervisor.post(f"{PAGE}drill/", two(papers))
    assert said() == []
    with time_machine.travel(timezone.now() + dt.timedelta(days=401)):
        (old,) = said()
    assert "more than a year ago" in old
