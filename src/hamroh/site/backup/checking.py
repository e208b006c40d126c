"""Run as a module in a restored home: says as JSON whether its journal holds and whether sealed values open."""

import json
import os
import sys
from typing import Any


def samples() -> list[dict[str, Any]]:
    """What each room's sample says: ``opened`` and ``refused`` values, and ``says`` in a sentence."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    return [dict(import_string(path)()) for path in settings.DRILL_SAMPLES]


def main(head: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hamroh.site.settings")
    import django

    django.setup()
    from hamroh.vault.anchors import Head
    from hamroh.vault.verifying import verify

    verdict = verify(against=Head.read(head) if head else None)
    print(json.dumps({"journal": verdict.as_json(), "samples": samples()}))


if __name__ == "__main__":
    main(sys.argv[1])
