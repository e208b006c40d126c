"""On which screens staff pages are looked at: each language once in the short tier, every pair in the long one."""

import pytest

LANGS_AND_SIZES = [
    pytest.param("tg", "phone"),
    pytest.param("az", "wide"),
    pytest.param("tg", "wide", marks=pytest.mark.long),
    pytest.param("az", "phone", marks=pytest.mark.long),
]
