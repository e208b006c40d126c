"""From rows to the facts that the kernel decides on. Everything public asks ``public_of``; nothing else decides."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from hamroh.archive.models import Consent, Level, Media, Unit, Voice, Withdrawal
from hamroh.archive.states import UnitStates
from hamroh.kernel import consented
from hamroh.kernel.consented import Basis, Cut, Held, Public, Scope, Span

RELEASED, ERASED = UnitStates.released.name, UnitStates.erased.name


def with_facts(rows: "QuerySet[Unit]") -> "QuerySet[Unit]":
    """Units with all that decides about them, in a number of queries that does not grow with them."""
    voices = Voice.objects.order_by("position", "pk").prefetch_related(
        Prefetch("consents", Consent.objects.order_by("pk")), Prefetch("withdrawals", Withdrawal.objects.order_by("pk"))
    )
    media = Media.objects.order_by("position", "added_at", "pk")
    return rows.select_related("organisation", "part_of__part_of__part_of").prefetch_related(
        Prefetch("voices", voices), Prefetch("media", media)
    )


def public_of(unit: Unit, today: dt.date | None = None) -> Public:
    """What of a unit is public on a day, by the clock of the installation."""
    return consented.public(held(unit), today or timezone.localdate())


def held(unit: Unit) -> Held:
    """The facts about a unit. A whole has no narrators: what it says is the archive's own."""
    is_item = unit.level == Level.ITEM
    return Held(
        published=unit.state == RELEASED, above_published=all(each.state == RELEASED for each in above(unit)),
        erased=unit.state == ERASED, basis=Basis(unit.basis) if is_item else Basis.FREE,
        voices=[consents_of(each) for each in unit.voices.all()] if is_item else (), taken_out=_taken_out(unit.media.all()),
    )  # fmt: skip


def above(unit: Unit) -> list[Unit]:
    """What it lies in, the widest first; no tree is deeper than its four levels."""
    found: list[Unit] = []
    while unit.part_of is not None:
        unit = unit.part_of
        found.insert(0, unit)
    return found


def consents_of(voice: Voice) -> list[consented.Consent]:
    """What a narrator allowed, in order; what was recorded before she took it back is marked so."""
    taken_back = max((each.at for each in voice.withdrawals.all()), default=None)
    return [_consent(each, taken_back) for each in voice.consents.all()]


def _consent(row: Consent, taken_back: dt.datetime | None) -> consented.Consent:
    return consented.Consent(
        row.given_date, scopes_of(row.scopes), row.until_date, withdrawn=taken_back is not None and row.recorded_at <= taken_back,
        cuts=[Cut(Span(each["start"], each["end"]), scopes_of(each["scopes"])) for each in row.cuts], names_her=row.names_her,
    )  # fmt: skip


def scopes_of(names: Iterable[str]) -> frozenset[Scope]:
    """Scopes by their names; one that is not known allows nothing."""
    known = {each.value for each in Scope}
    return frozenset(Scope(name) for name in names if name in known)


def _taken_out(media: Iterable[Media]) -> list[Span] | None:
    """The parts that the public copy of its recording lacks; None where there is no copy."""
    sounds = [each for each in media if not each.is_picture]
    if any(not each.public_name for each in sounds):
        return None
    return [Span(start, end) for each in sounds for start, end in each.taken_out]


def names_of(unit: Unit, public: Public) -> list[dict[str, str]]:
    """What narrators are called in public: by their own names where they allow it."""
    return [
        voice.own_names if named and voice.own_names else voice.pseudonyms
        for voice, named in zip(unit.voices.all(), public.named, strict=True)
    ]


def is_described(public: Public, span: Span) -> bool:
    """Whether a part of a recording may be told of on a page: not where it is shut for the catalogue or for the page's readers."""
    return public.may(Scope.CATALOGUE) and not any(
        each.touches(span) for scope in (Scope.CATALOGUE, Scope.ONLINE) for each in public.shut.get(scope, ())
    )


def spans_of(unit: Unit, segments: Iterable[Any]) -> list[tuple[Any, Span]]:
    """Segments with where they begin and end: the next one, or the recording, ends what has no end of its own."""
    rows = list(segments)
    if not rows:
        return []
    last = max((each.duration for each in unit.media.all()), default=0)
    ends = [*(each.start for each in rows[1:]), max(last, rows[-1].start + 1)]
    return [
        (each, Span(each.start, max(each.end or end, each.start + 1))) for each, end in zip(rows, ends, strict=True)
    ]
