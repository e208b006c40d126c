"""The order of floors, read from the contract itself, and edges that no import shows."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parents[2]


def heights() -> dict[str, int]:
    """Floor number of each room, 0 being the kernel."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["id"] == "floors")
    return {room.strip(" ()"): height for height, layer in enumerate(reversed(layers)) for room in layer.split("|")}


def room_of(model: type[models.Model]) -> str | None:
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "hamroh" else None


def upward_keys(found: Iterable[type[models.Model]]) -> Iterator[str]:
    """Foreign keys that point from a room to one on a higher or another room of the same floor."""
    height = heights()
    for model in found:
        own = room_of(model)
        for field in model._meta.get_fields():
            if own is None or not field.is_relation or field.auto_created or field.related_model is None:
                continue
            other = room_of(field.related_model)
            if other and other != own and height[other] >= height[own]:
                yield f"{model.__name__}.{field.name} -> {other}.{field.related_model.__name__}"


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if room_of(model)]


TEMPLATE_EDGE = re.compile(r"""\{%\s*(?:include|extends)\s+["'](\w+)/|\{%\s*url\s+["'](\w+):""")


def upward_templates(files: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Includes and addresses of a higher room in templates, given as (room, name, text)."""
    height = heights()
    for own, name, text in files:
        for match in TEMPLATE_EDGE.finditer(text):
            other = match.group(1) or match.group(2)
            if other in height and other != own and height[other] > height[own]:
                yield f"{name}: {match.group(0)}"


def own_templates() -> Iterator[tuple[str, str, str]]:
    package = ROOT / "src" / "hamroh"
    for path in package.glob("*/templates/**/*.html"):
        yield path.relative_to(package).parts[0], str(path.relative_to(package)), path.read_text(encoding="utf-8")
