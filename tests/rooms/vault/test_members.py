"""S4: a record's own key, opened by its members alone; recovery by two papers of three."""

import pytest
from django.conf import settings
from django.db import connection, transaction

from hamroh.vault import actions, journal, keyring, members, opening
from hamroh.vault.actions.recovery import RecoveryRefused
from hamroh.vault.errors import DrillNeeded, KeyRenewed, MemberLocked, NoOwnKey, NotAMember, Tampered
from hamroh.vault.models import (
    RECOVERY,
    MemberKey,
    MemberLock,
    OrganisationKey,
    RecordKey,
    RecordKeyShare,
    RecoveryDrill,
)
from sealedroom.cast import Said, make_matter
from sealedroom.models import Shelter

ADDRESS = "кӯчаи Рӯдакӣ 1"
SECRET = "seven quiet rivers below the pass"


@pytest.fixture(autouse=True)
def quick_stretching(monkeypatch) -> None:
    """The cost of a passphrase is a matter of providers' own tests."""
    monkeypatch.setattr("hamroh.vault.providers.COST", {"memory_cost": 64, "time_cost": 1, "parallelism": 1})


@pytest.fixture
def papers(cast) -> list[str]:
    return actions.make_recovery(actor=cast.temur, organisation_id=cast.centre.pk)


@pytest.fixture
def zarina(cast, papers):
    return members.create(cast.zarina.pk, SECRET)


@pytest.fixture
def shelter(cast, zarina) -> Shelter:
    row = Shelter(organisation=cast.centre, code="S1", address=ADDRESS)
    with members.unlocked(zarina):
        begin(row, cast.zarina)
        row.save()
    return row


def begin(row, *people) -> RecordKey:
    record = ("sealedroom.shelter", str(row.pk))
    return members.begin_record(record, organisation_id=row.organisation_id, members=[one.pk for one in people])


def test_it_opens_for_a_member(shelter, zarina, opened) -> None:
    with members.unlocked(zarina):
        assert opened(Shelter.objects.get(), "address") == ADDRESS


def test_it_stays_shut_without_an_unlocked_key(shelter, opened) -> None:
    with pytest.raises(MemberLocked):
        opened(Shelter.objects.get(), "address")


def test_it_stays_shut_for_everybody_else(shelter, cast, opened) -> None:
    with members.unlocked(members.create(cast.temur.pk, SECRET)), pytest.raises(NotAMember):
        opened(Shelter.objects.get(), "address")


def test_it_shuts_again_after_the_block(shelter, zarina, opened) -> None:
    with members.unlocked(zarina):
        opened(Shelter.objects.get(), "address")
    with pytest.raises(MemberLocked):
        opened(Shelter.objects.get(), "address")


def refuse() -> members.PrivateKey:
    raise MemberLocked("her key is not unlocked")


def test_it_takes_the_private_key_only_once_something_needs_it(shelter, zarina, cast, opened) -> None:
    with members.offered(refuse, user_id=cast.zarina.pk):
        assert opened(Shelter.objects.get(), "beds") is None
        with pytest.raises(MemberLocked):
            opened(Shelter.objects.get(), "address")
    with members.offered(lambda: zarina, user_id=cast.zarina.pk):
        assert opened(Shelter.objects.get(), "address") == ADDRESS


def test_it_asks_nobody_to_unlock_what_she_is_no_member_of(shelter, cast, opened) -> None:
    with members.offered(refuse, user_id=cast.temur.pk), pytest.raises(NotAMember):
        opened(Shelter.objects.get(), "address")


def test_it_is_not_saved_without_members(cast, zarina) -> None:
    with members.unlocked(zarina), pytest.raises(MemberLocked):
        Shelter.objects.create(organisation=cast.centre, address=ADDRESS)


def test_it_changes_an_address(shelter, zarina, opened) -> None:
    with members.unlocked(zarina):
        row = Shelter.objects.get()
        row.address = "elsewhere"
        row.save()
        assert opened(Shelter.objects.get(), "address") == "elsewhere"


def test_it_unlocks_by_the_secret_alone(cast, zarina) -> None:
    assert members.unlock(cast.zarina.pk, SECRET) == zarina
    for wrong in ("another passphrase", ""):
        with pytest.raises(members.WrongSecret):
            members.unlock(cast.zarina.pk, wrong)
    with pytest.raises(members.WrongSecret):
        members.unlock(cast.rustam.pk, SECRET)


def test_it_unlocks_by_a_passkey_too(cast, zarina) -> None:
    members.add_lock(cast.zarina.pk, zarina, bytes(range(32)), name="passkey-1")
    assert members.unlock(cast.zarina.pk, bytes(range(32)), name="passkey-1") == zarina
    with pytest.raises(members.WrongSecret):
        members.unlock(cast.zarina.pk, bytes(32), name="passkey-1")


def test_it_tells_what_opens_a_key(cast, zarina) -> None:
    salt = members.new_salt()
    members.add_lock(cast.zarina.pk, zarina, bytes(range(32)), name="passkey-1", salt=salt)
    assert members.locks_of(cast.zarina.pk).keys() == {"passphrase", "passkey-1"}
    assert members.locks_of(cast.zarina.pk)["passkey-1"] == salt
    assert members.remove_lock(cast.zarina.pk, name="passkey-1")
    assert members.locks_of(cast.zarina.pk).keys() == {"passphrase"}


def test_it_refuses_a_lock_copied_from_somebody_else(cast, zarina) -> None:
    members.create(cast.aygun.pk, "the passphrase of a colleague")
    theirs = MemberLock.objects.get(member_id=cast.aygun.pk)
    MemberLock.objects.filter(member_id=cast.zarina.pk).update(salt=theirs.salt, sealed=theirs.sealed)
    with pytest.raises(members.WrongSecret):
        members.unlock(cast.zarina.pk, "the passphrase of a colleague")


def test_it_refuses_a_lock_that_holds_a_planted_key(cast, zarina) -> None:
    members.add_lock(cast.zarina.pk, members.PrivateKey.generate(), "words of a thief", name="passphrase")
    with pytest.raises(Tampered):
        members.unlock(cast.zarina.pk, "words of a thief")


def test_it_tells_keys_apart_by_word_of_mouth(cast, zarina) -> None:
    before = members.fingerprint(cast.zarina.pk)
    assert len(before) == 19
    members.create(cast.zarina.pk, SECRET)
    assert members.fingerprint(cast.zarina.pk) != before


def test_it_keeps_records_when_the_passphrase_changes(shelter, cast, opened) -> None:
    members.rewrap(cast.zarina.pk, SECRET, "a new one that is long")
    with members.unlocked(members.unlock(cast.zarina.pk, "a new one that is long")):
        assert opened(Shelter.objects.get(), "address") == ADDRESS
    with pytest.raises(members.WrongSecret):
        members.unlock(cast.zarina.pk, SECRET)


def test_it_lets_a_new_member_in(shelter, zarina, cast, opened) -> None:
    aygun = members.create(cast.aygun.pk, SECRET)
    record = ("sealedroom.shelter", str(shelter.pk))
    with members.unlocked(zarina):
        members.add_member(record, cast.aygun.pk)
    with members.unlocked(aygun):
        assert opened(Shelter.objects.get(), "address") == ADDRESS
    assert members.members_of(record) == {cast.zarina.pk, cast.aygun.pk}


def test_it_lets_nobody_in_who_is_no_member(shelter, cast) -> None:
    with members.unlocked(members.create(cast.temur.pk, SECRET)), pytest.raises(MemberLocked):
        members.add_member(("sealedroom.shelter", str(shelter.pk)), cast.temur.pk)


def test_it_says_who_has_no_key_yet(shelter, zarina, cast) -> None:
    assert members.with_keys([cast.zarina.pk, cast.aygun.pk]) == {cast.zarina.pk}
    with members.unlocked(zarina), pytest.raises(NoOwnKey) as told:
        members.add_member(("sealedroom.shelter", str(shelter.pk)), cast.aygun.pk)
    assert told.value.user_id == cast.aygun.pk


def test_it_shuts_a_member_out_with_a_new_key(shelter, zarina, cast, opened) -> None:
    aygun = members.create(cast.aygun.pk, SECRET)
    record = ("sealedroom.shelter", str(shelter.pk))
    before = RecordKey.objects.get().pk
    with members.unlocked(zarina):
        members.add_member(record, cast.aygun.pk)
        assert actions.shut_out(actor=cast.zarina, record=record, user_id=cast.aygun.pk) == 1
        assert opened(Shelter.objects.get(), "address") == ADDRESS
    assert RecordKey.objects.get().pk != before
    with members.unlocked(aygun), pytest.raises(MemberLocked):
        opened(Shelter.objects.get(), "address")


def test_it_seals_nothing_by_a_key_that_goes(shelter, zarina, cast, opened) -> None:
    """Who shuts herself out cannot seal the rows for those who stay: nothing changes."""
    members.create(cast.aygun.pk, SECRET)
    record = ("sealedroom.shelter", str(shelter.pk))
    with members.unlocked(zarina):
        members.add_member(record, cast.aygun.pk)
        with pytest.raises(NotAMember):
            actions.shut_out(actor=cast.zarina, record=record, user_id=cast.zarina.pk)
    with members.unlocked(zarina):
        assert opened(Shelter.objects.get(), "address") == ADDRESS


def test_it_refuses_a_planted_public_key(shelter, zarina, cast) -> None:
    planted = members.PrivateKey.generate()
    members.create(cast.aygun.pk, SECRET)
    MemberKey.objects.filter(user_id=cast.aygun.pk).update(public=bytes(planted.public_key))
    with members.unlocked(zarina), pytest.raises(Tampered):
        members.add_member(("sealedroom.shelter", str(shelter.pk)), cast.aygun.pk)


def test_it_refuses_a_planted_record_key(shelter, zarina, cast) -> None:
    planted = members.SealedBox(zarina.public_key).encrypt(bytes(32))
    RecordKeyShare.objects.exclude(user_id=RECOVERY).update(sealed=planted)
    with members.unlocked(zarina), pytest.raises(Tampered):
        members.sealing_key(("sealedroom.shelter", str(shelter.pk)))


def test_it_shreds_a_record(shelter, zarina, opened) -> None:
    members.shred_record(("sealedroom.shelter", str(shelter.pk)))
    with members.unlocked(zarina), pytest.raises(Tampered):
        opened(Shelter.objects.get(), "address")


def each(row, user) -> dict:
    said = Said(user.pk, ("sealedroom.shelter", str(row.pk)))
    with journal.openings("task"):
        return opening.open_each(row, ("address", "beds"), decision=said, purpose="page")


def test_it_shows_the_rest_where_one_value_was_changed(shelter, zarina, cast) -> None:
    with members.unlocked(zarina), transaction.atomic():
        shelter.beds = {"free": 3}
        shelter.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM sealedroom_shelter")
        content = bytearray(cursor.fetchone()[0])
        content[-20] ^= 1
        cursor.execute("UPDATE sealedroom_shelter SET address = %s", [bytes(content)])
    with members.unlocked(zarina):
        shown = each(Shelter.objects.get(), cast.zarina)
    assert shown["beds"] == {"free": 3}
    assert "cannot be shown" in str(shown["address"])
    assert journal.history(shelter).filter(verb="vault.tampered").count() == 1


def test_it_says_that_a_value_was_erased(shelter, zarina, cast) -> None:
    with members.unlocked(zarina), transaction.atomic():
        shelter.beds = {"free": 3}
        shelter.save()
    OrganisationKey.objects.filter(organisation_id=cast.centre.pk).update(state="destroyed", wrapped=b"")
    keyring.forget()
    with members.unlocked(zarina):
        assert "Erased" in str(each(Shelter.objects.get(), cast.zarina)["beds"])


def test_it_still_asks_for_the_members_key_where_it_opens_several(shelter, cast) -> None:
    with pytest.raises(MemberLocked):
        each(Shelter.objects.get(), cast.zarina)


# -- recovery ------------------------------------------------------------------------------------------------------


def test_it_asks_for_recovery_before_a_locating_record(cast) -> None:
    members.create(cast.zarina.pk, SECRET)
    with pytest.raises(DrillNeeded):
        begin(Shelter(organisation=cast.centre), cast.zarina)


@pytest.mark.parametrize("pair", [(0, 1), (0, 2), (2, 1)])
def test_it_recovers_by_any_two_papers(papers, cast, pair) -> None:
    drill = actions.hold_drill(actor=cast.temur, organisation_id=cast.centre.pk, papers=[papers[n] for n in pair])
    assert drill.passed


def test_it_does_not_recover_by_one_paper(papers, cast) -> None:
    for few in ([papers[0]], [papers[0], papers[0]], []):
        with pytest.raises(RecoveryRefused):
            actions.hold_drill(actor=cast.temur, organisation_id=cast.centre.pk, papers=few)
    assert not RecoveryDrill.objects.filter(passed=True).exists()


def test_it_does_not_recover_by_papers_of_others(papers, cast) -> None:
    others = actions.make_recovery(actor=cast.temur, organisation_id=cast.gender_centre.pk)
    with pytest.raises(RecoveryRefused):
        actions.hold_drill(actor=cast.temur, organisation_id=cast.centre.pk, papers=others[:2])


def test_it_brings_a_members_records_back_after_a_reset(shelter, papers, cast, opened) -> None:
    anew = members.create(cast.zarina.pk, "a passphrase after the reset")
    with members.unlocked(anew), pytest.raises(KeyRenewed):
        opened(Shelter.objects.get(), "address")
    organisation = cast.centre.pk
    assert (
        actions.readmit(actor=cast.temur, organisation_id=organisation, papers=papers[1:], user_id=cast.zarina.pk) == 1
    )
    with members.unlocked(anew):
        assert opened(Shelter.objects.get(), "address") == ADDRESS


def test_it_exchanges_papers_only_with_two_old_ones(shelter, papers, cast) -> None:
    with pytest.raises(RecoveryRefused):
        actions.make_recovery(actor=cast.temur, organisation_id=cast.centre.pk)
    new = actions.make_recovery(actor=cast.temur, organisation_id=cast.centre.pk, old_papers=papers[:2])
    assert actions.hold_drill(actor=cast.temur, organisation_id=cast.centre.pk, papers=new[:2]).passed
    with pytest.raises(RecoveryRefused):
        actions.hold_drill(actor=cast.temur, organisation_id=cast.centre.pk, papers=papers[:2])


def test_it_accepts_no_real_record_before_the_drill(papers, cast, monkeypatch) -> None:
    monkeypatch.setattr(settings, "IS_DEMO", False)
    with pytest.raises(DrillNeeded), transaction.atomic():
        make_matter(cast)
    actions.hold_drill(actor=cast.temur, organisation_id=cast.centre.pk, papers=papers[:2])
    assert make_matter(cast).pk
