"""Several figures of one thing: shares against their parts, conflicts, the same number twice, a part larger than its whole, both ends of a movement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from hamroh.kernel.figures.model import Concept, Figure, Finding, Kind, Profile, Severity
from hamroh.kernel.figures.words import plain

#: estimates of one thing that differ by more than this contradict each other
APART = Decimal("1.05")
#: the two ends of a movement may differ by this
ENDS = Decimal("0.10")
#: a swapped table agrees with the other end within this
SWAPPED = Decimal("0.02")
#: a figure without a year is compared with those of so many years before the profile
UNDATED = 4
_HUNDRED = Decimal(100)


def check_shares(profile: Profile) -> Iterator[Finding]:
    """SHARE: a percentage or rate that no pair of its parts in the profile gives, to a step of its last digit."""
    for figure in profile.figures():
        concept = profile.concept(figure)
        if concept.share and figure.span and (given := _quotients(profile, figure, concept)):
            yield from _share(figure, concept, given)
    for figure in profile.singles:
        for whole, printed in figure.shares:
            for base in _of(profile, whole, figure):
                yield from _beside(figure, base, printed)


def _quotients(profile: Profile, figure: Figure, concept: Concept) -> list[tuple[Decimal, Decimal, Figure, Figure]]:
    """Quotients that figures of the profile give, each with how far rounding may put it off."""
    part, whole = concept.share or ("", "")
    found = []
    for above in _of(profile, part, figure):
        for below in _of(profile, whole, figure):
            if above.value is not None and below.value and abs(_year(profile, above) - _year(profile, below)) <= 1:
                exact = concept.per * above.value / below.value
                loose = abs(exact) * (above.slack / abs(above.value or Decimal(1)) + below.slack / abs(below.value))
                found.append((exact, loose, above, below))
    return found


def _of(profile: Profile, concept: str, figure: Figure) -> list[Figure]:
    """Figures of a concept for the same area and year, or else a year apart; for a figure without a year all recent ones."""
    given = [
        each for each in profile.figures()
        if each.concept == concept and each.area == figure.area and each.value is not None and not _is_part(each)
    ]  # fmt: skip
    if figure.period is None:
        return [each for each in given if _recent(profile, each)]
    off = {each.id: abs(_year(profile, each) - _year(profile, figure)) for each in given}
    nearest = min(off.values(), default=0)
    return [each for each in given if off[each.id] == nearest <= 1]


def _share(figure: Figure, concept: Concept, given: list[tuple[Decimal, Decimal, Figure, Figure]]) -> Iterator[Finding]:
    low, high = figure.span or (Decimal(0), Decimal(0))
    if not concept.signed:
        low, high = sorted((abs(low), abs(high)))
    step = 2 * figure.slack
    if any(low - step - loose <= exact <= high + step + loose for exact, loose, _above, _below in given):
        return
    exact, _loose, above, below = min(given, key=lambda each: abs(each[0] - low))
    facts = {
        "printed": plain(low),
        "exact": plain(round(exact, 2)),
        "part": plain(above.value or Decimal(0)),
        "whole": plain(below.value or Decimal(0)),
    }
    yield Finding("SHARE", Severity.ERROR, (figure.id, above.id, below.id), "share/other", facts)


def _beside(figure: Figure, base: Figure, printed: Decimal) -> Iterator[Finding]:
    exact = _HUNDRED * (figure.value or Decimal(0)) / (base.value or Decimal(1))
    if abs(exact - printed) > Decimal(1).scaleb(int(printed.as_tuple().exponent)):
        facts = {
            "printed": plain(printed),
            "exact": plain(round(exact, 2)),
            "part": plain(figure.value or Decimal(0)),
            "whole": plain(base.value or Decimal(0)),
        }
        yield Finding("SHARE", Severity.ERROR, (figure.id, base.id), "share/other", facts)


def check_conflicts(profile: Profile) -> Iterator[Finding]:
    """CONFLICT: figures of one thing, place and time that are further apart than estimates of one thing may be."""
    for _key, figures in sorted(_by_thing(profile).items()):
        left = list(figures)
        while left:
            first = left.pop(0)
            against = [each for each in left if _same_time(profile, first, each) and _apart(first, each) > APART]
            if against:
                told = {id(each) for each in against}
                left = [each for each in left if id(each) not in told]
                yield _conflict([first, *against])


def _by_thing(profile: Profile) -> dict[tuple[str, ...], list[Figure]]:
    things: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for figure in profile.figures():
        concept = profile.concept(figure)
        if figure.span and not _is_part(figure) and concept.kind is not Kind.OTHER:
            things[figure.concept, figure.area, figure.origin, figure.destination, figure.vintage].append(figure)
    return things


def _is_part(figure: Figure) -> bool:
    """Whether it counts a part alone, such as the towns or one nationality: its table says so in a column or row."""
    return bool(figure.definition) and "/" in figure.id


def _apart(one: Figure, other: Figure) -> Decimal:
    """The quotient of the nearest ends of two figures; without bound where they differ in sign; one where they overlap."""
    (low, high), (least, most) = one.span or (Decimal(0),) * 2, other.span or (Decimal(0),) * 2
    if low <= most and least <= high:
        return Decimal(1)
    below, above = (high, least) if high < least else (most, low)
    if below <= 0 <= above:
        return Decimal("Infinity")
    quotient = above / below
    return quotient if quotient > 1 else 1 / quotient


def _conflict(figures: Sequence[Figure]) -> Finding:
    ends = sorted((low for each in figures for low, _high in [each.span or (Decimal(0),) * 2]))
    facts = {"least": plain(ends[0]), "most": plain(ends[-1]), "count": str(len(figures))}
    return Finding("CONFLICT", Severity.WARNING, tuple(each.id for each in figures), "conflict/apart", facts)


def check_same_numbers(profile: Profile) -> Iterator[Finding]:
    """SAME-NUMBER: one exact number under two definitions, or two times; or within a total of another time."""
    by_value: dict[Decimal, list[Figure]] = defaultdict(list)
    for figure in profile.singles:
        if figure.value is not None and _is_exact(figure.value):
            by_value[abs(figure.value)].append(figure)
    for value, figures in sorted(by_value.items()):
        for one, other in pairwise(figures):
            if one.concept != other.concept or not _same_time(profile, one, other):
                yield Finding(
                    "SAME-NUMBER", Severity.WARNING, (one.id, other.id), "same/twice", {"value": plain(value)}
                )
    yield from _inside(profile)


def _is_exact(value: Decimal) -> bool:
    """Whether a number is so particular that nobody comes by it twice by chance."""
    return value == value.to_integral() and abs(value) >= 200 and value % 100 != 0


def _inside(profile: Profile) -> Iterator[Finding]:
    """An exact part within an exact total of another time, the rest being round."""
    for total, part in ((one, two) for pair in combinations(profile.singles, 2) for one, two in (pair, pair[::-1])):
        if total.concept not in profile.concept(part).part_of or total.value is None or part.value is None:
            continue
        rest = total.value - part.value
        exact = all(each > 10_000 and each % 1000 for each in (total.value, part.value))
        if exact and rest > 0 and rest % 1000 == 0 and not total.parts and not _same_time(profile, total, part):
            facts = {"part": plain(part.value), "whole": plain(total.value), "rest": plain(rest)}
            yield Finding("SAME-NUMBER", Severity.WARNING, (total.id, part.id), "same/inside", facts)


def check_subsets(profile: Profile) -> Iterator[Finding]:
    """SUBSET: a part that is larger than the whole it belongs to, at the same time or a year apart."""
    wholes: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in profile.figures():
        if figure.span and not _is_part(figure):
            wholes[figure.concept, figure.area].append(figure)
    for part in profile.figures():
        for concept in profile.concept(part).part_of:
            larger = [
                each for each in wholes[concept, part.area]
                if part.span and each.span and part.span[0] > each.span[1] and abs(_year(profile, part) - _year(profile, each)) <= 1
            ]  # fmt: skip
            if larger:
                facts = {
                    "part": plain(part.span[0] if part.span else Decimal(0)),
                    "whole": plain((larger[0].span or (Decimal(0),) * 2)[1]),
                }
                yield Finding("SUBSET", Severity.WARNING, (part.id, larger[0].id), "subset/larger", facts)


# -- both ends of a movement ---------------------------------------------------------------------------------------


def check_mirrors(profile: Profile) -> Iterator[Finding]:
    """MIRROR: one movement that those who count it at its two ends put apart; and a table whose ends were swapped."""
    ends = [
        figure
        for figure in profile.figures()
        if profile.concept(figure).mirror and figure.value and figure.origin and figure.destination
    ]
    yield from _apart_at_ends(ends)
    yield from _swapped(ends)


def _apart_at_ends(ends: Sequence[Figure]) -> Iterator[Finding]:
    same: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
    for each in ends:
        same[each.origin, each.destination, each.period.text if each.period else ""].append(each)
    for figures in same.values():
        for one, other in combinations(figures, 2):
            if one.source != other.source and one.value and other.value:
                off = other.value / one.value - 1
                if abs(off) > ENDS:
                    facts = {"one": plain(one.value), "other": plain(other.value), "off": f"{_HUNDRED * off:.1f}"}
                    yield Finding("MIRROR", Severity.WARNING, (one.id, other.id), "mirror/apart", facts)


def _swapped(ends: Sequence[Figure]) -> Iterator[Finding]:
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
            yield Finding(
                "MIRROR",
                Severity.ERROR,
                (next(iter(mine.values())).id, next(iter(theirs.values())).id),
                "mirror/swapped",
                {"count": str(len(turned))},
            )


def _close(one: Figure, other: Figure) -> bool:
    return bool(one.value and other.value and abs(other.value / one.value - 1) <= SWAPPED)


def check_balances(profile: Profile) -> Iterator[Finding]:
    """BALANCE: what comes less what goes is not the net that the same source states for the same time."""
    for net in profile.figures():
        balance = profile.concept(net).balance
        if not balance or net.value is None or _is_part(net):
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
        and not (each.origin and each.destination) and not _is_part(each)
    )  # fmt: skip
    return next(iter(same), None)


# -- times ---------------------------------------------------------------------------------------------------------


def _year(profile: Profile, figure: Figure) -> int:
    return (figure.period or profile.date).year


def _recent(profile: Profile, figure: Figure) -> bool:
    return profile.date.year - _year(profile, figure) <= UNDATED


def _same_time(profile: Profile, one: Figure, other: Figure) -> bool:
    """Whether two figures speak of one time; one without a year speaks of the last ones."""
    if one.period is None or other.period is None:
        dated = one if one.period else other
        return _recent(profile, dated)
    return one.period.meets(other.period) and (
        profile.concept(one).kind is Kind.STOCK or one.period.is_like(other.period)
    )
