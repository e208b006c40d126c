"""What every write on an entry needs: its lock, its keeper, its key and its place in the alphabet."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from hamroh.accounts.models import Membership, Organisation, Role
from hamroh.directory.actions.check import Check
from hamroh.directory.models import Party, Service
from hamroh.kernel.text import fold, initial, sort_key
from hamroh.web.texts import LANGUAGES, pick

Entry = TypeVar("Entry", Party, Service)


class EditedMeanwhile(Exception):
    """Somebody saved the entry after it was opened; ``entry`` is as it stands now, and nothing was written."""

    def __init__(self, entry: Any) -> None:
        self.entry = entry
        super().__init__("edited meanwhile")


def lock(entry: Entry) -> Entry:
    """The entry as stored, held until the transaction ends."""
    stored: Entry = type(entry).objects.select_for_update().get(pk=entry.pk)
    return stored


def refuse_stale(entry: Party | Service, seen: dt.datetime | None) -> None:
    """EditedMeanwhile if the entry changed after ``seen``; asked after permission, since the answer tells the entry."""
    if seen is not None and seen != entry.updated_at:
        raise EditedMeanwhile(entry)


def new_keeper(actor: Any, maintainer: Organisation | None) -> Organisation | None:
    """``maintainer``, or the one organisation that the actor edits for."""
    if maintainer is not None:
        return maintainer
    if not getattr(actor, "is_authenticated", False):
        return None
    held = Membership.objects.current().filter(user=actor, role=Role.EDITOR).select_related("organisation")[:2]
    return held[0].organisation if len(held) == 1 else None


def name_key(check: Check, entry: Party | Service, key: str) -> None:
    """Give the entry its lasting key, unless another one has it."""
    entry.key = key.strip() or None
    if entry.key and type(entry).objects.filter(key=entry.key).exclude(pk=entry.pk).exists():
        check.refuse("key", _("Another entry has this key."))


def order_names(entry: Party | Service, others: Iterable[str] = ()) -> None:
    """Where its name stands in the alphabet of each language (its fallback where it has none), and how look-ups find it."""
    shown = {lang: pick(entry.names, lang).text for lang in LANGUAGES}
    entry.sort_keys = {lang: sort_key(text, lang) for lang, text in shown.items()}
    entry.initials = {lang: initial(text, lang) for lang, text in shown.items()}
    entry.folded_names = " | ".join(dict.fromkeys(fold(text) for text in (*entry.names.values(), *others)))
