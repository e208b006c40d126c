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
from hamroh.thesaurus.selectors.memory import memory
from hamroh.thesaurus.selectors.names import ConceptLine, language_rank, lines, names, title

PER_PAGE, _AT_ONCE = 100, 500


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
    order, used = ["base", "national", "organisation"], concepts_in_use()
    rows = sorted(Scheme.objects.select_related("extends"), key=lambda row: (order.index(row.layer), row.code))
    return [_scheme_line(row, lang, used.get(row.pk, 0)) for row in rows]


def concepts_in_use() -> dict[UUID, int]:
    """How many concepts each vocabulary has, without those that are no longer used."""

    def counted(rows: "QuerySet[Concept]") -> dict[UUID, int]:
        return dict(rows.values_list("scheme").annotate(number=Count("*")).order_by())

    every, gone = counted(Concept.objects.all()), counted(Concept.objects.filter(status=Status.DEPRECATED))
    return {pk: number - gone.get(pk, 0) for pk, number in every.items()}


def scheme_line(code: str, lang: str) -> SchemeLine:
    """One vocabulary as it stands in the list; 404 without one."""
    found = next((line for line in schemes(lang) if line.code == code), None)
    if found is None:
        raise Http404(code)
    return found


def tree(code: str, lang: str, page: int | str = 1) -> Page[Any]:
    """Concepts of a scheme that have nothing broader, each with what lies directly under it, in the alphabet's order."""
    home = scheme(code)
    order = memory().made(("tops", home.pk, lang), lambda: _in_order(home, lang))
    tops = paged(order, page)
    found = lines(with_narrower(Concept.objects.filter(pk__in=list(tops))), lang, scheme_id=home.pk)
    below = _below([line.id for line in found], home, lang)
    tops.object_list = [replace(line, below=tuple(below.get(line.id, ()))) for line in found]
    return tops


def tops(home: Scheme) -> list[UUID]:
    """Concepts in use that stand at the top of a vocabulary: those that it says do, else all that have nothing broader."""
    return memory().made(("tops", home.pk), lambda: list(_tops(home).order_by("key").values_list("pk", flat=True)))


def _in_order(home: Scheme, lang: str) -> list[UUID]:
    return [line.id for line in lines(in_bulk(tops(home)), lang)]


def in_bulk(ids: Sequence[UUID]) -> list[Concept]:
    """Concepts with their scheme, however many."""
    rows = Concept.objects.select_related("scheme")
    parts = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
    return [row for part in parts for row in rows.filter(pk__in=part)]


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
    told = letters_of(scheme(code))
    languages = sorted(told)
    shown = min(languages, key=lambda its: (language_rank(its, lang), its), default=lang)
    found = told.get(shown, {})
    own = alphabet(shown) if shown in vocabulary.READ else ()
    others = sorted(found.keys() - set(own), key=lambda letter: (letter == "#", found[letter][0]))
    order = [letter for letter in own if letter in found] + others
    return Alphabet(
        shown, tuple((letter, found[letter][1]) for letter in order), tuple(its for its in languages if its != shown)
    )


def letters_of(home: Scheme) -> dict[str, dict[str, tuple[str, int]]]:
    """Letters of each language with the first sort key and the number of labels under each; a walk through all of them."""
    return memory().made(("letters", home.pk), lambda: _letters(home))


def _letters(home: Scheme) -> dict[str, dict[str, tuple[str, int]]]:
    found: dict[str, dict[str, tuple[str, int]]] = {}
    rows = _listed(home).values_list("lang", "initial").annotate(first=Min("sort_key"), number=Count("*"))
    for lang, initial, first, number in rows.order_by():
        found.setdefault(lang, {})[initial] = (first, number)
    return found


def letter(code: str, listed: str, initial: str, lang: str, page: int | str = 1) -> Page[Any]:
    """Labels in language ``listed`` under one letter, a page of them; alternative ones name the preferred one."""
    home = scheme(code)
    rows = _listed(home).filter(lang=listed, initial=initial).select_related("concept__scheme")
    _first, number = letters_of(home).get(listed, {}).get(initial, ("", 0))
    shown = paged(rows.order_by("sort_key", "text", "pk"), page, number)
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


def paged(rows: Any, page: int | str, number: int | None = None) -> Page[Any]:
    """A page of a long list; a number that makes no sense gives the first or the last. ``number`` saves counting the rows."""
    pages = Paginator(rows, PER_PAGE)
    if number is not None:
        pages.__dict__["count"] = number  # a cached property of Django's
    return pages.get_page(page)


def out_of_use() -> "QuerySet[Concept, Any]":
    """Keys of concepts that are no longer used: few, and asked for once, where a join would ask for each label."""
    return Concept.objects.filter(status=Status.DEPRECATED).values("pk")


def _listed(home: Scheme) -> "QuerySet[Label]":
    rows = Label.objects.filter(scheme=home)
    return rows.exclude(kind=LabelKind.HIDDEN).exclude(concept__in=out_of_use())


def _index_line(label: Label, see: dict[Any, Any], home: Scheme, lang: str) -> IndexLine:
    concept = label.concept
    elsewhere = title(concept.scheme.titles, lang) if concept.scheme_id != home.pk else ""
    instead = see[concept.pk].text if label.kind != LabelKind.PREFERRED and concept.pk in see else ""
    return IndexLine(label.text, concept.key, concept.scheme.code, label.certainty, instead, elsewhere)


def _scheme_line(row: Any, lang: str, number: int) -> SchemeLine:
    return SchemeLine(
        row.code,
        row.uri,
        title(row.titles, lang) or row.code,
        row.layer,
        row.get_layer_display(),
        (title(row.extends.titles, lang) or row.extends.code) if row.extends else "",
        number,
        row.licence,
        row.source,
        row.version,
    )


def _group_line(row: Any, lang: str, subgroups: Sequence[GroupLine] = ()) -> GroupLine:
    return GroupLine(row.key, title(row.titles, lang) or row.key, row.notation, row.number, tuple(subgroups))


def _sorted(rows: Sequence[GroupLine], lang: str) -> list[GroupLine]:
    return sorted(rows, key=lambda line: (line.notation, sort_key(line.title, lang)))
