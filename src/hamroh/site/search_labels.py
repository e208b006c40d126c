"""What the values of facets are called in the reader's language."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hamroh.directory.models import AdminUnit
from hamroh.directory.models.parties import PartyKind
from hamroh.library.models import RecordKind
from hamroh.search.selectors import FacetValue
from hamroh.thesaurus.models import Concept
from hamroh.thesaurus.selectors.names import names
from hamroh.web.texts import pick

KINDS: dict[str, str | Promise] = {
    "service": _("Help"),
    "party": _("Organisations and people"),
    "concept": _("Words of the thesaurus"),
    "edition": _("Profiles of countries"),
    "measure": _("What is counted"),
    "source": _("Sources of figures"),
    "page": pgettext_lazy("room", "News and pages"),
    "archive": _("Recordings, pictures and papers"),
    "round": _("Trainings that are announced"),
    "gathering": _("Roundtables and councils"),
    "project": pgettext_lazy("room", "Projects"),
    "bulletin": _("Issues of the bulletin"),
    **dict(PartyKind.choices),
    **dict(RecordKind.choices),
}
ROOMS: dict[str, str | Promise] = {
    "directory": pgettext_lazy("room", "Directory"),
    "library": pgettext_lazy("room", "Library"),
    "archive": pgettext_lazy("room", "Archive"),
    "evidence": pgettext_lazy("room", "Evidence"),
    "pages": pgettext_lazy("room", "News and pages"),
    "thesaurus": pgettext_lazy("room", "Thesaurus"),
    "training": pgettext_lazy("room", "Trainings"),
    "projects": pgettext_lazy("room", "Projects"),
    "bulletins": pgettext_lazy("room", "Bulletin"),
}
#: Facets in the order of the page, with their headings; years are asked for as a period.
HEADINGS: dict[str, str | Promise] = {
    "room": _("In which room"),
    "kind": _("What it is"),
    "place": _("Where"),
    "subject": _("About what"),
    "speaks": _("They speak"),
    "language": _("Written in"),
}
MOST = 10


@dataclass(frozen=True)
class Choice:
    value: str
    title: str | Promise
    count: int
    selected: bool


@dataclass(frozen=True)
class Facet:
    name: str
    title: str | Promise
    choices: tuple[Choice, ...]


def facets(counted: Mapping[str, Sequence[FacetValue]], lang: str) -> list[Facet]:
    """The facets with something to choose: at most ten values each, the chosen ones always among them."""
    found = [_facet(name, title, counted.get(name, ()), lang) for name, title in HEADINGS.items()]
    return [facet for facet in found if len(facet.choices) > 1 or any(choice.selected for choice in facet.choices)]


def _facet(name: str, title: str | Promise, values: Sequence[FacetValue], lang: str) -> Facet:
    shown = [value for place, value in enumerate(values) if place < 2 * MOST or value.selected]
    called = _NAMERS[name]([value.value for value in shown], lang)
    choices = [Choice(one.value, called[one.value], one.count, one.selected) for one in shown if one.value in called]
    kept = [choice for place, choice in enumerate(choices) if place < MOST or choice.selected]
    return Facet(name, title, tuple(kept))


def _kinds(values: Iterable[str], lang: str) -> Mapping[str, str | Promise]:  # noqa: ARG001 - all namers are called alike
    return KINDS


def _rooms(values: Iterable[str], lang: str) -> Mapping[str, str | Promise]:  # noqa: ARG001
    return ROOMS


def _languages(values: Iterable[str], lang: str) -> Mapping[str, str | Promise]:  # noqa: ARG001
    return dict(settings.LANGUAGES)


def _subjects(values: Iterable[str], lang: str) -> Mapping[str, str | Promise]:
    keys = dict(Concept.objects.filter(key__in=list(values)).values_list("id", "key"))
    return {keys[pk]: name.text for pk, name in names(keys, lang).items()}


def _places(values: Iterable[str], lang: str) -> Mapping[str, str | Promise]:
    units = AdminUnit.objects.filter(key__in=list(values)).values_list("key", "names")
    return {key: pick(texts, lang).text for key, texts in units}


_NAMERS: dict[str, Callable[[Iterable[str], str], Mapping[str, str | Promise]]] = {
    "kind": _kinds,
    "place": _places,
    "subject": _subjects,
    "speaks": _languages,
    "language": _languages,
    "room": _rooms,
}
