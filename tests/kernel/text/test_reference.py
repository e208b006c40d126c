import re
from pathlib import Path

import pytest

from hamroh.kernel import text
from hamroh.kernel.text import analyse

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "text.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (az|tg|ru|en) \| `([^`]+)` \| (`.+) \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("lang", "word", "stems"), ROWS)
def test_it_stems_as_the_reference_shows(lang, word, stems):
    assert set(analyse(word, lang)) == set(re.findall("`([^`]+)`", stems.partition("(")[0]))


def test_it_describes_every_public_function():
    assert [name for name in text.__all__ if f"`{name}(" not in PAGE] == []
    assert len(ROWS) == 9
