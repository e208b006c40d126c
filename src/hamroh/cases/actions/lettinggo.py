"""Sealed data that leaves as a locked file: asked for, let go by a second person where it is much, made, fetched, wiped.

One way for every room that lets files out. The room says what is counted, who may take it and what stands in the file; here is what must
hold of all of them: nobody lets go what she asked for, nothing is made or fetched after its time, and at the end nothing of it is kept.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.vault import journal, opening

#: how long a wish waits for a second person, what was let go waits to be made, a file waits to be fetched
WAITS, TO_MAKE, TO_FETCH = dt.timedelta(days=7), dt.timedelta(days=3), dt.timedelta(days=1)
#: how long it is listed that something was taken out; the journal keeps its lines
LISTED = dt.timedelta(days=90)
_LIVES, _ENDED = ("asked", "released", "made"), ("over", "declined")


class NotLetGo(Exception):
    """It cannot be taken out as things stand; the argument says why, for the reader."""


MEANWHILE = _("Somebody was faster, or the time is over. Look at how it stands now.")
OWN = _("You asked for it, so somebody else must let it go.")


def _itself(row: Any) -> Any:
    return row


@dataclass(frozen=True)
class Leaving:
    """One kind of file that leaves.

    ``model`` has the columns of ``cases.Export``. ``verb`` is what its verbs begin with (``export`` of ``export.take``); ``most_alone`` is how
    many one person may take out by herself. ``about`` is the record that a line of the journal is about, ``facts`` what the line says besides.
    """

    model: type[Any]
    verb: str
    most_alone: int
    purpose: str
    about: Callable[[Any], Any] = _itself
    facts: Callable[[Any], Mapping[str, Any]] = lambda _row: {}
    #: relations that are read with a row
    related: tuple[str, ...] = ()

    def begin(self, *, actor: Any, row: Any, count: int, **facts: Any) -> Any:
        """Write down a wish: of few it may be made at once, of many a second person lets it go. Call within the action's transaction."""
        row.expires_at = timezone.now() + WAITS
        policy.require(actor, f"{self.verb}.take", row)
        if count <= self.most_alone:
            row.state, row.expires_at = "released", timezone.now() + TO_MAKE
        row.save()
        self.tell(actor, row, "ask", **facts)
        return row

    @transaction.atomic
    def release(self, *, actor: Any, row: Any, **facts: Any) -> None:
        """A second person lets it go; NotLetGo for who asked, and where somebody was faster."""
        now = timezone.now()
        self._settle(actor, row, state="released", released_at=now, expires_at=now + TO_MAKE)
        self.tell(actor, row, "release", **facts)

    @transaction.atomic
    def decline(self, *, actor: Any, row: Any) -> None:
        """It is not let go; NotLetGo as of ``release``."""
        self._settle(actor, row, state="declined", released_at=timezone.now())
        self.tell(actor, row, "decline")

    def _settle(self, actor: Any, row: Any, **after: Any) -> None:
        policy.require(actor, f"{self.verb}.release", row)
        if row.asked_by_id == actor.pk:
            raise NotLetGo(OWN)
        waiting = self.model.objects.filter(pk=row.pk, state="asked", expires_at__gt=timezone.now())
        if not waiting.update(released_by=actor, **after):
            raise NotLetGo(MEANWHILE)

    def may_hold(self, row: Any, asked_for: int) -> int:
        """How many it may hold when it is made: those that were let go, and never fewer than one person takes out alone."""
        return max(self.most_alone, asked_for if row.released_by_id else 0)

    def standing(self, row: Any, *states: str) -> Any:
        """The row as it is now, held until the commit; NotLetGo where it is in none of the states, or over."""
        rows = self.model.objects.select_for_update(of=("self",)).select_related(*self.related)
        found = rows.get(pk=row.pk)
        if found.state not in states or found.expires_at <= timezone.now():
            raise NotLetGo(MEANWHILE)
        return found

    @transaction.atomic
    def keep(self, *, actor: Any, row: Any, locked: bytes, **facts: Any) -> Any:
        """Seal the file into the row, unless the wish ended meanwhile (NotLetGo). Made again, it stands in the place of the first."""
        found, now = self.standing(row, "released", "made"), timezone.now()
        found.content, found.state, found.made_at, found.fetched_at = locked, "made", now, None
        found.expires_at = now + TO_FETCH
        found.save()
        self.tell(actor, found, "make", bytes=len(locked), **facts)
        return found

    @transaction.atomic
    def fetch(self, *, actor: Any, row: Any) -> bytes:
        """The locked file, for who asked and as long as it stands; NotLetGo afterwards."""
        decision = policy.require(actor, f"{self.verb}.take", row)
        found = self.standing(row, "made")
        self.model.objects.filter(pk=found.pk).update(fetched_at=timezone.now())
        self.tell(actor, found, "fetch")
        content: bytes = opening.open(found, "content", decision=decision, purpose=self.purpose)
        return content

    @transaction.atomic
    def drop(self, *, actor: Any, row: Any) -> None:
        """Who asked needs it no more: the file is wiped."""
        policy.require(actor, f"{self.verb}.take", row)
        self.wipe(actor, row, "drop")

    @transaction.atomic
    def wipe_expired(self) -> int:
        """End every wish whose time is over and wipe its file; how many ended."""
        rows = self.model.objects.filter(state__in=_LIVES, expires_at__lte=timezone.now()).defer("content")
        return sum(1 for row in rows if self.wipe(None, row, "wipe"))

    def long_ended(self) -> QuerySet[Any]:
        """What ended so long ago that it is listed no more."""
        ended: QuerySet[Any] = self.model.objects.filter(state__in=_ENDED)
        return ended.filter(expires_at__lte=timezone.now() - LISTED)

    @transaction.atomic
    def wipe_made(self, **which: Any) -> None:
        """Wipe the files that stand and may hold somebody who may leave no more."""
        for row in self.model.objects.filter(state="made", **which).defer("content"):
            self.wipe(None, row, "wipe")

    def wipe(self, actor: Any, row: Any, what: str) -> bool:
        """End one wish and wipe its file; whether it had not ended before."""
        found = self.model.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if found.state in _ENDED:
            return False
        found.content, found.state = None, "over"
        found.save()
        self.tell(actor, found, what)
        return True

    def tell(self, actor: Any, row: Any, what: str, **facts: Any) -> None:
        """A line of the journal."""
        journal.record(
            actor=actor, verb=f"{self.verb}.{what}", about=self.about(row), facts={**self.facts(row), **facts}
        )
