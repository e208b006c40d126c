"""Descriptions of archives as EAD3: what is public of a tree goes out; why a tree of another house does not come in."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from hamroh.archive.selectors.public import Shown
from hamroh.kernel import ead
from hamroh.kernel.ead import Described, EadRefused, Imprint, Named
from hamroh.thesaurus.selectors import names
from hamroh.thesaurus.selectors.names import Name
from hamroh.web.texts import LANGUAGES, pick

_DETAILS = ("arrangement", "access", "rights", "notes")


def written(top: Shown, below: Iterable[Shown], lang: str) -> bytes:
    """A tree of what is public as EAD3. No narrator is in it, whatever she is called in public: other houses would keep her name."""
    rows = list(below)
    parts: dict[object, list[Shown]] = {}
    for each in rows:
        parts.setdefault(each.unit.part_of_id, []).append(each)
    about = {one.pk for each in (top, *rows) for one in each.unit.subjects.all()}
    called = {tongue: names(about, tongue) for tongue in LANGUAGES}
    unit = top.unit
    imprint = Imprint(
        pick(unit.organisation.names, lang).text, unit.code, f"{settings.PUBLIC_URL.rstrip('/')}/{lang}/archive/u/{unit.code}/",
        unit.changed_at.isoformat(timespec="seconds"),
    )  # fmt: skip
    return ead.write(_described(top, parts, called), imprint)


def _described(one: Shown, parts: dict[object, list[Shown]], called: Mapping[str, Mapping[UUID, Name]]) -> Described:
    unit = one.unit
    notes = {name: unit.details[name] for name in _DETAILS if unit.details.get(name)}
    return Described(
        unit.level, unit.reference, unit.titles, unit.kind, unit.date_from, unit.date_to, tuple(unit.languages), unit.creators,
        unit.details.get("extent", {}), ({"abouts": unit.abouts} if unit.abouts else {}) | notes,
        tuple(Named(each.key, _names(each.pk, called)) for each in unit.subjects.all()),
        tuple(Named(each.key, each.names) for each in unit.places.all()),
        tuple(_described(each, parts, called) for each in parts.get(unit.pk, ())),
    )  # fmt: skip


def _names(pk: UUID, called: Mapping[str, Mapping[UUID, Name]]) -> dict[str, str]:
    """What a concept is called in each language in which it has a name of its own."""
    found = ((tongue, told.get(pk)) for tongue, told in called.items())
    return {tongue: str(name.text) for tongue, name in found if name is not None and name.lang == tongue}


def told(refused: EadRefused) -> str:
    """Why a file is not taken in, and where, in words."""
    faults = {
        "long": _("The text is too long."), "xml": _("It is no XML that can be read."), "ead": _("It is no description in EAD3."),
        "empty": _("Nothing is described in it."), "many": _("There are too many units in it."),
        "reference": _("A unit has no reference code."), "reference_long": _("A reference code is too long."),
        "title": _("A unit has no title."), "deep": _("Units lie too deep in each other."), "level": _("A unit has a level that is not known here."),
        "text_long": _("A text is too long."),
    }  # fmt: skip
    said = faults.get(refused.fault, refused.fault)
    return f"{said} ({refused.place})" if refused.place else said
