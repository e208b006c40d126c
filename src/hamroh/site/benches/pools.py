"""Sealed names that are searched: putting people in, making the files, a search with its openings, what a newcomer costs."""

import itertools
import time
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from hamroh.site.benches.figures import Figure, milliseconds, percentile

_DEFAULT, _FULL, _SEARCHES, _NEW = 10_000, 200_000, 200, 100
_BATCH = 500


def figures(model: Any, organisation: UUID, *, full: bool) -> Iterator[Figure]:
    """`model` is a sealed one with a ``name``; ids say how many people are in the pool."""
    from hamroh.site.benches.names.sets import crowd
    from hamroh.vault import poolfiles, pools
    from hamroh.vault.models import NamePool

    count, kind = _FULL if full else _DEFAULT, model._meta.label_lower  # noqa: SLF001 - Django's documented face of a model
    people = list(itertools.islice(crowd(), count + _NEW))
    rows = [_row(model, organisation, person) for person in people]
    model.objects.bulk_create(rows, batch_size=_BATCH)
    told = [{**person, "id": str(row.pk)} for person, row in zip(people, rows, strict=True)]
    before = time.perf_counter()
    for start in range(0, count, _BATCH):
        pools.put(kind, organisation, told[start : min(start + _BATCH, count)])
    yield Figure(f"vault.names_put_{count}", round(time.perf_counter() - before, 1), "s")
    (made,) = milliseconds([lambda: poolfiles.renewed(NamePool.objects.get(kind=kind))])
    yield Figure(f"vault.names_files_{count}", round(made / 1000, 1), "s")
    searches = _searches(model, organisation, told[: count : count // _SEARCHES])
    yield Figure(f"vault.names_search_p50_{count}", percentile(searches, 0.5), "ms")
    yield Figure(f"vault.names_search_p95_{count}", percentile(searches, 0.95), "ms", "<= 150")
    new = iter(told[count:])

    def come() -> None:
        person = next(new)
        pools.put(kind, organisation, [person])
        assert _search(model, organisation, person)

    yield Figure("vault.names_put_and_found_p95", percentile(milliseconds([come] * _NEW), 0.95), "ms")


def _row(model: Any, organisation: UUID, person: dict[str, Any]) -> Any:
    told = {"name": person["name"], "phone": "+992 93 555-0012", "document": "A 00000012"}
    return model(organisation_id=organisation, opened_week="2026-01-05", **told)


def _searches(model: Any, organisation: UUID, people: Sequence[dict[str, Any]]) -> list[float]:
    """Milliseconds of each search; the first of a process, which maps the files, is left out."""
    _search(model, organisation, people[0])
    return milliseconds([lambda person=person: _search(model, organisation, person) for person in people])  # type: ignore[misc]


def _search(model: Any, organisation: UUID, person: dict[str, Any]) -> list[Any]:
    from hamroh.vault import journal, pools

    query = {key: person[key] for key in ("name", "year", "place")}
    with journal.openings("command"):
        return pools.search(
            model._meta.label_lower,  # noqa: SLF001
            organisation,
            query,
            opener=_Opener(model),
        )


class _Opener:
    """Opens names for the bench, each with its line in the journal."""

    def __init__(self, model: Any) -> None:
        self._model = model

    def known(self, ids: Sequence[str]) -> set[str]:
        return {str(pk) for pk in self._model.objects.filter(pk__in=ids).values_list("pk", flat=True)}

    def opened(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        from hamroh.vault import opening
        from hamroh.vault.decisions import Upkeep

        rows, kind = self._model.objects.filter(pk__in=ids), self._model._meta.label_lower  # noqa: SLF001
        return {
            str(row.pk): opening.open_to_score(row, ("name",), decision=Upkeep((kind, str(row.pk)))) for row in rows
        }
