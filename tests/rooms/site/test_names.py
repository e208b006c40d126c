"""``hamroh names``: read and compared on the command line."""

import json

import pytest
from click.testing import CliRunner

from hamroh.site.cli import main


def hamroh(*words: str) -> str:
    done = CliRunner().invoke(main, ["names", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_it_shows_how_a_name_is_read() -> None:
    assert "қурбонова: cyrillic, kurbonova -> kurbon (surname)\n    keys: krbn\n" in hamroh("Қурбонова Зулайхо")


def test_it_shows_what_else_a_name_is_called() -> None:
    assert "diminutive of Анатолий" in hamroh("Толик")


def test_it_shows_what_is_left_of_a_compound() -> None:
    assert "of a compound: safar" in hamroh("Сафаралиев")


def test_it_reads_a_name_without_quotes_alike() -> None:
    assert hamroh("Қурбонова", "Зулайхо") == hamroh("Қурбонова Зулайхо")


def test_it_says_in_the_language_asked_for_why_two_are_one() -> None:
    assert "ҳамон ном" in hamroh("--lang", "tg", "compare", "Раҳмонов Саид", "Rahmon Said")


def test_it_answers_a_program_with_reasons_that_add_up() -> None:
    answer = json.loads(hamroh("--json", "compare", "Гусейнов Алиага", "Əliağa Hüseynov"))
    assert answer["bits"] == pytest.approx(sum(reason["bits"] for reason in answer["reasons"]), abs=0.02)


def test_it_gives_a_program_every_part() -> None:
    parts = json.loads(hamroh("--json", "Саид оғлу"))["parts"]
    assert [(part["written"], part["role"]) for part in parts] == [("саид", "patronymic")]


@pytest.mark.parametrize(
    "words", [("compare", "Саид"), ("compare",), ("123 !",)], ids=["one name", "no name", "no letter"]
)
def test_it_says_what_it_needs(words: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, ["names", *words])
    assert (done.exit_code, "name" in done.output) == (2, True)
