"""What a cell names: a place, a kind of help, an entry. Only one meaning is taken; several are told as candidates."""

import datetime as dt
import re
import uuid
from typing import TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hamroh.directory.models import Location, Party, Service
from hamroh.directory.rules import SHELTER_KEYS
from hamroh.kernel import gazetteer
from hamroh.kernel.text import fold
from hamroh.kernel.vocabulary import spelling
from hamroh.thesaurus.models import Concept, Label
from hamroh.web.texts import LANGUAGES

Entry = TypeVar("Entry", Party, Service)
AS_OF = re.compile(r"(.*?)\s*@\s*(\d{4})(?:-(\d{2})-(\d{2}))?\s*")
MOST_CANDIDATES = 6
LONG_WORD = 5


class CellRefused(ValueError):
    """A cell cannot be read; the message says what to do and never repeats the cell."""


def unit_key(text: str) -> str:
    """The key of a place given by its key, or by ``name, what it lies in @year``; raises CellRefused with candidates."""
    places = gazetteer.load()
    if not text or text.lower() in places.units:
        return text.lower()
    named, on = _dated(text)
    name, _comma, parent = named.partition(",")
    found = _called(name, on, _parent(parent))
    country = [key for key in found if places.units[key].level == "country"]
    if len(country) == 1 and not parent:
        return country[0]
    if not (parent.strip() and on):
        advice = _(
            "Give the key of the place, or its name, what it lies in and the year, such as: Vakhsh, Khatlon @2026."
        )
        raise CellRefused(f"{advice} {_candidates(found)}".strip())
    if len(found) != 1:
        told = _("No place was called so there at that time.") if not found else _("Several places were called so.")
        raise CellRefused(f"{told} {_candidates(found or _called(name, None, None))}".strip())
    return found[0]


def _dated(text: str) -> tuple[str, dt.date | None]:
    given = AS_OF.fullmatch(text)
    if not given:
        return text, None
    name, year, month, day = given.groups()
    try:
        return name, dt.date(int(year), int(month or 7), int(day or 1))
    except ValueError:
        raise CellRefused(_("There is no such day.")) from None


def _called(name: str, on: dt.date | None, within: str | None) -> list[str]:
    """Keys of the units that bore the name then, or now."""
    hits = gazetteer.load().find(name, on=on, within=within, limit=50)
    return [hit.unit_id for hit in hits if hit.match in ("exact", "folded") and hit.in_use and hit.unit_id != within]


def _parent(text: str) -> str | None:
    if not text.strip():
        return None
    found = [text.strip().lower()] if text.strip().lower() in gazetteer.load().units else _called(text, None, None)
    if len(found) != 1:
        told = (
            _("What the place lies in is not known.")
            if not found
            else _("Several places have the name of what it lies in.")
        )
        raise CellRefused(f"{told} {_candidates(found)}".strip())
    return found[0]


def _candidates(keys: list[str]) -> str:
    places = gazetteer.load()
    told = [f"{key} ({', '.join(places.breadcrumb(key, 'en'))})" for key in keys[:MOST_CANDIDATES]]
    return _("Choose one of: %(keys)s.") % {"keys": "; ".join(told)} if told else ""


def concept_key(text: str) -> str:
    """The key of a concept given by its key, its address or a label in any language; raises CellRefused."""
    rows = list(Concept.objects.in_use().filter(key=text)[:2]) or list(Concept.objects.in_use().filter(uri=text))
    rows = rows or list(_labelled(text))
    if len(rows) == 1:
        return rows[0].key
    if not rows:
        raise CellRefused(_("No kind of help has this key or name. Look it up in the thesaurus."))
    told = "; ".join(f"{row.key} ({row.scheme.code})" for row in rows[:MOST_CANDIDATES])
    raise CellRefused(_("Several concepts have this name.") + " " + _("Choose one of: %(keys)s.") % {"keys": told})


def _labelled(text: str) -> QuerySet[Concept]:
    folded = {spelling(text, lang)["folded"] for lang in LANGUAGES}
    labels = Label.objects.filter(folded__in=folded).values("concept")
    return Concept.objects.in_use().select_related("scheme").filter(pk__in=labels).order_by("key")


def entry_named(model: type[Entry], name: str) -> Entry | None:
    """The entry with this key or code, or with this id where it came from an export of ours."""
    rows = model._default_manager  # noqa: SLF001 - Django's documented face of a model
    found: Entry | None = rows.filter(key=name).first() or rows.filter(code=name).first()
    bare = as_uuid(name.removeprefix("hsds:"))
    return found or (rows.filter(pk=bare).first() if bare else None)


def location_named(party: Party, name: str) -> Location | None:
    bare = as_uuid(name.removeprefix("hsds:"))
    return party.locations.filter(key=name).first() or (party.locations.filter(pk=bare).first() if bare else None)


def as_uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def is_shelter_key(key: str) -> bool:
    """Whether a concept is a shelter or something narrower."""
    return Concept.objects.filter(key=key, ancestry__ancestor__key__in=SHELTER_KEYS).exists()


class ShelterWords:
    """Words for shelter in every language that the vocabulary has one in, found with the endings they take."""

    def __init__(self) -> None:
        labels = Label.objects.filter(concept__ancestry__ancestor__key__in=SHELTER_KEYS)
        known = {(_folded(text), lang) for lang, text in labels.values_list("lang", "text")}
        self.patterns = [re.compile(_inflected(text, lang)) for text, lang in known if text]

    def are_in(self, text: str) -> bool:
        folded = _folded(text)
        return any(pattern.search(folded) for pattern in self.patterns)


def _inflected(text: str, lang: str) -> str:
    """English takes an s; the others change the last letter and go on. Better one place too many than a shelter told."""
    if lang == "en":
        return rf"\b{re.escape(text)}s?\b"
    return rf"\b{re.escape(text[:-1] if len(text) > LONG_WORD else text)}"


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))
