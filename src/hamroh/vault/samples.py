"""A sample of what is sealed, opened to prove that the keys at hand fit; nothing of it is kept or shown."""

from collections import Counter
from typing import Any

from django.apps import apps
from django.db import models

from hamroh.vault import sealing
from hamroh.vault.errors import KeyDestroyed, MemberLocked, VaultError, VaultSealed

ROWS = 20


def open_sample() -> dict[str, Any]:
    """Open the sealed fields of some rows of every room: ``opened``, ``refused``, ``passed_over`` and ``says``.

    Passed over is what no installation can open alone: locating records (their members' keys), shredded ones, a vault
    that waits for its passphrase.
    """
    found: Counter[str] = Counter()
    for model in apps.get_models():
        fields = sealing.sealed_fields(model)
        if fields and not model._meta.proxy:  # noqa: SLF001 - Django's documented face of a model
            for row in model._default_manager.order_by("?")[:ROWS]:  # noqa: SLF001
                found.update(_opened(row, name) for name in fields)
    del found["empty"]
    told = {name: found[name] for name in ("opened", "refused", "passed_over")}
    return told | {"says": _said(**told)}


def _opened(row: models.Model, name: str) -> str:
    try:
        value = sealing.open_column(row, sealing.sealed_fields(type(row))[name])
    except (MemberLocked, KeyDestroyed, VaultSealed):
        return "passed_over"
    except VaultError:
        return "refused"
    return "empty" if value is None else "opened"


def _said(*, opened: int, refused: int, passed_over: int) -> str:
    if not opened + refused + passed_over:
        return "It holds no sealed data to open a sample of."
    return f"Of a sample of sealed values {opened} open, {refused} do not, {passed_over} need a person's key."
