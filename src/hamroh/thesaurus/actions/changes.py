"""The log of what changed: a row for each thing that a scheme says from now on, or no longer."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from hamroh.thesaurus.drafts import DraftConcept
from hamroh.thesaurus.models import Change, ChangeKind, Concept, RelationKind, Scheme, Status
from hamroh.thesaurus.selectors.drafts import Plan

_COLUMNS = ("scheme_id", "concept_id", "kind", "lang", "detail", "text", "other_id", "changed_at")
_LONGEST, _BATCH = 400, 2000
_ADDED = {"labels": ChangeKind.LABEL_ADDED, "notes": ChangeKind.NOTE_ADDED, "mappings": ChangeKind.MAPPING_ADDED}
_REMOVED = {
    "labels": ChangeKind.LABEL_REMOVED,
    "notes": ChangeKind.NOTE_REMOVED,
    "mappings": ChangeKind.MAPPING_REMOVED,
}


@transaction.atomic
def log_change(
    scheme: Scheme,
    concept: Concept,
    kind: str,
    *,
    lang: str = "",
    detail: str = "",
    text: str = "",
    other: Concept | None = None,
) -> Change:
    """Write that ``scheme`` changed what it says of ``concept``, and count the edit on the concept."""
    Concept.objects.filter(pk=concept.pk).update(revision=F("revision") + 1)
    return Change.objects.create(
        scheme=scheme, concept=concept, kind=kind, lang=lang, detail=detail, text=text[:_LONGEST], other=other
    )


def log_import(scheme: Scheme, plan: Plan, ids: dict[str, Any]) -> None:
    """Write what an import changed, in bulk; ``ids`` are the concepts by URI."""
    now = timezone.now()
    rows = list(_of_import(plan, ids))
    stored = Concept._meta.pk.get_db_prep_value  # noqa: SLF001 - Django's documented face of a field
    home, at = stored(scheme.pk, connection), _moment(now)
    sql = f"INSERT INTO {Change._meta.db_table} ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"  # noqa: S608, SLF001 - names of our own tables and columns
    with connection.cursor() as cursor:
        for start in range(0, len(rows), _BATCH):
            cursor.executemany(
                sql,
                [
                    (
                        home,
                        stored(pk, connection),
                        str(kind),
                        lang,
                        detail,
                        text[:_LONGEST],
                        stored(other, connection),
                        at,
                    )
                    for pk, kind, lang, detail, text, other in rows[start : start + _BATCH]
                ],
            )


def _moment(now: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(now)


def _of_import(plan: Plan, ids: dict[str, Any]) -> Iterable[tuple[Any, ...]]:
    old, new = plan.before.concepts if plan.before else {}, plan.draft.concepts
    for uri in plan.difference.added:
        if new[uri].own:
            yield ids[uri], ChangeKind.ADDED, "", "", "", None
        else:
            yield from _between(DraftConcept(uri, own=False), new[uri], ids)
    for uri in plan.difference.changed:
        yield from _between(old[uri], new[uri], ids)
    for uri in plan.difference.removed:
        if old[uri].own:
            yield ids[uri], ChangeKind.DEPRECATED, "", "", "", None
        else:
            yield from _between(old[uri], DraftConcept(uri, own=False), ids)


def _between(old: DraftConcept, new: DraftConcept, ids: dict[str, Any]) -> Iterable[tuple[Any, ...]]:
    pk = ids[new.uri]
    if old.status != new.status:
        yield pk, _STATUS.get(new.status, ChangeKind.REVIVED), "", "", "", None
    if new.replaced_by and old.replaced_by != new.replaced_by:
        yield pk, ChangeKind.REPLACED, "", "", "", ids.get(new.replaced_by)
    if old.notation != new.notation:
        yield pk, ChangeKind.NOTATION, "", "", new.notation, None
    for what, kind in _ADDED.items():
        before, after = _plain(getattr(old, what)), _plain(getattr(new, what))
        yield from ((pk, _REMOVED[what], lang, detail, text, None) for detail, lang, text in sorted(before - after))
        yield from ((pk, kind, lang, detail, text, None) for detail, lang, text in sorted(after - before))
    stood, stands = _relations(old), _relations(new)
    yield from ((pk, ChangeKind.RELATION_REMOVED, "", kind, "", ids.get(uri)) for kind, uri in sorted(stood - stands))
    yield from ((pk, ChangeKind.RELATION_ADDED, "", kind, "", ids.get(uri)) for kind, uri in sorted(stands - stood))


def _relations(concept: DraftConcept) -> set[tuple[str, str]]:
    broader = {(concept.ways.get(uri, RelationKind.BROADER.value), uri) for uri in concept.broader}
    return broader | {(RelationKind.RELATED.value, uri) for uri in concept.related}


_STATUS: dict[str, ChangeKind] = {Status.DEPRECATED: ChangeKind.DEPRECATED, Status.APPROVED: ChangeKind.REVIVED}


def _plain(rows: Iterable[tuple[str, ...]]) -> set[tuple[str, str, str]]:
    """Kind, language and text of labels, notes and matches; what a label came from is no change of the vocabulary."""
    return {(row[0], row[1] if len(row) > 2 else "", row[2] if len(row) > 2 else row[1]) for row in rows}
