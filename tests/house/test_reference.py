"""Pages that are written from the code say what the code says."""

from pathlib import Path

from hamroh.site import reference
from sealedroom.rules import VERBS

ROOT = Path(__file__).parents[2]


def test_it_says_what_the_policy_says():
    assert (ROOT / "docs/reference/permissions.md").read_text(encoding="utf-8") == reference.permissions(but=VERBS)
