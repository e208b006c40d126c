"""What the home remembers of its backups: where they go, to whom, and when the last one and the last drill were."""

import json
from typing import Any

from django.conf import settings

NAME = "backups.json"


def known() -> dict[str, Any]:
    """The record: ``backup`` and ``drill`` with ``at``, ``plan`` with folders and recipients; absent until they were."""
    path = settings.HOME.path / NAME
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def remember(**facts: Any) -> None:
    path = settings.HOME.path / NAME
    beside = path.with_name(f"{NAME}.partial")
    beside.write_text(json.dumps(known() | facts, indent=1), encoding="utf-8")
    beside.rename(path)
