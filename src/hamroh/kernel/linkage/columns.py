"""The facts of many people as arrays: years of birth, homes, sexes and exact keys, known only as keys."""

import math
from array import array
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from hamroh.kernel.linkage.facts import FAR, Facts, place_code, year_code
from hamroh.kernel.linkage.keying import SEXES, FactKeys, Keying
from hamroh.kernel.linkage.lists import Ints
from hamroh.kernel.linkage.places import PlaceIndex, PlaceLevel
from hamroh.kernel.linkage.segment import Floats, Hashes

Sexes = npt.NDArray[np.int8]
_Known = TypeVar("_Known", bound=Hashable)
#: bits of facts for rows
Bits = Callable[[Ints], Floats]


@dataclass(frozen=True, slots=True)
class FactColumns:
    """Facts by row: numbers into lists of distinct spans of years and distinct homes (number 0: not known)."""

    year: npt.NDArray[np.int32]
    place: npt.NDArray[np.int32]
    sex: Sexes
    spans: Sequence[tuple[int, ...]]
    homes: Sequence[frozenset[str]]
    exact_keys: Hashes
    exact_rows: Ints
    index: PlaceIndex

    @classmethod
    def opened(cls, arrays: Mapping[str, npt.NDArray[Any]], lists: Mapping[str, Any]) -> "FactColumns":
        spans, homes = [tuple(each) for each in lists["spans"]], [frozenset(each) for each in lists["homes"]]
        return cls(
            arrays["year"], arrays["place"], arrays["sex"], spans, homes, arrays["exact_keys"], arrays["exact_rows"],
            PlaceIndex.from_keys(homes),
        )  # fmt: skip

    def rows_of(self, numbers: Ints) -> tuple[Hashes, Ints]:
        """The exact keys of some rows, with the places of these among them."""
        place = np.full(len(self.year), -1, np.int32)
        place[numbers] = np.arange(len(numbers), dtype=np.int32)
        kept = place[self.exact_rows] >= 0
        return self.exact_keys[kept], place[self.exact_rows[kept]]

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        return {name: getattr(self, name) for name in ("year", "place", "sex", "exact_keys", "exact_rows")}

    def lists(self) -> dict[str, Any]:
        return {"spans": [list(each) for each in self.spans], "homes": [sorted(each) for each in self.homes]}

    def with_exact(self, keys: Sequence[int]) -> Ints:
        """The rows that have one of these exact keys, as often as they have one."""
        wanted = np.array(keys, np.uint64)
        first, last = (np.searchsorted(self.exact_keys, wanted, side) for side in ("left", "right"))
        found = [self.exact_rows[start:end] for start, end in zip(first, last, strict=True)]
        return np.concatenate([np.zeros(0, np.int32), *found]).astype(np.int32)

    def weighing(self, sought: Facts, keying: Keying, bits: Mapping[str, float]) -> Bits:
        """What the rows' facts weigh against those of somebody sought, as `compare_facts` weighs them."""
        keys = keying.facts(sought)
        year = self._years(sought, keying, bits)
        place = self._places(keys.place, bits)
        sex = np.array(
            [0.0 if not (keys.sex and each) or each == keys.sex else bits["sex/other"] for each in range(len(SEXES))]
        )
        exact = self.with_exact(keys.exact)
        kinds = ((year, self.year), (place, self.place), (sex, self.sex))
        told = [(table.astype(np.float32), column) for table, column in kinds if table.any()]

        def weigh(rows: Ints) -> Floats:
            found = np.zeros(len(rows), np.float32)
            for table, column in told:
                found += table[column[rows]]
            for row in exact:
                found[rows == row] += bits["exact"]
            return found

        return weigh

    def _years(self, sought: Facts, keying: Keying, bits: Mapping[str, float]) -> Floats:
        """Bits of each span of years."""
        if not sought.years:
            return np.zeros(len(self.spans), np.float32)
        first, last = sought.years
        gaps = {keying.year(year): max(0, first - year, year - last) for year in range(first - FAR, last + FAR + 1)}

        def weigh(span: tuple[int, ...]) -> float:
            gap = min((gaps.get(year, FAR + 1) for year in span), default=None)
            if gap is None:
                return 0.0
            wide = math.log2(max(len(span), last - first + 1)) if gap == 0 else 0.0
            return bits[year_code(gap)] + bits["year/wide"] * wide

        return np.array([weigh(span) for span in self.spans], np.float32)

    def _places(self, sought: frozenset[str], bits: Mapping[str, float]) -> Floats:
        """Bits of each home."""
        if not sought:
            return np.zeros(len(self.homes), np.float32)
        weights = np.array([bits[place_code(level)] for level in PlaceLevel], np.float32)
        found = weights[self.index.levels_of(sought)]
        found[0] = 0.0
        return found


class Filing:
    """Facts of rows that come one by one."""

    def __init__(self) -> None:
        self._spans: dict[tuple[int, ...], int] = {(): 0}
        self._homes: dict[frozenset[str], int] = {frozenset(): 0}
        self._years, self._places, self._sexes = array("i"), array("i"), array("b")
        self._exact_keys, self._exact_rows = array("Q"), array("i")

    def add(self, row: FactKeys) -> None:
        for key in row.exact:
            self._exact_keys.append(key)
            self._exact_rows.append(len(self._sexes))
        self.add_known(self.span(row.years), self.home(row.place), row.sex)

    def add_known(self, span: int, home: int, sex: int = 0) -> None:
        """A row whose span of years and home have numbers."""
        self._years.append(span)
        self._places.append(home)
        self._sexes.append(sex)

    def span(self, years: tuple[int, ...]) -> int:
        """The number of a span of years."""
        return self._spans.setdefault(years, len(self._spans))

    def home(self, place: frozenset[str]) -> int:
        """The number of a home."""
        return self._homes.setdefault(place, len(self._homes))

    def columns(self) -> FactColumns:
        years, places, rows = (np.array(each, np.int32) for each in (self._years, self._places, self._exact_rows))
        exact = np.array(self._exact_keys, np.uint64), rows
        sexes = np.array(self._sexes, np.int8)
        return _columns((years, places, sexes), [*self._spans], [*self._homes], exact)


def _columns(
    rows: tuple[Ints, Ints, Sexes],
    spans: Sequence[tuple[int, ...]],
    homes: Sequence[frozenset[str]],
    exact: tuple[Hashes, Ints],
) -> FactColumns:
    """Of years, places and sexes by row; of exact keys, each with its row."""
    keys, of = exact
    order = np.argsort(keys, kind="stable")
    return FactColumns(*rows, spans, homes, keys[order], of[order], PlaceIndex.from_keys(homes))


def joined(parts: Sequence[tuple[FactColumns, Ints]]) -> FactColumns:
    """The facts of some rows of several, in their order."""
    spans: dict[tuple[int, ...], int] = {(): 0}
    homes: dict[frozenset[str], int] = {frozenset(): 0}
    years, places, exact_keys, exact_rows, first = [], [], [], [], 0
    for facts, rows in parts:
        years.append(_renumbered(facts.year[rows], facts.spans, spans))
        places.append(_renumbered(facts.place[rows], facts.homes, homes))
        keys, of = facts.rows_of(rows)
        exact_keys.append(keys)
        exact_rows.append(of + np.int32(first))
        first += len(rows)
    sexes = np.concatenate([facts.sex[rows] for facts, rows in parts])
    exact = np.concatenate(exact_keys), np.concatenate(exact_rows)
    return _columns((np.concatenate(years), np.concatenate(places), sexes), [*spans], [*homes], exact)


def _renumbered(numbers: Ints, known: Sequence[_Known], anew: dict[_Known, int]) -> Ints:
    """Numbers into a list as numbers into another one, to which is added what it lacks."""
    place = np.zeros(len(known), np.int32)
    for number in np.unique(numbers).tolist():
        place[number] = anew.setdefault(known[number], len(anew))
    return place[numbers]
