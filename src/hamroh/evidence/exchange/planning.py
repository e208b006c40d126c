"""What would become of a file: what is new, the same, or said otherwise than before, and what in it looks wrong."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from hamroh.evidence.exchange.reading import Reading
from hamroh.evidence.incoming import Change, Incoming, LeftOut
from hamroh.evidence.models import Indicator, Source
from hamroh.evidence.selectors import held
from hamroh.kernel.figures import Finding
from hamroh.kernel.figures.incoming import Pair, check_ends, check_scale, check_totals
from hamroh.kernel.figures.model import Severity

#: a matrix by destination and origin, and the totals at either end
_ENDS = {"migrant_stock": "emigrant_stock", "refugees": "refugees_abroad", "immigrants": "emigrants"}
Key = tuple[str, str, str, str]


@dataclass(frozen=True)
class Plan:
    """``changed`` begins with what changed by more than a twentieth, the largest first; ``gone`` counts what the file says no more."""

    figures: tuple[Incoming, ...]
    left_out: tuple[LeftOut, ...]
    changed: tuple[Change, ...]
    new: int
    same: int
    gone: int
    rows: int
    findings: tuple[Finding, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def large(self) -> tuple[Change, ...]:
        return tuple(each for each in self.changed if each.is_large)

    @property
    def blocks(self) -> bool:
        """Whether somebody must say why it comes in nevertheless."""
        return any(each.severity is Severity.ERROR for each in self.findings)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "read": self.rows, "added": len(self.figures), "new": self.new, "same": self.same, "changed": len(self.changed),
            "changed_much": len(self.large), "gone": self.gone, "left_out": len(self.left_out),
        }  # fmt: skip

    @property
    def reasons(self) -> dict[str, int]:
        """How many lines or cells are left out for each reason, the most frequent first."""
        return dict(Counter(each.code for each in self.left_out).most_common())


def make_plan(reading: Reading, source: Source | None, progress: Callable[[str], Any] | None = None) -> Plan:
    """Compare a file with what its source said last, and with what others say."""
    tell = progress or (lambda _step: None)
    known = held.indicators()
    figures, unfit = _fit(reading.figures, known)
    tell("held")
    before = held.said_by(source) if source else {}
    new, same, changed = _compared(figures, before)
    tell("checked")
    findings = _findings(figures, known, before, source)
    changed.sort(key=_weight)
    mine = {each.key for each in figures}
    return Plan(
        figures=tuple(figures), left_out=tuple(sorted([*reading.left_out, *unfit], key=lambda each: each.line)), changed=tuple(changed),
        new=new, same=same, gone=sum(key not in mine for key in before), rows=reading.rows, findings=tuple(findings), told=tuple(reading.told[:50]),
    )  # fmt: skip


def _weight(change: Change) -> tuple[bool, bool, Decimal]:
    """What changed most comes first; where there is no number before or after, behind what changed by more than a twentieth."""
    return not change.is_large, change.off is None, -abs(change.off or Decimal(0))


def _fit(figures: list[Incoming], known: Mapping[str, Indicator]) -> tuple[list[Incoming], list[LeftOut]]:
    """Figures whose indicator is known, in its unit."""
    units = {each.unit.casefold() for each in known.values() if each.unit}
    fit, unfit = [], []
    for each in figures:
        indicator = known.get(each.indicator)
        if indicator is None:
            unfit.append(LeftOut(each.line, "indicator", each.indicator[:40]))
        elif each.unit.casefold() in units and indicator.unit and each.unit.casefold() != indicator.unit.casefold():
            unfit.append(LeftOut(each.line, "unit", each.unit[:40]))
        else:
            fit.append(each)
    return fit, unfit


def _compared(figures: Collection[Incoming], before: Mapping[Key, tuple[Any, ...]]) -> tuple[int, int, list[Change]]:
    new, same, changed = 0, 0, []
    for each in figures:
        old = before.get(each.key)
        if old is None:
            new += 1
        elif tuple(old) == each.said:
            same += 1
        else:
            changed.append(Change(each.line, each.column, *each.key, before=old[0], after=each.value))
    return new, same, changed


def _findings(
    figures: Collection[Incoming],
    known: Mapping[str, Indicator],
    before: Mapping[Key, tuple[Any, ...]],
    source: Source | None,
) -> list[Finding]:
    """What the rules say of the file beside all that is held of the same concepts."""
    concepts = {each.indicator: known[each.indicator].concept.key for each in figures}
    every = {*concepts.values(), *(_ENDS[key] for key in concepts.values() if key in _ENDS)}
    others = held.numbers_of(every, without=source) if figures else {}
    own = {
        (known[key[0]].concept.key, *key[1:]): said[0] for key, said in before.items() if key[0] in known and said[0]
    }
    numbers: dict[Key, Decimal] = {**others, **own}
    return [*check_scale(list(_pairs(figures, concepts, numbers))), *_check_ends(figures, concepts, numbers)]


def _pairs(
    figures: Collection[Incoming], concepts: Mapping[str, str], numbers: Mapping[Key, Decimal]
) -> Iterator[Pair]:
    for each in figures:
        concept = concepts[each.indicator]
        old = numbers.get((concept, *each.key[1:]))
        if each.value and old:
            yield Pair(concept, each.area, each.period, old, each.value)


def _check_ends(
    figures: Collection[Incoming], concepts: Mapping[str, str], numbers: Mapping[Key, Decimal]
) -> Iterator[Finding]:
    """Whether a matrix has its origins and destinations the right way round."""
    matrix = [
        each for each in figures if each.value and [name for name, _value in each.dims] == ["destination", "origin"]
    ]
    for concept in {concepts[each.indicator] for each in matrix} & _ENDS.keys():
        mine = [each for each in matrix if concepts[each.indicator] == concept]
        straight = [(each, numbers.get((concept, *each.key[1:]))) for each in mine]
        turned = [(each, numbers.get(_turned(concept, each))) for each in mine]
        pairs = [
            [Pair(concept, each.area, each.period, old, each.value) for each, old in some if old and each.value]
            for some in (straight, turned)
        ]
        yield from check_ends(*pairs) if pairs[1] else _check_totals(concept, mine, numbers)


def _turned(concept: str, figure: Incoming) -> Key:
    """The key of the same movement with its ends swapped."""
    other = figure.dim("origin") if figure.area == figure.dim("destination") else figure.dim("destination")
    dims = f"destination={figure.dim('origin')};origin={figure.dim('destination')}"
    return concept, other, dims, figure.period


def _check_totals(concept: str, matrix: Collection[Incoming], numbers: Mapping[Key, Decimal]) -> Iterator[Finding]:
    """The sums of a matrix at both ends against totals that are held of the same year or one beside it."""
    sums: dict[str, dict[tuple[str, str], Decimal]] = {end: defaultdict(Decimal) for end in ("destination", "origin")}
    for each in matrix:
        for end, place in each.dims:
            sums[end][place, each.period] += each.value or 0
    ends = {concept: "destination", _ENDS[concept]: "origin"}
    straight, turned = list[Pair](), list[Pair]()
    for (key, area, dims, period), old in numbers.items():
        if (
            key in ends
            and not dims
            and (when := _nearest(period, area, sums["destination"].keys() & sums["origin"].keys()))
        ):
            end = ends[key]
            other = "origin" if end == "destination" else "destination"
            straight.append(Pair(key, area, period, old, sums[end][area, when]))
            turned.append(Pair(key, area, period, old, sums[other][area, when]))
    yield from check_totals(straight, turned)


def _nearest(period: str, area: str, said: Collection[tuple[str, str]]) -> str:
    """The time of the matrix within a year of a period for which it speaks of the area."""
    if not period[:4].isdigit():
        return ""
    year = int(period[:4])
    return next((str(each) for each in (year, year - 1, year + 1) if (area, str(each)) in said), "")
