"""Structures of the one data flow: concepts, lists of codes, data structure; in no format yet."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import override

from hamroh.evidence import selectors
from hamroh.evidence.areas import area_name
from hamroh.evidence.exchange import words
from hamroh.evidence.exchange.dataset import DIMENSIONS
from hamroh.evidence.exchange.sdmx.naming import NONE, coded
from hamroh.evidence.exchange.sdmx.rows import BESIDE, KEY, OVERALL, TIME, VALUE, coded_unit
from hamroh.evidence.models import FLAG_RANK, Concept, Missing, Qualifier, Series, Source
from hamroh.evidence.presenting.naming import unit_words
from hamroh.evidence.selectors.data import with_cited
from hamroh.web.texts import LANGUAGES

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """A code or a concept."""

    id: str
    names: Texts
    descriptions: Texts

    @property
    def called(self) -> Texts:
        """Its names, without empty ones; the standard wants at least one."""
        return {lang: text for lang, text in self.names.items() if text} or {"en": self.id}


@dataclass(frozen=True, slots=True)
class Scheme:
    """A list of codes, or the scheme of concepts."""

    id: str
    names: Texts
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Component:
    """A dimension, the time, the measure or an attribute. ``codes`` is the id of its list; ``type`` is said where it has none."""

    id: str
    kind: str
    codes: str = ""
    type: str = "String"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Structure:
    """All that is served beneath ``/sdmx/structure/``."""

    names: Texts
    descriptions: Texts
    concepts: Scheme
    lists: tuple[Scheme, ...]
    components: tuple[Component, ...]


_PLACES = ("REF_AREA", "ORIGIN", "DESTINATION")
#: component -> its list of codes
LISTS = {
    "INDICATOR": "CL_INDICATOR", **dict.fromkeys(_PLACES, "CL_AREA"),
    **{name.upper(): f"CL_{name.upper()}" for name in DIMENSIONS if name.upper() not in _PLACES},
    "SOURCE": "CL_SOURCE", "QUOTED_IN": "CL_SOURCE", "RELEASE": "CL_RELEASE", "TIME_BASIS": "CL_TIME_BASIS", "OBS_STATUS": "CL_OBS_STATUS",
    "MISSING_REASON": "CL_MISSING", "OBS_QUALIFIER": "CL_QUALIFIER", "UNIT_MEASURE": "CL_UNIT", "NOTICE": "CL_NOTICE",
}  # fmt: skip
_TYPES = {"VARIANT": "Integer", "OBS_LOW": "Decimal", "OBS_HIGH": "Decimal", "RECORDED": "GregorianDay"}


def structure() -> Structure:
    """Structures with the codes that public figures use now, in all languages. A constant number of queries."""
    used = _used()
    return Structure(
        names=_said(lambda: _("Figures on migration, with their sources")), descriptions=_in_all(words.notice),
        concepts=Scheme("CS_EVIDENCE", _said(lambda: _("What a figure is told by")), tuple(_concepts())),
        lists=tuple(Scheme(name, _list_name(name), tuple(items)) for name, items in _lists(used)), components=tuple(_components()),
    )  # fmt: skip


def _components() -> Iterator[Component]:
    for name in KEY:
        yield Component(name, "dimension", LISTS.get(name, ""), _TYPES.get(name, "String"), required=True)
    yield Component(TIME, "time", type="ObservationalTimePeriod", required=True)
    yield Component(VALUE, "measure", type="Double")
    for name in (*BESIDE, *OVERALL):
        yield Component(
            name, "attribute", LISTS.get(name, ""), _TYPES.get(name, "String"), required=name == "OBS_STATUS"
        )


def _concepts() -> Iterator[Item]:
    for name in (*KEY, TIME, VALUE, *BESIDE, *OVERALL):
        yield Item(name, _said(_NAMES[name]), {})


@dataclass(frozen=True, slots=True)
class _Used:
    """What public figures use."""

    concepts: tuple[Concept, ...]
    sources: tuple[Source, ...]
    areas: frozenset[str]
    releases: frozenset[str]
    dims: Mapping[str, frozenset[str]]
    units: frozenset[str]


def _used() -> _Used:
    rows = selectors.public_observations().order_by()
    series = Series.objects.filter(pk__in=rows.values("series")).order_by()
    held = list(series.values_list("area", "dims", "vintage__label", "indicator__unit", "indicator__concept"))
    quoted = {pk for pair in rows.values_list("source", "quoted_in", "series__vintage__source").distinct() for pk in pair if pk}  # fmt: skip
    along = {name: frozenset(dims[name] for _area, dims, *_rest in held if dims.get(name)) for name in DIMENSIONS}
    return _Used(
        concepts=tuple(Concept.objects.filter(pk__in={each[4] for each in held}).order_by("key")),
        sources=tuple(sorted(with_cited(quoted).values(), key=lambda each: each.key)),
        areas=frozenset(each[0] for each in held), releases=frozenset(each[2] for each in held), dims=along,
        units=frozenset(each[3] for each in held),
    )  # fmt: skip


def _lists(used: _Used) -> Iterator[tuple[str, Iterable[Item]]]:
    places = used.areas | used.dims["origin"] | used.dims["destination"]
    yield "CL_INDICATOR", (Item(each.key, each.names or {"en": each.key}, each.definitions) for each in used.concepts)
    yield "CL_AREA", [_none(), *(Item(coded(each), _place(each), {}) for each in sorted(places))]
    for name in DIMENSIONS[2:]:
        yield f"CL_{name.upper()}", [_none(), *(Item(coded(each), {"en": each}, {}) for each in sorted(used.dims[name]))]  # fmt: skip
    yield "CL_SOURCE", [_none(), *(Item(each.key, {"en": each.title}, _about(each)) for each in used.sources)]
    yield "CL_RELEASE", [_none(), *(Item(coded(each), {"en": each}, {}) for each in sorted(used.releases) if each)]
    yield "CL_UNIT", [_none(), *(Item(coded_unit(each), _unit(each), {}) for each in sorted(used.units) if each)]
    yield "CL_TIME_BASIS", (Item(code, _said(tell), {}) for code, tell in _BASES.items())
    yield "CL_OBS_STATUS", (Item(code, _in_all(partial(words.flag_words, code)), {}) for code in sorted(FLAG_RANK))
    yield "CL_MISSING", (Item(code, _in_all(partial(words.missing_words, code)), {}) for code in Missing.values)
    yield "CL_QUALIFIER", (Item(each.name, _said(partial(str, each.label)), {}) for each in Qualifier if each)
    yield "CL_NOTICE", (Item("BORDERS", _in_all(words.notice), {}),)


def _about(source: Source) -> dict[str, str]:
    told = ". ".join(filter(None, (source.authors, source.publisher, source.issued, source.licence, source.url)))
    return {"en": told} if told else {}


def _none() -> Item:
    return Item(NONE, _said(lambda: _("Not told apart")), {})


def _place(code: str) -> dict[str, str]:
    return {lang: area_name(code, lang) for lang in LANGUAGES} if area_name(code) != code else {"en": code}


def _unit(unit: str) -> dict[str, str]:
    return {lang: unit_words(unit, lang) for lang in LANGUAGES}


def _list_name(name: str) -> dict[str, str]:
    """A list is called like the first component that uses it."""
    return _said(_NAMES[next(component for component, codes in LISTS.items() if codes == name)])


def _said(tell: Callable[[], str]) -> dict[str, str]:
    return _in_all(lambda _lang: tell())


def _in_all(tell: Callable[[str], str]) -> dict[str, str]:
    found = {}
    for lang in LANGUAGES:
        with override(lang):
            found[lang] = str(tell(lang))
    return found


_BASES = {
    "S": lambda: _("The time that is said"),
    "U": lambda: _("Until the time that is said"),
    "I": lambda: _("No time is said: when its source came out"),
    "R": lambda: _("No time is said: when it was recorded"),
}
_NAMES = {
    "INDICATOR": lambda: _("What is counted"), "REF_AREA": lambda: _("Place"), "ORIGIN": lambda: _("Where from"),
    "DESTINATION": lambda: _("Where to"), "SEX": lambda: _("Sex"), "AGE": lambda: _("Age"), "RESIDENCE": lambda: _("Town or country"),
    "CATEGORY": lambda: _("Category"), "DIRECTION": lambda: _("Direction"), "PART": lambda: _("Part of the whole"),
    "SOURCE": lambda: _("Source"), "RELEASE": lambda: _("Release of the source"), "TIME_BASIS": lambda: _("How the time is known"),
    "VARIANT": lambda: _("Which of several that the source says"), "TIME_PERIOD": lambda: _("Time"), "OBS_VALUE": lambda: _("Figure"),
    "OBS_STATUS": lambda: _("Status"), "OBS_FLAGS": lambda: _("All flags"), "MISSING_REASON": lambda: _("Why there is no number"),
    "OBS_LOW": lambda: _("At least"), "OBS_HIGH": lambda: _("At most"), "OBS_QUALIFIER": lambda: _("How exact"),
    "OBS_PRINTED": lambda: _("As printed"), "REF_PERIOD": lambda: _("Time as the source says it"), "UNIT_MEASURE": lambda: _("Unit"),
    "DEFINITION": lambda: _("Definition"), "LOCATOR": lambda: _("Place in the source"), "QUOTED_IN": lambda: _("Read in"),
    "RELEASE_LABEL": lambda: _("Release as it is called"), "SOURCE_INDICATOR": lambda: _("Code of the indicator at its source"),
    "TEXT_DIMS": lambda: _("Dimensions that are no code"), "FIGURE": lambda: _("Code of the figure"), "PRINTED_TABLE": lambda: _("Table"),
    "PRINTED_ROW": lambda: _("Row as printed"), "PRINTED_COLUMN": lambda: _("Column as printed"), "RECORDED": lambda: _("Recorded"),
    "LICENCE": lambda: _("Licence"), "AS_OF": lambda: _("As of"), "NOTICE": lambda: _("Note"),
}  # fmt: skip
