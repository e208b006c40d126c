"""What editors work on: the vocabularies they keep, one concept with everything that may be changed, who uses it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from hamroh.accounts import policy
from hamroh.kernel.text import fold
from hamroh.thesaurus import usage
from hamroh.thesaurus.models import (
    BROADER_KINDS,
    Change,
    ChangeKind,
    Concept,
    Group,
    Label,
    LabelKind,
    Mapping,
    Note,
    Relation,
    Scheme,
    Status,
    Suggestion,
)
from hamroh.thesaurus.selectors.drafts import chain
from hamroh.thesaurus.selectors.names import Name, names, title
from hamroh.thesaurus.selectors.queries import concept_lookup
from hamroh.thesaurus.states import WAITING

#: between a concept's name and its key, where one is chosen from a list
SIGN = " · "
_MOST_OFFERED, _MOST_CHANGES = 12, 10


@dataclass(frozen=True)
class KeptLine:
    """A vocabulary that somebody keeps, with what waits in it."""

    scheme: Scheme
    title: str
    concepts: int
    candidates: int
    suggestions: int


@dataclass(frozen=True)
class Beside:
    """A relation as the editor sees it: ``is_mine`` where this layer says it."""

    other: Concept
    name: Name
    kind: str
    kind_name: str
    layer: str
    is_mine: bool


@dataclass(frozen=True)
class Told:
    """A line of the change log in words."""

    kind_name: str
    text: str
    lang: str
    changed_at: Any
    layer: str


def kept_schemes(*, actor: Any) -> QuerySet[Scheme]:
    """Vocabularies that somebody may edit; those that nobody keeps change by import alone."""
    rows = Scheme.objects.filter(maintainer__isnull=False).select_related("extends", "maintainer")
    return policy.visible(actor, "thesaurus.edit", rows)


def kept_scheme(*, actor: Any, code: str, verb: str = "thesaurus.edit") -> Scheme:
    """One of them; Refused for every other, as for one that is not there."""
    rows = Scheme.objects.filter(code=code, maintainer__isnull=False).select_related("extends", "maintainer")
    found: Scheme = policy.fetch(actor, verb, rows)[0]
    return found


def kept_lines(*, actor: Any, lang: str) -> list[KeptLine]:
    """What somebody keeps, with what waits: candidates, and suggestions for it or for what it lies on."""
    rows = list(kept_schemes(actor=actor).order_by("code"))
    used = Q(concepts__status=Status.APPROVED)
    numbers = {
        row.pk: (row.used, row.candidates)
        for row in Scheme.objects.filter(pk__in=[row.pk for row in rows]).annotate(
            used=Count("concepts", filter=used),
            candidates=Count("concepts", filter=Q(concepts__status=Status.CANDIDATE)),
        )
    }
    waiting = Counter(Suggestion.objects.filter(state__in=WAITING).values_list("scheme_id", flat=True))
    return [
        KeptLine(row, title(row.titles, lang) or row.code, *numbers[row.pk], sum(waiting[one.pk] for one in chain(row)))
        for row in rows
    ]


def concept_of_layer(layer: Scheme, home: str, key: str) -> Concept:
    """A concept of this vocabulary or of one that it lies on; 404 without it."""
    if home not in {scheme.code for scheme in chain(layer)}:
        raise Http404(home)
    found = Concept.objects.select_related("scheme", "replaced_by").filter(scheme__code=home, key=key).first()
    if found is None:
        raise Http404(key)
    return found


def concepts_named(layer: Scheme, typed: str) -> list[Concept]:
    """Concepts in use that the typed words name: the key after the sign, the address, or a label read alike."""
    schemes = [scheme.pk for scheme in chain(layer)]
    rows = Concept.objects.in_use().filter(scheme__in=schemes).select_related("scheme")
    typed = typed.strip()
    key = typed.rpartition(SIGN)[2] if SIGN in typed else typed
    if SIGN in typed or not typed:
        return list(rows.filter(key=key))
    labels = Label.objects.filter(folded__in={fold(typed, lang) for lang in ("en", "az", "ru", "tg")})
    named = Q(pk__in=labels.exclude(kind=LabelKind.HIDDEN).values("concept"))
    return list(rows.filter(named | Q(key=typed) | Q(uri=typed))[:_MOST_OFFERED])


def offered(layer: Scheme, typed: str, lang: str) -> list[str]:
    """What begins as typed, each as its name and key."""
    homes = {scheme.code for scheme in chain(layer)}
    typed = typed.split(SIGN, maxsplit=1)[0]
    found = concept_lookup(typed, lang, limit=_MOST_OFFERED * 2)
    return [f"{row.title}{SIGN}{row.key}" for row in found if row.scheme in homes][:_MOST_OFFERED]


def written(concept: Concept, name: Name) -> str:
    """How a concept is written into a field."""
    return f"{name.text}{SIGN}{concept.key}"


def labels_of(concept: Concept, layer: Scheme) -> dict[str, list[Label]]:
    """Labels by language, the preferred one first; each knows by ``is_mine`` whether this layer gave it."""
    rows = list(concept.labels.select_related("scheme").order_by("lang", "sort_key", "text"))
    order = [LabelKind.PREFERRED, LabelKind.ALTERNATIVE, LabelKind.HIDDEN]
    found: dict[str, list[Label]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: order.index(LabelKind(row.kind))):
        row.is_mine = row.scheme_id == layer.pk  # type: ignore[attr-defined]
        found[row.lang].append(row)
    return dict(found)


def relations_of(concept: Concept, layer: Scheme, lang: str) -> dict[str, list[Beside]]:
    """What lies above, under and beside a concept, by whoever says it."""
    above = Relation.objects.filter(source=concept).select_related("target__scheme", "scheme")
    below = Relation.objects.filter(target=concept, kind__in=BROADER_KINDS).select_related("source__scheme", "scheme")
    pairs = [(row, row.target) for row in above] + [(row, row.source) for row in below]
    called = names({other.pk for _row, other in pairs}, lang)
    found: dict[str, list[Beside]] = {"broader": [], "narrower": [], "related": []}
    for row, other in pairs:
        is_below = other.pk == row.source_id
        side = "narrower" if is_below else "broader" if row.kind in BROADER_KINDS else "related"
        name = called.get(other.pk, Name(other.key, "", ""))
        mine, home = row.scheme_id == layer.pk, title(row.scheme.titles, lang) or row.scheme.code
        found[side].append(Beside(other, name, row.kind, row.get_kind_display(), home, mine))
    for rows in found.values():
        rows.sort(key=lambda each: (each.name.text, each.other.key))
    return found


def notes_of(concept: Concept) -> list[Note]:
    return list(Note.objects.filter(concept=concept).select_related("scheme").order_by("kind", "lang", "pk"))


def matches_of(concept: Concept) -> list[Mapping]:
    return list(Mapping.objects.filter(concept=concept).select_related("scheme").order_by("kind", "uri"))


def groups_of(concept: Concept) -> list[Group]:
    return list(concept.groups.select_related("scheme").order_by("key"))


def groups_kept(scheme: Scheme) -> list[Group]:
    """Groups of a vocabulary with the number of concepts in each."""
    rows = Group.objects.filter(scheme=scheme).select_related("parent", "superordinate")
    return list(rows.annotate(number=Count("members")).order_by("key"))


def changes_of(rows: Iterable[Change], lang: str) -> list[Told]:
    """Lines of the log in words."""
    held = list(rows)
    called = names({row.other_id for row in held if row.other_id}, lang)
    return [
        Told(
            row.get_kind_display(),
            row.text or (called[row.other_id].text if row.other_id in called else ""),
            row.lang,
            row.changed_at,
            title(row.scheme.titles, lang) or row.scheme.code,
        )
        for row in held
    ]


def latest_changes(concept: Concept, lang: str) -> list[Told]:
    rows = Change.objects.filter(concept=concept).select_related("scheme").order_by("-pk")
    return changes_of(rows[:_MOST_CHANGES], lang)


def recent(
    scheme: Scheme, lang: str, kinds: Sequence[str] = tuple(ChangeKind.values)
) -> list[tuple[Concept, Name, Told]]:
    """What changed last in a vocabulary, with the concept that it is about."""
    rows = list(
        Change.objects.filter(scheme=scheme, kind__in=kinds)
        .select_related("scheme", "concept__scheme")
        .order_by("-pk")[:30]
    )
    called = names({row.concept_id for row in rows}, lang)
    told = changes_of(rows, lang)
    return [
        (row.concept, called.get(row.concept_id, Name(row.concept.key, "", "")), line)
        for row, line in zip(rows, told, strict=True)
    ]


@dataclass(frozen=True)
class Impact:
    """A concept out of use that records still use: how many of each kind, how many the asker may mend, by what."""

    concept: Concept
    name: Name
    counts: tuple[tuple[str, int], ...]
    total: int
    mendable: int
    successors: tuple[tuple[Concept, Name], ...]


def impact(*, actor: Any, scheme: Scheme, lang: str) -> list[Impact]:
    """Concepts of a vocabulary, or of what it lies on, that are out of use and still used; most used first."""
    policy.require(actor, "thesaurus.edit", scheme)
    gone = Concept.objects.filter(scheme__in=chain(scheme), status=Status.DEPRECATED)
    ids = list(gone.values_list("pk", flat=True))
    numbers: dict[Any, dict[str, int]] = defaultdict(dict)
    for start in range(0, len(ids), 500):
        for (pk, kind), number in usage.counts(actor=actor, concepts=ids[start : start + 500]).items():
            numbers[pk][kind] = number
    if not numbers:
        return []
    rows = Concept.objects.filter(pk__in=list(numbers)).select_related("scheme", "replaced_by__scheme")
    used = list(rows.prefetch_related("also_replaced_by__scheme"))
    mendable = usage.mendable(actor=actor, concepts=list(numbers))
    called = names({pk for row in used for pk in (row.pk, *(one.pk for one in successors(row)))}, lang)
    found = [
        Impact(
            row,
            _called(called, row),
            tuple(sorted(numbers[row.pk].items())),
            sum(numbers[row.pk].values()),
            mendable.get(row.pk, 0),
            tuple((one, _called(called, one)) for one in successors(row)),
        )
        for row in used
    ]
    return sorted(found, key=lambda each: (-each.total, each.concept.key))


def successors(concept: Concept) -> list[Concept]:
    """What replaces a concept: the nearest, then the further ones of a concept that was split."""
    first = [concept.replaced_by] if concept.replaced_by else []
    return [*first, *concept.also_replaced_by.all()]


def _called(called: dict[Any, Name], concept: Concept) -> Name:
    return called.get(concept.pk, Name(concept.key, "", ""))


def may_decide(actor: Any, suggestion: Suggestion) -> list[Scheme]:
    """Vocabularies of somebody's own into which a suggestion could be taken: the one it is about, or a layer over it."""
    return [row for row in kept_schemes(actor=actor) if suggestion.scheme_id in {one.pk for one in chain(row)}]


def suggestions_seen(*, actor: Any) -> QuerySet[Suggestion]:
    """Editors see all suggestions, since vocabularies are everybody's; others at work see their own."""
    policy.require(actor, "thesaurus.suggest")
    rows = Suggestion.objects.select_related("scheme", "concept__scheme", "other", "organisation", "made")
    return rows if policy.allowed(actor, "thesaurus.discuss") else rows.filter(made_by=actor)


def lines_of(rows: Sequence[Concept], lang: str) -> list[tuple[Concept, Name]]:
    """Concepts with their names."""
    called = names([row.pk for row in rows], lang)
    return [(row, _called(called, row)) for row in rows]


def looked_up(layer: Scheme, typed: str, lang: str, limit: int) -> list[tuple[Concept, Name]]:
    """Concepts of a vocabulary and of what it lies on, candidates and those out of use among them, that begin as typed."""
    homes = [scheme.pk for scheme in chain(layer)]
    rows = Concept.objects.filter(scheme__in=homes).select_related("scheme")
    keys = [row.key for row in concept_lookup(typed, lang, limit=limit)]
    gone = Label.objects.filter(concept__status=Status.DEPRECATED, folded__startswith=fold(typed, lang))
    found = rows.filter(Q(key__in=[*keys, typed.strip()]) | Q(pk__in=gone.values("concept")))[:limit]
    order = {key: place for place, key in enumerate(keys)}
    return sorted(lines_of(list(found), lang), key=lambda pair: (order.get(pair[0].key, limit), pair[1].text))


def kind_counts(counted: dict[tuple[Any, str], int]) -> list[tuple[str, int]]:
    """Records by kind, of all concepts that were asked for."""
    found: Counter[str] = Counter()
    for (_pk, kind), number in counted.items():
        found[kind] += number
    return sorted(found.items())
