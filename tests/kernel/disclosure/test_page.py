"""What the page about disclosure shows is so."""

import doctest
from pathlib import Path

PAGE = Path(__file__).parents[3] / "docs/reference/disclosure.md"


def test_it_does_what_the_page_shows():
    found = doctest.testfile(str(PAGE), module_relative=False)
    assert found.attempted > 10
    assert found.failed == 0
