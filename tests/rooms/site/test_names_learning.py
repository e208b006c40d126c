"""``hamroh learn-names``: what searches teach, from files, judged or not."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from hamroh.kernel.linkage import Index
from hamroh.kernel.linkage.probability import calibration_of
from hamroh.kernel.names.weights import shipped, weights_of
from hamroh.site.cli import main

POOL = [
    {"id": f"p{number}", "name": name}
    for number, name in enumerate(("Раҳмонов Ҷамшед", "Назаров Фарҳод", "Қурбонов Саид"))
]
JUDGED = [
    {"query": {"name": "Jamshed Rahmonov"}, "same": "p0"},
    {"query": {"name": "Farhod Nazarov"}, "same": "p1"},
    {"query": {"name": "Asrorov Zubaydullo"}, "same": ""},
    {"query": {"name": "Said Kurbanov"}, "same": "p2"},
]


def lines(path: Path, records: list[object]) -> str:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), encoding="utf-8")
    return str(path)


def run(tmp_path: Path, pool: list[object], judged: list[object], *options: str):
    files = [lines(tmp_path / "pool.jsonl", pool), lines(tmp_path / "judged.jsonl", judged)]
    return CliRunner().invoke(main, ["learn-names", *files, *options])


def test_it_writes_weights_that_an_index_takes(tmp_path: Path) -> None:
    told = run(tmp_path, POOL, JUDGED * 20, "--out", str(tmp_path / "out"))
    assert told.exit_code == 0, told.output
    weights = weights_of(str(tmp_path / "out" / "weights.csv"))
    assert weights.bits.keys() == shipped().bits.keys()
    calibration = calibration_of(str(tmp_path / "out" / "calibration.csv"))
    index = Index.from_records(POOL, weights=weights, calibration=calibration)
    assert index.search({"name": "Jamshed Rahmonov"})[0].id == "p0"


def test_it_tells_how_the_learned_does_on_searches_it_was_not_learned_from(tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, POOL, JUDGED * 20, "--json").stdout)
    assert (told["searches"], told["learned, tried on the other half"]["first"]) == (80, 1.0)


def test_it_writes_weights_that_nobody_judged_for(tmp_path: Path) -> None:
    asked = [{"query": each["query"]} for each in JUDGED]
    told = run(tmp_path, POOL, asked * 20, "--unjudged", "--out", str(tmp_path / "out"))
    assert told.exit_code == 0, told.output
    assert "judged by nobody" in told.stdout
    weights = weights_of(str(tmp_path / "out" / "weights.csv"))
    calibration = calibration_of(str(tmp_path / "out" / "calibration.csv"))
    index = Index.from_records(POOL, weights=weights, calibration=calibration)
    assert index.search({"name": "Jamshed Rahmonov"})[0].id == "p0"


def test_it_guesses_the_share_of_searches_whose_one_is_there(tmp_path: Path) -> None:
    told = json.loads(run(tmp_path, POOL, JUDGED * 20, "--unjudged", "--json").stdout)
    assert told["share whose one is in the pool"] == pytest.approx(0.75, abs=0.1)


def test_it_guesses_from_no_few_searches(tmp_path: Path) -> None:
    told = run(tmp_path, POOL, JUDGED, "--unjudged")
    assert (told.exit_code, "4 searches are there" in told.output) == (1, True), told.output


@pytest.mark.parametrize(
    ("pool", "judged", "fault"),
    [
        (POOL, JUDGED, "4 searches are judged"),
        ([{"name": "Саид"}], JUDGED * 20, "needs an id"),
        (POOL, [{"same": "p0"}] * 60, 'line 1: it needs a "query"'),
        (POOL, [{"query": {"name": "Саид"}}] * 60, 'line 1: it needs "same"'),
        (POOL, [["p0"]] * 60, "line 1: a record in braces"),
        (POOL, [{"query": {"name": "Саид", "year": "x"}}] * 60, "line 1: a year of birth is"),
    ],
    ids=["few", "no id", "no query", "no answer", "no record", "no year"],
)
def test_it_says_what_it_cannot_learn_from(
    tmp_path: Path, pool: list[object], judged: list[object], fault: str
) -> None:
    told = run(tmp_path, pool, judged)
    assert (told.exit_code, fault in told.output) == (1, True), told.output


def test_it_names_the_line_that_is_no_json(tmp_path: Path) -> None:
    (tmp_path / "judged.jsonl").write_text('{"query": {}, "same": ""}\n{"query": {"name": \n', encoding="utf-8")
    pool = lines(tmp_path / "pool.jsonl", POOL)
    told = CliRunner().invoke(main, ["learn-names", pool, str(tmp_path / "judged.jsonl")])
    assert (told.exit_code, "line 2" in told.output) == (1, True)
