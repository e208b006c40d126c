"""All benches in a row: a failing one stops no other, and what they said stands in a table and a picture."""

import sys
from importlib import import_module
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from hamroh.site.benches import BENCHES, beginning, brief, whole
from hamroh.site.benches.figures import Figure, short
from hamroh.site.commands import bench as command

SAYS = 'print("""{"bench": "one", "figures": [{"id": "one.speed", "value": 3, "unit": "ms", "bar": "<= 2", "holds": false, "peer": "other", "peer_value": 9}]}"""); raise SystemExit(1)'


def python(code):
    return [sys.executable, "-c", code]


@pytest.fixture
def run():
    held = whole.Ran("good", (Figure("good.share", 0.9, "share", ">= 0.5"),), 1.0, 0.5)
    return whole.Run(
        "2026-11-24 00:00 UTC", "a machine", "Brief.", (held, whole.ran("one", python(SAYS), 60), whole.Ran("bad", (), 2.0, 1.0, "ended with 3 and no figures"))
    )  # fmt: skip


def test_it_reads_what_a_bench_said_though_its_bar_does_not_hold():
    found = whole.ran("one", python(SAYS), 60)
    assert (found.failed, found.figures[0].value, found.holds) == ("", 3, False)


def test_it_tells_of_a_bench_that_fell():
    found = whole.ran("one", python("raise SystemExit(3)"), 60)
    assert (found.failed, found.figures, found.holds) == ("ended with 3 and no figures", (), False)


def test_it_ends_a_bench_that_does_not_end():
    found = whole.ran("one", python("import time; time.sleep(600)"), 0.5)
    assert found.failed.startswith("did not end within")


@pytest.mark.parametrize(
    "line", ["| one | 1 | 0 of 1 |", "| bad | 0 | ended with 3 and no figures |", "a machine", "other: 9"]
)
def test_it_writes_a_table_of_all_with_machine_and_date(run, tmp_path, line):
    run.written(tmp_path)
    assert line in (tmp_path / "table.md").read_text(encoding="utf-8")


def test_it_draws_each_figure_that_has_a_bar(run, tmp_path):
    run.written(tmp_path)
    drawn = ET.parse(tmp_path / "picture.svg").getroot()
    words = [text for each in drawn.iter() if each.tag.endswith("text") and (text := each.text)]
    assert {"good.share", "one.speed"} <= set(words)


@pytest.mark.parametrize(
    ("value", "bar", "share"), [(3, "<= 2", 1.5), (0.25, ">= 0.5", 2), (0, "<= 0", 0), (1, "<= 0", 2), (0, ">= 1", 2)]
)
def test_it_says_how_much_of_its_bar_a_figure_takes(value, bar, share):
    assert whole.taken(Figure("id", value, "s", bar)) == share


@pytest.mark.parametrize(("count", "said"), [(400, "400"), (10_000, "10k"), (1_000_000, "1m"), (1_500, "1500")])
def test_it_names_a_figure_by_its_count(count, said):
    assert short(count) == said


@pytest.mark.parametrize(("bench", "constant"), [(name, each) for name, some in brief.COUNTS.items() for each in some])
def test_it_shortens_what_is_there(bench, constant):
    usual, few = getattr(import_module(BENCHES[bench]), constant), brief.COUNTS[bench][constant]
    assert type(usual) is type(few)
    assert usual != few


def test_it_begins_with_a_copy_of_the_home_that_was_made(tmp_path, monkeypatch):
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mode").write_text("production")
    monkeypatch.setenv(beginning.VARIABLE, str(tmp_path / "made"))
    beginning.begin(tmp_path / "new")
    assert (tmp_path / "new" / "mode").read_text() == "production"


@pytest.fixture
def quick(monkeypatch, tmp_path):
    """A run of three that are no benches of ours; the second falls."""
    codes = {"cases": SAYS, "field": "raise SystemExit(3)", "vault": SAYS.replace('"value": 3', '"value": 1')}
    monkeypatch.setattr(command, "_made", lambda _home: None)
    monkeypatch.setattr(whole, "command_of", lambda name, *_options: python(codes[name]))
    monkeypatch.setenv(beginning.VARIABLE, "")
    return lambda *names: CliRunner().invoke(command.bench, [*names, "--out", str(tmp_path / "out")])


def test_it_goes_on_after_a_bench_that_fell(quick, tmp_path):
    quick("cases", "field", "vault")
    assert "| vault | 1 | 1 of 1 |" in (tmp_path / "out" / "table.md").read_text(encoding="utf-8")


def test_it_ends_with_one_when_any_fell_or_missed_its_bar(quick):
    assert [quick("vault").exit_code, quick("vault", "field").exit_code, quick("cases").exit_code] == [0, 1, 1]
