"""Finds rows that would tell where a shelter is, before anything is written. Nothing of such a row is ever shown."""

from collections.abc import Iterable
from contextlib import suppress

from django.utils.translation import gettext as _

from hamroh.directory import rules
from hamroh.directory.exchange.codecs import CONCEPTS, YES_NO
from hamroh.directory.exchange.lookups import CellRefused, ShelterWords, entry_named, is_shelter_key
from hamroh.directory.exchange.rows import Row
from hamroh.directory.exchange.sheets import tells_where
from hamroh.directory.models import Service
from hamroh.web.texts import LANGUAGES

SECRET = {"secret", "hidden", "shelter", "тайно", "секретно", "махфӣ", "gizli", "məxfi"}


def refuse_told_shelters(rows: Iterable[Row]) -> None:
    """Seal and refuse every row with an address, a way or a name of a place that is secret or a shelter's."""
    every = list(rows)
    words = ShelterWords()
    hidden = {place for row in every if row.sheet == "services" and _is_hidden(row, words) for place in _places(row)}
    for row in every:
        if row.sheet == "locations":
            _refuse_secret(row)
            if _has_lines(row) and (row.link("key") in hidden or _is_named_so(row, words) or _is_a_shelters(row)):
                _seal(row, rules.shelter_advice())


def _refuse_secret(row: Row) -> None:
    """A secret place has no row: its service says that there is one."""
    if row.link("confidentiality").casefold() in SECRET:
        row.sealed = True
        row.refuse(
            "confidentiality",
            _("A secret place is kept nowhere. Remove the row, write yes under secret_place of its service."),
        )
        row.cells = {name: cell for name, cell in row.cells.items() if name == "party"}


def _seal(row: Row, advice: str) -> None:
    row.sealed = True
    row.refuse("address", advice)
    row.cells = {name: cell for name, cell in row.cells.items() if name == "party"}


def _is_hidden(row: Row, words: ShelterWords) -> bool:
    """A service that says so, is a shelter by kind or by name, or is known as one."""
    with suppress(CellRefused):
        if YES_NO.read(row.link("secret_place")):
            return True
    with suppress(CellRefused):
        if any(map(is_shelter_key, CONCEPTS.read(row.link("kinds")))):
            return True
    known = entry_named(Service, row.link("key")) if row.link("key") else None
    return _is_named_so(row, words) or bool(known and hasattr(known, "secret_place"))


def _is_named_so(row: Row, words: ShelterWords) -> bool:
    return any(words.are_in(row.link(f"name_{lang}")) for lang in LANGUAGES)


def _is_a_shelters(row: Row) -> bool:
    """The place of a stored shelter."""
    key = row.link("key")
    return bool(key) and Service.objects.filter(secret_place__isnull=False, at_locations__location__key=key).exists()


def _places(row: Row) -> set[str]:
    named = f"{row.link('locations')} {row.link('schedules')}"
    return set(named.replace("|", " ").replace(";", " ").split())


def _has_lines(row: Row) -> bool:
    return any(
        cell for name, cell in row.cells.items() if tells_where(name) and name.startswith(("address", "directions"))
    )
