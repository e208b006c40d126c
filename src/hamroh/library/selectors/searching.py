"""The search within the library: the public index, asked for what is of this room."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings

from hamroh.directory.models import AdminUnit
from hamroh.library.models import RecordKind
from hamroh.library.selectors.documents import ROOM
from hamroh.search.selectors import FacetValue, Results, results
from hamroh.thesaurus.models import Concept
from hamroh.thesaurus.selectors import expansions, names
from hamroh.web.texts import pick

FACETS = ("kind", "subject", "language", "year", "place")
MOST_CHOICES = 40
Choices = Mapping[str, list[tuple[str, str, int, bool]]]


@dataclass(frozen=True)
class Found:
    """What a search found; ``choices`` are (value, words, count, chosen) of each facet."""

    results: Results
    choices: Choices


def found(*, query: str, chosen: Mapping[str, str], lang: str, page: int = 1) -> Found:
    """Records that answer to the words, widened by the thesaurus, all facets narrowing."""
    facets = {name: [value] for name, value in chosen.items() if value and name in FACETS} | {"room": [ROOM]}
    asked = results(query=query, language=lang, expansions=expansions(query, lang), facets=facets, page=page)
    return Found(asked, _choices(asked, lang))


def _choices(asked: Results, lang: str) -> Choices:
    values = {name: asked.facets.get(name, ())[:MOST_CHOICES] for name in FACETS}
    words: dict[str, Mapping[str, str]] = {
        "kind": {value: str(label) for value, label in RecordKind.choices},
        "subject": _subject_words(values["subject"], lang),
        "language": dict(settings.LANGUAGES),
        "year": {each.value: each.value for each in values["year"]},
        "place": _place_words(values["place"], lang),
    }
    return {
        name: [(each.value, words[name][each.value], each.count, each.selected) for each in values[name] if each.value in words[name]]
        for name in FACETS
    }  # fmt: skip


def _place_words(values: Sequence[FacetValue], lang: str) -> dict[str, str]:
    rows = AdminUnit.objects.filter(key__in=[each.value for each in values])
    return {unit.key: pick(unit.names, lang).text for unit in rows}


def _subject_words(values: Sequence[FacetValue], lang: str) -> dict[str, str]:
    rows = dict(Concept.objects.filter(key__in=[each.value for each in values]).values_list("pk", "key"))
    return {rows[pk]: name.text for pk, name in names(rows, lang).items()}
