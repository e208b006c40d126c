"""Words of a file held against what is here: concepts by their labels in any language, records by their names and by what they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from hamroh.accounts.models import Organisation
from hamroh.kernel.text import fold
from hamroh.library.exchange.rows import Row, Term
from hamroh.library.models import Brought, Record, SameKey
from hamroh.library.rules import same_keys
from hamroh.thesaurus.models import Concept, Label, LabelKind, Status
from hamroh.web.texts import LANGUAGES

_AT_ONCE = 400


@dataclass(frozen=True)
class Subjects:
    """Concepts of terms: ``by_uri``, and ``by_label`` where exactly one is called so."""

    by_uri: Mapping[str, str]
    by_label: Mapping[str, str]

    def of(self, terms: Iterable[Term]) -> str:
        """The address of the concept that one of these terms names; empty for none."""
        every = list(terms)
        for each in every:
            if each.uri and (found := self.by_uri.get(each.uri)):
                return found
        for each in every:
            for key in _keys(each.label):
                if found := self.by_label.get(key):
                    return found
        return ""


def subjects_of(rows: Iterable[Row]) -> Subjects:
    """What the terms of all these rows mean here, in a few queries."""
    terms = [each for row in rows for group in row.subjects for each in group]
    return Subjects(
        _by_uri({each.uri for each in terms if each.uri}),
        _by_label({key for each in terms for key in _keys(each.label)}),
    )


def _keys(label: str) -> list[str]:
    """A label as it may be folded in each language."""
    plain = " ".join(label.split())[:400]
    return list(dict.fromkeys(fold(plain, lang) for lang in LANGUAGES)) if plain else []


def _by_uri(wanted: set[str]) -> dict[str, str]:
    """Concepts by their address; one that was replaced is its successor."""
    found: dict[str, str] = {}
    for part in _parts(wanted):
        rows = Concept.objects.filter(Q(uri__in=part)).select_related("replaced_by")
        found |= {row.uri: successor.uri for row in rows if (successor := _in_use(row))}
    return found


def _in_use(concept: Concept) -> Concept | None:
    if concept.status != Status.DEPRECATED:
        return concept
    after = concept.replaced_by
    return after if after is not None and after.status != Status.DEPRECATED else None


def _by_label(wanted: set[str]) -> dict[str, str]:
    """Concepts by a label, preferred ones before others; a label of several concepts means none."""
    found: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for part in _parts(wanted):
        rows = Label.objects.filter(folded__in=part).select_related("concept__replaced_by")
        for row in rows:
            if concept := _in_use(row.concept):
                found[row.folded, row.kind == LabelKind.PREFERRED].add(concept.uri)
    chosen = {key: found.get((key, True)) or found[key, False] for key, _preferred in found}
    return {key: next(iter(each)) for key, each in chosen.items() if len(each) == 1}


@dataclass
class Known:
    """Records that rows may be: by their names in this list, and by identifiers and titles."""

    by_key: dict[str, Record] = field(default_factory=dict)
    by_sameness: dict[str, str] = field(default_factory=dict)
    by_code: dict[str, Record] = field(default_factory=dict)

    def twin(self, facts: Any, own: str = "") -> str:
        """The code of another record that seems to be the same; empty for none."""
        for key in sorted(same_keys(facts)):
            code = self.by_sameness.get(key, "")
            if code and code != own:
                return code
        return ""


def known_by_key(organisation: Organisation, keys: Iterable[str]) -> dict[str, Record]:
    """The records that rows of these names made or last changed."""
    found: dict[str, Record] = {}
    for part in _parts({each for each in keys if each}):
        rows = Brought.objects.filter(key__in=part, record__organisation=organisation, record__origin=None)
        for row in rows.select_related("record").order_by("pk"):
            found[row.key] = row.record
    return found


def same_as(organisation: Organisation, keys: Iterable[str]) -> dict[str, str]:
    """Codes of records of the house, or public ones, by the keys under which they may be the same."""
    found: dict[str, str] = {}
    public = Record.objects.public().values("pk")
    for part in _parts(set(keys)):
        rows = SameKey.objects.filter(key__in=part, record__origin=None).filter(
            Q(record__organisation=organisation) | Q(record__in=public)
        )
        found |= dict(rows.order_by("-record__created_at").values_list("key", "record__code"))
    return found


def own_by_code(organisation: Organisation, codes: Iterable[str]) -> dict[str, Record]:
    """Records of the house by their codes, in which rows may lie."""
    found: dict[str, Record] = {}
    for part in _parts({each for each in codes if each}):
        found |= {row.code: row for row in Record.objects.own().filter(organisation=organisation, code__in=part)}
    return found


def _parts(values: set[str]) -> Iterable[list[str]]:
    ordered = sorted(values)
    return (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))
