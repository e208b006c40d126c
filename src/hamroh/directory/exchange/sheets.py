"""The template: four sheets, their columns, and how each column stands for a part of the facts of a row."""

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from hamroh.directory.actions import (
    ChannelFacts,
    LocationFacts,
    PartyFacts,
    PhoneFacts,
    ServiceFacts,
    SourceFacts,
)
from hamroh.directory.exchange.codecs import (
    CONCEPTS,
    LIST,
    NUMBER,
    SCHEDULES,
    TEXT,
    UNIT,
    UNITS,
    YES_NO,
    Codec,
    choice,
    choices,
)
from hamroh.directory.models import Location, PartyKind, Phone
from hamroh.directory.models.entries import Visibility
from hamroh.directory.models.parties import LegalStatus
from hamroh.directory.models.services import Confidentiality, Cost, Operation, Trait
from hamroh.web.texts import LANGUAGES

Get = Callable[[Any], Any]
Put = Callable[[Any, Any], Any]


@dataclass(frozen=True)
class Column:
    """One column: ``get`` reads its value from facts, ``put`` gives facts with a new value in its place."""

    name: str
    codec: Codec
    get: Get
    put: Put
    required: bool = False

    def cell(self, facts: Any) -> str:
        return self.codec.show(self.get(facts))

    def applied(self, facts: Any, cell: str) -> Any:
        """Facts with the cell read into them; what the cell already says stays as it is, with all that it cannot say."""
        if cell == self.cell(facts) or not (cell or self.codec.clears):
            return facts
        return self.put(facts, self.codec.read(cell))


@dataclass(frozen=True)
class Sheet:
    """``links`` are columns that name other rows or moves, not facts."""

    name: str
    facts: type
    columns: tuple[Column, ...]
    links: tuple[str, ...]

    @property
    def by_name(self) -> dict[str, Column]:
        return {column.name: column for column in self.columns}

    @property
    def header(self) -> tuple[str, ...]:
        return (*self.links, *self.by_name)

    def cells(self, facts: Any) -> dict[str, str]:
        return {column.name: column.cell(facts) for column in self.columns}


def field(name: str, codec: Codec = TEXT, *, column: str = "", required: bool = False) -> Column:
    """A column that is a plain field of the facts."""
    return Column(
        column or name,
        codec,
        lambda facts: getattr(facts, name),
        lambda facts, value: dataclasses.replace(facts, **{name: value}),
        required,
    )


def texts(name: str, column: str = "") -> tuple[Column, ...]:
    """A column a language for a field that holds texts by language."""

    def in_language(lang: str) -> Column:
        def put(facts: Any, value: str) -> Any:
            rest = {key: text for key, text in getattr(facts, name).items() if key != lang}
            return dataclasses.replace(facts, **{name: rest | ({lang: value} if value else {})})

        return Column(f"{column or name}_{lang}", TEXT, lambda facts: getattr(facts, name).get(lang, ""), put)

    return tuple(map(in_language, LANGUAGES))


def documents() -> tuple[Column, ...]:
    """Documents to bring, a column a language, in the same order in each."""

    def in_language(lang: str) -> Column:
        def put(facts: ServiceFacts, values: tuple[str, ...]) -> ServiceFacts:
            rows: list[Mapping[str, str]] = [*facts.documents, *[{}] * (len(values) - len(facts.documents))]
            said = [*values, *[""] * (len(rows) - len(values))]
            merged = [
                {k: t for k, t in row.items() if k != lang} | ({lang: text} if text else {})
                for row, text in zip(rows, said, strict=True)
            ]
            return dataclasses.replace(facts, documents=tuple(row for row in merged if row))

        return Column(
            f"documents_{lang}",
            LIST,
            lambda facts: [row.get(lang, "") for row in facts.documents if row.get(lang)],
            put,
        )

    return tuple(map(in_language, LANGUAGES))


def channel(kind: str, column: str) -> Column:
    """The party's own address of a kind; printed ones and further ones stay."""

    def own(facts: PartyFacts) -> str:
        return next((row.value for row in facts.channels if row.kind == kind and not row.printed), "")

    def put(facts: PartyFacts, value: str) -> PartyFacts:
        rest = tuple(row for row in facts.channels if (row.kind, row.value, row.printed) != (kind, own(facts), ""))
        return dataclasses.replace(facts, channels=rest + ((ChannelFacts(kind=kind, value=value),) if value else ()))

    return Column(column, TEXT, own, put)


def source(part: str) -> Column:
    """A part of the first source of an entry."""

    def get(facts: Any) -> str:
        return str(getattr(facts.sources[0], part)) if facts.sources else ""

    def put(facts: Any, value: str) -> Any:
        first = facts.sources[0] if facts.sources else SourceFacts(title="")
        changed = dataclasses.replace(first, **{part: value})
        kept = (changed,) if changed != SourceFacts(title="") else ()
        return dataclasses.replace(facts, sources=kept + tuple(facts.sources[1:]))

    return Column(f"source_{part}", TEXT, get, put)


def registration(part: str) -> Column:
    def put(facts: PartyFacts, value: str) -> PartyFacts:
        rest = {key: text for key, text in facts.registration.items() if key != part}
        return dataclasses.replace(facts, registration=rest | ({part: value} if value else {}))

    return Column(f"registration_{part}", TEXT, lambda facts: facts.registration.get(part, ""), put)


SOURCES = tuple(map(source, ("title", "locator", "as_of")))
CONSENT = ("consent_how", "consent_text_version", "consent_given", "consent_expires")
PLACE = ("place_parent", "place_as_of")

PARTIES = Sheet(
    "parties",
    PartyFacts,
    (
        field("kind", choice(PartyKind), required=True),
        *texts("names", "name"),
        *texts("description"),
        *texts("mandate"),
        field("gender_focal_point", YES_NO),
        field("legal_status", choice(LegalStatus)),
        *map(registration, ("number", "date", "authority")),
        field("founded"),
        field("closed"),
        field("country", UNIT),
        field("seat", UNIT),
        field("subjects", CONCEPTS),
        channel("email", "email"),
        channel("web", "web"),
        field("visibility", choice(Visibility)),
        *SOURCES,
    ),
    ("key", "state", *CONSENT),
)
SERVICES = Sheet(
    "services",
    ServiceFacts,
    (
        *texts("names", "name"),
        field("kinds", CONCEPTS),
        *texts("description"),
        *texts("eligibility"),
        field("minimum_age", NUMBER),
        field("maximum_age", NUMBER),
        field("cost", choice(Cost)),
        *texts("cost_note"),
        *texts("how_to_apply"),
        *documents(),
        *texts("when_calling"),
        *texts("do_not"),
        *texts("alert"),
        field("languages", LIST),
        field("traits", choices(Trait)),
        field("crisis", YES_NO),
        field("operation", choice(Operation)),
        field("areas", UNITS),
        field("locations", LIST),
        field("schedules", SCHEDULES),
        field("secret", YES_NO, column="secret_place"),
        field("visibility", choice(Visibility)),
        *SOURCES,
    ),
    ("key", "party", "state"),
)
LOCATIONS = Sheet(
    "locations",
    LocationFacts,
    (
        field("kind", choice(Location.Kind)),
        field("confidentiality", choice(Confidentiality)),
        field("unit", UNIT, column="place"),
        *texts("names", "name"),
        *texts("address"),
        *texts("directions"),
        *texts("accessibility"),
        field("printed"),
    ),
    ("key", "party", *PLACE),
)
PHONES = Sheet(
    "phones",
    PhoneFacts,
    (
        field("number", required=True),
        field("kind", choice(Phone.Kind)),
        field("languages", LIST),
        field("safe_to_call", choice(Phone.Safe)),
        *texts("note"),
        field("printed"),
    ),
    ("party", "service", "location"),
)
SHEETS = {sheet.name: sheet for sheet in (PARTIES, LOCATIONS, SERVICES, PHONES)}

#: names of sheets, and of the cell ``record`` in a file that holds several kinds of rows
SHEET_NAMES = {
    "parties": (
        "party",
        "organisations",
        "organizations",
        "organisation",
        "organization",
        "организации",
        "организация",
    ),
    "services": ("service", "услуги", "услуга", "хизматрасониҳо", "хизматрасонӣ", "xidmətlər", "xidmət"),
    "locations": ("location", "places", "места", "место", "ҷойҳо", "ҷой", "yerlər", "yer"),
    "phones": ("phone", "numbers", "телефоны", "телефон", "телефонҳо", "telefonlar"),
}
RECORD = ("record", "row_type", "запись", "сабт", "qeyd")
#: other words for columns; a language may follow: "Название (таджикский)" is name_tg
SYNONYMS = {
    "key": ("id", "identifier", "ключ", "код", "калид", "рамз", "açar"),
    "name": ("title", "название", "наименование", "имя", "ном", "номгӯй", "ad", "adı"),
    "kind": ("type", "вид", "тип", "навъ", "növ", "növü"),
    "kinds": ("kinds_of_help", "виды_помощи", "намудҳои_кӯмак", "yardım_növləri"),
    "party": ("organisation", "organization", "организация", "ташкилот", "təşkilat"),
    "description": ("описание", "тавсиф", "təsvir"),
    "address": ("адрес", "улица", "street", "суроға", "нишонӣ", "ünvan"),
    "directions": ("how_to_get_there", "как_добраться", "роҳи_расидан", "necə_getmək"),
    "number": ("phone", "telephone", "phone_number", "телефон", "рақам", "telefon", "nömrə"),
    "languages": ("language", "языки", "язык", "забонҳо", "забон", "dillər", "dil"),
    "place": ("unit", "district", "район", "место", "ноҳия", "ҷой", "rayon", "yer"),
    "place_parent": ("region", "область", "вилоят", "region_name", "bölgə"),
    "place_as_of": ("as_of", "по_состоянию_на", "ба_ҳолати", "tarixə"),
    "confidentiality": ("конфиденциальность", "махфият", "məxfilik"),
    "email": ("e_mail", "почта", "почтаи_электронӣ", "e_poçt"),
    "web": ("website", "url", "сайт", "сомона", "veb_sayt"),
    "cost": ("fee", "стоимость", "арзиш", "qiymət"),
    "schedules": ("schedule", "hours", "opening_hours", "часы_работы", "соатҳои_корӣ", "iş_saatları"),
    "areas": ("service_area", "service_areas", "территория", "ҳудуд", "ərazi"),
    "secret_place": ("secret", "shelter", "тайное_место", "ҷои_махфӣ", "gizli_yer"),
    "safe_to_call": ("safe", "безопасно_звонить", "занги_бехатар", "zəng_təhlükəsizdir"),
    "note": ("comment", "примечание", "эзоҳ", "qeyd"),
}
LANGUAGE_WORDS = {
    "en": ("english", "английский", "англисӣ", "ingilis", "ingiliscə"),
    "az": ("azerbaijani", "азербайджанский", "озарбойҷонӣ", "azərbaycan", "azərbaycanca"),
    "ru": ("russian", "русский", "русӣ", "rus", "rusca"),
    "tg": ("tajik", "таджикский", "тоҷикӣ", "tacik", "tacikcə"),
}
#: what nobody may learn of a hidden place
TELLING = ("name", "address", "directions", "accessibility")


def column_name(header: str, sheet: Sheet) -> str | None:
    """The column that a header means, whatever its language; None for one that the sheet does not have."""
    plain = re.sub(r"\W+", "_", header.casefold()).strip("_")
    for name in (plain, *_with_language(plain)):
        if name in sheet.header:
            return name
    base = _base(plain)
    known = [name for name in (base, f"{base}_en") if name in sheet.header]
    return known[0] if known else None


def _with_language(plain: str) -> list[str]:
    stem, _mark, last = plain.rpartition("_")
    langs = [lang for lang, words in LANGUAGE_WORDS.items() if last == lang or last in words]
    return [f"{_base(stem)}_{lang}" for lang in langs]


def _base(plain: str) -> str:
    return next((name for name, words in SYNONYMS.items() if plain == name or plain in words), plain)


def sheet_name(text: str) -> str | None:
    plain = re.sub(r"\W+", "_", text.casefold()).strip("_")
    return next((name for name, words in SHEET_NAMES.items() if plain == name or plain in words), None)


def tells_where(column: str) -> bool:
    """Whether a cell of this column may tell where a place is."""
    return column.rpartition("_")[0] in TELLING or column in (*TELLING, "place")
