"""Concepts and indicators as data: what the vocabulary of figures says is what the database has."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from hamroh.evidence.models import AreaGroup, Concept, Indicator
from hamroh.kernel.datafiles import document

VOCABULARY = "profile/concepts.yml"
_PLAIN = ("kind", "unit", "signed", "timeless", "part_of", "share", "per", "balance", "mirror", "names", "definitions", "codes")  # fmt: skip


@transaction.atomic
def load_vocabulary(said: Mapping[str, Any] | None = None) -> dict[str, Indicator]:
    """Bring concepts, their own indicators and groups of countries up to the vocabulary; the indicators by the key of their concept."""
    said = said or document(VOCABULARY)
    for key, facts in said.get("concepts", {}).items():
        Concept.objects.update_or_create(key=key, defaults={name: facts[name] for name in _PLAIN if name in facts})
    held = set(Indicator.objects.values_list("code", flat=True))
    Indicator.objects.bulk_create(
        Indicator(code=each.key, concept=each, names=each.names, definitions=each.definitions, unit=each.unit)
        for each in Concept.objects.all()
        if each.key not in held
    )
    for key, members in said.get("groups", {}).items():
        AreaGroup.objects.update_or_create(key=key, version="1", defaults={"members": sorted(members)})
    return {each.code: each for each in Indicator.objects.select_related("concept")}
