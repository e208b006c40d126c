"""One person among many: an index searched by names in any spelling and by facts, with reasons."""

import doctest
import functools
import itertools
import os
import random
import signal
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from counts import tried
from hamroh.kernel.datafiles import DATA
from hamroh.kernel.linkage import Index, files
from hamroh.kernel.linkage.beside import beside
from hamroh.kernel.linkage.entries import Entry
from hamroh.kernel.linkage.facts import Facts, compare_facts, years_of
from hamroh.kernel.linkage.files import Unreadable
from hamroh.kernel.linkage.index import COMPARED
from hamroh.kernel.linkage.keying import open_hash
from hamroh.kernel.linkage.people import names_of
from hamroh.kernel.names.comparing import compare
from hamroh.kernel.names.weights import shipped
from hamroh.site.benches.names.sets import crowd as made_up

_GIVEN = "Ҷамшед Фарҳод Рустам Саид Карим Наргис Зулайхо Мадина Алишер Далер Rəşad Elçin Aygün Gülnarə Orxan Nigar"
_ROOTS = "Раҳмон Назар Қурбон Шариф Ҳаким Юсуф Содиқ Латиф Əliy Həsən Məmməd Quliy Vəliy Abbas Nəzər Kərim"
GIVEN, ROOTS = _GIVEN.split(), _ROOTS.split()
#: one man in the spellings of registers, passports, SIM cards and letters
SOUGHT = {"id": "him", "name": "Қурбонов Зафар Саидович", "year": 1984, "place": "Қӯрғонтеппа"}
SPELLINGS = (
    "Курбанов Зафар",
    "Kurbanov Zafar Saidovich",
    "Zafar Qurbonzoda",
    "QURBONOV ZAFAR SAID O'G'LI",
    "ظفر قربانوف",
)

#: facts of which nobody has both
CONTRARY = {"year": (1950, 1990), "place": ("Кӯлоб", "Bakı"), "sex": ("f", "m"), "father": ("Ҷалол", "Тоҳир")}
KNOWN = st.fixed_dictionaries(
    {}, optional={"year": st.integers(1940, 2010), "place": st.just("Хуҷанд"), "sex": st.just("m")}
)
SECRET = functools.partial(lambda secret, key: open_hash(f"{secret}{key}"), "a secret")


def killed(folder: Path, at: int) -> int:
    """How a process ends that writes a smaller index and kills itself at a step of it."""
    index, steps = Index.from_records([{"id": "a", "name": "Саид"}]), iter(range(1, 100))

    def step(_descriptor: int) -> None:
        if next(steps) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    if (child := os.fork()) == 0:
        try:
            files._to_disk = step
            index.save(folder)
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def crowd(count: int, seed: int = 4) -> list[dict[str, object]]:
    """So many people of whom none is the one sought."""
    chance = random.Random(seed)
    endings = ("ов", "ова", "зода", "ov", "ova", "zadə")
    return [
        {
            "id": f"p{number}",
            "name": f"{chance.choice(ROOTS)}{chance.choice(endings)} {chance.choice(GIVEN)}",
            "year": chance.randint(1950, 2005),
            "place": chance.choice(["Кӯлоб", "Bakı", "Хуҷанд", None]),
        }
        for number in range(count)
    ]


def test_it_has_a_true_page_of_documentation() -> None:
    page = DATA.parents[2] / "docs" / "reference" / "linkage.md"
    assert doctest.testfile(str(page), module_relative=False, encoding="utf-8").failed == 0


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.from_records([*crowd(400), SOUGHT])


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_it_finds_somebody_in_any_spelling(index: Index, spelling: str) -> None:
    assert index.search({"name": spelling})[0].id == "him"


def test_it_gives_reasons_that_add_up_to_the_bits(index: Index) -> None:
    for candidate in index.search({"name": "Zafar Qurbonov", "year": 1985, "place": "Bokhtar"}):
        assert candidate.bits == pytest.approx(sum(reason.bits for reason in candidate.reasons))


@pytest.mark.parametrize("lang", ["en", "tg", "az", "ru"])
def test_it_says_every_reason_in_words(index: Index, lang: str) -> None:
    query = {"name": "Zafar Qurbonov", "year": 1985, "place": "Bokhtar"}
    said = [reason.said(lang) for reason in index.search(query)[0].reasons]
    assert (all(said), len(said)) == (True, 5)


def test_it_knows_a_place_by_its_former_name(index: Index) -> None:
    said = [reason.said() for reason in index.search({"name": "Zafar Qurbonov", "place": "Bokhtar"})[0].reasons]
    assert any("2018" in each for each in said)


def test_it_gives_no_more_candidates_than_asked_for(index: Index) -> None:
    assert len(index.search({"name": "Раҳмонов Ҷамшед"}, limit=3)) == 3


def test_it_judges_a_candidate_alike_however_many_are_asked_for(index: Index) -> None:
    query = {"name": "Zafar Qurbonov", "year": 1984}
    assert index.search(query, limit=1)[0].probability == pytest.approx(index.search(query, limit=10)[0].probability)


def test_it_gives_probabilities_that_leave_room_for_nobody(index: Index) -> None:
    assert 0 < sum(each.probability for each in index.search({"name": "Zafar Qurbonov"})) < 1


@pytest.mark.parametrize(
    "query", [{"name": ""}, {"name": "123 👩‍👧"}, {}, {"name": "", "year": 1984, "place": "Bokhtar"}]
)
def test_it_finds_nobody_where_there_is_nothing_to_go_by(index: Index, query: dict[str, object]) -> None:
    assert index.search(query) == []


def test_it_finds_nobody_in_an_empty_pool() -> None:
    assert Index.from_records([]).search({"name": "Zafar Qurbonov"}) == []


def test_it_finds_somebody_by_the_end_of_a_phone_number_alone() -> None:
    index = Index.from_records([*crowd(50), {"id": "her", "name": "Мадина", "phone": "+992 90 123-45-67"}])
    assert index.search({"name": "", "phone": "901234567"})[0].id == "her"


def test_it_finds_a_woman_by_the_name_that_she_had_before_she_married() -> None:
    her = {"id": "her", "name": "Раҳмонова Зулайхо", "maiden": "Қодирова", "year": 1990}
    index = Index.from_records([*crowd(300), her])
    assert index.search({"name": "Zulaykho Kadyrova", "year": 1990})[0].id == "her"


def test_it_takes_the_fathers_name_from_where_a_record_has_it() -> None:
    sons = [{"id": name, "name": "Раҳмонов Ҷамшед", "father": name} for name in ("Саид", "Карим", "Юсуф")]
    assert Index.from_records(sons).search({"name": "Jamshed Rahmonov Karimovich"})[0].id == "Карим"


def test_it_says_that_a_brother_of_the_same_house_may_be_another() -> None:
    """Brothers share father, surname, home and nearly the year; the given name tells them apart."""
    house = {"year": 1985, "place": "Кӯлоб"}
    brother = {"id": "brother", "name": "Раҳмонов Алишер Саидович", **house}
    index = Index.from_records([*crowd(300), brother])
    (found, *_) = index.search({"name": "Раҳмонов Фарҳод Саидович", **house, "year": 1984})
    assert found.id == "brother"
    assert found.band in {"weak", "faint"}
    assert any("brother" in reason.said() for reason in found.reasons)


def test_it_counts_the_facts_of_two_records_for_and_against() -> None:
    him, bits = Facts.of(SOUGHT), shipped().bits
    same, other = (
        sum(reason.bits for reason in compare_facts(him, Facts.of(record), bits))
        for record in ({"year": 1984, "place": "Бохтар"}, {"year": 1950, "place": "Bakı"})
    )
    assert same > 0 > other


def test_it_takes_an_overlap_of_wide_ranges_for_less() -> None:
    bits, born = shipped().bits, Facts(years=(1984, 1984))
    exact, wide = (
        sum(reason.bits for reason in compare_facts(born, Facts(years=years), bits))
        for years in ((1984, 1984), (1980, 1989))
    )
    assert exact > wide > 0


@pytest.mark.parametrize(
    ("given", "years"), [(1984, (1984, 1984)), ("1984", (1984, 1984)), ("1982-1986", (1982, 1986)), ([1982, 1986], (1982, 1986)), (None, None)],
)  # fmt: skip
def test_it_reads_a_year_or_a_range(given: object, years: object) -> None:
    assert years_of(given) == years


@pytest.mark.parametrize("given", ["about 1984", "84", "1984-1982", (1984, "x"), "1-2-3"])
def test_it_says_which_record_has_a_year_that_cannot_be_read(given: object) -> None:
    with pytest.raises(ValueError, match=r"record 1 \(id 'a'\).*year of birth"):
        Index.from_records([{"id": "a", "name": "Саид", "year": given}])


@pytest.mark.parametrize(
    ("records", "fault"),
    [([{"name": "Саид"}], "needs an id"), ([{"id": "a"}], "needs a name"), ([{"id": "a", "name": "С"}] * 2, "already")],
)
def test_it_says_which_record_it_cannot_take(records: list[dict[str, object]], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        Index.from_records(records)


def test_it_finds_who_was_added_and_not_who_was_withdrawn() -> None:
    index = Index.from_records(crowd(100))
    index.add([SOUGHT])
    assert index.search({"name": "Zafar Qurbonov"})[0].id == "him"
    index.withdraw(["him", "who was never there"])
    assert (len(index), "him" in {each.id for each in index.search({"name": "Zafar Qurbonov"})}) == (100, False)


def test_it_forgets_what_a_changed_record_was() -> None:
    index = Index.from_records([*crowd(100), SOUGHT])
    index.add([{"id": "him", "name": "Содиқов Алишер", "year": 1984}])
    found = index.search({"name": "Zafar Qurbonov", "year": 1984})
    assert ("him" in {each.id for each in found[:1]}, len(index)) == (False, 101)


def test_it_answers_alike_whether_people_came_at_once_or_one_by_one() -> None:
    people = [*crowd(60), SOUGHT]
    once, grown = Index.from_records(people), Index.from_records(people[:20])
    for start in range(20, len(people), 3):
        grown.add(people[start : start + 3])
    query = {"name": "Zafar Qurbonov", "year": 1984}
    assert [(each.id, each.bits) for each in once.search(query)] == [
        (each.id, pytest.approx(each.bits)) for each in grown.search(query)
    ]


def test_it_reads_many_at_once_as_it_reads_each(written: Index) -> None:
    """Also who is more than a name, a year and a home, and words that are read with those beside them."""
    more = [
        {"id": "a", "name": "Rəsulov Əli Məmməd oğlu", "maiden": "Quliyeva", "sex": "m", "phone": "901234567"},
        {"id": "b", "name": "Абдул Раҳмон Саид-зода", "year": "1980-1984", "place": ""},
        {"id": "c", "name": "А Б В Г Д Е Ж З", "year": 1990},
        {"id": "d", "name": "", "place": "Кӯлоб"},
    ]
    people = [*written._parts[0].shelf, *more]
    once, each = Index.from_records(people), Index()
    each.add(people)
    for query in (*more, *people[:15], {"name": "Said oglu Rahmon"}):
        assert [(e.id, e.bits) for e in once.search(query)] == [
            (e.id, pytest.approx(e.bits)) for e in each.search(query)
        ]


def test_it_never_loses_anybody_while_others_come_in() -> None:
    index, found = Index.from_records([*crowd(20), SOUGHT]), []
    done = threading.Event()

    def searching() -> None:
        while not done.is_set():
            found.append(index.search({"name": "Zafar Qurbonov", "year": 1984}, limit=1)[0].id)

    thread = threading.Thread(target=searching)
    thread.start()
    for person in crowd(25, seed=5):
        index.add([{**person, "id": f"new {person['id']}"}, {**SOUGHT, "name": "Қурбонов Зафар"}])
    done.set()
    thread.join()
    assert set(found) == {"him"}


def test_it_answers_alike_over_keys_that_nobody_can_read() -> None:
    people = [*crowd(60), SOUGHT]
    blind = Index.from_records(people, hashing=SECRET)
    query = {"name": "Zafar Qurbonov", "year": 1984, "place": "Bokhtar"}
    assert [(e.id, e.bits) for e in blind.search(query)] == [
        (e.id, e.bits) for e in Index.from_records(people).search(query)
    ]


class Elsewhere:
    """Records that are kept elsewhere, of which some may not be known to whoever asks."""

    def __init__(self, people: list[dict[str, Any]], hidden: frozenset[str] = frozenset()) -> None:
        self.people = {each["id"]: each for each in people if each["id"] not in hidden}
        self.asked: list[str] = []

    def known(self, ids: Sequence[str]) -> set[str]:
        return {each for each in ids if each in self.people}

    def opened(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        self.asked += ids
        return {each: self.people[each] for each in ids}


def test_it_answers_alike_where_the_records_are_kept_elsewhere() -> None:
    people = [*crowd(60), SOUGHT]
    elsewhere = Elsewhere(people)
    query = {"name": "Zafar Qurbonov", "year": 1984, "place": "Bokhtar"}
    found = Index.from_records(people, keeps_records=False).search(query, opener=elsewhere)
    assert [(each.id, each.bits, each.probability) for each in found] == [
        (each.id, each.bits, each.probability) for each in Index.from_records(people).search(query)
    ]


def test_it_opens_only_the_candidates_that_it_compares() -> None:
    elsewhere = Elsewhere([*crowd(200), SOUGHT])
    index = Index.from_records(elsewhere.people.values(), keeps_records=False)
    index.search({"name": "Zafar Qurbonov"}, limit=3, opener=elsewhere)
    assert 3 <= len(elsewhere.asked) <= COMPARED


def test_it_keeps_no_record_that_is_kept_elsewhere(tmp_path: Path) -> None:
    people = [*crowd(20), SOUGHT]
    index = Index.from_records(people, keeps_records=False, hashing=SECRET)
    index.save(tmp_path)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    words = {word for each in people for word in (*each["name"].split(), each["place"] or "") if word}
    assert [word for word in words if word.encode() in kept] == []


def test_it_answers_as_if_those_whom_one_may_not_know_of_were_not_there() -> None:
    people = [*crowd(60), SOUGHT, {**SOUGHT, "id": "hidden"}]
    query = {"name": "Zafar Qurbonov", "year": 1984}
    found, hidden = (
        Index.from_records(people, keeps_records=False).search(query, opener=Elsewhere(people, unknown))
        for unknown in (frozenset(), frozenset({"hidden"}))
    )
    assert ({each.id for each in found} - {each.id for each in hidden}, hidden[0].id) == ({"hidden"}, "him")
    assert hidden[0].probability > found[0].probability


def test_it_takes_entries_that_were_packed_away() -> None:
    people = [*crowd(60), SOUGHT]
    index, other = (Index(hashing=SECRET, keeps_records=False) for _index in range(2))
    index.add(people)
    other.add_entries(Entry.unpacked(each["id"], index.entry(each).packed()) for each in people)
    query = {"name": "Zafar Qurbonov", "year": 1984, "place": "Bokhtar"}
    ours, theirs = (each.search(query, opener=Elsewhere(people)) for each in (index, other))
    assert [(each.id, each.bits) for each in ours] == [(each.id, each.bits) for each in theirs]


@given(name=st.text(max_size=60), maiden=st.text(max_size=20), place=st.text(max_size=20), phone=st.text(max_size=20))
@example(name="Қурбонова Зулайхо Саидовна", maiden="Раҳмонова", place="Қӯрғонтеппа", phone="+992 90 123-45-67")
def test_it_packs_an_entry_whole(name: str, maiden: str, place: str, phone: str) -> None:
    record = {"id": "her", "name": name, "maiden": maiden, "place": place, "phone": phone, "year": "1980-1990"}
    entry = Index().entry(record)
    assert Entry.unpacked("her", entry.packed()) == entry


def test_it_does_not_take_an_entry_of_another_form() -> None:
    with pytest.raises(ValueError, match="another form"):
        Entry.unpacked("her", b"\x00\x01")


@pytest.mark.parametrize(
    "options",
    [{"hashing": len}, {"lexicon": False}, {"keeps_records": False}],
    ids=["secret", "lexicon", "records"],
)
def test_it_does_not_open_an_index_that_was_made_with_another_secret_or_options(
    tmp_path: Path, options: dict[str, Any]
) -> None:
    Index.from_records(crowd(5)).save(tmp_path)
    with pytest.raises(Unreadable, match="other options"):
        Index.opened(tmp_path, **options)


def test_it_weighs_arrays_as_it_weighs_two_names(index: Index) -> None:
    """The order by arrays and the reasons in words come of one sum, but for how far words are spelt apart, which keys do not say."""
    (part,) = index._parts
    for query in ({"name": "Zafar Qurbonov Saidovich", "year": 1985}, {"name": "Nazarova Nargis", "place": "Kulob"}):
        names, facts = names_of(query), Facts.of(query)
        for bits, _part, number in index._nearest(names, facts, 30):
            record = part.shelf[number]
            meetings = compare(names[0], names_of(record)[0], index.frequency).meetings
            grounds = [ground for meeting in meetings for ground in meeting.grounds if "unlike" not in ground[0]]
            exact = shipped().of(tuple(grounds))
            exact += sum(reason.bits for reason in compare_facts(facts, Facts.of(record), shipped().bits))
            assert bits == pytest.approx(exact, abs=0.01)


@given(a=st.text(max_size=30), b=st.text(max_size=30), year=st.integers(1900, 2010), other=st.integers(1900, 2010))
@example(a="ж" * 10_000, b="\u202eдиаС 👩‍👧 \x00", year=1984, other=1984)
def test_it_takes_whatever_was_written(a: str, b: str, year: int, other: int) -> None:
    index = Index.from_records(
        [{"id": "a", "name": a, "year": year, "place": b}, {"id": "b", "name": b, "year": other}]
    )
    for found in index.search({"name": a, "year": other, "place": a, "phone": b}):
        assert np.isfinite(found.bits)


@given(gaps=st.lists(st.integers(0, 60), min_size=2, max_size=2, unique=True).map(sorted))
def test_it_never_takes_births_further_apart_for_more(gaps: list[int]) -> None:
    bits, born = shipped().bits, Facts(years=(1940, 1940))
    near, far = (
        sum(each.bits for each in compare_facts(born, Facts(years=(1940 + gap, 1940 + gap)), bits)) for gap in gaps
    )
    assert near >= far


@given(
    one=st.sampled_from(SPELLINGS),
    other=st.sampled_from((*SPELLINGS, "Назаров Карим")),
    shared=KNOWN,
    kind=st.sampled_from([*CONTRARY]),
)
def test_it_never_takes_a_contradicting_fact_for_more(one: str, other: str, shared: dict[str, Any], kind: str) -> None:
    """Whatever else is known of both; of somebody whose name says the father another one is not asked."""
    ours, theirs = ({"name": name, **{key: shared[key] for key in shared if key != kind}} for name in (one, other))
    mine, his = ({**record, kind: fact} for record, fact in zip((ours, theirs), CONTRARY[kind], strict=True))
    assert beside(mine, his).bits <= beside(ours, theirs).bits


@pytest.fixture(scope="module")
def written() -> Index:
    """People of six peoples, each written by a convention of theirs: in Cyrillic, Latin and Persian letters, with slips."""
    return Index.from_records(itertools.islice(made_up(), 150))


@tried(20, 150)
@given(at=st.integers(0, 149))
def test_it_finds_a_name_itself_before_every_other_name(written: Index, at: int) -> None:
    """None weighs as much but a name that sounds alike, and is spelt alike."""
    record = written._parts[0].shelf[at]
    first, *others = written.search({"name": record["name"]})
    assert len({each.record["name"].casefold() for each in (first, *others) if each.bits >= first.bits - 1e-6}) == 1
    assert first.record["name"].casefold() == record["name"].casefold()


def test_it_answers_alike_from_its_files(tmp_path: Path) -> None:
    index = Index.from_records([*crowd(60), SOUGHT])
    index.withdraw(["p3"])
    index.save(tmp_path)
    query = {"name": "Zafar Qurbonov", "year": 1984, "place": "Bokhtar"}
    opened = Index.opened(tmp_path)
    assert [(each.id, each.bits) for each in opened.search(query)] == [
        (each.id, each.bits) for each in index.search(query)
    ]


def test_it_takes_people_in_and_out_after_it_was_opened(tmp_path: Path) -> None:
    Index.from_records(crowd(60)).save(tmp_path)
    index = Index.opened(tmp_path)
    index.withdraw(["p1"])
    index.add([SOUGHT])
    assert (index.search({"name": "Zafar Qurbonov"})[0].id, len(index)) == ("him", 60)


def test_it_keeps_answering_while_it_is_written_anew(tmp_path: Path) -> None:
    Index.from_records([*crowd(60), SOUGHT]).save(tmp_path)
    older = Index.opened(tmp_path)
    for _generation in range(3):
        Index.from_records(crowd(30)).save(tmp_path)
    assert older.search({"name": "Zafar Qurbonov"})[0].id == "him"
    assert len(Index.opened(tmp_path)) == 30


def test_it_leaves_no_generation_behind_but_the_last_two(tmp_path: Path) -> None:
    for _generation in range(4):
        Index.from_records(crowd(5)).save(tmp_path)
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 2


@pytest.mark.parametrize(("step", "people"), [(1, 21), (24, 21), (25, 1)], ids=["first", "last", "after"])
def test_it_has_a_whole_index_after_a_kill(tmp_path: Path, step: int, people: int) -> None:
    """The process dies before its first file is on disk, before the newer generation is named, or right after."""
    Index.from_records([*crowd(20), SOUGHT]).save(tmp_path)
    assert (killed(tmp_path, step), len(Index.opened(tmp_path))) == (-9, people)


def test_it_does_not_open_an_index_that_was_made_with_other_tables(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Index.from_records(crowd(5)).save(tmp_path)
    monkeypatch.setattr("hamroh.kernel.linkage.parts.tables", lambda: "of last year")
    with pytest.raises(Unreadable, match="another release"):
        Index.opened(tmp_path)


@pytest.mark.parametrize("damage", ["empty", "cut", "other release"])
def test_it_says_that_its_files_cannot_be_opened(tmp_path: Path, damage: str) -> None:
    if damage != "empty":
        Index.from_records(crowd(20)).save(tmp_path)
        generation = tmp_path / (tmp_path / "CURRENT").read_text()
        if damage == "cut":
            os.truncate(generation / "texts.npy", 200)
        else:
            (generation / "facts.json").write_text('{"form": 0}')
    with pytest.raises(Unreadable, match="index"):
        Index.opened(tmp_path)
