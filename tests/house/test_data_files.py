"""Knowledge files are read alike on every machine, whichever reader of YAML it has."""

import pytest
import yaml

from hamroh.kernel.datafiles import DATA

FILES = sorted(DATA.rglob("*.yml"), key=str)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(DATA).as_posix())
def test_it_is_read_by_the_slow_reader_too(path):
    assert list(yaml.parse(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader))
