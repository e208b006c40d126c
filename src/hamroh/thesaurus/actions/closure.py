"""The closure of broader, computed by the database in one statement."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from hamroh.thesaurus.models import BROADER_KINDS, Concept, ConceptAncestor, Relation

_FILL = """
INSERT INTO {closure} (concept_id, ancestor_id, distance)
WITH RECURSIVE above(concept_id, ancestor_id, distance) AS (
    SELECT id, id, 0 FROM {concept} WHERE {seeds}
    UNION
    SELECT above.concept_id, relation.target_id, above.distance + 1
    FROM above JOIN {relation} relation ON relation.source_id = above.ancestor_id AND relation.kind IN ({kinds})
)
SELECT concept_id, ancestor_id, MIN(distance) FROM above GROUP BY concept_id, ancestor_id
"""


def recompute_closure() -> None:
    """Write the whole table anew; broader must hold no ring."""
    ConceptAncestor.objects.all().delete()
    _fill("1 = 1", [])


def recompute_closure_of(concept_ids: Iterable[UUID]) -> None:
    """Write the ancestors of these concepts anew; callers name every concept below a changed relation."""
    ids = list(concept_ids)
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        ConceptAncestor.objects.filter(concept__in=part).delete()
        keys = [Concept._meta.pk.get_db_prep_value(pk, connection) for pk in part]  # noqa: SLF001
        _fill(f"id IN ({', '.join(['%s'] * len(part))})", keys)


def _fill(seeds: str, parameters: list[Any]) -> None:
    sql = _FILL.format(
        closure=ConceptAncestor._meta.db_table,  # noqa: SLF001
        concept=Concept._meta.db_table,  # noqa: SLF001
        relation=Relation._meta.db_table,  # noqa: SLF001
        seeds=seeds,
        kinds=", ".join(["%s"] * len(BROADER_KINDS)),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*parameters, *BROADER_KINDS])
