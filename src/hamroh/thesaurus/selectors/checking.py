"""A vocabulary as the checks see it, and their findings in words."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings

from hamroh.accounts import policy
from hamroh.kernel.vocabulary_checks import Finding, Node, Rule, Term, examine
from hamroh.thesaurus.models import (
    BROADER_KINDS,
    Concept,
    ConceptAncestor,
    GroupMember,
    Label,
    Relation,
    RelationKind,
    Scheme,
)
from hamroh.thesaurus.models import Mapping as Match
from hamroh.thesaurus.selectors.names import Name, names

_KIND = {"pref": "pref", "alt": "alt", "hidden": "hidden"}


@dataclass(frozen=True)
class Found:
    """A finding with the names of its concepts in the reader's language."""

    finding: Finding
    scheme: str
    name: Name
    other: Name | None


def findings(*, actor: Any, scheme: Scheme, lang: str) -> dict[Rule, list[Found]]:
    """What is wrong with a vocabulary, by rule, in a number of queries that does not grow."""
    policy.require(actor, "thesaurus.edit", scheme)
    homes: dict[str, tuple[UUID, str]] = {}
    found = examined(scheme, homes)
    called = names(
        {homes[key][0] for each in found for key in (each.concept, each.about.get("other", "")) if key in homes}, lang
    )
    said: dict[Rule, list[Found]] = defaultdict(list)
    for each in found:
        pk, home = homes[each.concept]
        other = homes.get(each.about.get("other", ""))
        said[each.rule].append(
            Found(each, home, called.get(pk, Name(each.concept, "", "")), called.get(other[0]) if other else None)
        )
    return {rule: said[rule] for rule in Rule if rule in said}


def examined(scheme: Scheme, homes: dict[str, tuple[UUID, str]] | None = None) -> list[Finding]:
    """Every finding of a vocabulary; fills ``homes`` with the row and the vocabulary of each concept it looked at."""
    nodes = _nodes(scheme, {} if homes is None else homes)
    return examine(nodes, [code for code, _name in settings.LANGUAGES])


def _nodes(scheme: Scheme, homes: dict[str, tuple[UUID, str]]) -> list[Node]:
    """Own concepts, those that this layer speaks of, and everything above them."""
    touched = set(Concept.objects.filter(scheme=scheme).values_list("pk", flat=True))
    touched |= set(Relation.objects.filter(scheme=scheme).values_list("source_id", flat=True))
    touched |= set(Label.objects.filter(scheme=scheme).values_list("concept_id", flat=True))
    spoken = _parts(touched)
    all_of = touched | {
        pk
        for part in spoken
        for pk in ConceptAncestor.objects.filter(concept__in=part).values_list("ancestor_id", flat=True)
    }
    rows = {
        row.pk: row for part in _parts(all_of) for row in Concept.objects.filter(pk__in=part).select_related("scheme")
    }
    homes.update({row.key: (row.pk, row.scheme.code) for row in rows.values()})
    parts = _Parts(scheme, rows)
    for part in _parts(all_of):
        parts.read(part)
    return [parts.node(row) for pk, row in rows.items()]


class _Parts:
    """What is said of concepts, read a few hundred at a time."""

    def __init__(self, scheme: Scheme, rows: Mapping[UUID, Concept]) -> None:
        self.scheme, self.rows = scheme, rows
        self.terms: dict[UUID, list[Term]] = defaultdict(list)
        self.broader: dict[UUID, set[str]] = defaultdict(set)
        self.related: dict[UUID, set[str]] = defaultdict(set)
        self.own: dict[tuple[UUID, bool], set[str]] = defaultdict(set)
        self.mappings: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
        self.placed: set[UUID] = set()
        self.followed: set[UUID] = set()

    def read(self, part: list[UUID]) -> None:
        for row in Label.objects.filter(concept__in=part).only("pk", "concept_id", "lang", "kind", "text", "scheme_id"):
            ref = str(row.pk) if row.scheme_id == self.scheme.pk else ""
            self.terms[row.concept_id].append(Term(row.lang, _KIND[row.kind], row.text, ref))
        relations = Relation.objects.filter(source__in=part)
        for pk, key, kind, home in relations.values_list("source_id", "target__key", "kind", "scheme_id"):
            (self.broader if kind in BROADER_KINDS else self.related)[pk].add(key)
            if home == self.scheme.pk:
                self.own[pk, kind == RelationKind.RELATED].add(key)
        below = Relation.objects.filter(target__in=part, kind__in=BROADER_KINDS)
        self.placed |= set(below.values_list("target_id", flat=True))
        self.placed |= set(GroupMember.objects.filter(concept__in=part).values_list("concept_id", flat=True))
        for pk, kind, uri in Match.objects.filter(concept__in=part).values_list("concept_id", "kind", "uri"):
            self.mappings[pk].append((kind, uri))
        self.followed |= set(
            Concept.also_replaced_by.through.objects.filter(from_concept__in=part).values_list(
                "from_concept_id", flat=True
            )
        )

    def node(self, row: Concept) -> Node:
        pk = row.pk
        return Node(
            row.key,
            is_own=row.scheme_id == self.scheme.pk,
            status=str(row.status),
            terms=tuple(sorted(self.terms[pk], key=lambda term: (term.lang, term.kind, term.text))),
            broader=frozenset(self.broader[pk]),
            related=frozenset(self.related[pk]),
            own_broader=frozenset(self.own[pk, False]),
            own_related=frozenset(self.own[pk, True]),
            mappings=tuple(sorted(self.mappings[pk])),
            has_successor=row.replaced_by_id is not None or pk in self.followed,
            is_placed=pk in self.placed,
        )


def _parts(ids: set[UUID], size: int = 500) -> list[list[UUID]]:
    ordered = sorted(ids)
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]
