"""The floors hold, and a breach of them is named."""

from pathlib import Path

import pytest
from breach import contracts_say, copy_of_the_house, plant

BREACHES = [
    ("kernel/states.py", "import django", "The kernel is plain Python"),
    ("search/documents.py", "from hamroh.directory import states", "a floor stands only on the floors beneath it"),
    ("thesaurus/models/concepts.py", "from hamroh.thesaurus import exchange", "In a room the way runs one way"),
    ("directory/states.py", "import pyoxigraph", "RDF lives in one file"),
]


def test_it_keeps_every_contract(tmp_path: Path) -> None:
    copy_of_the_house(tmp_path)
    code, words = contracts_say(tmp_path)
    assert code == 0, words


@pytest.mark.parametrize(("file", "line", "contract"), BREACHES)
def test_it_names_a_planted_breach(tmp_path: Path, file: str, line: str, contract: str) -> None:
    package = copy_of_the_house(tmp_path)
    plant(package / file, line)
    code, words = contracts_say(tmp_path)
    assert code == 1
    assert any(contract in row and "BROKEN" in row for row in words.splitlines()), words


def test_it_refuses_a_package_without_a_floor(tmp_path: Path) -> None:
    package = copy_of_the_house(tmp_path)
    (package / "attic").mkdir()
    (package / "attic" / "__init__.py").touch()
    code, words = contracts_say(tmp_path)
    assert code == 1
    assert "attic" in words
