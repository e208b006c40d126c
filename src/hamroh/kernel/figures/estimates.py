"""Several figures of one thing: conflicts, a part larger than its whole, both ends of a movement, what comes less what goes."""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from hamroh.kernel.figures.model import Figure, Finding, Kind, Profile, Role, Severity, Table
from hamroh.kernel.figures.times import same_time, year
from hamroh.kernel.figures.words import plain

#: estimates of one thing that differ by more than this contradict each other
APART = Decimal("1.05")
#: the two ends of a movement may differ by this
ENDS = Decimal("0.10")
#: a swapped table agrees with the other end within this
SWAPPED = Decimal("0.02")
_HUNDRED = Decimal(100)


def check_conflicts(profile: Profile) -> Iterator[Finding]:
    """CONFLICT: figures of one thing, place and time that are further apart than estimates of one thing may be."""
    for _key, figures in sorted(_by_thing(profile).items()):
        left = list(figures)
        while left:
            first = left.pop(0)
            against = [
                each for each in left
                if same_time(profile, first, each) and _apart(first, each) > APART and not _is_mirrored(profile, first, each)
            ]  # fmt: skip
            if against:
                told = {id(each) for each in against}
                left = [each for each in left if id(each) not in told]
                yield _conflict([first, *against])


def _is_mirrored(profile: Profile, one: Figure, other: Figure) -> bool:
    """Whether MIRROR judges them: one movement between two places, by two sources."""
    return bool(profile.concept(one).mirror and one.origin and one.destination and one.source != other.source)


def _by_thing(profile: Profile) -> dict[tuple[str, ...], list[Figure]]:
    things: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in profile.figures():
        concept = profile.concept(figure)
        if figure.span and not figure.is_part and concept.kind is not Kind.OTHER:
            things[figure.concept, figure.area, figure.origin, figure.destination, figure.vintage].append(figure)
    return things


def _apart(one: Figure, other: Figure) -> Decimal:
    """The quotient of the nearest ends of two figures; without bound where they differ in sign; one where they overlap."""
    (low, high), (least, most) = _rounded(one), _rounded(other)
    if low <= most and least <= high:
        return Decimal(1)
    below, above = (high, least) if high < least else (most, low)
    if below <= 0 <= above:
        return Decimal("Infinity")
    quotient = above / below
    return quotient if quotient > 1 else 1 / quotient


def _rounded(figure: Figure) -> tuple[Decimal, Decimal]:
    """From the least to the most that a figure may have been rounded from; what is counted one by one was not."""
    low, high = figure.span or (Decimal(0),) * 2
    slack = figure.slack if figure.is_rounded else Decimal(0)
    return low - slack, high + slack


def _conflict(figures: Sequence[Figure]) -> Finding:
    ends = sorted((low for each in figures for low, _high in [each.span or (Decimal(0),) * 2]))
    facts = {"least": plain(ends[0]), "most": plain(ends[-1]), "count": str(len(figures))}
    return Finding("CONFLICT", Severity.WARNING, tuple(each.id for each in figures), "conflict/apart", facts)


def check_subsets(profile: Profile) -> Iterator[Finding]:
    """SUBSET: a part that is larger than the whole it belongs to, at the same time or a year apart; in a table, *of which* above its row."""
    wholes: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in profile.figures():
        if figure.span and not figure.is_part and figure.span[1] >= 0:
            wholes[figure.concept, figure.area].append(figure)
    for part in profile.figures():
        for concept in profile.concept(part).part_of if part.span and not part.is_part else ():
            larger = [each for each in wholes[concept, part.area] if _is_beyond(profile, part, each)]
            if larger:
                yield _larger(part, larger[0])
    for table in profile.tables:
        yield from _of_which(table)


def _is_beyond(profile: Profile, part: Figure, whole: Figure) -> bool:
    """Whether a part is more than a whole that is not itself broken down otherwise, rounding aside."""
    together = whole.ends <= part.ends and abs(year(profile, part) - year(profile, whole)) <= 1
    return together and _rounded(part)[0] > _rounded(whole)[1]


def _of_which(table: Table) -> Iterator[Finding]:
    """Rows *of which*, each against the row that it is part of: the last one before it that is none."""
    whole = None
    for row in table.rows:
        if row.role is not Role.OF_WHICH:
            whole = whole if row.role is Role.SHARE else row
        elif whole is not None:
            for part, above in zip(row.cells, whole.cells, strict=False):
                if part.span and above.span and _rounded(part)[0] > _rounded(above)[1] and part.unit == above.unit:
                    yield _larger(part, above)


def _larger(part: Figure, whole: Figure) -> Finding:
    least, most = (part.span or (Decimal(0),) * 2)[0], (whole.span or (Decimal(0),) * 2)[1]
    return Finding(
        "SUBSET", Severity.WARNING, (part.id, whole.id), "subset/larger", {"part": plain(least), "whole": plain(most)}
    )


# -- both ends of a movement ---------------------------------------------------------------------------------------


def check_mirrors(profile: Profile) -> Iterator[Finding]:
    """MIRROR: one movement that those who count it at its two ends put apart; and a table whose ends were swapped."""
    ends = [
        figure
        for figure in profile.figures()
        if profile.concept(figure).mirror and figure.value and figure.origin and figure.destination
    ]
    swapped = dict(_swapped(ends))
    yield from _apart_at_ends(ends, swapped)
    yield from swapped.values()


def _apart_at_ends(ends: Sequence[Figure], swapped: Container[frozenset[str]]) -> Iterator[Finding]:
    same: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for each in ends:
        same[each.origin, each.destination, each.period.text if each.period else ""].append(each)
    for figures in same.values():
        for one, other in combinations(figures, 2):
            if (
                one.source != other.source
                and one.value
                and other.value
                and frozenset((one.source, other.source)) not in swapped
            ):
                off = other.value / one.value - 1
                if abs(off) > ENDS:
                    facts = {"one": plain(one.value), "other": plain(other.value), "off": f"{_HUNDRED * off:.1f}"}
                    yield Finding("MIRROR", Severity.WARNING, (one.id, other.id), "mirror/apart", facts)


def _swapped(ends: Sequence[Figure]) -> Iterator[tuple[frozenset[str], Finding]]:
    """Two sources of many movements that agree where one of them is read the other way round, and not as they stand."""
    by_source: dict[str, dict[tuple[str, str, str], Figure]] = defaultdict(dict)
    for each in ends:
        by_source[each.source][each.origin, each.destination, each.period.text if each.period else ""] = each
    for one, other in combinations(sorted(by_source), 2):
        mine, theirs = by_source[one], by_source[other]
        straight = [_close(mine[key], theirs[key]) for key in mine if key in theirs]
        turned = [
            _close(mine[key], theirs[key[1], key[0], key[2]]) for key in mine if (key[1], key[0], key[2]) in theirs
        ]
        if len(turned) >= 4 and sum(turned) * 10 >= len(turned) * 9 and sum(straight) * 2 < max(1, len(straight)):
            where = (next(iter(mine.values())).id, next(iter(theirs.values())).id)
            facts = {"count": str(len(turned))}
            yield frozenset((one, other)), Finding("MIRROR", Severity.ERROR, where, "mirror/swapped", facts)


def _close(one: Figure, other: Figure) -> bool:
    return bool(one.value and other.value and abs(other.value / one.value - 1) <= SWAPPED)


def check_balances(profile: Profile) -> Iterator[Finding]:
    """BALANCE: what comes less what goes is not the net that the same source states for the same time."""
    for net in profile.figures():
        balance = profile.concept(net).balance
        if not balance or net.value is None or net.is_part:
            continue
        came, went = (_total(profile, concept, net) for concept in balance)
        if came is None or went is None or came.value is None or went.value is None:
            continue
        off = came.value - went.value - net.value
        if abs(off) > came.slack + went.slack + net.slack:
            facts = {
                "came": plain(came.value),
                "went": plain(went.value),
                "net": plain(net.value),
                "off": plain(abs(off)),
            }
            yield Finding("BALANCE", Severity.ERROR, (net.id, came.id, went.id), "balance/off", facts)


def _total(profile: Profile, concept: str, net: Figure) -> Figure | None:
    """The whole of a movement by the same source in the same time."""
    same: Iterable[Figure] = (
        each for each in profile.figures()
        if (each.concept, each.area, each.source, each.period) == (concept, net.area, net.source, net.period)
        and not (each.origin and each.destination) and not each.is_part
    )  # fmt: skip
    return next(iter(same), None)
