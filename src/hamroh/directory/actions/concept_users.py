"""What entries use of the vocabularies, for the editors of the thesaurus (``settings.CONCEPT_USERS``)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from hamroh.accounts import policy
from hamroh.directory.actions.indexing import index_entries
from hamroh.directory.actions.parties import edit_party
from hamroh.directory.actions.services import edit_service
from hamroh.directory.facts import FactsRefused
from hamroh.directory.models import Party, Service
from hamroh.directory.selectors.documents import PARTY, SERVICE
from hamroh.directory.selectors.facts import party_facts, service_facts
from hamroh.thesaurus.models import Concept
from hamroh.thesaurus.usage import Replaced, Use
from hamroh.web.texts import pick

#: kind in the index, model, the relation to concepts
_USING: tuple[tuple[str, Any, str], ...] = ((PARTY, Party, "subjects"), (SERVICE, Service, "kinds"))


def concept_counts(*, actor: Any, concepts: Sequence[UUID]) -> Mapping[tuple[UUID, str], int]:
    """Entries by (concept, kind)."""
    found = {}
    for kind, model, field in _USING:
        rows = _seen(actor, model).filter(**{f"{field}__in": concepts})
        for pk, number in _by_concept(rows, field, concepts):
            found[pk, kind] = number
    return found


def concept_uses(*, actor: Any, concept: Concept, limit: int, lang: str) -> Sequence[Use]:
    """Entries that use a concept, with their page at the desk where the asker edits them, else the public one."""
    found: list[Use] = []
    for kind, model, field in _USING:
        rows = list(_seen(actor, model).filter(**{field: concept}).order_by("code")[: limit - len(found)])
        mine = set(_edited(actor, model).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
        found += [Use(kind, pick(row.names, lang).text, _address(row, kind, row.pk in mine)) for row in rows]
    return found


def concept_mendable(*, actor: Any, concepts: Sequence[UUID]) -> Mapping[UUID, int]:
    """How many entries of the asker's own organisation use each."""
    found: Counter[UUID] = Counter()
    for _kind, model, field in _USING:
        rows = _edited(actor, model).filter(**{f"{field}__in": concepts})
        found.update(dict(_by_concept(rows, field, concepts)))
    return found


@transaction.atomic
def replace_concept(*, actor: Any, concept: Concept, by: Concept) -> Replaced:
    """Describe the asker's own entries by another concept; an entry that a rule refuses stays as it is and is told."""
    changed, refused = 0, []
    for party in _edited(actor, Party).filter(subjects=concept):
        facts = party_facts(party)
        try:
            edit_party(actor=actor, party=party, facts=replace(facts, subjects=_with(facts.subjects, concept, by)))
            changed += 1
        except FactsRefused as problem:
            refused.append((pick(party.names, _lang()).text, _why(problem)))
    for service in _edited(actor, Service).filter(kinds=concept):
        offered = service_facts(service)
        try:
            edit_service(actor=actor, service=service, facts=replace(offered, kinds=_with(offered.kinds, concept, by)))
            changed += 1
        except FactsRefused as problem:
            refused.append((pick(service.names, _lang()).text, _why(problem)))
    return Replaced(changed, tuple(refused))


def index_concept_users(*, concepts: Sequence[UUID]) -> None:
    """Write public entries anew that use one of these."""
    for _kind, model, field in _USING:
        rows = model.objects.public(timezone.localdate()).filter(**{f"{field}__in": concepts})
        index_entries(rows.distinct())


def _seen(actor: Any, model: Any) -> QuerySet[Any]:
    public = model.objects.public(timezone.localdate())
    own = policy.visible(actor, "directory.see_unpublished", model.objects.all())
    return model.objects.filter(Q(pk__in=public.values("pk")) | Q(pk__in=own.values("pk")))  # type: ignore[no-any-return]


def _edited(actor: Any, model: Any) -> QuerySet[Any]:
    return policy.visible(actor, "directory.edit", model.objects.all())


def _by_concept(rows: QuerySet[Any], field: str, concepts: Sequence[UUID]) -> Iterator[tuple[UUID, int]]:
    through = rows.model._meta.get_field(field).remote_field.through  # noqa: SLF001 - Django's documented face
    own = rows.model._meta.model_name  # noqa: SLF001
    links = through.objects.filter(concept__in=concepts, **{f"{own}__in": rows.values("pk")})
    yield from links.values_list("concept").annotate(number=Count("pk")).order_by()


def _address(row: Any, kind: str, is_mine: bool) -> str:
    if is_mine:
        return reverse(
            "directory-desk:entry", kwargs={"of": "service" if kind == SERVICE else "party", "code": row.code}
        )
    return reverse("directory:service" if kind == SERVICE else "directory:party", args=[row.code])


def _with(keys: tuple[str, ...], concept: Concept, by: Concept) -> tuple[str, ...]:
    """The keys or addresses of concepts with another one in the place of one, each once."""
    return tuple(dict.fromkeys(by.uri if key in (concept.key, concept.uri) else key for key in keys))


def _lang() -> str:
    return get_language() or settings.LANGUAGE_CODE


def _why(problem: FactsRefused) -> str:
    return " ".join(dict.fromkeys(str(each.message) for each in problem.problems))
