"""The public directory: what it holds, its alphabet, its institutions, and what a search finds in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.db.models.fields.json import KeyTextTransform
from django.utils import timezone
from django.utils.translation import gettext

from hamroh.directory.models import AdminUnit, Officer, Party, PartyKind, Service
from hamroh.directory.models.parties import INSTITUTION_KINDS
from hamroh.directory.selectors.documents import PARTY, SERVICE
from hamroh.directory.selectors.entries import in_order
from hamroh.kernel.text import alphabet
from hamroh.search.selectors import FacetValue, Hit, Results, results
from hamroh.thesaurus.models import Concept
from hamroh.thesaurus.selectors import expansions, names
from hamroh.web.texts import pick

#: names that begin with no letter of the language's alphabet
OTHERS = "#"
#: how many values of a facet are offered
MOST_CHOICES = 40
FACETS = ("kind", "place", "subject", "speaks")


@dataclass(frozen=True)
class Shelf:
    """A kind of parties with the number of public ones."""

    kind: str
    label: str
    count: int


def shelves(*, actor: Any) -> list[Shelf]:  # noqa: ARG001 - the same for everybody
    """The kinds that public parties have, in the order of PartyKind."""
    rows = Party.objects.public(timezone.localdate()).values("kind").annotate(count=Count("pk"))
    counts = {row["kind"]: row["count"] for row in rows}
    return [Shelf(kind.value, str(kind.label), counts[kind]) for kind in PartyKind if kind in counts]


def focal_points(*, actor: Any) -> int:  # noqa: ARG001
    """How many public parties are gender focal points."""
    return Party.objects.public(timezone.localdate()).filter(gender_focal_point=True).count()


def letters(*, actor: Any, lang: str) -> list[tuple[str, int]]:  # noqa: ARG001
    """Letters of the language's alphabet with the number of public parties under each; others under ``#``."""
    rows = Party.objects.public(timezone.localdate()).annotate(letter=KeyTextTransform(lang, "initials"))
    counts = dict(rows.values_list("letter").annotate(count=Count("pk")).order_by())
    shown = [(letter, counts.get(letter, 0)) for letter in alphabet(lang)]
    return [*shown, *([(OTHERS, counts[OTHERS])] if OTHERS in counts else [])]


def institutions(*, actor: Any, lang: str) -> list[Party]:  # noqa: ARG001
    """Public institutions with their legal bases and the officers who may be named (``shown_officers``)."""
    today = timezone.localdate()
    officers = Officer.objects.public(today).order_by("-since", "pk")
    rows = Party.objects.public(today).filter(kind__in=INSTITUTION_KINDS)
    with_basis = rows.filter(Q(legal_bases__isnull=False) | Q(officers__in=officers)).distinct()
    return list(
        in_order(with_basis, lang)
        .select_related("country", "seat")
        .prefetch_related("legal_bases", Prefetch("officers", officers, to_attr="shown_officers"))
    )


@dataclass(frozen=True)
class Find:
    """A hit with the entry it tells of."""

    hit: Hit
    address: str
    party: Party
    service: Service | None

    @property
    def entry(self) -> Party | Service:
        return self.service or self.party


@dataclass(frozen=True)
class Found:
    """What a search found; ``choices`` are (value, words, count, chosen) of each facet."""

    finds: list[Find]
    results: Results
    choices: Mapping[str, list[tuple[str, str, int, bool]]]


def found(*, actor: Any, query: str, chosen: Mapping[str, str], lang: str, page: int = 1) -> Found:  # noqa: ARG001
    """Public parties and services that answer to the words, all facets narrowing.

    The words are widened by the thesaurus. The index is asked, then the tables: an entry that may no longer be shown falls
    out even before the index knows.
    """
    facets = {name: [value] for name, value in chosen.items() if value and name in FACETS}
    facets.setdefault("kind", [PARTY, SERVICE])
    asked = results(query=query, language=lang, expansions=expansions(query, lang), facets=facets, page=page)
    return Found(finds=_finds(asked.hits, lang), results=asked, choices=_choices(asked, lang))


def _finds(hits: Sequence[Hit], lang: str) -> list[Find]:
    today = timezone.localdate()
    codes = [hit.record_id for hit in hits]
    seats = ("seat", "country")
    parties = {row.code: row for row in Party.objects.public(today).filter(code__in=codes).select_related(*seats)}
    services = {
        row.code: row for row in Service.objects.public(today).filter(code__in=codes).select_related("party__seat")
    }
    shown = []
    for hit in hits:
        service = services.get(hit.record_id) if hit.kind == SERVICE else None
        party = service.party if service else parties.get(hit.record_id)
        if party and (service or hit.kind == PARTY):
            shown.append(Find(hit, hit.address.format(lang=lang), party, service))
    return shown


def _choices(asked: Results, lang: str) -> dict[str, list[tuple[str, str, int, bool]]]:
    """Values that would narrow the search, in words; those that nothing names are left out."""
    values = {name: asked.facets.get(name, ())[:MOST_CHOICES] for name in FACETS}
    words = {
        "kind": {SERVICE: gettext("Services")} | {value: str(label) for value, label in PartyKind.choices},
        "place": _place_words(values["place"], lang),
        "subject": _subject_words(values["subject"], lang),
        "speaks": {each.value: each.value for each in values["speaks"]},
    }
    return {
        name: [
            (each.value, words[name][each.value], each.count, each.selected)
            for each in values[name]
            if each.value in words[name]
        ]
        for name in FACETS
    }


def _place_words(values: Sequence[FacetValue], lang: str) -> dict[str, str]:
    rows = AdminUnit.objects.filter(key__in=[each.value for each in values])
    return {unit.key: pick(unit.names, lang).text for unit in rows}


def _subject_words(values: Sequence[FacetValue], lang: str) -> dict[str, str]:
    rows = dict(Concept.objects.filter(key__in=[each.value for each in values]).values_list("pk", "key"))
    return {rows[pk]: name.text for pk, name in names(rows, lang).items()}
