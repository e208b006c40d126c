"""A file of figures against what is held of the same things: another unit, other prices, or its ends swapped."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hamroh.kernel.figures.estimates import SWAPPED
from hamroh.kernel.figures.model import Finding, Severity
from hamroh.kernel.figures.words import plain
from hamroh.kernel.figures.writing import ENOUGH, STEADY

#: so many of all quotients must say the same
_MOST = Decimal("0.75")
#: prices: half of a year's places, four at least, are as near to each other as this, in half of the years
_ALIKE, _HALF, _PLACES = Decimal("0.01"), Decimal("0.5"), 4
#: totals that fit the other way round must fit so much better, and those that stand must be off by so much
_BETTER, _OFF = 2, Decimal("0.4")


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing at one place and time, as it is ``held`` and as it comes in ``new``; neither is nought."""

    concept: str
    area: str
    period: str
    held: Decimal
    new: Decimal

    @property
    def quotient(self) -> Decimal:
        return abs(self.new / self.held)


def check_scale(pairs: Sequence[Pair]) -> Iterator[Finding]:
    """UNIT: a concept that comes in as a power of ten of what is held, or in each year by one factor at all places: other prices."""
    by_concept: dict[str, list[Pair]] = defaultdict(list)
    for each in pairs:
        by_concept[each.concept].append(each)
    for concept, mine in sorted(by_concept.items()):
        yield from _power(concept, mine) or _prices(concept, mine)


def _power(concept: str, pairs: Sequence[Pair]) -> list[Finding]:
    powers = [_power_of(each.quotient) for each in pairs]
    most = max(set(powers), key=powers.count)
    if len(pairs) < ENOUGH or most in (None, 0) or powers.count(most) < _MOST * len(powers):
        return []
    facts = {"times": plain(Decimal(10) ** int(most or 0)), "count": str(powers.count(most))}
    return [Finding("UNIT", Severity.ERROR, (concept,), "unit/power", facts)]


def _power_of(quotient: Decimal) -> int | None:
    power = round(quotient.log10())
    return power if abs(quotient / Decimal(10) ** power - 1) <= STEADY else None


def _prices(concept: str, pairs: Sequence[Pair]) -> list[Finding]:
    by_period: dict[str, list[Decimal]] = defaultdict(list)
    for each in pairs:
        by_period[each.period].append(each.quotient)
    middles = {when: _middle(found) for when, found in by_period.items() if len(found) >= _PLACES}
    moved = {
        when: middle
        for when, middle in middles.items()
        if abs(middle - 1) > STEADY and _is_steady(by_period[when], middle)
    }
    if len(moved) < ENOUGH or len(moved) < _HALF * len(middles):
        return []
    facts = {
        "least": plain(round(min(moved.values()), 2)),
        "most": plain(round(max(moved.values()), 2)),
        "count": str(len(moved)),
    }
    return [Finding("UNIT", Severity.ERROR, (concept,), "unit/prices", facts)]


def _middle(quotients: Sequence[Decimal]) -> Decimal:
    return sorted(quotients)[len(quotients) // 2]


def _is_steady(quotients: Sequence[Decimal], middle: Decimal) -> bool:
    alike = sum(abs(each / middle - 1) <= _ALIKE for each in quotients)
    return alike >= ENOUGH and alike >= _HALF * len(quotients)


def check_ends(straight: Sequence[Pair], turned: Sequence[Pair]) -> Iterator[Finding]:
    """MIRROR: movements that agree with what is held only where origin and destination are read the other way round."""
    if len(turned) >= 4 and _agree(turned) * 10 >= len(turned) * 9 and _agree(straight) * 2 < max(1, len(straight)):
        yield Finding("MIRROR", Severity.ERROR, (turned[0].concept,), "mirror/swapped", {"count": str(len(turned))})


def _agree(pairs: Sequence[Pair]) -> int:
    return sum(abs(each.quotient - 1) <= SWAPPED for each in pairs)


def check_totals(straight: Sequence[Pair], turned: Sequence[Pair]) -> Iterator[Finding]:
    """MIRROR: totals of a matrix by destination and by origin that fit what is held far better when they change places."""
    if not straight or not turned:
        return
    as_it_stands, the_other_way = _distance(straight), _distance(turned)
    if as_it_stands > _OFF and the_other_way * _BETTER < as_it_stands:
        facts = {
            "count": str(len(straight)),
            "held": plain(straight[0].held),
            "new": plain(straight[0].new),
            "turned": plain(turned[0].new),
        }
        yield Finding("MIRROR", Severity.ERROR, (straight[0].area,), "mirror/totals", facts)


def _distance(pairs: Sequence[Pair]) -> Decimal:
    """How far pairs are apart in the middle, as a logarithm."""
    return _middle([abs(each.quotient.ln()) for each in pairs])
