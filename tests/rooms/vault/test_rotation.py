"""Exchange of keys: nothing becomes unreadable, whatever interrupts it; destroying a key makes everything unreadable."""

import datetime as dt
import time

import pytest
from django.conf import settings
from django.db import models, transaction

from forked import Forked
from hamroh.vault import actions, files, keyring, rowseals
from hamroh.vault.actions import rotation
from hamroh.vault.actions.rotation import RotationRefused
from hamroh.vault.errors import KeyDestroyed, VaultSealed
from hamroh.vault.models import OrganisationKey, Rotation
from sealedroom.cast import make_matter
from sealedroom.models import Matter

NOW = dt.timedelta(0)


def rotate(cast, **options) -> int:
    actions.begin_rotation(actor=cast.temur, organisation_id=cast.centre.pk)
    return actions.continue_rotation(cast.centre.pk, **options)


def keys_in_use() -> set[int]:
    return {rowseals.key_id_of(row.row_seal) for row in Matter.objects.all()}


def test_it_seals_every_row_by_the_new_key(cast, opened, monkeypatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    for number in range(5):
        make_matter(cast, phone=f"93 555 00 1{number}")
    before = keys_in_use()
    told = []
    assert rotate(cast, progress=lambda *step: told.append(step)) == 5
    assert told[-1] == (5, 5)
    assert not keys_in_use() & before
    assert sorted(opened(row, "phone")[-1] for row in Matter.objects.all()) == list("01234")


def test_it_finds_by_blind_index_before_during_and_after(matter, cast) -> None:
    def found() -> bool:
        return Matter.objects.with_blind(organisation_id=cast.centre.pk, phone_index="935550012").exists()

    assert found()
    actions.begin_rotation(actor=cast.temur, organisation_id=cast.centre.pk)
    assert found()
    actions.continue_rotation(cast.centre.pk)
    actions.finish_rotation(actor=cast.temur, organisation_id=cast.centre.pk, settle=NOW)
    assert found()


def test_it_leaves_other_organisations_alone(matter, cast) -> None:
    other = make_matter(cast, organisation=cast.gender_centre)
    rotate(cast)
    assert Matter.objects.get(pk=other.pk).row_seal == other.row_seal


def test_it_goes_on_where_it_was_interrupted(cast, opened, monkeypatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 2)
    for _ in range(6):
        make_matter(cast)

    def fall(done: int, _total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(cast, progress=fall)
    assert len(keys_in_use()) == 2
    assert {opened(row, "name") for row in Matter.objects.all()} == {"Гулнора Ҳакимова"}
    begun = OrganisationKey.objects.count()
    assert rotate(cast) == 6
    assert OrganisationKey.objects.count() == begun
    assert len(keys_in_use()) == 1


def test_it_destroys_the_old_key_once_nothing_needs_it(matter, cast, opened) -> None:
    rotate(cast)
    with pytest.raises(RotationRefused):
        actions.finish_rotation(actor=cast.temur, organisation_id=cast.centre.pk)
    assert actions.finish_rotation(actor=cast.temur, organisation_id=cast.centre.pk, settle=NOW) == 1
    assert list(OrganisationKey.objects.order_by("id").values_list("state", flat=True)) == ["destroyed", "active"]
    assert opened(Matter.objects.get(), "name") == "Гулнора Ҳакимова"


def test_it_keeps_the_old_key_while_a_row_stands_under_it(matter, cast, opened) -> None:
    actions.begin_rotation(actor=cast.temur, organisation_id=cast.centre.pk)
    with pytest.raises(RotationRefused):
        actions.finish_rotation(actor=cast.temur, organisation_id=cast.centre.pk, settle=NOW)
    old = Matter.objects.get()
    actions.continue_rotation(cast.centre.pk)
    Matter._base_manager.filter(pk=old.pk).delete()
    late = make_matter(cast)
    _write_under_the_old_key(late, old)
    with pytest.raises(RotationRefused, match="1 rows"):
        actions.finish_rotation(actor=cast.temur, organisation_id=cast.centre.pk, settle=NOW)
    assert Rotation.objects.filter(ended_at=None).exists()


def _write_under_the_old_key(row, old) -> None:
    """As a process does that began before the exchange."""
    models.QuerySet(Matter).filter(pk=row.pk).update(row_seal=old.row_seal)


def test_it_leaves_a_broken_row_and_tells_of_it(matter, cast, opened) -> None:
    from hamroh.vault import journal

    broken = make_matter(cast)
    _write_under_the_old_key(broken, matter)
    rotate(cast)
    assert journal.history(broken).filter(verb="vault.tampered").exists()
    assert opened(Matter.objects.get(pk=matter.pk), "name") == "Гулнора Ҳакимова"


def test_it_shreds_an_organisation(matter, cast, opened) -> None:
    other = make_matter(cast, organisation=cast.gender_centre)
    actions.destroy_organisation(actor=cast.temur, organisation_id=cast.centre.pk)
    keyring.forget()
    with pytest.raises(KeyDestroyed):
        opened(Matter.objects.get(pk=matter.pk), "name")
    assert opened(Matter.objects.get(pk=other.pk), "name") == "Гулнора Ҳакимова"


def test_it_notices_a_key_that_another_process_destroyed(matter, cast, opened, monkeypatch) -> None:
    opened(Matter.objects.get(), "name")
    OrganisationKey.objects.filter(organisation_id=cast.centre.pk).update(state="destroyed", wrapped=b"")
    monkeypatch.setattr(keyring, "REFRESH", 0)
    with pytest.raises(KeyDestroyed):
        opened(Matter.objects.get(), "name")


# -- the master key ------------------------------------------------------------------------------------------------


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A home of its own, so that master keys may be exchanged."""
    from hamroh.site.home import Home

    place = Home(tmp_path)
    place.settle("demo")
    monkeypatch.setattr(settings, "HOME", place)
    return tmp_path


def test_it_exchanges_the_master_key(home, matter, cast, opened) -> None:
    first = list((home / "keys").glob("master*.key"))
    assert actions.exchange_master(actor=cast.temur) >= 1
    second = list((home / "keys").glob("master*.key"))
    assert first != second
    assert len(second) == 1
    assert opened(Matter.objects.get(), "name") == "Гулнора Ҳакимова"


@pytest.mark.parametrize("step", ["_wrap_all", "_drop"])
def test_it_goes_on_with_an_interrupted_exchange(*, home, matter, cast, opened, monkeypatch, step) -> None:
    from hamroh.vault.actions import master

    with monkeypatch.context() as patch:
        patch.setattr(master, step, lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            actions.exchange_master(actor=cast.temur)
    keyring.forget()
    assert opened(Matter.objects.get(), "name") == "Гулнора Ҳакимова"
    actions.exchange_master(actor=cast.temur)
    assert opened(Matter.objects.get(), "name") == "Гулнора Ҳакимова"


def test_it_is_sealed_without_its_master_key(home, matter, cast, opened) -> None:
    for key in (home / "keys").glob("master*.key"):
        key.rename(home / "elsewhere")
    keyring.forget()
    with pytest.raises(VaultSealed):
        opened(Matter.objects.get(), "name")
    with pytest.raises(VaultSealed), transaction.atomic():
        make_matter(cast, organisation=cast.gender_centre)
    (home / "elsewhere").rename(home / "keys" / "master.key")
    assert opened(Matter.objects.get(), "name") == "Гулнора Ҳакимова"


# -- kill -9 -------------------------------------------------------------------------------------------------------

PREPARE = """
import datetime as dt
from hamroh.accounts.models import Organisation
from sealedroom.models import Matter
from django.db import transaction
org = Organisation.objects.create(code="centre", names={}, country="tj")
with transaction.atomic():
    Matter.objects.bulk_create([Matter(organisation=org, name=f"name {n}", phone=f"93 555 {n:04}", opened_week=dt.date(2026, 1, 5)) for n in range(1500)])
"""
ROTATE = """
from hamroh.accounts.models import Organisation
from hamroh.vault import actions
from hamroh.vault.actions import rotation
rotation.BATCH = 50
org = Organisation.objects.get()
actions.begin_rotation(actor=None, organisation_id=org.pk)
print("begun", flush=True)
print(actions.continue_rotation(org.pk))
"""
CHECK = """
from hamroh.vault import rowseals, sealing
from sealedroom.models import Matter
rows = list(Matter.objects.all())
field = sealing.sealed_fields(Matter)["name"]
assert sorted(sealing.open_column(row, field) for row in rows) == sorted(f"name {n}" for n in range(1500))
assert all(Matter.objects.with_blind(organisation_id=row.organisation_id, phone_index=sealing.open_column(row, sealing.sealed_fields(Matter)["phone"])).get() == row for row in rows[::100])
print(len({rowseals.key_id_of(row.row_seal) for row in rows}))
"""


def test_it_survives_being_killed_at_any_moment(tmp_path, blank_home) -> None:
    with Forked(blank_home(tmp_path), "sealedroom.settings") as home:
        said(home, PREPARE)
        for pause in (0.05, 0.2, 0.4):
            running = home.start(code=ROTATE)
            while running.said() != "begun\n":
                assert not running.over
                time.sleep(0.005)
            time.sleep(pause)
            running.kill()
            assert said(home, CHECK) in ("1", "2")
        said(home, ROTATE)
        assert said(home, CHECK) == "1"


def said(home: Forked, script: str) -> str:
    """The last line that a script prints."""
    done = home.script(script)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().rpartition("\n")[2]


def test_it_exchanges_the_keys_of_files(cast) -> None:
    import io

    from hamroh.vault import journal
    from sealedroom.cast import Said

    row = make_matter(cast)
    record = ("sealedroom.matter", str(row.pk))
    file = files.store(
        io.BytesIO("нома".encode()), name="letter.txt", organisation_id=cast.centre.pk, record=record, actor=cast.zarina
    )
    rotate(cast)
    actions.finish_rotation(actor=cast.temur, organisation_id=cast.centre.pk, settle=NOW)
    file.refresh_from_db()
    with journal.openings("task"):
        content = b"".join(files.read(file, decision=Said(cast.zarina.pk, record), purpose="test"))
    assert content.decode() == "нома"
