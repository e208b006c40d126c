"""``hamroh exchange`` from the first key to the last file, and what it says where something is wrong."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hamroh.site.commands.exchange import exchange

OURS = [
    ("a1", "Қурбонов Зафар Саидович", "1984", "Қӯрғонтеппа"),
    ("a2", "Холназаров Ҷамшед", "1979", "Хоруғ"),
    ("a3", "Бе ному нишон", "", ""),
]
THEIRS = [("b7", "Zafar Kurbanov", "1984", "Bokhtar"), ("b8", "Leyla Quliyeva", "1990", "Gəncə")]


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(exchange, [str(word) for word in words], catch_exceptions=False)


def wrote(
    path: Path, people: list[tuple[str, ...]], headings: tuple[str, ...] = ("id", "name", "year", "place")
) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings, *people])
    return path


@pytest.fixture
def sides(tmp_path: Path) -> Path:
    for name in ("Мо", "They"):
        assert run("key", tmp_path / name, "--name", name).exit_code == 0
    wrote(tmp_path / "ours.csv", OURS)
    wrote(tmp_path / "theirs.csv", THEIRS)
    return tmp_path


def offered(at: Path, *more: str) -> Result:
    return run(
        "offer", at / "ours.csv", at / "offer", "--keys", at / "Мо", "--to", at / "They/public.key", "--purpose", "who is sought",
        "--their-people", "10", "--processes", "1", *more,
    )  # fmt: skip


def answered(at: Path, *more: str) -> Result:
    return run(
        "answer", at / "theirs.csv", at / "offer", at / "answer", "--keys", at / "They", "--of", at / "Мо/public.key", "--processes", "1", *more
    )  # fmt: skip


def pairs(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["pair"], row["id"]) for row in csv.DictReader(file)]


def test_it_goes_all_the_way_with_files(sides: Path) -> None:
    assert offered(sides).exit_code == 0
    assert answered(sides, "--agree").exit_code == 0
    finished = run(
        "finish", sides / "answer", sides / "a.csv", "--keys", sides / "Мо", "--people", sides / "ours.csv", "--result", sides / "result"
    )  # fmt: skip
    received = run("finish", sides / "result", sides / "b.csv", "--keys", sides / "They")
    assert (finished.exit_code, received.exit_code) == (0, 0)
    assert pairs(sides / "a.csv") == [("1", "a1")]
    assert pairs(sides / "b.csv") == [("1", "b7")]


def test_it_shows_the_terms_before_they_are_agreed_to(sides: Path) -> None:
    offered(sides)
    refused = answered(sides)
    assert refused.exit_code == 1
    assert "purpose    who is sought" in refused.output
    assert not (sides / "answer").exists()
    assert "told from 12 bits on" in run("terms", sides / "offer").output


@pytest.mark.parametrize(("more", "keys"), [((), "keys narrow"), (("--wide",), "keys wide")])
def test_it_says_in_the_terms_how_readily_keys_open(sides: Path, more: tuple[str, ...], keys: str) -> None:
    offered(sides, *more)
    assert keys in run("terms", sides / "offer").output


def test_it_puts_no_name_and_no_id_into_any_file(sides: Path) -> None:
    offered(sides)
    answered(sides, "--agree")
    whole = (sides / "offer").read_bytes() + (sides / "answer").read_bytes()
    words = [word for person in (*OURS, *THEIRS) for cell in (person[1], person[3]) for word in cell.split()]
    assert [word for word in words if word.encode() in whole] == []


def test_it_keeps_a_key_for_its_user_alone_and_never_writes_over_it(sides: Path) -> None:
    assert (sides / "Мо/secret.key").stat().st_mode & 0o777 == 0o600
    assert "has a key already" in run("key", sides / "Мо", "--name", "x").output
    assert json.loads((sides / "Мо/public.key").read_text(encoding="utf-8"))["name"] == "Мо"


@pytest.mark.parametrize(
    ("people", "headings", "said"),
    [
        ([("a1", "Саид")], ("id", "name"), "no column year, place"),
        ([("a1", "Саид", "84", "")], None, "line 2: a year of birth is a year as 1984"),
        ([("a1", "Саид", "", ""), ("a1", "Саид", "", "")], None, "line 3: each person needs an id"),
        ([("a1", "", "", "")], None, "line 2: there is no name"),
    ],
    ids=["columns", "year", "twice", "nameless"],
)
def test_it_says_which_line_of_a_list_is_wrong(sides: Path, people, headings, said: str) -> None:
    wrote(sides / "ours.csv", people, headings or ("id", "name", "year", "place"))
    refused = offered(sides)
    assert refused.exit_code == 1
    assert said in refused.output


def test_it_refuses_a_list_that_is_no_text(sides: Path) -> None:
    (sides / "ours.csv").write_bytes(b"PK\x03\x04\xff\xfe")
    assert "cannot be read as comma-separated values" in offered(sides).output


def test_it_refuses_a_key_that_is_none(sides: Path) -> None:
    (sides / "They/public.key").write_text("{}", encoding="utf-8")
    assert "is no public.key" in offered(sides).output
