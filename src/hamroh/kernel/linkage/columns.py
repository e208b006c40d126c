"""The facts of many people as arrays: years of birth, homes, sexes and exact keys, known only as keys."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hamroh.kernel.linkage.facts import FAR, Facts, place_code, year_code
from hamroh.kernel.linkage.keying import SEXES, FactKeys, Keying
from hamroh.kernel.linkage.lists import Ints
from hamroh.kernel.linkage.places import PlaceIndex, PlaceLevel
from hamroh.kernel.linkage.segment import Floats, Hashes

#: bits of facts for rows
Bits = Callable[[Ints], Floats]


@dataclass(frozen=True, slots=True)
class FactColumns:
    """Facts by row: numbers into lists of distinct spans of years and distinct homes (number 0: not known)."""

    year: npt.NDArray[np.int32]
    place: npt.NDArray[np.int32]
    sex: npt.NDArray[np.int8]
    spans: Sequence[tuple[int, ...]]
    homes: Sequence[frozenset[str]]
    exact_keys: Hashes
    exact_rows: Ints
    index: PlaceIndex

    @classmethod
    def of(cls, rows: Iterable[FactKeys]) -> "FactColumns":
        spans: dict[tuple[int, ...], int] = {(): 0}
        homes: dict[frozenset[str], int] = {frozenset(): 0}
        years, places, sexes, exact = [], [], [], []
        for at, row in enumerate(rows):
            years.append(spans.setdefault(row.years, len(spans)))
            places.append(homes.setdefault(row.place, len(homes)))
            sexes.append(row.sex)
            exact += [(key, at) for key in row.exact]
        exact.sort()
        return cls(
            np.array(years, np.int32), np.array(places, np.int32), np.array(sexes, np.int8), [*spans], [*homes],
            np.array([key for key, _at in exact], np.uint64), np.array([at for _key, at in exact], np.int32),
            PlaceIndex.from_keys([*homes]),
        )  # fmt: skip

    @classmethod
    def opened(cls, arrays: Mapping[str, npt.NDArray[Any]], lists: Mapping[str, Any]) -> "FactColumns":
        spans, homes = [tuple(each) for each in lists["spans"]], [frozenset(each) for each in lists["homes"]]
        return cls(
            arrays["year"], arrays["place"], arrays["sex"], spans, homes, arrays["exact_keys"], arrays["exact_rows"],
            PlaceIndex.from_keys(homes),
        )  # fmt: skip

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

        def weigh(rows: Ints) -> Floats:
            found = year[self.year[rows]] + place[self.place[rows]] + sex[self.sex[rows]]
            for row in exact:
                found[rows == row] += bits["exact"]
            return np.asarray(found, np.float32)

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
