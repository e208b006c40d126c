"""Places to stay: they open to the members of their own key; the canary of a place is nowhere else."""

import datetime as dt
import re
import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

import cases_referrals
from cases_trafficking import opened_at, unlocked, with_keys
from cases_world import gulnoras
from desk_world import TODAY, at, page
from groups_world import HOST, STAYED, TOLD, WHERE, sheltered, stays, with_members
from hamroh.accounts import records
from hamroh.groups.actions import NotNow
from hamroh.groups.actions import places as actions
from hamroh.groups.models import ShelterPlace
from hamroh.groups.selectors import places as reads
from hamroh.vault import opening, retention
from hamroh.vault.errors import NotAMember
from hamroh.vault.models import JournalLine, RecordKey

CANARY = (HOST, WHERE, TOLD, STAYED)


def said(answer) -> tuple[int, str]:
    changing = r'nonce="[^"]+"|name="(csrfmiddlewaretoken|form_key)" value="[^"]+"'
    return answer.status_code, re.sub(changing, "", answer.content.decode())


@pytest.fixture
def referral(circle) -> str:
    return cases_referrals.official(circle.office, gulnoras(circle.office)).code


def address(row: Any, part: str = "") -> str:
    return f"/desk/groups/places/{row.pk}/{part}"


def sees(client, row: ShelterPlace, words: str = WHERE) -> bool:
    answer = client.post(address(row), {"why": "visit"})
    return answer.status_code == 200 and words in answer.content.decode()


def test_it_opens_to_its_writer_who_says_why(circle) -> None:
    row = sheltered(circle)
    assert sees(opened_at(circle.sitora), row)
    lines = JournalLine.objects.filter(verb="place.locate", record_id=str(row.pk))
    assert {(line.actor_id, line.purpose) for line in lines} == {(circle.sitora.pk, "place: visit")}


def test_it_opens_for_no_reason_of_none(circle) -> None:
    row = sheltered(circle)
    answer = opened_at(circle.sitora).post(address(row), {"why": ""})
    assert (answer.status_code, WHERE in answer.content.decode()) == (422, False)


def test_it_asks_for_her_key_before_it_opens(circle) -> None:
    row = sheltered(circle)
    answer = at(circle.sitora).post(address(row), {"why": "visit"})
    assert (answer.status_code, WHERE in answer.content.decode()) == (409, False)


@pytest.mark.parametrize("who", ["manizha", "zebo", "parvina", "lola"])
def test_it_tells_nobody_that_there_is_a_place(circle, who) -> None:
    """Lists, the group's page and the pages of a place: alike with a place and without."""
    group, _members = with_members(circle, 1)
    client, paths = at(getattr(circle, who)), ("", "places/", f"{group.code}/", f"{group.code}/members/")
    before = [said(client.get(f"/desk/groups/{path}")) for path in paths]
    row = sheltered(circle, group=group.code)
    assert [said(client.get(f"/desk/groups/{path}")) for path in paths] == before
    missing = SimpleNamespace(pk=uuid.uuid4())
    for part in ("", "change/", "take-in/", "let-in/", "take-away/", "give-up/"):
        for method in ("get", "post"):
            there, none = (said(getattr(client, method)(address(each, part))) for each in (row, missing))
            assert (there[0] in (404, 405), there[1].replace(str(row.pk), "")) == (
                True,
                none[1].replace(str(missing.pk), ""),
            )


def test_it_stays_shut_to_an_open_key_of_somebody_else(circle) -> None:
    row = sheltered(circle)
    with_keys(circle.office, circle.manizha)
    from hamroh.accounts import policy

    decision = policy.Decision(True, "as if", circle.manizha.pk, "place.locate", row.ref)
    with unlocked(circle.manizha), pytest.raises(NotAMember):
        opening.open(row, "facts", decision=decision, purpose="visit")


def test_it_takes_in_as_many_as_there_is_room_for(circle, referral) -> None:
    row = sheltered(circle, capacity=3)
    stays(circle, row, referral, people=2)
    with pytest.raises(NotNow) as refused:
        stays(circle, row, referral, people=2)
    assert refused.value.field == "people"


def test_it_makes_room_when_she_has_left(circle, referral) -> None:
    row = sheltered(circle, capacity=2)
    stays(circle, row, referral)
    client = opened_at(circle.sitora)
    shown = client.post(address(row), {"why": "check"}).content.decode()
    key = re.search(r"let-go/([0-9a-f]+)/", shown)
    assert key is not None
    client.post(address(row, f"let-go/{key.group(1)}/"))
    stays(circle, row, referral)
    assert sees(client, row, STAYED)


def test_it_ties_a_stay_to_a_referral_of_ours(circle) -> None:
    with pytest.raises(NotNow) as refused:
        stays(circle, sheltered(circle), "zzzzzzzzzzzz")
    assert refused.value.field == "referral"


def test_it_shows_nothing_of_a_stay_in_the_case(circle) -> None:
    case = gulnoras(circle.office)
    code = cases_referrals.official(circle.office, case).code
    before = [page(circle.farzona, f"/desk/cases/{case.code}/{path}").count("shelter") for path in ("", "story/")]
    stays(circle, sheltered(circle), code)
    shown = [page(circle.farzona, f"/desk/cases/{case.code}/{path}") for path in ("", "story/")]
    assert [each.count("shelter") for each in shown] == before
    assert not any(word in each for word in CANARY for each in shown)


def test_it_lets_in_nobody_without_a_role_for_it(circle) -> None:
    row = sheltered(circle)
    with_keys(circle.office, circle.lola)
    with unlocked(circle.sitora), pytest.raises(NotNow):
        actions.let_in(actor=circle.sitora, place=row, user=circle.lola)


def test_it_shuts_somebody_out_for_good(circle) -> None:
    row = sheltered(circle)
    with_keys(circle.office, circle.zebo)
    with unlocked(circle.sitora):
        actions.let_in(actor=circle.sitora, place=row, user=circle.zebo)
    assert sees(opened_at(circle.zebo), row)
    opened_at(circle.sitora).post(address(row, f"shut-out/{circle.zebo.pk}/"))
    assert not sees(opened_at(circle.zebo), row)
    assert sees(opened_at(circle.sitora), row)


def test_it_leaves_no_place_without_a_member(circle) -> None:
    row = sheltered(circle)
    opened_at(circle.sitora).post(address(row, f"shut-out/{circle.sitora.pk}/"))
    assert sees(opened_at(circle.sitora), row)


def test_it_goes_with_its_key_when_it_is_taken_away(circle) -> None:
    row = sheltered(circle)
    opened_at(circle.sitora).post(address(row, "take-away/"))
    assert (ShelterPlace.objects.exists(), RecordKey.objects.filter(kind=row.ref[0]).exists()) == (False, False)


@pytest.mark.parametrize(("weeks", "gone"), [(25, 0), (27, 1)])
def test_it_erases_what_was_given_up_half_a_year_ago(circle, weeks, gone) -> None:
    row = sheltered(circle)
    ShelterPlace.objects.filter(pk=row.pk).update(ended_week=TODAY - dt.timedelta(weeks=weeks))
    assert (actions.let_old_places_go(), ShelterPlace.objects.count()) == (gone, 1 - gone)


def test_it_stands_on_no_screen_over_all_rooms() -> None:
    """No register names it, and no list of what is to be let go tells that there is one."""
    kind = "groups.shelterplace"
    assert (records.of(kind), retention.of_kind(kind)) == (None, None)


def test_it_has_no_column_that_tells_of_it() -> None:
    clear = {field.name for field in ShelterPlace._meta.fields} - {"facts", "stays"}
    assert clear == {"id", "row_seal", "organisation", "owner", "made_at", "ended_week"}


def test_it_is_found_nowhere_in_the_store(circle, referral) -> None:
    """The canary of a place and of a stay: in no table, not the journal, whatever its column."""
    row = sheltered(circle)
    stays(circle, row, referral)
    sees(opened_at(circle.sitora), row)
    words = [word.encode() for word in CANARY] + [b"Zwqx"]
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            found += [
                model._meta.label for line in cursor for cell in line if any(word in _plain(cell) for word in words)
            ]
    assert found == []


def _plain(cell) -> bytes:
    return bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def test_it_is_on_no_page_but_its_own(circle, referral) -> None:
    """Every page of the desk that a member of it can reach without saying why."""
    group, _members = with_members(circle, 1)
    row = sheltered(circle, group=group.code)
    stays(circle, row, referral)
    client = opened_at(circle.sitora)
    pages = [
        "/desk/", "/desk/groups/", "/desk/groups/places/", f"/desk/groups/{group.code}/", f"/desk/groups/{group.code}/members/",
        f"/desk/groups/{group.code}/help/", f"/desk/groups/{group.code}/earning/", address(row), "/desk/looked/",
    ]  # fmt: skip
    shown = {each: client.get(each, follow=True).content.decode() for each in pages}
    assert [each for each, text in shown.items() if any(word in text for word in CANARY)] == []


def test_it_lists_what_opens_to_who_asks(circle) -> None:
    row = sheltered(circle)
    rows = [reads.places(actor=who, organisation=circle.house).count() for who in (circle.sitora, circle.manizha)]
    assert (rows, reads.place_of(actor=circle.sitora, pk=row.pk)) == ([1, 0], row)
