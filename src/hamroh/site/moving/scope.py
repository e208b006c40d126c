"""What moves with an organisation: every table whose rows lead to her, found by itself, and what is declared to stay.

A room that comes tomorrow is moved without a word here; a table that leads to no organisation must be declared, or a test fails.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

Model = type[models.Model]
#: rooms and libraries whose tables belong to the installation or to everybody
STAYING_ROOMS = {
    "account": "addresses of sign-in: everybody is let in anew",
    "admin": "of the installation",
    "auth": "of the installation",
    "contenttypes": "of the installation",
    "directory": "public, found there by its key",
    "django_tasks_database": "what this installation's worker does",
    "mfa": "second factors are bound to this address and this installation's key",
    "search": "made of other records: hamroh reindex",
    "sessions": "of the installation",
    "sites": "of the installation",
    "taggit": "words of the public pages",
    "thesaurus": "public, found there by its address",
    "usersessions": "of the installation",
    "wagtailadmin": "of the installation",
    "wagtailcore": "public pages stand in one tree of the installation",
    "wagtailusers": "of the installation",
}
#: further tables that stay, each with its reason
STAYING = {
    "accounts.Allowance": "tries at this door",
    "accounts.KnownDevice": "browsers that know this address",
    "accounts.Link": "links open a door of this address",
    "accounts.Notice": "lines on a desk of this installation",
    "accounts.Session": "of the installation",
    "accounts.User_groups": "of the installation",
    "accounts.User_user_permissions": "of the installation",
    "cases.CalendarToken": "an address of this installation",
    "evidence.AreaGroup": "public figures",
    "evidence.Concept": "public figures",
    "evidence.EstimateChoice": "public figures",
    "evidence.Indicator": "public figures",
    "evidence.Observation": "public figures, found there by their code",
    "evidence.Profile": "public, found there by its key",
    "evidence.Series": "public figures",
    "evidence.Source": "public, found there by its key",
    "evidence.Template": "public, found there by its key",
    "evidence.Vintage": "public, found there by its label",
    "pages.AnotherEditor": "a step of the editors' workflow here",
    "pages.Article": "public pages stand in one tree of the installation",
    "pages.QuizTotal": "counts of nobody",
    "pages.Section": "public pages stand in one tree of the installation",
    "training.CalendarKey": "an address of this installation",
    "vault.JournalBatch": "the chain of this installation's journal",
    "vault.Rotation": "how far an exchange of keys came: none may be going on",
    "vault.TakenForm": "forms that were sent to this installation",
}
#: tables that are moved by people or records instead of by a column
BY_HAND = {
    "accounts.ConflictBlock", "accounts.Organisation", "accounts.User", "vault.JournalLine", "vault.MemberKey", "vault.MemberLock",
}  # fmt: skip
#: by what a public record is found in another installation
NATURAL: dict[str, tuple[str, ...]] = {
    "directory.AdminUnit": ("key",),
    "directory.Party": ("key",),
    "directory.Service": ("key",),
    "evidence.Observation": ("code",),
    "evidence.Profile": ("key",),
    "evidence.Source": ("key",),
    "evidence.Template": ("key", "version"),
    "evidence.Vintage": ("source__key", "label"),
    "thesaurus.Concept": ("uri",),
}
#: columns that an installation makes for itself: its words for a key, its signatures, its counters
MADE_ANEW = {
    "vault.JournalLine": {"mac", "number", "link"},
    "vault.MemberKey": {"mac"},
    "vault.NamePool": {"built"},
    "vault.OrganisationKey": {"wrapped", "wrapped_by"},
    "vault.RecordKey": {"proof"},
    "vault.RecoveryKey": {"mac"},
}


@dataclass(frozen=True)
class Table:
    """A table that moves; ``where`` is the way from a row to its organisation's id, empty where it is moved by hand."""

    model: Model
    where: str = ""

    @property
    def label(self) -> str:
        return self.model._meta.label  # noqa: SLF001 - Django's documented face of a model

    @property
    def is_counted(self) -> bool:
        """Whether the database gives its rows numbers: then they get new ones, and are known by their order on the way."""
        return isinstance(self.model._meta.pk, models.AutoField)  # noqa: SLF001

    @property
    def written(self) -> list[Any]:
        """The columns that a row is written with."""
        fields = self.model._meta.concrete_fields  # noqa: SLF001
        return [each for each in fields if not (each.primary_key and self.is_counted)]

    @property
    def columns(self) -> list[Any]:
        """Those of them that are told on the way."""
        left = MADE_ANEW.get(self.label, set())
        return [each for each in self.written if each.name not in left]


def known_models() -> list[Model]:
    """Every table of the installation, those between two others too."""
    found = apps.get_models(include_auto_created=True)
    return [each for each in found if each._meta.managed and not each._meta.proxy]  # noqa: SLF001


def stays(model: Model) -> str:
    """Why a table stays; empty where it is not declared to."""
    meta = model._meta  # noqa: SLF001
    return STAYING.get(meta.label) or STAYING_ROOMS.get(meta.app_label, "")


@cache
def tables() -> dict[Model, Table]:
    """What moves, in the order of names."""
    ways = _ways()
    found = {model: Table(model, ways.get(model, "")) for model in known_models() if _moves(model, ways)}
    return dict(sorted(found.items(), key=lambda item: item[1].label))


def undeclared() -> list[str]:
    """Tables that neither move nor are declared to stay, and references that would lead nowhere."""
    moving = tables()
    lost = [model._meta.label for model in known_models() if model not in moving and not stays(model)]  # noqa: SLF001
    return lost + [each for table in moving.values() for each in _astray(table)]


def _astray(table: Table) -> Iterator[str]:
    for field in table.columns:
        target = field.related_model if field.is_relation else None
        if target is not None and target not in tables() and target._meta.label not in NATURAL:  # noqa: SLF001
            yield f"{table.label}.{field.name}"


def _moves(model: Model, ways: dict[Model, str]) -> bool:
    return not stays(model) and (model in ways or model._meta.label in BY_HAND)  # noqa: SLF001


def _ways() -> dict[Model, str]:
    """The way to the organisation from each table that has one: its own column, or a row that it cannot be without."""
    everything = [each for each in known_models() if not stays(each) and each._meta.label not in BY_HAND]  # noqa: SLF001
    found = {each: "organisation_id" for each in everything if _is_owned(each)}
    grown = True
    while grown:
        more = {each: way for each in everything if each not in found and (way := _way(each, found))}
        found, grown = found | more, bool(more)
    return found


def _is_owned(model: Model) -> bool:
    return any(each.attname == "organisation_id" and not each.null for each in model._meta.concrete_fields)  # noqa: SLF001


def _way(model: Model, found: dict[Model, str]) -> str:
    for each in model._meta.concrete_fields:  # noqa: SLF001
        if each.is_relation and not each.null and each.related_model in found:
            return f"{each.name}__{found[each.related_model]}"
    return ""
