"""What both sides of a partnership share: whether a request is shown right now, asked of the asking side's own rows each time."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from hamroh.accounts import rowsecurity
from hamroh.accounts.zones import local_date
from hamroh.cases.models import Answer
from hamroh.tracing.models import Partnership, Request, Route, SeekerConsent, Shown
from hamroh.tracing.states import SEARCHED


@contextmanager
def across(*organisations: Any) -> Iterator[None]:
    """Within it the rows of these organisations are seen, and no others."""
    with rowsecurity.opened_for({each for each in organisations if each}):
        yield


def in_force(organisation_id: UUID) -> Any:
    """The agreements of an organisation that hold today, by the rows of its own side."""
    rows = Partnership.objects.filter(organisation=organisation_id, state="in_force")
    return rows.filter(until_date__gte=timezone.now().date()).select_related("organisation", "partner")


def holds(partnership: Partnership) -> bool:
    """Whether an agreement is in force by the clock of who keeps the row."""
    today = local_date(timezone.now(), partnership.organisation)
    return partnership.state == "in_force" and partnership.until_date >= today


def live(rows: Iterable[Shown]) -> set[UUID]:
    """Those of a partner's rows that may be shown at this moment: as many queries for many as for one.

    It does not wait until somebody has emptied a row: a consent that was taken back, a request that ended, expired, went to a
    protection officer or was corrected, and an agreement that is over count from the moment in which they are written.
    """
    kept = [row for row in rows if row.ended_at is None]
    if not kept:
        return set()
    with across(*{pk for row in kept for pk in (row.organisation_id, row.from_organisation_id)}):
        as_of, agreed, pacts = _searched(kept), _agreed(kept), _pacts(kept)
    return {
        row.pk for row in kept
        if as_of.get(row.request_id) and as_of[row.request_id] <= row.as_of
        and (row.request_id, row.organisation_id) in agreed
        and {(row.organisation_id, row.from_organisation_id), (row.from_organisation_id, row.organisation_id)} <= pacts
    }  # fmt: skip


def _searched(rows: list[Shown]) -> dict[UUID, Any]:
    """Requests that are searched now, with the moment of their last change."""
    today = timezone.now().date()
    found = Request.objects.filter(pk__in=[row.request_id for row in rows], route=Route.SEARCH, state__in=SEARCHED)
    return dict(found.filter(until_date__gte=today).values_list("pk", "changed_at"))


def _agreed(rows: list[Shown]) -> set[tuple[UUID, UUID]]:
    """Requests and partners for which whoever asks says yes now: the newest answer of each counts."""
    said = SeekerConsent.objects.filter(
        request__in=[row.request_id for row in rows], to_organisation__in=[row.organisation_id for row in rows]
    )  # fmt: skip
    newest = {
        (request, to): answer
        for request, to, answer in said.order_by("made_at", "pk").values_list("request", "to_organisation", "answer")
    }
    return {pair for pair, answer in newest.items() if answer == Answer.GIVEN}


def _pacts(rows: list[Shown]) -> set[tuple[UUID, UUID]]:
    """Pairs of organisations that have an agreement in force, each from its own side."""
    ours = Q(
        organisation__in=[row.organisation_id for row in rows], partner__in=[row.from_organisation_id for row in rows]
    )
    theirs = Q(
        organisation__in=[row.from_organisation_id for row in rows], partner__in=[row.organisation_id for row in rows]
    )
    found = Partnership.objects.filter(ours | theirs, state="in_force", until_date__gte=timezone.now().date())
    return set(found.values_list("organisation", "partner"))


def other_side(partnership: Partnership) -> Any:
    """The row of the other side; called within ``across``."""
    rows = Partnership.objects.filter(pact=partnership.pact).exclude(pk=partnership.pk)
    return rows.select_related("organisation", "partner")
