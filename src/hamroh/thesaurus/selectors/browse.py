"""Pages of a vocabulary: its schemes, its hierarchy, its lists in the order of an alphabet, its groups."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404

from hamroh.kernel import vocabulary
from hamroh.kernel.text import alphabet, sort_key
from hamroh.thesaurus.models import BROADER_KINDS, Concept, Group, Label, LabelKind, Relation, Scheme, Status
from hamroh.thesaurus.selectors.names import ConceptLine, language_rank, lines, names, title

PER_PAGE = 100


@dataclass(frozen=True)
class SchemeLine:
    """A vocabulary in the list of all; ``extends`` is the title of the layer under it."""

    code: str
    uri: str
    title: str
    layer: str
    layer_name: str
    extends: str
    concepts: int
    licence: str
    source: str
    version: str


@dataclass(frozen=True)
class IndexLine:
    """A line of an alphabetical list; for a label that is not the preferred one ``see`` names that one."""

    text: str
    key: str
    scheme: str
    certainty: str
    see: str = ""
    layer: str = ""


@dataclass(frozen=True)
class Alphabet:
    """Letters with the number of labels under each, in one language; ``others`` are further languages with labels."""

    lang: str
    letters: tuple[tuple[str, int], ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class GroupLine:
    key: str
    title: str
    notation: str
    concepts: int
    subgroups: "tuple[GroupLine, ...]" = ()


def scheme(code: str) -> Scheme:
    """The vocabulary with this code; 404 without one."""
    found = Scheme.objects.select_related("extends").filter(code=code).first()
    if found is None:
        raise Http404(code)
    return found


def schemes(lang: str) -> list[SchemeLine]:
    """Every vocabulary, layers after what they lie on."""
    rows = Scheme.objects.select_related("extends").annotate(
        number=Count("concepts", filter=~Q(concepts__status=Status.DEPRECATED))
    )
    order = ["base", "national", "organisation"]
    return [_scheme_line(row, lang) for row in sorted(rows, key=lambda row: (order.index(row.layer), row.code))]


def scheme_line(code: str, lang: str) -> SchemeLine:
    """One vocabulary as it stands in the list; 404 without one."""
    found = next((line for line in schemes(lang) if line.code == code), None)
    if found is None:
        raise Http404(code)
    return found


def tree(code: str, lang: str, page: int | str = 1) -> Page[Any]:
    """Concepts of a scheme that have nothing broader, each with what lies directly under it, in the alphabet's order."""
    home = scheme(code)
    tops = paged(lines(with_narrower(_tops(home)), lang, scheme_id=home.pk), page)
    below = _below([line.id for line in tops], home, lang)
    tops.object_list = [replace(line, below=tuple(below.get(line.id, ()))) for line in tops]
    return tops


def _tops(home: Scheme) -> "QuerySet[Concept]":
    rows = Concept.objects.in_use().filter(scheme=home)
    tops = rows.filter(is_top=True)
    return tops if tops.exists() else rows.exclude(relations__kind__in=BROADER_KINDS)


def _below(above: Sequence[UUID], home: Scheme, lang: str) -> dict[UUID, list[ConceptLine]]:
    rows = Relation.objects.filter(target__in=above, kind__in=BROADER_KINDS)
    pairs = set(rows.values_list("target_id", "source_id"))
    under = Concept.objects.in_use().filter(pk__in={source for _, source in pairs})
    found: dict[UUID, list[ConceptLine]] = {}
    for line in lines(with_narrower(under), lang, scheme_id=home.pk):
        for target in above:
            if (target, line.id) in pairs:
                found.setdefault(target, []).append(line)
    return found


def with_narrower(rows: "QuerySet[Concept]") -> "QuerySet[Concept]":
    """Concepts with their scheme and the number of concepts directly under each."""
    below = Count(
        "relations_from__source",
        filter=Q(relations_from__kind__in=BROADER_KINDS) & ~Q(relations_from__source__status=Status.DEPRECATED),
        distinct=True,
    )
    return rows.select_related("scheme").annotate(narrower=below)


def letters(code: str, lang: str) -> Alphabet:
    """The letters of the language's own alphabet with the number of labels under each.

    Where the scheme has no label in the language, the nearest language that has some.
    """
    rows = _listed(code)
    languages = sorted(set(rows.values_list("lang", flat=True).distinct()))
    shown = min(languages, key=lambda its: (language_rank(its, lang), its), default=lang)
    counts = rows.filter(lang=shown).values_list("initial").annotate(number=Count("pk"), first=Min("sort_key"))
    found = {initial: (first, number) for initial, number, first in counts}
    own = alphabet(shown) if shown in vocabulary.READ else ()
    others = sorted(found.keys() - set(own), key=lambda letter: (letter == "#", found[letter][0]))
    order = [letter for letter in own if letter in found] + others
    return Alphabet(
        shown, tuple((letter, found[letter][1]) for letter in order), tuple(its for its in languages if its != shown)
    )


def letter(code: str, listed: str, initial: str, lang: str, page: int | str = 1) -> Page[Any]:
    """Labels in language ``listed`` under one letter, a page of them; alternative ones name the preferred one."""
    home = scheme(code)
    rows = _listed(code).filter(lang=listed, initial=initial).select_related("concept__scheme")
    shown = paged(rows.order_by("sort_key", "text", "pk"), page)
    alternative = [label.concept_id for label in shown if label.kind != LabelKind.PREFERRED]
    see = names(alternative, listed if listed in vocabulary.READ else lang)
    shown.object_list = [_index_line(label, see, home, lang) for label in shown]
    return shown


def groups(code: str, lang: str) -> list[GroupLine]:
    """Fields of a vocabulary and the groups in them."""
    rows = list(Group.objects.filter(scheme=scheme(code)).annotate(number=Count("members")))
    below: dict[Any, list[GroupLine]] = {}
    for row in rows:
        if row.parent_id:
            below.setdefault(row.parent_id, []).append(_group_line(row, lang))
    return _sorted(
        [_group_line(row, lang, _sorted(below.get(row.pk, []), lang)) for row in rows if not row.parent_id], lang
    )


def group(code: str, key: str, lang: str, page: int | str = 1) -> tuple[GroupLine, Page[Any]]:
    """One group with its concepts; 404 without one."""
    row = Group.objects.filter(scheme__code=code, key=key).annotate(number=Count("members")).first()
    if row is None:
        raise Http404(key)
    inside = [_group_line(each, lang) for each in row.subgroups.annotate(number=Count("members"))]
    members = with_narrower(Concept.objects.in_use().filter(memberships__group=row))
    return _group_line(row, lang, _sorted(inside, lang)), paged(lines(members, lang, scheme_id=row.scheme_id), page)


def paged(rows: Any, page: int | str) -> Page[Any]:
    """A page of a long list; a number that makes no sense gives the first or the last."""
    return Paginator(rows, PER_PAGE).get_page(page)


def _listed(code: str) -> "QuerySet[Label]":
    rows = Label.objects.filter(scheme=scheme(code))
    return rows.exclude(kind=LabelKind.HIDDEN).exclude(concept__status=Status.DEPRECATED)


def _index_line(label: Label, see: dict[Any, Any], home: Scheme, lang: str) -> IndexLine:
    concept = label.concept
    elsewhere = title(concept.scheme.titles, lang) if concept.scheme_id != home.pk else ""
    instead = see[concept.pk].text if label.kind != LabelKind.PREFERRED and concept.pk in see else ""
    return IndexLine(label.text, concept.key, concept.scheme.code, label.certainty, instead, elsewhere)


def _scheme_line(row: Any, lang: str) -> SchemeLine:
    return SchemeLine(
        row.code,
        row.uri,
        title(row.titles, lang) or row.code,
        row.layer,
        row.get_layer_display(),
        (title(row.extends.titles, lang) or row.extends.code) if row.extends else "",
        row.number,
        row.licence,
        row.source,
        row.version,
    )


def _group_line(row: Any, lang: str, subgroups: Sequence[GroupLine] = ()) -> GroupLine:
    return GroupLine(row.key, title(row.titles, lang) or row.key, row.notation, row.number, tuple(subgroups))


def _sorted(rows: Sequence[GroupLine], lang: str) -> list[GroupLine]:
    return sorted(rows, key=lambda line: (line.notation, sort_key(line.title, lang)))
