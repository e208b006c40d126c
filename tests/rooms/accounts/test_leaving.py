"""Who holds no role any more: what is sealed from then on for members alone opens to her no more, whatever she kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection, transaction
from django.utils import timezone
from nacl.public import PrivateKey, SealedBox

from hamroh.accounts import actions
from hamroh.accounts.models import Role
from hamroh.accounts.tasks import tidy_daily
from hamroh.vault import actions as vault
from hamroh.vault import envelope, journal, members, opening
from hamroh.vault.errors import KeyRenewed, MemberLocked, NotAMember
from hamroh.vault.models import JournalLine, MemberKey, RecordKey, RecordKeyShare
from sealedroom.cast import Said
from sealedroom.models import Shelter

BEFORE, AFTER = "кӯчаи Рӯдакӣ 1", "кӯчаи Айнӣ 7"
SECRET = "seven quiet rivers below the pass"
pytestmark = pytest.mark.usefixtures("fresh_keys")
Pairs = dict[str, PrivateKey]


@pytest.fixture
def papers(cast: Any, settings: Any) -> list[str]:
    settings.IS_DEMO = True  # no drill was held
    return vault.make_recovery(actor=cast.temur, organisation_id=cast.centre.pk)


@pytest.fixture
def opened(cast: Any) -> Callable[..., Any]:
    """Open one field of a row for somebody whom the policy lets through: what is left to hinder her is the key."""

    def open_it(row: Shelter, field: str) -> Any:
        with journal.openings("task"):
            return opening.open(row, field, decision=Said(cast.aygun.pk, record(row)), purpose="test")

    return open_it


@pytest.fixture
def pairs(cast: Any, papers: list[str]) -> Pairs:
    """Rustam and Aygün are lawyers of the centre with keys of their own."""
    for user in (cast.rustam, cast.aygun):
        actions.give_role(actor=None, user=user, organisation=cast.centre, role=Role.LAWYER)
    return {user.username: members.create(user.pk, SECRET) for user in (cast.rustam, cast.aygun)}


@pytest.fixture
def place(cast: Any, pairs: Pairs) -> Shelter:
    return told(cast, pairs, cast.rustam, cast.aygun)


def told(cast: Any, pairs: Pairs, *people: Any) -> Shelter:
    row = Shelter(organisation=cast.centre, code="S1", address=BEFORE)
    with members.unlocked(pairs[people[0].username]), transaction.atomic():
        members.begin_record(record(row), organisation_id=cast.centre.pk, members=[one.pk for one in people])
        row.save()
    return row


def record(row: Shelter) -> tuple[str, str]:
    return "sealedroom.shelter", str(row.pk)


def role_of(cast: Any, user: Any, role: str = Role.LAWYER) -> Any:
    return user.memberships.get(organisation=cast.centre, role=role)


def end(cast: Any, user: Any, role: str = Role.LAWYER) -> None:
    actions.end_role(actor=cast.temur, membership=role_of(cast, user, role))


def move(row: Shelter, private: PrivateKey) -> Shelter:
    """The place has moved, says one who stays."""
    found = Shelter.objects.get(pk=row.pk)
    with members.unlocked(private), transaction.atomic():
        found.address = AFTER
        found.save()
    return Shelter.objects.get(pk=row.pk)


def ciphertext(row: Shelter) -> bytes:
    with connection.cursor() as cursor:
        key = row.pk.hex if connection.vendor == "sqlite" else row.pk
        cursor.execute("SELECT address FROM sealedroom_shelter WHERE id = %s", [key])
        return bytes(cursor.fetchone()[0])


def opens(keys: list[bytes], row: Shelter, sealed: bytes) -> list[Any]:
    """What somebody reads with bare keys, past every check of the house."""
    at, found = envelope.place("sealedroom.shelter.address", row.pk, row.organisation_id), []
    for key in keys:
        try:
            inside = AESGCM(key).decrypt(sealed[6:18], sealed[18:], sealed[:6] + at)
        except InvalidTag:
            continue
        found.append(inside)
    return found


def test_it_opens_nothing_new_to_who_kept_an_open_key_and_a_copy_of_the_shares(
    cast: Any, pairs: Pairs, place: Shelter, opened: Callable[..., Any]
) -> None:
    kept = list(RecordKeyShare.objects.filter(user_id=cast.aygun.pk))
    bare = [SealedBox(pairs["aygun"]).decrypt(bytes(share.sealed)) for share in kept]
    assert len(opens(bare, place, ciphertext(place))) == 1
    end(cast, cast.aygun)
    moved = move(place, pairs["rustam"])
    RecordKeyShare.objects.bulk_create(kept, ignore_conflicts=True)
    assert opens(bare, moved, ciphertext(moved)) == []
    with members.unlocked(pairs["aygun"]), pytest.raises(NotAMember):
        opened(moved, "address")
    with members.unlocked(pairs["rustam"]):
        assert opened(moved, "address") == AFTER


def test_it_opens_what_was_sealed_before_to_who_stays(
    cast: Any, pairs: Pairs, place: Shelter, opened: Callable[..., Any]
) -> None:
    end(cast, cast.aygun)
    with members.unlocked(pairs["rustam"]):
        assert opened(Shelter.objects.get(), "address") == BEFORE


def test_it_takes_her_shares_of_every_key(cast: Any, pairs: Pairs, place: Shelter) -> None:
    end(cast, cast.aygun)
    assert not RecordKeyShare.objects.filter(user_id=cast.aygun.pk).exists()


def test_it_writes_down_which_records_she_left(cast: Any, pairs: Pairs, place: Shelter) -> None:
    end(cast, cast.aygun)
    line = JournalLine.objects.get(verb="vault.leave_record")
    assert (line.actor_id, line.record_id) == (cast.temur.pk, str(RecordKey.objects.get(current=True).pk))


def test_it_changes_keys_only_together_with_the_role(cast: Any, pairs: Pairs, place: Shelter) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        end(cast, cast.aygun)
        1 / 0
    assert members.members_of(record(place)) == {cast.rustam.pk, cast.aygun.pk}


def test_it_leaves_the_records_of_other_houses_alone(cast: Any, pairs: Pairs, place: Shelter) -> None:
    vault.make_recovery(actor=cast.temur, organisation_id=cast.gender_centre.pk)
    other = ("sealedroom.shelter", "00000000-0000-4000-8000-000000000001")
    people = [cast.rustam.pk, cast.aygun.pk]
    members.begin_record(other, organisation_id=cast.gender_centre.pk, members=people)
    end(cast, cast.aygun)
    assert members.members_of(other) == set(people)


def test_it_keeps_who_holds_another_role_that_sees_sealed_data(cast: Any, pairs: Pairs, place: Shelter) -> None:
    actions.give_role(actor=None, user=cast.aygun, organisation=cast.centre, role=Role.SUPERVISOR)
    end(cast, cast.aygun)
    assert cast.aygun.pk in members.members_of(record(place))
    end(cast, cast.aygun, Role.SUPERVISOR)
    assert cast.aygun.pk not in members.members_of(record(place))


@pytest.mark.parametrize(("role", "stays"), [(Role.SUPERVISOR, True), (Role.EDITOR, False)])
def test_it_looks_at_what_a_changed_role_sees(cast: Any, pairs: Pairs, place: Shelter, role: str, stays: bool) -> None:
    actions.change_role(actor=cast.temur, membership=role_of(cast, cast.aygun), role=role)
    assert (cast.aygun.pk in members.members_of(record(place))) is stays


def test_it_keeps_the_key_of_a_record_without_another_member(cast: Any, pairs: Pairs) -> None:
    place = told(cast, pairs, cast.aygun)
    end(cast, cast.aygun)
    assert role_of(cast, cast.aygun).expires_at <= timezone.now()
    assert members.members_of(record(place)) == {cast.aygun.pk}


def test_it_lets_nobody_in_whose_key_was_made_anew(
    cast: Any, pairs: Pairs, place: Shelter, papers: list[str], opened: Callable[..., Any]
) -> None:
    """Otherwise who took over an account would get in by ending the role of somebody else."""
    with members.unlocked(pairs["rustam"]), transaction.atomic():
        actions.give_role(actor=None, user=cast.zarina, organisation=cast.centre, role=Role.LAWYER)
        zarina = members.create(cast.zarina.pk, SECRET)
        members.add_member(record(place), cast.zarina.pk)
    renewed = members.create(cast.zarina.pk, SECRET)
    end(cast, cast.aygun)
    moved = move(place, pairs["rustam"])
    for private in (zarina, renewed):
        with members.unlocked(private, user_id=cast.zarina.pk), pytest.raises(KeyRenewed):
            opened(moved, "address")
    vault.readmit(actor=cast.temur, organisation_id=cast.centre.pk, user_id=cast.zarina.pk, papers=papers[:2])
    with members.unlocked(renewed):
        assert opened(moved, "address") == AFTER


def test_it_ends_a_role_also_beside_a_planted_key(cast: Any, pairs: Pairs, place: Shelter) -> None:
    MemberKey.objects.filter(user_id=cast.rustam.pk).update(public=bytes(PrivateKey.generate().public_key))
    end(cast, cast.aygun)
    assert members.members_of(record(place)) == {cast.rustam.pk}
    assert JournalLine.objects.filter(verb="vault.tampered").exists()


def test_it_lets_who_closed_her_account_leave(cast: Any, pairs: Pairs, place: Shelter) -> None:
    actions.close_account(actor=None, user=cast.aygun)
    assert members.members_of(record(place)) == {cast.rustam.pk}


def test_it_lets_who_holds_a_lapsed_role_leave_by_night_and_once(
    cast: Any, pairs: Pairs, place: Shelter, opened: Callable[..., Any]
) -> None:
    now = timezone.now()
    cast.aygun.memberships.update(starts_at=now - timedelta(days=9), expires_at=now - timedelta(days=1))
    tidy_daily.func()
    current = RecordKey.objects.get(current=True).pk
    tidy_daily.func()
    assert RecordKey.objects.get(current=True).pk == current
    with members.unlocked(pairs["aygun"]), pytest.raises(MemberLocked):
        opened(move(place, pairs["rustam"]), "address")
