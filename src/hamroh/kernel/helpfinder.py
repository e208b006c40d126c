"""The order in which help is shown: what fits first, then what is near, and always the reasons why."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from hamroh.kernel.gazetteer import EARTH_KM

#: keys are whatever the caller names its records by; they are only compared and ordered
Unit = Any
Kind = Any
Point = tuple[float, float]
Mask = npt.NDArray[np.bool_]
Places = npt.NDArray[np.intp]
"""Places of offers in the row in which they stand."""
Floats = npt.NDArray[np.float64]

_NEAR_KM = 60.0  # about an hour by shared taxi; nearer sites are shown even when no area was stated
_FITS_WELL, _FITS = 0.75, 0.4  # weights of a kind for a need, see Need in the directory
_NOWHERE = 9  # in place of a reach
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
    """Offers that fit, best first, as ``Offers.ranked`` puts them."""
    ranked = Offers(offers).ranked(ask)
    return ranked.found(0, len(ranked))


@dataclass(frozen=True)
class Ranked:
    """The offers that fit, best first: their places in ``offers``, and of every offer its reach and distance."""

    ask: Ask
    offers: "Offers"
    order: Places
    reach: npt.NDArray[np.int8]
    km: Floats

    def __len__(self) -> int:
        return len(self.order)

    def found(self, start: int, stop: int) -> list[Found]:
        """Those from one place in the order to before another, each with what its reasons follow from."""
        return [self._found(place) for place in self.order[start:stop]]

    def _found(self, place: int) -> Found:
        offer, km = self.offers.row[place], float(self.km[place])
        return Found(offer.key, Reach(int(self.reach[place])), km if km < np.inf else None, self.ask, offer)


class Offers:
    """Offers in a row, the last checked first, and what is asked of them side by side: thousands are ordered in a millisecond."""

    def __init__(self, offers: Iterable[Offer]) -> None:
        self.row = sorted(offers, key=lambda offer: (-offer.verified.toordinal(), offer.key))
        self.by_kind = self._inverted(lambda offer: offer.kinds)
        self.by_area = self._inverted(lambda offer: offer.serves)
        self.by_site = self._inverted(lambda offer: {unit for unit, _point in offer.sites})
        self._by_language = self._inverted(lambda offer: offer.languages)
        self._crisis = self.where(lambda offer: offer.crisis)
        self._overdue = self.where(lambda offer: offer.overdue)
        self._paid = self.where(lambda offer: not offer.free)
        self._remote = self.where(lambda offer: offer.remote)
        self._everywhere = self.where(lambda offer: offer.remote and not offer.serves)
        self._silent = self.where(lambda offer: not offer.languages)
        points = [(place, point) for place, offer in enumerate(self.row) for _unit, point in offer.sites if point]
        self._point_of = np.array([place for place, _point in points], dtype=np.intp)
        self._points = np.radians(np.array([point for _place, point in points], dtype=np.float64).reshape(-1, 2))

    def where(self, holds: Callable[[Offer], bool]) -> Mask:
        """Which offers something holds of."""
        return np.fromiter((bool(holds(offer)) for offer in self.row), dtype=np.bool_, count=len(self.row))

    def among(self, places: Iterable[Places]) -> Mask:
        """Which offers stand at some places of the row."""
        mask = np.zeros(len(self.row), dtype=np.bool_)
        for some in places:
            mask[some] = True
        return mask

    def ranked(self, ask: Ask, among: Mask | None = None) -> Ranked:
        """Offers that fit, best first, only those ``among`` some; the order is total, so that pages never show one twice.

        Left out are offers of other kinds, those that neither serve nor stand near the place, and those that state
        their languages without the asked one. Where only a country is chosen, who serves all of it comes before who
        stands somewhere in it.
        """
        weight, speaks, km = self._weight(ask), self._speaks(ask), self._distance(ask)
        reach = self._reach(ask, km)
        fits = (weight > 0) & (reach != _NOWHERE)
        if ask.language:
            fits &= speaks | self._silent
        if among is not None:
            fits &= among
        places = np.flatnonzero(fits)
        steps = self._steps(ask, weight, speaks, km, reach)
        order = np.lexsort((km[places], -weight[places], steps[places]))  # equal ones stay as they stand in the row
        return Ranked(ask, self, places[order], reach, km)

    def _inverted(self, values: Callable[[Offer], Iterable[Any]]) -> dict[Any, Places]:
        found: dict[Any, list[int]] = defaultdict(list)
        for place, offer in enumerate(self.row):
            for value in values(offer):
                found[value].append(place)
        return {value: np.array(places, dtype=np.intp) for value, places in found.items()}

    def _at(self, index: Mapping[Any, Places], values: Iterable[Any]) -> Mask:
        return self.among(index[value] for value in values if value in index)

    def _weight(self, ask: Ask) -> Floats:
        """How well the best fitting kind of each fits."""
        if not ask.kinds:
            return np.ones(len(self.row))
        weight = np.zeros(len(self.row))
        for kind in ask.kinds.keys() & self.by_kind.keys():
            places = self.by_kind[kind]
            weight[places] = np.maximum(weight[places], ask.kinds[kind])
        return weight

    def _speaks(self, ask: Ask) -> Mask:
        return self._at(self._by_language, [ask.language])

    def _distance(self, ask: Ask) -> Floats:
        """Kilometres to the nearest site of each, infinite where either is not known."""
        km = np.full(len(self.row), np.inf)
        if ask.point is not None:
            np.minimum.at(km, self._point_of, _haversine_km(np.radians(ask.point), self._points))
        return km

    def _reach(self, ask: Ask, km: Floats) -> npt.NDArray[np.int8]:
        """How each reaches the place: the worst way is said first, a better one over it."""
        reach = np.full(len(self.row), _NOWHERE if ask.place else Reach.ANYWHERE, dtype=np.int8)
        if not ask.place:
            return reach
        for_all = self._at(self.by_area, ask.place[-1:])
        here = self._at(self.by_site, ask.inside)
        reach[for_all] = Reach.WHOLE_COUNTRY
        reach[self._everywhere | (self._remote & for_all)] = Reach.BY_PHONE
        reach[km <= _NEAR_KM] = Reach.NEAR
        reach[self._at(self.by_area, ask.parts)] = Reach.SERVES
        reach[here & ~for_all if len(ask.place) == 1 else here] = Reach.HERE
        return reach

    def _steps(
        self, ask: Ask, weight: Floats, speaks: Mask, km: Floats, reach: npt.NDArray[np.int8]
    ) -> npt.NDArray[np.int64]:
        """What is weighed in turn, as the digits of one number: the smaller stands first."""
        steps = np.zeros(len(self.row), dtype=np.int64)
        if ask.crisis_first:
            steps += ~self._crisis
        ways = reach.astype(np.int64)
        if len(ask.place) == 1:
            ways = np.where((reach == Reach.BY_PHONE) | (reach == Reach.WHOLE_COUNTRY), ways, ways + len(Reach))
        fit = np.where(weight >= _FITS_WELL, 0, np.where(weight >= _FITS, 1, 2))
        far = np.searchsorted(_STEPS_KM, km) + np.isinf(km)
        for digit in (fit, ways, far, ~speaks, self._overdue, self._paid):
            steps = steps * 16 + digit
        return steps


def _haversine_km(point: Floats, points: Floats) -> Floats:
    """Great-circle distances of a point (latitude, longitude) to others (a row each), all in radians."""
    turn = np.sin((points - point) / 2) ** 2
    chord = turn[:, 0] + np.cos(point[0]) * np.cos(points[:, 0]) * turn[:, 1]
    return np.asarray(2 * EARTH_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0))))
