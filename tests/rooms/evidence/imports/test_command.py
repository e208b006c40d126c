"""``hamroh import figures``."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hamroh.evidence.models import ImportBatch, Observation
from statistics_files import MATRIX, WDI


@pytest.fixture
def run(people: Any, tmp_path: Path) -> Any:
    from hamroh.site.cli import main

    def ran(text: str, *args: str, by: str = "nigina") -> Any:
        file = tmp_path / "table.csv"
        file.write_text(text, encoding="utf-8")
        return CliRunner().invoke(main, ["import", "figures", str(file), "--by", by, "--vintage", "2024", *args])

    return ran


def test_it_knows_the_producer_and_writes(run) -> None:
    answer = run(WDI)
    assert answer.exit_code == 0, answer.output
    assert "6 figures: 6 new, 0 same, 0 changed" in answer.output
    assert ImportBatch.objects.get().vintage.source.key == "world-bank-wdi"


def test_it_writes_nothing_in_a_dry_run(run) -> None:
    told = json.loads(run(WDI, "--dry-run", "--json").stdout)
    assert (told["written"], told["counts"]["added"], told["left_out"]) == (False, 6, {"group": 1, "blank": 1})
    assert not Observation.objects.exists()


def test_it_takes_the_word_of_whoever_knows_better(run) -> None:
    swapped = (
        "--column",
        "origin_m49=destination",
        "--column",
        "origin_name=",
        "--column",
        "dest_m49=origin",
        "--column",
        "dest_name=",
    )
    told = json.loads(run(MATRIX, *swapped, "--dry-run", "--json").stdout)
    assert told["columns"]["origin_m49"] == "destination"


def test_it_asks_for_a_reason_where_a_rule_finds_fault(run) -> None:
    assert run(WDI).exit_code == 0
    small = "iso3,year,BX.TRF.PWKR.CD.DT\nAZE,2004,203.6\nTJK,2004,252\nTJK,2005,466.7\nTJK,2006,1018.5\n"
    where = ("--source", "world-bank-wdi", "--vintage", "2025")
    assert run(small, *where).exit_code == 1
    assert run(small, *where, "--despite", "millions").exit_code == 0


@pytest.mark.parametrize(
    ("args", "by"),
    [((), "davlat"), ((), "nobody"), (("--column", "nothing=area"), "nigina"), (("--set", "x"), "nigina")],
)
def test_it_refuses_in_a_line(run, args, by) -> None:
    answer = run(WDI, *args, by=by)
    assert answer.exit_code in (1, 2)
    assert "Traceback" not in answer.output
    assert not ImportBatch.objects.exists()
