"""The order in which help is shown: what fits first, then what is near, and always the reasons why."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Any

from hamroh.kernel.gazetteer import haversine_km

#: keys are whatever the caller names its records by; they are only compared and ordered
Unit = Any
Kind = Any
Point = tuple[float, float]

_NEAR_KM = 60.0  # about an hour by shared taxi; nearer sites are shown even when no area was stated
_FITS_WELL, _FITS = 0.75, 0.4  # weights of a kind for a need, see Need in the directory
_STEPS_KM = (10.0, 30.0, 60.0, 120.0, 250.0)  # differences below a step do not outweigh language or freshness


class Reach(IntEnum):
    """How a service reaches a place, the best first."""

    HERE = 0
    SERVES = 1
    NEAR = 2
    BY_PHONE = 3
    WHOLE_COUNTRY = 4
    ANYWHERE = 5


class Why(StrEnum):
    """Reasons of a result; the page says them in words."""

    CRISIS = "crisis"
    HERE = "here"
    SERVES = "serves"
    NEAR = "near"
    BY_PHONE = "by_phone"
    WHOLE_COUNTRY = "whole_country"
    SPEAKS = "speaks"
    LANGUAGE_NOT_STATED = "language_not_stated"
    FREE = "free"
    CHECK_OVERDUE = "check_overdue"


_REACH_WHY = {
    Reach.HERE: Why.HERE,
    Reach.SERVES: Why.SERVES,
    Reach.NEAR: Why.NEAR,
    Reach.BY_PHONE: Why.BY_PHONE,
    Reach.WHOLE_COUNTRY: Why.WHOLE_COUNTRY,
}


@dataclass(frozen=True)
class Ask:
    """What is asked for.

    ``kinds`` weighs kinds of help from 0 to 1, empty means any. ``place`` lists the chosen unit and those above it, the
    country last; empty means anywhere. ``inside`` is the unit with everything beneath it, ``point`` its latitude and
    longitude in degrees. ``language`` is an ISO 639 code or empty.
    """

    kinds: Mapping[Kind, float] = field(default_factory=dict)
    place: tuple[Unit, ...] = ()
    inside: frozenset[Unit] = frozenset()
    point: Point | None = None
    language: str = ""
    crisis_first: bool = False

    @cached_property
    def parts(self) -> frozenset[Unit]:
        """The units whose services are for the place, but for the country: those around it and those in it."""
        return self.inside.union(self.place) - set(self.place[-1:])


@dataclass(frozen=True)
class Offer:
    """What is known of a service: kinds, units it serves, units and points of its sites, and when it was checked.

    ``remote`` means reached by phone or online; an empty ``languages`` means that they were not stated.
    """

    key: Any
    kinds: frozenset[Kind] = frozenset()
    serves: frozenset[Unit] = frozenset()
    sites: tuple[tuple[Unit, Point | None], ...] = ()
    remote: bool = False
    languages: frozenset[str] = frozenset()
    free: bool = False
    crisis: bool = False
    verified: dt.date = dt.date.min
    overdue: bool = False


@dataclass(frozen=True)
class Found:
    """A service in its order; ``km`` is the distance of its nearest site from the place where both are known."""

    key: Any
    reach: Reach
    km: float | None
    ask: Ask
    offer: Offer

    @cached_property
    def why(self) -> tuple[Why, ...]:
        """The reasons, in the order in which they are said."""
        ask, offer = self.ask, self.offer
        reasons = [
            (Why.CRISIS, ask.crisis_first and offer.crisis),
            (_REACH_WHY.get(self.reach, Why.HERE), self.reach in _REACH_WHY),
            (Why.SPEAKS, bool(ask.language) and ask.language in offer.languages),
            (Why.LANGUAGE_NOT_STATED, bool(ask.language) and not offer.languages),
            (Why.FREE, offer.free),
            (Why.CHECK_OVERDUE, offer.overdue),
        ]
        return tuple(why for why, holds in reasons if holds)


def rank(ask: Ask, offers: Iterable[Offer]) -> list[Found]:
    """Offers that fit, best first; the order is total, so that pages never show one twice.

    Left out are offers of other kinds, those that neither serve nor stand near the place, and those that state their
    languages without the asked one. Where only a country is chosen, who serves all of it comes before who stands
    somewhere in it.
    """
    ordered: list[tuple[tuple[Any, ...], Found]] = []
    distances: dict[Point, float] = {}
    for offer in offers:
        weight = _weight(ask, offer)
        speaks = _speaks(ask, offer)
        km = _distance(ask, offer, distances)
        reach = _reach(ask, offer, km)
        if weight > 0 and speaks is not False and reach is not None:
            found = Found(offer.key, reach, km, ask, offer)
            ordered.append((_order(ask, offer, weight, reach, km), found))
    ordered.sort(key=lambda pair: pair[0])
    return [found for _, found in ordered]


def _order(ask: Ask, offer: Offer, weight: float, reach: Reach, km: float | None) -> tuple[Any, ...]:
    fit = 0 if weight >= _FITS_WELL else 1 if weight >= _FITS else 2
    for_all = len(ask.place) == 1 and reach in (Reach.BY_PHONE, Reach.WHOLE_COUNTRY)
    return (
        0 if ask.crisis_first and offer.crisis else 1,
        fit,
        reach - len(Reach) if for_all else reach,
        _step(km),
        0 if ask.language in offer.languages else 1,
        offer.overdue,
        0 if offer.free else 1,
        -weight,
        km if km is not None else math.inf,
        -offer.verified.toordinal(),
        offer.key,
    )


def _weight(ask: Ask, offer: Offer) -> float:
    if not ask.kinds:
        return 1.0
    return max((ask.kinds.get(kind, 0.0) for kind in offer.kinds), default=0.0)


def _speaks(ask: Ask, offer: Offer) -> bool | None:
    """None is not stated, which is no reason to hide a service."""
    if not ask.language or not offer.languages:
        return None
    return ask.language in offer.languages


def _distance(ask: Ask, offer: Offer, known: dict[Point, float]) -> float | None:
    """``known`` keeps what was measured: many services stand in the same few units."""
    if ask.point is None:
        return None
    points = [point for _, point in offer.sites if point]
    for point in points:
        if point not in known:
            known[point] = haversine_km(ask.point, point)
    return min((known[point] for point in points), default=None)


def _reach(ask: Ask, offer: Offer, km: float | None) -> Reach | None:
    """None where the service neither serves the place nor stands near it."""
    if not ask.place:
        return Reach.ANYWHERE
    country = ask.place[-1]
    for_all = country in offer.serves
    cases = (
        (Reach.HERE, not (for_all and len(ask.place) == 1) and any(unit in ask.inside for unit, _ in offer.sites)),
        (Reach.SERVES, bool(offer.serves & ask.parts)),
        (Reach.NEAR, km is not None and km <= _NEAR_KM),
        (Reach.BY_PHONE, offer.remote and (for_all or not offer.serves)),
        (Reach.WHOLE_COUNTRY, for_all),
    )
    return next((reach for reach, holds in cases if holds), None)


def _step(km: float | None) -> int:
    return len(_STEPS_KM) + 1 if km is None else sum(km > step for step in _STEPS_KM)
