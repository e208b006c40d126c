"""The bench of names measures what it says: honest ranks, people that stay the same, pools in which nobody else is who is sought."""

import ast
import hashlib
import itertools
import json
import random
import re
import unicodedata
from pathlib import Path

import pytest

from hamroh.site.benches.names import beside, own, report, runs, sets
from hamroh.site.benches.names.letters import WAYS, spellings
from hamroh.site.benches.names.measures import Quality, band, quality, rank
from hamroh.site.benches.names.people import PEOPLES, households
from hamroh.site.benches.names.writing import CONVENTIONS, record, written

HERE = Path(sets.__file__).parent


@pytest.fixture(scope="module")
def made():
    return sets.made(400)


# Measures -----------------------------------------------------------------------------------------------------------------


def test_it_gives_a_perfect_finder_the_full_mark():
    ranks = [rank([("a", 9.0, ""), ("b", 1.0, "")], "a") for _query in range(20)]
    assert quality(ranks) == Quality(20, 1.0, 1.0, 1.0)


def test_it_gives_a_blind_finder_chance():
    """Who scores all alike and shows any ten of a hundred finds one of ten, and nobody first."""
    chance = random.Random(3)
    names = [str(number) for number in range(100)]
    ranks = [rank([(name, 0.0, "") for name in chance.sample(names, 10)], "7") for _query in range(4000)]
    found = quality(ranks)
    assert (found.r1, found.r10) == (0.0, pytest.approx(0.1, abs=0.015))


def test_it_counts_ties_against_the_finder_in_whatever_order_they_stand():
    found = [("a", 3.0, ""), ("b", 2.0, ""), ("c", 2.0, ""), ("d", 1.0, "")]
    orders = {rank(order, "b") for order in itertools.permutations(found)}
    assert orders == {3}


def test_it_finds_no_rank_for_who_was_not_found():
    assert rank([("a", 1.0, "")], "b") is None
    assert rank([], "b") is None


def test_it_takes_the_tenth_for_found_and_the_eleventh_for_missed():
    assert quality([10, 11, None, 1]) == Quality(4, 0.25, 0.5, 0.275)


def test_it_counts_each_candidate_shown_in_a_band():
    answers = [[("a", 9.0, "strong"), ("b", 8.0, "strong")], [("c", 9.0, "strong")], [("d", 2.0, "possible")]]
    found = band(answers, ["a", None, "d"], "strong")
    assert (found.shown, found.precision) == (3, pytest.approx(1 / 3, abs=1e-4))


def test_it_says_that_an_empty_band_shows_nothing():
    assert band([[("a", 1.0, "weak")]], ["a"], "strong").shown == 0


# People -------------------------------------------------------------------------------------------------------------------


def digest(lines):
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def test_it_makes_the_same_people_everywhere():
    """Who changes the people changes this digest knowingly, and the figures of the docs with it."""
    one = sets.made(300)
    lines = [f"{query.name} {query.year}" for query in one.queries]
    lines += [f"{each['name']} {each['year']}" for each in sets.pool(one, 2000)]
    assert digest(lines) == "e6a209bfc5254d37"


def test_it_gives_brothers_and_sisters_one_father_one_surname_and_one_home():
    children = next(found for found in households(5) if len(found) > 2)
    assert len({(child.father, child.surname, child.home) for child in children}) == 1
    assert len({child.given for child in children}) == len(children)


def test_it_names_many_alike_as_registers_do():
    people = [
        child
        for found in itertools.islice(households(1), 4000)
        for child in found
        if child.people == "tg" and child.sex == "m"
    ]
    counts = sorted(
        (sum(1 for _ in same) for _key, same in itertools.groupby(sorted(child.given.own for child in people))),
        reverse=True,
    )
    assert 0.03 < counts[0] / len(people) < 0.2
    assert counts.count(1) > 50


@pytest.mark.parametrize("people", PEOPLES)
def test_it_writes_a_people_by_each_of_its_conventions_in_the_letters_of_that(people):
    alphabets = {"fa": "ARABIC", **dict.fromkeys(("tg", "ru", "uzcyr", "azcyr", "ky"), "CYRILLIC")}
    person = next(child for found in households(8) for child in found if child.people == people)
    for convention in WAYS[people]:
        name = written(person, convention, random.Random(1))
        letters = {
            unicodedata.name(letter).split()[0] for letter in name if unicodedata.category(letter) in {"Lu", "Ll", "Lo"}
        }
        assert letters == {alphabets.get(convention, "LATIN")}, (convention, name)


def test_it_knows_every_convention_that_it_draws():
    for people, draw in CONVENTIONS.items():
        drawn = {draw(chance) for chance in [random.Random(2)] for _number in range(400)}
        assert drawn == set(WAYS[people])


def test_it_spells_a_name_in_the_usual_way_first():
    person = next(
        child for found in households(1) for child in found if child.people == "tg" and "ҷ" in child.given.own
    )
    first = spellings(person.given, "tg", "ru")[0]
    assert "дж" in first
    assert "ҷ" not in first


def test_it_states_years_as_people_do():
    person = next(households(1))[0]
    chance = random.Random(4)
    years = [record(person, "ru", chance)["year"] for _number in range(2000)]
    off = [abs(year - person.year) for year in years if year is not None]
    assert max(off) == 3
    assert 0.15 < years.count(None) / len(years) < 0.25
    assert 0.55 < off.count(0) / len(off) < 0.7


# Sets and pools -----------------------------------------------------------------------------------------------------------


def test_it_puts_everybody_sought_into_the_pool_and_so_many_others(made):
    names = [each["id"] for each in sets.pool(made, 1500)]
    assert len(names) == len(set(names)) == 1900
    assert {query.true for query in made.queries} <= set(names)


def test_it_spreads_the_sought_over_the_pool(made):
    sought = {query.true for query in made.queries}
    places = [at for at, each in enumerate(sets.pool(made, 3600)) if each["id"] in sought]
    assert 1800 < sum(places) / len(places) < 2200


def test_it_takes_people_with_the_three_names_of_somebody_sought_out_of_the_crowd():
    first = next(households(sets._POOL_SEED))[0]
    everybody = [each["id"] for each in itertools.islice(sets.crowd(), 20)]
    without = [each["id"] for each in itertools.islice(sets.crowd(frozenset({first.identity})), 20)]
    assert everybody[0] == "c0-0"
    assert "c0-0" not in without


def test_it_gives_ids_that_say_nothing():
    given = [name for name, _record in sets.opaque({"id": str(number)} for number in range(1000))]
    assert len(set(given)) == 1000
    assert given != sorted(given)


def test_it_leaves_the_sought_of_some_numbers_out(made):
    away = made.without(range(0, len(made.sought), 2))
    assert [each["id"] for each in away.sought] == [query.true for query in made.queries[1::2]]


def test_it_asks_some_women_by_the_other_of_their_surnames(made):
    maiden = [query for query in made.queries if "maiden" in query.parts]
    assert len(maiden) > 15


def test_it_keeps_facts_back_where_only_the_name_is_asked(made):
    query = next(query for query in made.queries if query.year and query.place)
    assert query.asked(facts=False) == {"name": query.name, "year": None, "place": None}
    assert query.asked(facts=True)["year"] == query.year


def test_it_asks_peers_a_hundred_of_each_kind_of_pairs():
    queries = [
        sets.Query(str(number), None, None, str(number), frozenset({kind}))
        for kind, count in (("real", 150), ("token", 300), ("rule", 90))
        for number in range(count)
    ]
    asked = beside.sample(queries)
    assert [sum(kind in query.parts for query in asked) for kind in ("real", "token", "rule")] == [100, 100, 90]


def test_it_reads_pairs_of_ones_own(tmp_path, monkeypatch):
    query = {
        "qid": "Q1",
        "set": "rule",
        "sub": "tg:adhoc>fa maiden",
        "name": "Said",
        "year": 1980,
        "place": None,
        "true": "T1",
    }
    found = {"id": "T1", "name": "سعید", "year": 1980, "place": None}
    (tmp_path / "dev_queries.jsonl").write_text(json.dumps(query), encoding="utf-8")
    (tmp_path / "dev_truth.jsonl").write_text(json.dumps(found), encoding="utf-8")
    import gzip

    with gzip.open(tmp_path / "dev_pool_100k.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"id": "D1", "name": "Ali", "year": None, "place": None}) + "\n")
    monkeypatch.setenv(sets.OWN_PAIRS, str(tmp_path))
    own = sets.dev()
    assert own.queries[0].parts == {"rule", "english", "persian", "maiden"}
    assert (own.sought, [each["id"] for each in own.others]) == ((found,), ["D1"])


def test_it_has_no_pairs_of_ones_own_without_a_folder(monkeypatch):
    monkeypatch.delenv(sets.OWN_PAIRS, raising=False)
    assert sets.dev() is None


# Runs ---------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def few():
    return sets.made(40)


@pytest.fixture(scope="module")
def case(tmp_path_factory, few):
    hall = runs.Hall(tmp_path_factory.mktemp("hall"))
    return runs.Case(few, "100k", 60, hall.pool(sets.pool(few, 60), few.ids)), hall


@pytest.fixture(scope="module")
def run(case):
    one, hall = case
    return hall.run("engine", one.pool, one.asks, checks=["hostile"])


def test_it_asks_the_index_in_a_process_of_its_own_and_knows_whom_it_found(run, case):
    for figure in own._found(case[0], run.asks["facts"], "facts"):
        if figure.id == "names.made.r10.all.100k.facts":
            assert (figure.value > 0.9, figure.bar) == (True, ">= 0.98")
            break
    else:
        pytest.fail("no figure of the whole set")
    assert run.memory_mib > 0


def test_it_times_each_query(run, case):
    assert {len(answers.ms) for answers in run.asks.values()} == {40}
    assert [figure.id for figure in own._times(case[0], run.asks["name"], "name")] == [
        "names.made.p50.100k.name",
        "names.made.p50_cpu.100k.name",
        "names.made.p95.100k.name",
        "names.made.p95_cpu.100k.name",
    ]


def test_it_sets_a_peer_beside_hamroh_on_the_same_queries(run, case):
    """Here the index stands beside itself, so both values are one."""
    queries = beside.sample(case[0].queries.queries)
    chosen = beside._chosen(run, case[0].queries.queries, queries)
    for figure in beside._compared(case[0], "itself", queries, chosen, chosen):
        assert figure.value == figure.peer_value


def test_it_sends_what_nobody_is_called(run):
    assert len(run.checks["hostile"]) > 12
    assert min(run.checks["hostile"].values()) > 0


def test_it_measures_how_soon_who_was_added_is_found():
    from hamroh.site.benches.names.contestants.engine import Contestant

    index = Contestant([{"id": "1", "name": "Саид Раҳмонов", "year": None, "place": None}])
    person = {"id": "2", "name": "Zulaykho Qurbonova", "year": 1990, "place": None}
    assert index._until_found([[person]]) > 0
    index._index.withdraw(["2"])
    index._index.add = lambda _lot: None
    with pytest.raises(LookupError):
        index._until_found([[person]])


def test_it_says_why_a_peer_is_left_out(tmp_path, made, capsys):
    hall = runs.Hall(tmp_path)
    lines = hall.pool(sets.pool(made, 0), [])
    assert beside._tried("fuzzy", lambda: hall.run("nobody", lines, {})) is None
    assert "fuzzy is left out: ModuleNotFoundError" in capsys.readouterr().err


def test_it_draws_its_people_by_tables_of_its_own():
    """The engine's own tables would measure themselves."""
    ours = {"hamroh.site", "hamroh.kernel.datafiles"}
    for path in [*HERE.glob("*.py"), *(HERE / "contestants").glob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module.startswith("hamroh") and path.name != "engine.py":
                assert any(node.module.startswith(name) for name in ours), (path.name, node.module)


def test_it_pins_every_package_of_peers_by_hash_and_names_no_address():
    locks = [*HERE.glob("*.lock")]
    assert {each.stem for each in locks} == {"peers", "nomenklatura", "clk"}
    for lock in locks:
        text = lock.read_text(encoding="utf-8")
        assert not re.search(r"https?://|--index|--find-links", text)
        assert all("--hash=sha256:" in block for block in re.split(r"\n(?=\S)", text.strip()))


def test_it_draws_a_picture_of_what_was_measured():
    values = {
        "names.made.r1.all.100k.name": {"value": 0.5, "peer_value": None},
        "names.made.r10.all.100k.name": {"value": 0.75, "peer_value": None},
        "names.beside.made.r1.100k.name.pg_trgm": {"value": 0.5, "peer_value": 0.25},
        "names.beside.made.r10.100k.name.pg_trgm": {"value": 0.75, "peer_value": 0.31},
    }
    drawn = report.picture(values, "made", "100k")
    assert "0.50 / 0.75" in drawn
    assert "0.25 / 0.31" in drawn
