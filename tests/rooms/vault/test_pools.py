"""Somebody is found by name in any spelling while every name stays sealed; who comes, changes or goes counts at once."""

import datetime as dt
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hamroh.accounts import policy
from hamroh.accounts.models import Membership, Role
from hamroh.vault import actions, journal, keyring, opening, poolfiles, pools
from hamroh.vault.decisions import Upkeep
from hamroh.vault.errors import KeyDestroyed
from hamroh.vault.models import JournalLine, NamePool, OrganisationKey, PoolEntry
from sealedroom.cast import make_matter
from sealedroom.models import Matter
from sealedroom.naming import FIELDS, KIND, Opener, person_of

SETTLED = dt.timedelta(0)


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A process that has read nothing yet, and files of this test alone."""
    monkeypatch.setattr(poolfiles, "_FOLDER", f"pools-{tmp_path.name}-{uuid.uuid4().hex[:8]}")
    poolfiles.forget()
    yield settings.HOME.folder(poolfiles._FOLDER)
    poolfiles.forget()


def told(row: Matter) -> dict[str, Any]:
    with journal.openings("task"):
        decision = Upkeep((KIND, str(row.pk)))
        return person_of(row, opening.open_each(row, FIELDS, decision=decision, purpose="test"))


def put(*rows: Matter) -> None:
    for row in rows:
        pools.put(KIND, row.organisation_id, [told(row)])


def names(cast: Any, query: str, actor: Any = None, organisation: Any = None) -> list[str]:
    with journal.openings("task"), policy.remembered():
        found = pools.search(
            KIND, (organisation or cast.centre).pk, {"name": query}, opener=Opener(actor or cast.rustam)
        )
    return [candidate.record["name"] for candidate in found]


@pytest.fixture(autouse=True)
def lawyer(cast) -> None:
    Membership.objects.create(user=cast.rustam, organisation=cast.centre, role=Role.LAWYER)


@pytest.fixture
def gulnora(cast) -> Matter:
    row = make_matter(cast, owner=cast.rustam, name="Гулнора Ҳакимова")
    other = make_matter(cast, owner=cast.rustam, name="Раҳмонова Зулайхо", phone="+992 93 555-00-13")
    put(row, other)
    return row


@pytest.mark.parametrize("spelling", ["Gulnora Hakimova", "Хакимова Гульнора", "Gülnarə Həkimova", "گلنارە حکیموا"])
def test_it_finds_a_sealed_name_in_any_spelling(cast, gulnora, spelling: str) -> None:
    assert names(cast, spelling)[0] == "Гулнора Ҳакимова"


def test_it_finds_nobody_where_nobody_was_put(cast) -> None:
    assert names(cast, "Gulnora Hakimova") == []


def test_it_finds_who_was_put_after_it_had_read(cast, gulnora) -> None:
    names(cast, "Gulnora")
    put(make_matter(cast, owner=cast.rustam, name="Зафар Қурбонов"))
    assert names(cast, "Kurbanov Zafar")[0] == "Зафар Қурбонов"


def test_it_finds_somebody_by_the_new_name_alone(cast, gulnora) -> None:
    names(cast, "Gulnora")
    gulnora.name = "Нигора Шарифова"
    gulnora.save()
    put(gulnora)
    assert (names(cast, "Nigora Sharifova")[0], len(names(cast, "Gulnora Hakimova"))) == ("Нигора Шарифова", 0)


def test_it_does_not_find_who_was_withdrawn(cast, gulnora) -> None:
    names(cast, "Gulnora")
    pools.withdraw(KIND, cast.centre.pk, [gulnora.pk, uuid.uuid4()])
    assert "Гулнора Ҳакимова" not in names(cast, "Gulnora Hakimova")


def test_it_does_not_find_who_was_erased(cast, gulnora) -> None:
    names(cast, "Gulnora")
    gulnora.delete()
    assert "Гулнора Ҳакимова" not in names(cast, "Gulnora Hakimova")


def test_it_shows_nobody_whom_the_actor_may_not_read(cast, gulnora) -> None:
    assert names(cast, "Gulnora Hakimova", actor=cast.temur) == []


def test_it_keeps_each_organisation_by_itself(cast, gulnora) -> None:
    put(make_matter(cast, organisation=cast.gender_centre, name="Гулнора Ҳакимова"))
    first, second = (
        PoolEntry.objects.filter(organisation_id=each.pk).count() for each in (cast.centre, cast.gender_centre)
    )
    assert (first, second, names(cast, "Gulnora Hakimova", organisation=cast.gender_centre)) == (2, 1, [])


def test_it_writes_down_whose_names_were_shown(cast, gulnora) -> None:
    names(cast, "Gulnora Hakimova")
    line = JournalLine.objects.filter(record_id=str(gulnora.pk), purpose="search").get()
    assert (line.actor_id, line.verb, line.facts["fields"]) == (
        cast.rustam.pk,
        "matter.read",
        ["name", "phone", "born"],
    )


def test_it_writes_down_how_many_were_compared(cast, gulnora) -> None:
    shown = len(names(cast, "Gulnora Rahmonova"))
    with journal.openings("task"):
        pools.search(KIND, cast.centre.pk, {"name": "Gulnora Rahmonova"}, opener=Opener(cast.rustam), limit=1)
    lines = JournalLine.objects.filter(record_kind="vault.namepool").order_by("written_at")
    read = JournalLine.objects.filter(verb="matter.read", purpose="search").count()
    assert ([line.facts["fields"] for line in lines], shown, read) == ([["2 compared"], ["2 compared"]], 2, 2 + 1)


def test_it_opens_nothing_to_compare_outside_a_search(cast, gulnora) -> None:
    with journal.openings("task"), pytest.raises(RuntimeError, match=r"opening\.scoring"):
        opening.open_to_score(gulnora, FIELDS, decision=Upkeep((KIND, str(gulnora.pk))))


def test_it_puts_nobody_where_one_cannot_be_read(cast) -> None:
    with pytest.raises(ValueError, match="year of birth"):
        pools.put(KIND, cast.centre.pk, [{"id": str(uuid.uuid4()), "name": "А"}, {"id": "x", "name": "Б", "year": "?"}])
    assert not PoolEntry.objects.exists()


# -- files ---------------------------------------------------------------------------------------------------------


def test_it_answers_from_its_files_after_a_restart(cast, gulnora) -> None:
    poolfiles.rebuilt(NamePool.objects.get())
    put(make_matter(cast, owner=cast.rustam, name="Зафар Қурбонов"))
    poolfiles.forget()
    assert [names(cast, "Gulnora Hakimova")[0], names(cast, "Zafar Kurbanov")[0]] == [
        "Гулнора Ҳакимова",
        "Зафар Қурбонов",
    ]


def test_it_makes_damaged_files_anew(cast, gulnora, own_folder: Path) -> None:
    names(cast, "Gulnora")
    poolfiles.forget()
    for file in own_folder.rglob("*.npy"):
        file.write_bytes(b"damaged")
    assert names(cast, "Gulnora Hakimova")[0] == "Гулнора Ҳакимова"


def test_it_holds_no_name_in_its_files(cast, gulnora, own_folder: Path) -> None:
    names(cast, "Gulnora")
    kept = b"".join(path.read_bytes() for path in own_folder.rglob("*") if path.is_file())
    words = ["Гулнора", "гулнора", "gulnora", "hakim", "ҳаким", "555"]
    assert (len(kept) > 1000, [word for word in words if word.encode() in kept]) == (True, [])


def test_it_lets_nobody_else_read_its_files(cast, gulnora, own_folder: Path) -> None:
    names(cast, "Gulnora")
    assert {path.stat().st_mode & 0o077 for path in (own_folder, *own_folder.iterdir())} == {0}


def test_it_forgets_at_night_who_was_withdrawn(cast, gulnora, own_folder: Path) -> None:
    names(cast, "Gulnora")
    pools.withdraw(KIND, cast.centre.pk, [gulnora.pk])
    assert poolfiles.keep_up() == 1
    index = poolfiles.at_hand(NamePool.objects.get())
    assert (PoolEntry.objects.count(), len(index), index.frequency("klnr") * len(index)) == (1, 1, 1)


def test_it_forgets_at_night_who_was_erased(cast, gulnora) -> None:
    names(cast, "Gulnora")
    PoolEntry.objects.filter(record_id=gulnora.pk).delete()
    assert (poolfiles.keep_up(), len(poolfiles.at_hand(NamePool.objects.get()))) == (1, 1)


def test_it_leaves_files_alone_at_night_where_nobody_came_or_went(cast, gulnora) -> None:
    poolfiles.rebuilt(NamePool.objects.get())
    assert poolfiles.keep_up() == 0


def test_it_removes_the_files_of_a_pool_that_is_no_more(cast, gulnora, own_folder: Path) -> None:
    names(cast, "Gulnora")
    NamePool.objects.all().delete()
    poolfiles.sweep()
    assert list(own_folder.iterdir()) == []


def test_it_makes_entries_of_older_tables_anew(cast, gulnora) -> None:
    PoolEntry.objects.update(form="of last year")
    found = names(cast, "Gulnora Hakimova")
    poolfiles.keep_up()
    assert (found, names(cast, "Gulnora Hakimova")[0]) == ([], "Гулнора Ҳакимова")


# -- what may go wrong ---------------------------------------------------------------------------------------------


class Undone(Exception):
    """The write is taken back."""


def test_it_does_not_believe_a_write_that_was_taken_back(cast, gulnora) -> None:
    names(cast, "Gulnora")
    ghost = make_matter(cast, owner=cast.rustam, name="Раҳимова Малика")
    person, opener = told(ghost), Opener(cast.rustam)
    with journal.openings("task"), pytest.raises(Undone), transaction.atomic():
        pools.put(KIND, cast.centre.pk, [person])
        assert pools.search(KIND, cast.centre.pk, {"name": "Malika Rahimova"}, opener=opener)[0].id == str(ghost.pk)
        raise Undone
    put(make_matter(cast, owner=cast.rustam, name="Зафар Қурбонов"))
    assert (names(cast, "Zafar Kurbanov")[0], names(cast, "Malika Rahimova")) == ("Зафар Қурбонов", [])


@pytest.mark.parametrize("change", ["older", "moved", "flipped"])
def test_it_passes_over_an_entry_that_was_changed_in_the_table(cast, gulnora, change: str) -> None:
    row, other = (PoolEntry.objects.get(record_id=gulnora.pk), PoolEntry.objects.exclude(record_id=gulnora.pk).get())
    if change == "older":
        row.turn = 7
    elif change == "moved":
        row.sealed = other.sealed
    else:
        row.sealed = bytes(row.sealed)[:-1] + bytes([bytes(row.sealed)[-1] ^ 1])
    row.save()
    NamePool.objects.update(turn=7)
    assert (names(cast, "Gulnora Hakimova"), names(cast, "Zulaykho Rahmonova")) == ([], ["Раҳмонова Зулайхо"])


def test_it_finds_everybody_after_the_keys_were_exchanged(cast, gulnora) -> None:
    actions.begin_rotation(actor=cast.temur, organisation_id=cast.centre.pk)
    actions.continue_rotation(cast.centre.pk)
    actions.finish_rotation(actor=cast.temur, organisation_id=cast.centre.pk, settle=SETTLED)
    poolfiles.forget()
    assert names(cast, "Gulnora Hakimova")[0] == "Гулнора Ҳакимова"


def test_it_answers_nothing_once_the_keys_are_destroyed(cast, gulnora) -> None:
    names(cast, "Gulnora")
    OrganisationKey.objects.filter(organisation_id=cast.centre.pk).update(state="destroyed", wrapped=b"")
    keyring.forget()
    with pytest.raises(KeyDestroyed):
        names(cast, "Gulnora Hakimova")


def test_it_leaves_nothing_of_an_organisation_that_was_destroyed(
    cast, gulnora, own_folder: Path, django_capture_on_commit_callbacks
) -> None:
    names(cast, "Gulnora")
    with django_capture_on_commit_callbacks(execute=True):
        actions.destroy_organisation(actor=cast.temur, organisation_id=cast.centre.pk)
    assert (NamePool.objects.count(), PoolEntry.objects.count(), list(own_folder.iterdir())) == (0, 0, [])


def asked(cast: Any) -> int:
    """Queries of a search; those for keys are left out, which no process keeps before they are committed."""
    with CaptureQueriesContext(connection) as queries:
        names(cast, "Gulnora Hakimova")
    return sum("vault_organisationkey" not in each["sql"] for each in queries)


def test_it_asks_the_database_as_often_however_many_there_are(cast, gulnora) -> None:
    names(cast, "Gulnora")
    few = asked(cast)
    put(*(make_matter(cast, owner=cast.rustam, name="Гулнора Ҳакимова") for _each in range(8)))
    names(cast, "Gulnora")
    assert asked(cast) == few


@pytest.mark.django_db(transaction=True)
def test_it_loses_nobody_whom_several_put_at_once(cast) -> None:
    rows = [make_matter(cast, owner=cast.rustam, name=f"Зафар{each} Қурбонов") for each in "абвгдежз"]
    people = [(row, told(row)) for row in rows]

    def work(some: list[tuple[Matter, dict[str, Any]]]) -> None:
        for row, person in some:
            with transaction.atomic():
                pools.put(KIND, row.organisation_id, [person])
        connection.close()

    threads = [threading.Thread(target=work, args=(people[start::2],)) for start in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    turns = sorted(PoolEntry.objects.values_list("turn", flat=True))
    assert (turns, len(poolfiles.at_hand(NamePool.objects.get()))) == ([*range(1, 9)], 8)
