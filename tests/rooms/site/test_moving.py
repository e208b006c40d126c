"""An organisation moves from one installation to another and back: two homes with keys of their own, on both databases."""

import contextlib
import datetime as dt
import io
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as live
from django.db import connections, transaction

from hamroh.accounts.models import ConflictBlock, Membership, Organisation, Role, User
from hamroh.directory.models import AdminUnit
from hamroh.library.models import Record
from hamroh.site.backup.archive import BackupRefused, new_identity
from hamroh.site.backup.receipts import Receipt
from hamroh.site.home import Home
from hamroh.site.moving import arriving, leaving, scope
from hamroh.site.moving.gathering import Gathered
from hamroh.vault import actions, files, journal, keyring, members, verifying
from hamroh.vault.errors import VaultError
from hamroh.vault.models import JournalLine, OrganisationKey, RecordKey, SealedFile
from hamroh.vault.opening import open as opened_by
from postgres import migrated, standing_in
from sealedroom.cast import Said
from sealedroom.models import Matter, Shelter

NAME, ADDRESS, SECRET = "Гулнора Ҳакимова", "кӯчаи Рӯдакӣ 1", "seven quiet rivers below the pass"
PHOTO = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass
class House:
    """An installation: its folder, and the database behind it."""

    home: Path
    database: Any

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        usual = live.HOME, live.JOURNAL_HEADS
        live.HOME, live.JOURNAL_HEADS = Home(self.home), self.home / "heads"
        keyring.forget()
        try:
            with standing_in(self.database):
                yield
        finally:
            live.HOME, live.JOURNAL_HEADS = usual
            keyring.forget()


@dataclass
class Journey:
    """What was there before, what was written out, and where it arrived."""

    here: House
    there: House
    back: House
    receipts: list[Receipt]
    identities: list[Path]
    told: dict[str, Any]


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def journey(request: Any, django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Journey]:
    top = tmp_path_factory.mktemp("journey")
    with django_db_blocker.unblock(), contextlib.ExitStack() as stack:
        here, back = (House(top / name, stack.enter_context(_tables(top / f"{name}.db"))) for name in ("here", "back"))
        if request.param == "sqlite":
            far = stack.enter_context(_tables(top / "there.db"))
        else:
            far = stack.enter_context(migrated(request.getfixturevalue("postgres")))
        for house in (here, there := House(top / "there", far), back):
            Home(house.home).settle("demo")
        identities = [top / "rows.key", top / "keys.key"]
        public = [new_identity(path) for path in identities]
        found = Journey(here, there, back, [], identities, {})
        _travel(found, public, top)
        yield found


@contextlib.contextmanager
def _tables(path: Path) -> Iterator[Any]:
    """A database of its own with all tables and not a row of anybody's."""
    usual = connections["default"]
    pattern = sqlite3.connect(usual.settings_dict["TEST"]["NAME"])
    made = sqlite3.connect(path)
    pattern.backup(made)
    pattern.close()
    made.close()
    database = type(usual)({**usual.settings_dict, "NAME": str(path)}, alias="default")
    yield database
    database.close()


def _travel(on: Journey, public: list[str], top: Path) -> None:
    with on.here.entered():
        centre = _centre(code=1)
        _strangers("gender")  # so that ids that the database gives differ between the houses
        on.told["before"] = Gathered(centre).counted()
        on.receipts.append(_leave(centre, top / "out", public))
    with on.there.entered():
        _strangers("bystander")
        _unit(code=901)
        on.told["bystander"] = Gathered(Organisation.objects.get(code="bystander")).counted()
        on.told["first"] = arriving.arrive(on.receipts[0], *on.identities)
        on.told["second"] = arriving.arrive(on.receipts[0], *on.identities)
        on.told["there"] = Gathered(Organisation.objects.get(code="centre")).counted()
        on.receipts.append(_leave_from_there(centre, top / "again", public))
    with on.back.entered():
        _unit(code=77)
        arriving.arrive(on.receipts[1], *on.identities)


def _leave(centre: Organisation, to: Path, public: list[str]) -> Receipt:
    by = [User.objects.get(username=name) for name in ("temur", "manizha")]
    return leaving.leave(
        centre, by=by, to=to, recipients=public[:1], keys_recipients=public[1:], tick=lambda _count: None
    )


def _leave_from_there(centre: Organisation, to: Path, public: list[str]) -> Receipt:
    return _leave(Organisation.objects.get(pk=centre.pk), to, public)


@transaction.atomic
def _centre(*, code: int) -> Organisation:
    """A centre with two cases, a shelter, a file, somebody shut out and a book about a place."""
    centre = Organisation.objects.create(code="centre", names={"en": "Centre"}, country="tj")
    roles = {"temur": Role.ADMINISTRATOR, "manizha": Role.SUPERVISOR, "zarina": Role.LAWYER}
    people = {name: User.objects.create_user(name, "a long walk", display_name=name) for name in roles}
    for name, role in roles.items():
        Membership.objects.create(user=people[name], organisation=centre, role=role)
    matter = Matter.objects.create(
        organisation=centre, opened_week=dt.date(2026, 11, 16), name=NAME, phone="+992 93 555-00-12", story={}
    )
    journal.record(actor=people["zarina"], verb="matter.open", about=matter)
    ConflictBlock.objects.create(user=people["temur"], record_kind="sealedroom.matter", record_id=str(matter.pk))
    files.store(
        io.BytesIO(PHOTO), name="paper.pdf", organisation_id=centre.pk, record=_record(matter),
        actor=people["zarina"], as_it_came=True,
    )  # fmt: skip
    _shelter(centre, people["zarina"])
    book = Record.objects.create(organisation=centre, kind="book", titles={"en": "On the road"})
    book.units.add(_unit(code=code))
    return centre


def _shelter(centre: Organisation, keeper: User) -> None:
    actions.make_recovery(actor=None, organisation_id=centre.pk)
    private = members.create(keeper.pk, SECRET)
    row = Shelter(organisation=centre, code="S1", address=ADDRESS)
    with members.unlocked(private):
        members.begin_record(("sealedroom.shelter", str(row.pk)), organisation_id=centre.pk, members=[keeper.pk])
        row.save()


@transaction.atomic
def _strangers(code: str) -> None:
    """Another organisation with a case of its own, and a person with a name that is taken."""
    other = Organisation.objects.create(code=code, names={}, country="az")
    matter = Matter.objects.create(
        organisation=other, opened_week=dt.date(2026, 11, 16), name="Aygün", phone="+994 50 555 00 12", story={}
    )
    keeper = User.objects.create_user("zarina" if code == "bystander" else "aygun", None, display_name="Other")
    journal.record(actor=keeper, verb="matter.open", about=matter)
    _shelter(other, keeper)


def _unit(*, code: int) -> AdminUnit:
    return AdminUnit.objects.create(key="tj/sughd", code=code, level="region", names={"en": "Sughd"})


def _record(row: Any) -> tuple[str, str]:
    return row._meta.label_lower, str(row.pk)


def _said(row: Any, actor: Any = None) -> Said:
    return Said(actor, _record(row))


def _hers(model: Any) -> Any:
    return model.objects.get(organisation__code="centre")


# -- the whole way -------------------------------------------------------------------------------------------------


def test_it_reads_there_as_it_read_here(journey: Journey) -> None:
    assert journey.told["there"] == journey.told["before"]


def test_it_comes_back_as_it_left(journey: Journey) -> None:
    with journey.back.entered():
        assert Gathered(Organisation.objects.get(code="centre")).counted() == journey.told["before"]


def test_it_took_something_of_every_sort(journey: Journey) -> None:
    rows = {name: each.rows > 0 for name, each in journey.told["before"].items()}
    moved = ("sealedroom.Matter", "sealedroom.Shelter", "vault.SealedFile", "vault.RecordKeyShare", "vault.MemberLock")
    assert all(rows[name] for name in (*moved, "library.Record_units", "accounts.ConflictBlock", "vault.JournalLine"))


def test_it_leaves_rows_of_others_alone(journey: Journey) -> None:
    with journey.there.entered():
        assert Gathered(Organisation.objects.get(code="bystander")).counted() == journey.told["bystander"]


def test_it_changes_nothing_the_second_time(journey: Journey) -> None:
    assert (journey.told["first"].is_new, journey.told["second"].is_new) == (True, False)


def test_it_opens_what_was_sealed_elsewhere(journey: Journey) -> None:
    with journey.there.entered(), journal.openings("test"):
        row = _hers(Matter)
        assert opened_by(row, "name", decision=_said(row), purpose="test") == NAME


def test_it_finds_by_blind_indexes_made_elsewhere(journey: Journey) -> None:
    with journey.there.entered():
        centre = Organisation.objects.get(code="centre")
        assert Matter.objects.with_blind(organisation_id=centre.pk, phone_index="93 555 00 12").count() == 1


def test_it_opens_a_place_for_its_member_alone_there_too(journey: Journey) -> None:
    with journey.there.entered(), journal.openings("test"):
        row = _hers(Shelter)
        keeper = Membership.objects.get(organisation=row.organisation_id, role=Role.LAWYER).user_id
        with members.unlocked(members.unlock(keeper, SECRET), user_id=keeper):
            assert opened_by(row, "address", decision=_said(row, keeper), purpose="test") == ADDRESS


def test_it_keeps_a_place_shut_for_everybody_else(journey: Journey) -> None:
    with journey.there.entered(), journal.openings("test"):
        row = _hers(Shelter)
        with pytest.raises(VaultError):
            opened_by(row, "address", decision=_said(row), purpose="test")


def test_it_reads_a_file_there(journey: Journey) -> None:
    with journey.there.entered(), journal.openings("test"):
        matter = _hers(Matter)
        file = SealedFile.objects.get(organisation_id=matter.organisation_id)
        assert b"".join(files.read(file, decision=_said(matter), purpose="test")) == PHOTO


def test_it_keeps_the_number_that_values_name_where_the_row_has_another(journey: Journey) -> None:
    with journey.back.entered():
        assert {row.known_as for row in RecordKey.objects.all()} == {1}


def test_it_wraps_her_secret_by_the_master_key_there(journey: Journey) -> None:
    wrapped = []
    for house in (journey.here, journey.there):
        with house.entered():
            centre = Organisation.objects.get(code="centre")
            wrapped.append(bytes(OrganisationKey.objects.get(organisation_id=centre.pk).wrapped))
    assert wrapped[0] != wrapped[1]


def test_it_finds_a_public_place_by_its_key(journey: Journey) -> None:
    with journey.there.entered():
        assert _hers(Record).units.get() == AdminUnit.objects.get(code=901)


def test_it_brings_lines_whose_journal_holds_there(journey: Journey) -> None:
    with journey.there.entered():
        assert verifying.verify().holds


def test_it_tells_whence_her_lines_came(journey: Journey) -> None:
    with journey.there.entered():
        line = JournalLine.objects.get(verb="site.take_over")
        assert line.facts["lines"] == journey.told["before"]["vault.JournalLine"].rows > 0


def test_it_lets_nobody_sign_in_before_she_is_let_in(journey: Journey) -> None:
    with journey.there.entered():
        arrived = User.objects.filter(memberships__organisation__code="centre")
        assert not any(each.has_usable_password() for each in arrived)


def test_it_calls_somebody_otherwise_where_her_name_is_taken(journey: Journey) -> None:
    assert list(journey.told["first"].renamed) == ["zarina"]


def test_it_keeps_shut_out_who_was_shut_out(journey: Journey) -> None:
    with journey.there.entered():
        assert ConflictBlock.objects.get().record_id == str(_hers(Matter).pk)


# -- refusals ------------------------------------------------------------------------------------------------------


def test_it_refuses_a_file_that_was_cut_and_writes_nothing(journey: Journey, tmp_path: Path) -> None:
    receipt = _cut(journey.receipts[0], tmp_path)
    with journey.there.entered():
        before = JournalLine.objects.count()
        with pytest.raises((leaving.MoveRefused, BackupRefused)):
            arriving.arrive(receipt, *journey.identities)
        assert JournalLine.objects.count() == before


def _cut(receipt: Receipt, folder: Path) -> Receipt:
    for part in ("data", "keys"):
        archive = receipt.archive(part)
        content = archive.read_bytes()
        (folder / archive.name).write_bytes(content[: len(content) // 2] if part == "data" else content)
    return Receipt(folder / receipt.path.name, receipt.facts)


def test_it_opens_for_nobody_with_one_of_the_two_keys(journey: Journey) -> None:
    with journey.there.entered(), pytest.raises(BackupRefused):
        arriving.arrive(journey.receipts[0], journey.identities[0], journey.identities[0])


def test_it_refuses_her_where_she_stands_otherwise(journey: Journey) -> None:
    with journey.back.entered():
        book = _hers(Record)
        Record.objects.filter(pk=book.pk).update(titles={"en": "Another"})
        try:
            with pytest.raises(leaving.MoveRefused, match=r"library\.Record"):
                arriving.arrive(journey.receipts[1], *journey.identities)
        finally:
            Record.objects.filter(pk=book.pk).update(titles=book.titles)


def test_it_needs_two_different_people(journey: Journey) -> None:
    with journey.here.entered():
        temur = User.objects.get(username="temur")
        with pytest.raises(leaving.MoveRefused, match="two people"):
            leaving.require_two(Organisation.objects.get(code="centre"), temur, temur)


def test_it_needs_a_second_one_who_may(journey: Journey) -> None:
    with journey.here.entered():
        temur, zarina = (User.objects.get(username=name) for name in ("temur", "zarina"))
        with pytest.raises(leaving.MoveRefused, match="supervisor"):
            leaving.require_two(Organisation.objects.get(code="centre"), temur, zarina)


def test_it_needs_two_recipients(journey: Journey, tmp_path: Path) -> None:
    with journey.here.entered(), pytest.raises(leaving.MoveRefused, match="two different recipients"):
        one = new_identity(tmp_path / "one.key")
        _leave(Organisation.objects.get(code="centre"), tmp_path / "out", [one, one])


def test_it_shows_nothing_of_hers_in_the_archives(journey: Journey) -> None:
    receipt = journey.receipts[0]
    everything = b"".join(path.read_bytes() for path in receipt.path.parent.iterdir())
    assert not any(word.encode() in everything for word in (NAME, ADDRESS, "zarina", "library.Record"))


def test_it_tells_in_its_receipt_no_more_than_sizes_and_digests(journey: Journey) -> None:
    told = json.loads(journey.receipts[0].path.read_text())
    assert set(told) == {"id", "format", "taken_at", "data", "keys"}


# -- what moves ----------------------------------------------------------------------------------------------------


def test_it_knows_of_every_table_whether_it_moves_or_stays() -> None:
    assert scope.undeclared() == []


def test_it_declares_no_table_that_is_not_there() -> None:
    known = {model._meta.label for model in scope.known_models()}
    assert sorted({*scope.STAYING, *scope.BY_HAND, *scope.NATURAL, *scope.MADE_ANEW} - known) == []


def test_it_moves_a_new_room_by_itself() -> None:
    assert {"sealedroom.Matter", "sealedroom.Shelter"} <= {table.label for table in scope.tables().values()}
