"""The chain: every line gets its place, and whoever edits, deletes, moves, adds or cuts is found at the line."""

import datetime as dt
import threading
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from hamroh.vault import anchors, chain, journal
from hamroh.vault.anchors import Head
from hamroh.vault.models import JournalBatch, JournalLine, TakenForm
from hamroh.vault.verifying import verify


@pytest.fixture(autouse=True)
def heads(settings: Any, tmp_path: Path) -> Path:
    settings.JOURNAL_HEADS = tmp_path / "anchors" / "journal.heads"
    return settings.JOURNAL_HEADS


def write(count: int = 1) -> list[JournalLine]:
    about = TakenForm(digest="about")
    with transaction.atomic():
        return [journal.record(actor=None, verb="test.write", about=about, facts={"n": n}) for n in range(count)]


@pytest.fixture
def chained(db: None) -> list[JournalLine]:
    """Nine lines in three batches."""
    made = []
    for _batch in range(3):
        made += write(3)
        chain.seal()
    return made


def found() -> tuple[str, int | None]:
    broken = verify().broken
    assert broken is not None
    return broken.fault, broken.number


def line(number: int) -> Any:
    return JournalLine.objects.filter(number=number)


def test_it_numbers_lines_without_gaps_in_the_order_they_were_written(chained: list[JournalLine]) -> None:
    numbered = dict(JournalLine.objects.values_list("id", "number"))
    assert [numbered[each.pk] for each in chained] == list(range(1, 10))


def test_it_chains_a_batch_to_the_one_before(chained: list[JournalLine]) -> None:
    first, second, third = JournalBatch.objects.order_by("number")
    assert (first.previous, second.previous, third.previous) == ("", first.mac, second.mac)
    assert [(batch.first, batch.last, batch.lines) for batch in (first, second, third)] == [
        (1, 3, 3),
        (4, 6, 3),
        (7, 9, 3),
    ]


def test_it_seals_nothing_where_nothing_waits(chained: list[JournalLine]) -> None:
    assert chain.seal() is None


def test_it_seals_many_lines_in_several_batches(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chain, "MOST", 4)
    write(10)
    assert [batch.lines for batch in chain.seal_all()] == [4, 4, 2]
    assert verify().holds


def test_it_holds_when_nobody_touched_it(chained: list[JournalLine]) -> None:
    write(2)
    verdict = verify()
    assert (verdict.broken, verdict.lines, verdict.batches, verdict.waiting, verdict.late) == (None, 9, 3, 2, 0)


def test_it_holds_when_empty(db: None) -> None:
    verdict = verify()
    assert (verdict.holds, verdict.lines, verdict.head) == (True, 0, None)


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "test.other"}, {"facts": {"n": 7}}, {"actor_id": uuid.uuid4()}, {"purpose": "none"},
        {"organisation_id": uuid.uuid4()}, {"record_id": "1"}, {"record_kind": "x"},
        {"written_at": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, {"mac": "0" * 64},
    ],
)  # fmt: skip
def test_it_names_an_edited_line(chained: list[JournalLine], change: dict[str, Any]) -> None:
    line(5).update(**change)
    assert found() == ("changed", 5)


def test_it_says_which_line_by_number_id_and_time(chained: list[JournalLine]) -> None:
    line(5).update(verb="test.other")
    broken = verify().broken
    assert broken
    assert (broken.id, broken.written_at) == (str(chained[4].pk), chained[4].written_at.isoformat())


def test_it_names_the_first_of_several(chained: list[JournalLine]) -> None:
    for number in (8, 2, 5):
        line(number).update(verb="test.other")
    assert found() == ("changed", 2)


@pytest.mark.parametrize("number", [1, 3, 5, 9])
def test_it_names_a_deleted_line(chained: list[JournalLine], number: int) -> None:
    line(number).delete()
    assert found() == ("missing", number)


@pytest.mark.parametrize(("one", "other"), [(2, 3), (2, 8)])
@pytest.mark.parametrize("with_link", [True, False])
def test_it_names_lines_that_changed_places(chained: list[JournalLine], one: int, other: int, with_link: bool) -> None:
    a, b = line(one).get(), line(other).get()
    line(one).update(number=999)
    line(other).update(number=one, **({"link": a.link} if with_link else {}))
    line(999).update(number=other, **({"link": b.link} if with_link else {}))
    assert found() == ("reordered", one)


def test_it_names_the_place_of_a_line_that_was_taken_out_and_the_gap_closed(chained: list[JournalLine]) -> None:
    line(5).delete()
    for number in range(6, 10):
        line(number).update(number=number - 1)
    assert found() == ("reordered", 5)


def test_it_names_a_line_put_in_with_a_mac_of_another(chained: list[JournalLine]) -> None:
    copied = line(5).get()
    for number in range(9, 5, -1):
        line(number).update(number=number + 1)
    copied.pk, copied.number = uuid.uuid4(), 6
    copied.save(force_insert=True)
    assert found() == ("changed", 6)


def test_it_names_a_line_put_in_behind_the_chain(chained: list[JournalLine]) -> None:
    copied = line(9).get()
    copied.pk, copied.number = uuid.uuid4(), 10
    copied.save(force_insert=True)
    assert found() == ("added", 10)


def test_it_names_a_line_put_in_before_it_was_sealed(chained: list[JournalLine], caplog: Any) -> None:
    copied = write()[0]
    copied.pk = uuid.uuid4()
    copied.save(force_insert=True)
    assert found()[0] == "changed"
    chain.seal()
    assert "was changed or put in before it was sealed" in caplog.text
    assert found()[0] == "changed"


@pytest.mark.parametrize(
    "change", [{"digest": "0" * 64}, {"mac": "0" * 64}, {"last": 7}, {"sealed_at": timezone.now()}]
)
def test_it_names_a_changed_batch(chained: list[JournalLine], change: dict[str, Any]) -> None:
    JournalBatch.objects.filter(number=2).update(**change)
    assert found() == ("batch", 4)


def test_it_names_a_missing_batch(chained: list[JournalLine]) -> None:
    JournalBatch.objects.filter(number=2).delete()
    assert found() == ("missing", 4)


def cut_tail(batches: int = 1) -> None:
    """What somebody with the database and without the file of heads can do best."""
    for batch in JournalBatch.objects.order_by("-number")[:batches]:
        JournalLine.objects.filter(number__gte=batch.first).delete()
        batch.delete()


def test_it_finds_a_cut_tail_by_the_anchored_head(chained: list[JournalLine]) -> None:
    cut_tail()
    assert found() == ("cut", 9)


def test_it_finds_a_cut_tail_after_new_lines_were_sealed(chained: list[JournalLine]) -> None:
    cut_tail()
    write(3)
    chain.seal()
    assert found() == ("batch", 7)


def test_it_finds_everything_cut(chained: list[JournalLine]) -> None:
    cut_tail(3)
    assert found() == ("cut", 3)


def test_it_finds_a_cut_tail_by_a_head_that_somebody_else_kept(chained: list[JournalLine], heads: Path) -> None:
    kept = Head.read(str(anchors.last()).lower().replace("-", " "))
    cut_tail()
    heads.write_text("".join(f"{head}\n" for head in list(anchors.heads())[:2]), encoding="ascii")
    assert verify().holds
    broken = verify(against=kept).broken
    assert broken
    assert broken.fault == "cut"


def test_it_accepts_an_older_head_that_somebody_else_kept(chained: list[JournalLine]) -> None:
    assert all(verify(against=head).holds for head in anchors.heads())


def test_it_misses_no_file_of_heads(chained: list[JournalLine], heads: Path) -> None:
    heads.unlink()
    assert found() == ("heads", 1)
    chain.seal()
    assert found() == ("heads", 1)


def test_it_anchors_a_batch_that_a_crash_left_without(chained: list[JournalLine], heads: Path) -> None:
    heads.write_text("".join(f"{head}\n" for head in list(anchors.heads())[:2]) + "3.9.AB", encoding="ascii")
    assert verify().holds
    chain.seal()
    assert anchors.last() == Head.of(JournalBatch.objects.get(number=3))


def test_it_reads_no_word_as_a_head() -> None:
    with pytest.raises(ValueError, match="no head"):
        Head.read("128.5032.short")


def test_it_counts_lines_that_were_sealed_late(db: None) -> None:
    JournalLine.objects.filter(pk=write()[0].pk).delete()
    old = journal._signed(actor_id=None, verb="test.late", record_kind="x", record_id="y", facts={})
    old.written_at -= dt.timedelta(hours=2)
    old.mac = chain.signer().mac(chain.covered(old))
    old.save(force_insert=True)
    chain.seal()
    assert (verify().holds, verify().late) == (True, 1)


def test_it_reads_on_while_new_lines_are_sealed(chained: list[JournalLine], monkeypatch: pytest.MonkeyPatch) -> None:
    reader_saw = chain.last_batch()
    write(3)
    chain.seal()
    monkeypatch.setattr("hamroh.vault.verifying.last_batch", lambda: reader_saw)
    verdict = verify()
    assert (verdict.broken, verdict.lines) == (None, 9)


@pytest.mark.django_db(transaction=True)
def test_it_leaves_a_batch_to_the_sealer_who_came_first(monkeypatch: pytest.MonkeyPatch) -> None:
    write(3)
    mine = list(chain.waiting())
    assert chain.seal()
    monkeypatch.setattr(chain, "last_batch", lambda: None)
    monkeypatch.setattr(chain, "waiting", lambda: _Stale(mine))
    assert chain.seal() is None
    monkeypatch.undo()
    assert verify().lines == 3


class _Stale(list[JournalLine]):
    def exists(self) -> bool:
        return True


@pytest.mark.django_db(transaction=True)
def test_it_chains_what_many_writers_wrote_at_once() -> None:
    def work() -> None:
        try:
            for _ in range(8):
                write()
                chain.seal()
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    list(chain.seal_all())
    verdict = verify()
    assert (verdict.broken, verdict.lines, verdict.waiting) == (None, 32, 0)


@pytest.mark.django_db(transaction=True)
def test_it_chains_a_line_whose_transaction_commits_after_younger_ones_were_sealed() -> None:
    """Only PostgreSQL lets two transactions write at once."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: nothing commits late")
    late = connections["default"].copy()
    try:
        late.set_autocommit(False)
        early = journal._signed(actor_id=None, verb="test.early", record_kind="x", record_id="y", facts={})
        _insert(late, early)
        write(3)
        chain.seal()
        late.commit()
        chain.seal()
    finally:
        late.close()
    assert (JournalLine.objects.get(pk=early.pk).number, verify().holds) == (4, True)


@pytest.mark.django_db(transaction=True)
def test_it_leaves_lines_to_a_sealer_who_is_at_it() -> None:
    """On PostgreSQL two that began at once, after the leader changed, would meet at the number of the batch."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    write(3)
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [chain._SEALERS])
        left = chain.seal()
    finally:
        other.close()
    assert (left, chain.waiting().count()) == (None, 3)


def _insert(database: Any, line: JournalLine) -> None:
    from postgres import standing_in

    with standing_in(database):
        line.save_base(raw=True, force_insert=True)
