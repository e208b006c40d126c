"""The exchange between two organisations: the same pairs as an open run, and what an attacker learns."""

import dataclasses
import itertools
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exchange_world import ALI, END, OTHERS, SAME, THRESHOLD, TODAY, World, lists, signed_anew
from hamroh.kernel.exchange import Labour, Party, Unfit, features, finish, group, labour, offer, parcels, steps
from hamroh.kernel.exchange.evidence import WIDE, Counts, Known, Rule, keys_of
from hamroh.kernel.exchange.files import Opened
from hamroh.kernel.exchange.labour import Task
from hamroh.kernel.exchange.reading import Reading, rule_of
from hamroh.kernel.exchange.states import standing
from hamroh.kernel.exchange.steps import rounded
from hamroh.kernel.linkage import Index
from hamroh.kernel.names.comparing import compare
from hamroh.kernel.names.reading import hearing, read
from hamroh.kernel.names.weights import shipped
from here import Here

#: how many stand on each of two lists, and how many of them on both
PEOPLE, BOTH = 18, 12


@pytest.fixture(scope="module")
def two_lists() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    return lists(PEOPLE, BOTH)


@pytest.fixture(scope="module")
def through(tmp_path_factory: pytest.TempPathFactory, two_lists) -> tuple[World, dict[tuple[str, str], int]]:
    """An exchange that has gone through, and its pairs with their bits."""
    world = World.of(tmp_path_factory.mktemp("through"), *two_lists)
    return world, world.gone_through()


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World.of(tmp_path, [ALI], [SAME, *OTHERS])


def test_it_finds_the_pairs_of_the_open_run_and_no_strangers(through, two_lists) -> None:
    _world, pairs = through
    index = Index.from_records(two_lists[1])
    found = {(each["id"], one.id): one.bits for each in two_lists[0] for one in index.search(each)}
    open_run = {pair for pair, bits in found.items() if bits >= THRESHOLD + 2}
    assert len(open_run & pairs.keys()) >= 0.95 * len(open_run) > 7
    assert all(a[1:] == b[1:] for a, b in pairs)


def test_it_tells_each_side_only_its_own_ids(world: World) -> None:
    ours = world.finish(world.answer(world.offer()))
    theirs = world.receive()
    assert [(pair.id, pair.number) for pair in ours] == [("a1", 1)]
    assert [(pair.id, pair.number) for pair in theirs] == [("b7", 1)]


def test_it_leaves_no_secret_behind(through) -> None:
    world, _pairs = through
    assert [path.name for side in "ab" for path in (world.folder / side).iterdir()] == ["ledger.jsonl"] * 2


def test_it_notes_who_agreed_to_what_and_what_crossed(world: World) -> None:
    world.finish(world.answer(world.offer()))
    world.receive()
    ours, theirs = (
        [json.loads(line) for line in (own.home / "ledger.jsonl").read_text().splitlines()]
        for own in (world.a, world.b)
    )
    assert [line["verb"] for line in (*ours, *theirs)] == ["offer", "finish", "answer", "receive"]
    assert ours[1]["terms"] == theirs[0]["terms"]
    assert (ours[0]["offer"], ours[1]["answer"], ours[1]["result"]) == (
        theirs[0]["offer"],
        theirs[0]["answer"],
        theirs[1]["result"],
    )


def test_it_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    people = lists(25, 10)[0]
    world = World.of(tmp_path, people, [SAME])

    def stop(_what: str, done: int, _whole: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        world.with_labour(Labour(1, stop)).offer()
    (begun,) = [path.name for path in world.a.home.iterdir() if path.is_dir()]
    assert (world.a.home / begun / "blind.done").stat().st_size > 0
    world.offer()
    with Opened(world.path("offer"), world.a.public, ("offer",)) as file:
        assert parcels.terms_in(file.header).exchange == begun


def test_it_finds_the_same_where_points_are_worked_on_beside_the_list(
    tmp_path: Path, through, two_lists, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(labour, "ProcessPoolExecutor", Here)
    assert World.of(tmp_path, *two_lists).with_labour(Labour(2)).gone_through() == through[1]


def test_it_says_what_went_wrong_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labour, "ProcessPoolExecutor", Here)
    task = Task("evaluate", group.multiplied, b"\x08" * 32, b"", tmp_path / "kept")
    with pytest.raises(Unfit), Labour(2).aside(task, [[bytes(32)], [bytes(32)]]):
        pass


@pytest.mark.parametrize("pool", ["here", pytest.param("in processes", marks=pytest.mark.long)])
def test_it_works_alike_in_two_processes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pool: str) -> None:
    if pool == "here":
        monkeypatch.setattr(labour, "ProcessPoolExecutor", Here)
    pieces = [[f"{piece} {at}".encode() for at in range(20)] for piece in range(5)]
    made = [
        list(
            Labour(count).done(
                Task("", group.valued, group.scalar(b"x" * 32, b""), b"c", tmp_path / f"{count}"), pieces, 100
            )
        )
        for count in (1, 2)
    ]
    assert made[0] == made[1]
    assert len(made[0]) == 5


def _syllables(count: int) -> list[str]:
    parts = ("Ка", "Рам", "Сул", "Тош", "Наз", "Мур", "Бек")
    return ["".join(each) for each in itertools.islice(itertools.product(parts, parts, parts), count)]


# What is weighed


def test_it_weighs_features_as_the_engine_weighs_names(two_lists) -> None:
    ours, theirs, weighing = _features(*two_lists)
    for at, (one, other) in enumerate(zip(ours[:BOTH], theirs[:BOTH], strict=True)):
        sent = features.unpacked(features.packed(other))
        said = compare(*(read(side[at]["name"]) for side in two_lists), frequency=lambda _skeleton: 2**-9.0).bits
        names = weighing._names(one.names[0], sent.names[0])
        assert names is None or abs(names.bits - said) < 6


def _features(ours, theirs):
    """The features of both lists by values that anybody could make, every name as rare, and what weighs them."""
    hear = hearing(None)
    people = [[Known.of(record, hear) for record in side] for side in (ours, theirs)]
    texts = [*features.years(), *(text for side in people for person in side for text in features.texts_of(person))]
    values = {text: at for at, text in enumerate(dict.fromkeys(texts), 1)}
    counts = Counts([])
    counts.of_word = lambda _part: 9.0
    made = [[features.features_of(person, counts, values) for person in side] for side in people]
    return *made, features.Weighing(shipped(), values)


def test_it_tells_no_brother_of_a_sought_man(tmp_path: Path) -> None:
    brother = {"id": "b9", "name": "Қурбонов Фирдавс Саидович", "year": "1984", "place": "Бохтар"}
    world = World.of(tmp_path, [ALI], [brother])
    assert world.gone_through() == {}


@given(st.binary(max_size=features.BLOCK))
def test_it_reads_any_block_or_refuses_it(block: bytes) -> None:
    try:
        found = features.unpacked(block)
    except ValueError:
        return
    assert isinstance(found, features.Features)


def test_it_refuses_features_so_wide_that_anybody_would_match() -> None:
    wide = b"\0" + bytes([40]) + b"".join(at.to_bytes(4, "big") for at in range(40)) + b"\0"
    with pytest.raises(ValueError, match="too much"):
        features.unpacked(wide.ljust(features.BLOCK, b"\0"))


def test_it_keeps_the_exchange_open_until_the_pairs_are_kept(world: World) -> None:
    answered = world.answer(world.offer())

    def no_room(_pairs: object) -> None:
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        finish(world.a, answered, world.path("result"), TODAY, no_room)
    assert [pair.id for pair in world.finish(answered)] == ["a1"]


def test_it_forgets_the_secrets_of_an_exchange_that_has_expired(world: World) -> None:
    answered = world.answer(world.offer())
    world.today = END + timedelta(days=1)
    with pytest.raises(Unfit, match="no exchange of this number is open"):
        world.finish(answered)
    assert [path.name for path in world.a.home.iterdir()] == ["ledger.jsonl"]


def test_it_gives_everybody_a_parcel_of_one_size(through) -> None:
    with Opened(through[0].path("answer"), through[0].b.public, ("answer",)) as file:
        sizes = {
            name: {len(each) for piece in file.records(name, 100) for each in piece} for name in ("people", "entries")
        }
        counts = file.count("people", parcels.PARCEL), file.count("entries", parcels.ENTRY)
    assert sizes == {"people": {parcels.PARCEL}, "entries": {parcels.ENTRY}}
    assert counts == tuple(map(rounded, counts))


# Attacks: who has all names of the region, and what crossed the wire


def _lexicon() -> list[Known]:
    """Everybody whom an attacker thinks of: here each person of both lists, so that every guess that could be right is made."""
    hear = hearing(None)
    return [Known.of(record, hear) for side in lists(PEOPLE, BOTH) for record in side]


def _guesses(people: list[Known]) -> list[bytes]:
    """All keys of all of them, whatever they weigh."""
    counts = Counts(people)
    return sorted(
        {b"key\0" + key.encode() for person in people for key in keys_of(person, counts, Rule(-99.0, WIDE, asks=False))}
    )


def test_it_gives_an_outsider_with_all_names_and_all_files_nothing(through) -> None:
    world, _pairs = through
    context = _context(world)
    with Opened(world.path("offer"), world.a.public, ("offer",)) as file:
        asked = {each for piece in file.records("asked", 1000) for each in piece}
    with Opened(world.path("answer"), world.b.public, ("answer",)) as file:
        evaluated = {each for piece in file.records("evaluated", 1000) for each in piece}
        tags = {each[: len(parcels.tag(b"", 0))] for piece in file.records("entries", 1000) for each in piece}
    for guess in _guesses(_lexicon()):
        point = group.point(guess, context)
        assert not {point} & (asked | evaluated)
        assert not {parcels.tag(group.value(guess, known, context), 0) for known in (point, b"", context)} & tags


def _context(world: World) -> bytes:
    import hashlib

    with Opened(world.path("offer"), world.a.public, ("offer",)) as file:
        return hashlib.sha256(parcels.terms_in(file.header).packed()).digest()


def test_it_tells_who_offered_nobody_whom_the_own_list_does_not_meet(tmp_path: Path, two_lists) -> None:
    """The curious side that offered: its own secrets, the answer, and every right guess about whom it has not on its list."""
    world = World.of(tmp_path, *two_lists)
    answered = world.answer(world.offer(wide=False))
    (state,) = [standing(world.a.home, path.name) for path in world.a.home.iterdir() if path.is_dir()]
    own = Reading.of(world.a.records, steps._rule(state.terms, asks=True))
    blind, context = group.scalar(state.key, b"asked"), state.context
    guesses = sorted(set(_guesses(_lexicon())) - set(own.texts))
    with Opened(answered, world.b.public, ("answer",)) as file:
        shelf, values = parcels.Shelf(file), steps._unblinded(world.a, own.texts, file, state)
        elements = next(file.records("evaluated", 20))
        points = [group.times(element, group.inverse(blind)) for element in elements]
        for guess in guesses:
            point = group.point(guess, context)
            tried = [point, group.times(point, blind), group.times(point, group.inverse(blind)), *points]
            assert shelf.met([group.value(guess, each, context) for each in tried]) == {}
        met = shelf.met(values)
    opened = {handle for others in met.values() for handle, _key in others}
    (theirs,) = [standing(world.b.home, path.name) for path in world.b.home.iterdir() if path.is_dir()]
    strangers = {theirs.ids[handle] for handle in opened} - {f"b{at}" for at in range(BOTH)}
    pairs = {pair.id for pair in world.finish(answered)}
    assert len(guesses) > 150
    assert len(opened) >= len(pairs) > 7
    assert len(strangers) <= 1


def test_it_tells_who_answered_nothing_by_the_blinded_keys(through) -> None:
    """The curious side that answers, with its own number: no guess, multiplied or not, is among the blinded or the evaluated keys."""
    world, _pairs = through
    context, number = _context(world), group.scalar(b"z" * 32, b"any")
    with Opened(world.path("offer"), world.a.public, ("offer",)) as file:
        asked = {each for piece in file.records("asked", 1000) for each in piece}
    for guess in _guesses(_lexicon())[:400]:
        point = group.point(guess, context)
        assert not {point, group.times(point, number)} & asked
    assert all(group.times(each, number) for each in asked)


def test_it_keeps_words_sealed_from_who_did_not_ask_about_them(world: World) -> None:
    """Whoever has a key opens the features; of words that are not on the own list they say nothing, with any lexicon."""
    hear = hearing(None)
    known = Known.of({"id": "b", "name": "Зафар Қурбонов Бахтовар", "year": "1984", "place": "Бохтар"}, hear)
    number, context = group.scalar(b"b" * 32, b"answer"), b"c" * 32
    texts = [*features.years(), *features.texts_of(known)]
    values = {text: features.number(group.valued([b"say\0" + text.encode()], number, context)) for text in texts}
    block = features.packed(features.features_of(known, Counts([known]), values))
    guessed = {
        features.number(group.value(b"say\0" + text.encode(), group.point(text.encode(), context), context))
        for text in texts
    }
    opened = features.unpacked(block)
    assert not guessed & {key for name in opened.names for word in name for key in word.keys}
    assert not guessed & set(opened.years)


def test_it_counts_guesses_in_the_own_list_against_the_terms(world: World) -> None:
    """The honest limit: who lies about the list may try names, as many as both sides signed, and not one more."""
    names = [
        {"id": f"g{at}", "name": f"Одил {first}ов", "year": "1980", "place": "Кӯлоб"}
        for at, first in enumerate(_syllables(30))
    ]
    liar = dataclasses.replace(world, a=dataclasses.replace(world.a, records=[*names, ALI]))
    offered = liar.offer()
    with Opened(offered, world.a.public, ("offer",)) as file:
        terms = parcels.terms_in(file.header)
    assert (terms.offered, terms.keys) == (31, file.count("asked", 32))
    signed_anew(
        world,
        offered,
        "offer",
        lambda header: header | {"terms": header["terms"].replace(f'"keys":{terms.keys}', '"keys":9')},
    )
    with pytest.raises(Unfit, match="another number of keys"):
        world.answer(offered)


def test_it_refuses_terms_that_ask_for_more_keys_than_people_have(world: World) -> None:
    offered = world.offer()
    signed_anew(
        world, offered, "offer", lambda header: header | {"terms": header["terms"].replace('"keys":', '"keys":9')}
    )
    with pytest.raises(Unfit, match="trying names"):
        world.answer(offered)


def test_it_puts_no_key_in_an_answer_that_many_strangers_share() -> None:
    hear = hearing(None)
    people = [
        Known.of({"id": str(at), "name": "Раҳмонов Саид", "year": None, "place": None}, hear) for at in range(2000)
    ]
    assert keys_of(people[0], Counts(people), rule_of(12.0, 2000, wide=True, asks=False)) == []


def _asked(record: dict[str, Any], *, asks: bool, wide: bool = True) -> set[str]:
    known = Known.of(record, hearing(None))
    return set(keys_of(known, Counts([]), rule_of(THRESHOLD, 1000, wide=wide, asks=asks)))


def test_it_meets_by_a_lacking_fact_only_where_a_side_lacks_it() -> None:
    common = {"id": "1", "name": "Саид Раҳмон", "place": "Кӯлоб"}
    of_both, elsewhere = (
        _asked({**common, "year": "1984"}, asks=False),
        {"id": "2", "name": "Саид Раҳимов", "place": "Кӯлоб"},
    )
    assert "yearless" in " ".join(_asked({**common, "year": None}, asks=True) & of_both)
    assert "less" not in " ".join(_asked({**elsewhere, "year": "1971"}, asks=True) & of_both)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"year": "1972", "place": None}, {"year": None, "place": "Кӯлоб"}),
        ({"year": None, "place": None}, {"year": "1972", "place": "Кӯлоб"}),
        ({"year": "1972", "place": "Кӯлоб"}, {"year": None, "place": None}),
        ({"year": None, "place": None}, {"year": None, "place": None}),
    ],
)
def test_it_meets_where_no_fact_is_known_on_both_sides(
    ours: dict[str, str | None], theirs: dict[str, str | None]
) -> None:
    keys = [
        _of_all([{"id": "1", "name": "Саид Раҳмон", **facts}], Counts([]), Rule(16.0, WIDE, asks))
        for facts, asks in ((ours, True), (theirs, False))
    ]
    assert any("homeless" in key and "yearless" in key for key in keys[0] & keys[1])


def test_it_joins_a_part_of_a_word_with_the_year_alone_only_where_no_home_is_compared(two_lists) -> None:
    lists = two_lists[1], [{**record, "place": None} for record in two_lists[1]]
    found = [
        _of_all(each, Counts([Known.of(one, hearing(None)) for one in each]), Rule(12.0, WIDE, asks=False))
        for each in lists
    ]
    assert [any(map(_is_part_and_year, each)) for each in found] == [False, True]


def _of_all(records: list[dict[str, Any]], counts: Counts, rule: Rule) -> set[str]:
    return {key for each in records for key in keys_of(Known.of(each, hearing(None)), counts, rule)}


def _is_part_and_year(key: str) -> bool:
    words = key.split()
    return len(words) == 3 and words[2].isdigit() and any(word[0] in "<>+/" for word in words[:2])


def test_it_meets_a_word_with_a_slip_of_the_pen_by_the_others_and_both_facts() -> None:
    facts = {"year": "1984", "place": "Рушан"}
    asked = _asked({"id": "1", "name": "Rahmon Toirrulov", **facts}, asks=True)
    assert asked & _asked({"id": "2", "name": "Rahmon Toirqulov", **facts}, asks=False)


def test_it_makes_fewer_weak_keys_where_they_are_narrow(two_lists) -> None:
    hear = hearing(None)
    people = [Known.of(record, hear) for record in two_lists[1]]
    counts = Counts(people)
    plain = [
        {
            key
            for each in people
            for key in keys_of(each, counts, rule_of(THRESHOLD, 1000, wide=wide, asks=False))
            if len(key.split()) == 2
        }
        for wide in (False, True)
    ]
    assert plain[0] < plain[1]


def test_it_refuses_an_answer_whose_keys_are_not_as_agreed(world: World) -> None:
    answered = world.answer(world.offer())
    signed_anew(
        world,
        answered,
        "answer",
        lambda header: header | {"terms": header["terms"].replace('"wide":true', '"wide":false')},
    )
    with pytest.raises(Unfit, match="other terms"):
        world.finish(answered)


def test_it_has_the_terms_signed_by_both_sides(world: World) -> None:
    offered = world.offer()
    answered = world.answer(offered)
    with Opened(offered, world.a.public, ("offer",)) as one, Opened(answered, world.b.public, ("answer",)) as other:
        assert one.header["terms"] == other.header["terms"]
        assert other.header["offer"] == one.digest


def test_it_refuses_an_offer_without_people(world: World) -> None:
    with pytest.raises(Unfit):
        offer(
            dataclasses.replace(world.a, records=[]), world.path("none"), name="One", to=Party("Two", world.b.public), purpose="x",
            threshold=THRESHOLD, expires=END, answered=10, today=TODAY,
        )  # fmt: skip
