"""Where he is: for the lawyer of a matter alone, on a ground that two people looked at, under her own key."""

import pytest
from django.db import IntegrityError, connection, transaction

from cases_trafficking import opened_at, unlocked, with_keys
from desk_world import TODAY, at
from found_world import (
    ADDRESS,
    ANSWER,
    HIS_PHONE,
    HIS_PROOF,
    NEWS,
    TALKED_AT,
    advocate,
    answered,
    her_letter,
    his_letter,
    matter_of,
    released,
    verified,
    weekly,
)
from hamroh.accounts import policy
from hamroh.accounts.models import Notice
from hamroh.accounts.policy import Refused
from hamroh.tracing import actions
from hamroh.tracing.actions import approaching, places, telling
from hamroh.tracing.actions.places import Order
from hamroh.tracing.models import PlaceRelease, ReleasedPlace
from hamroh.vault import opening
from hamroh.vault.errors import MemberLocked
from tracing_world import NO, again, asked


def settle(release, who, after="agreed"):
    places.settle_release(actor=who, release=PlaceRelease.objects.get(pk=release.pk), after=after)


def written_for(search, release, who=None):
    """Who releases it writes it down, with her own key at hand."""
    fresh, who = PlaceRelease.objects.select_related("request").get(pk=release.pk), who or search.bahrom
    with_keys(search.office, who)
    with unlocked(who):
        return places.write_place(actor=who, release=fresh, address=ADDRESS, words="Third floor.")


@pytest.fixture
def row(search):
    return verified(search)[0]


def test_it_takes_two_people_to_tell_a_lawyer(search, row):
    with_keys(search.office, search.farzona)
    release = released(search, row)
    for who in (search.bahrom, search.farzona):
        with pytest.raises((actions.CannotMove, Refused)):
            settle(release, who)
    with pytest.raises(actions.CannotMove):
        written_for(search, release)
    settle(release, search.shahlo)
    assert written_for(search, release).owner == search.farzona
    with pytest.raises(IntegrityError), transaction.atomic():
        PlaceRelease.objects.update(agreed_by=search.bahrom)


def test_it_opens_to_the_lawyer_with_her_own_key_alone(search, row):
    with_keys(search.office, search.farzona, search.manizha)
    release = released(search, row)
    settle(release, search.shahlo)
    place = written_for(search, release)
    for who in (search.bahrom, search.shahlo, search.manizha, search.office.zebo):
        assert not policy.allowed(who, "tracing.locate", place)
    decision = policy.require(search.farzona, "tracing.locate", place)
    with pytest.raises(MemberLocked):
        opening.open(place, "address", decision=decision, purpose="place: claim")
    with unlocked(search.farzona):
        assert opening.open(place, "address", decision=decision, purpose="place: claim") == ADDRESS


def test_it_shows_the_place_on_the_lawyers_page_and_on_none_of_the_seekers(search, row, time_machine):
    lawyer = advocate(search)
    with_keys(search.office, lawyer)
    release = released(search, row, lawyer=lawyer)
    settle(release, search.shahlo)
    place = written_for(search, release)
    client = opened_at(lawyer)
    address = f"/desk/tracing/places/{place.pk}/"
    assert ADDRESS not in client.get(address).content.decode()
    assert ADDRESS in client.post(address, {"why": "claim"}).content.decode()
    weekly(time_machine)
    hers = at(search.farzona)
    pages = [
        f"/desk/tracing/{row.code}/",
        "/desk/tracing/",
        "/desk/tracing/places/",
        "/desk/notices/",
        "/desk/",
        address,
    ]
    assert [page for page in pages if "Zwqxaddress" in hers.get(page).content.decode()] == []
    assert [each.user for each in Notice.objects.filter(record_kind="tracing.releasedplace")] == [lawyer]


@pytest.mark.parametrize("ground", ["court", "enforcement"])
def test_it_asks_for_the_document_of_the_law(search, row, ground):
    with pytest.raises(actions.CannotMove):
        places.wish_release(
            actor=search.bahrom,
            request=row,
            matter=matter_of(search),
            lawyer=search.farzona,
            order=Order(ground, "2-114", "", TODAY),
        )


def test_it_needs_his_consent_where_no_court_asks_and_until_it_is_written(search):
    refused = answered(search, "alive")
    with pytest.raises(actions.CannotMove):
        released(search, refused, ground="consent")
    agreed = answered(search, "address", row=asked(search))
    with_keys(search.office, search.farzona)
    release = released(search, agreed, ground="consent")
    settle(release, search.shahlo)
    approaching.take_back(actor=search.bahrom, request=again(agreed.pk), words="He rang and said so.")
    with pytest.raises(actions.CannotMove):
        written_for(search, release)
    assert not ReleasedPlace.objects.exists()


def test_it_tells_no_lawyer_of_somebody_who_is_guarded(search):
    row = asked(search, answers=NO | {"hidden": "yes"})
    with pytest.raises(Refused):
        released(search, row)


def test_it_tells_no_lawyer_who_has_no_part_in_the_case(search, row):
    with pytest.raises(actions.CannotMove):
        released(search, row, lawyer=search.office.nermin)


def test_it_waits_for_the_lawyers_own_key(search, row):
    release = released(search, row)
    settle(release, search.shahlo)
    with pytest.raises(actions.CannotMove, match="key"):
        written_for(search, release)


def test_it_is_taken_back_by_who_wished_it(search, row):
    release = released(search, row)
    with pytest.raises(Refused):
        settle(release, search.shahlo, "withdrawn")
    settle(release, search.bahrom, "withdrawn")
    assert PlaceRelease.objects.get().state == "withdrawn"


def test_it_goes_to_the_lawyer_by_its_pages(search, row):
    with_keys(search.office, search.farzona)
    matter = matter_of(search)
    base = f"/desk/tracing/{row.code}/person/"
    told = {
        "matter": str(matter.pk), "lawyer": str(search.farzona.pk), "ground": "court", "document": "2-114",
        "issuer": "Court of Kulob", "on_date": "2026-11-20",
    }  # fmt: skip
    assert at(search.bahrom).post(f"{base}place/", told)["Location"] == base
    release = PlaceRelease.objects.get()
    at(search.shahlo).post(f"{base}place/{release.pk}/settle/", {"do": "agreed"})
    with_keys(search.office, search.bahrom)
    assert opened_at(search.bahrom).post(f"{base}place/{release.pk}/", {"address": ADDRESS})["Location"] == base
    page = at(search.bahrom).get(base).content.decode()
    assert ("Written down for the lawyer" in page, ADDRESS in page) == (True, False)


def test_it_leaves_no_word_of_it_in_any_table(search, row):
    """Talks, proofs, letters, numbers and places: whoever takes the database reads none of them."""
    lawyer = advocate(search)
    with_keys(search.office, lawyer)
    again_ = asked(search)
    answered(search, "message", "contact", row=again_)
    his_letter(search, again_, words="It is fine: family news alone.")
    her_letter(search, again_)
    release = released(search, row, lawyer=lawyer)
    settle(release, search.shahlo)
    written_for(search, release)
    telling._tell(again_.pk, TODAY)
    stored = dumped()
    canaries = (
        TALKED_AT,
        HIS_PROOF,
        NEWS,
        ANSWER,
        HIS_PHONE,
        ADDRESS,
        "Court of Kulob",
        "Third floor",
        "family news alone",
    )
    assert [each for each in canaries if each.encode() in stored] == []
    assert search.bahrom.username.encode() in stored


def dumped() -> bytes:
    """Every value of every table."""
    found = []
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - {"search_tokens"}:
            cursor.execute(f'SELECT * FROM "{table}"')
            for line in cursor.fetchall():
                found += [bytes(each) if isinstance(each, bytes | memoryview) else str(each).encode() for each in line]
    return b"\n".join(found)
