"""Statistics: tables over a million sealed facts, the audit of a new table beside forty, a donor with a solver, and boards.

Facts are made and sealed as books of twelve quarters; a table is counted as the page counts it, opening, journal and layout included.
"""

import itertools
import random
import time
from collections.abc import Iterator
from typing import Any

from hamroh.kernel.disclosure import Dimension, Published, Shape, Table, protect
from hamroh.site.benches import boards, donor
from hamroh.site.benches.figures import Figure, percentile, spent

_FACTS, _FULL_FACTS, _LOOKS = 100_000, 1_000_000, 40
_DUELS, _FULL_DUELS, _PAIRS = 15, 1_000, 20
_DISTRICTS, _KINDS, _AGES, _QUARTERS, _EACH = 12, 6, 4, 10, 4


def figures(*, full: bool) -> Iterator[Figure]:
    """A hundred thousand facts and fifteen histories, with ``full`` a million and a thousand."""
    yield from boards.figures()
    yield from _tables(_FULL_FACTS if full else _FACTS)
    yield from _audits(full=full)
    yield from _attacks(_FULL_DUELS if full else _DUELS)


# -- tables -----------------------------------------------------------------------------------------------------------


def _tables(count: int) -> Iterator[Figure]:
    from hamroh.vault import journal

    house, actor = _house()
    with journal.openings("bench"):
        _books(house, count)
        wishes = list(itertools.islice(_wishes(), _LOOKS))
        wall, cpu = spent([_looked(actor, house, each) for each in wishes])
    yield Figure("statistics.facts", count, "facts")
    yield Figure("statistics.table_p95", percentile(wall, 0.95), "ms", "<= 1000")
    yield Figure("statistics.table_processor_p95", percentile(cpu, 0.95), "ms")


def _house() -> tuple[Any, Any]:
    from hamroh.accounts.models import Membership, Organisation, Role, User

    house = Organisation.objects.create(code="bench", names={}, country="tj")
    actor = User.objects.create_user("bench-analyst", display_name="analyst")
    Membership.objects.create(user=actor, organisation=house, role=Role.ANALYST)
    return house, actor


def _books(house: Any, count: int) -> None:
    import numpy as np

    from hamroh.kernel.facts import Block
    from hamroh.statistics import facts
    from hamroh.statistics.models import Book

    source: Any = facts.of("came")
    chance, each = np.random.default_rng(3), count // 12
    for quarter in _quarters():
        codes = {one.code: tuple(code for code, _label in one.choices) or tuple(_places()) for one in source.variables}
        columns = {name: chance.integers(0, len(known), each).astype(np.uint8) for name, known in codes.items()}
        block = Block(each, codes, columns)
        Book.objects.create(organisation=house, source=source.key, quarter=quarter.code, state="closed", block=block.packed(), records=b"")  # fmt: skip


def _quarters() -> list[Any]:
    from hamroh.statistics.quarters import Quarter

    return Quarter.between(Quarter(2023, 1), Quarter(2025, 4))


def _places() -> list[str]:
    return [f"district-{number:02}" for number in range(60)]


def _wishes() -> Iterator[Any]:
    from hamroh.statistics.wishes import TIME, Wish

    names = ("district", "sex", "age", "channel", "risk", "matter", TIME)
    first, last = _quarters()[0], _quarters()[-1]
    for size in (3, 2, 1):
        for by in itertools.combinations(names, size):
            only = {} if "sex" in by else {"sex": ("f",)}
            yield Wish("came", first, last, by, only)


def _looked(actor: Any, house: Any, wish: Any) -> Any:
    from hamroh.statistics import selectors
    from hamroh.statistics.layout import Reader, grids

    def look() -> object:
        table = selectors.counted(actor=actor, organisation=house, wish=wish)
        read = Reader.of("cases", "people", table.shape, "tg")
        return grids(read, lambda cell: table.values[cell])

    return look


# -- the audit --------------------------------------------------------------------------------------------------------


def _audits(*, full: bool) -> Iterator[Figure]:
    """A table of twelve by six beside forty that left: over ten quarters, and with ``full`` all of them about one."""
    histories = [("", _over_quarters, "<= 2"), ("_of_one_quarter", _of_one_quarter, None)]
    for suffix, history, bar in histories if full else histories[:1]:
        new, earlier = history()
        before, cpu = time.perf_counter(), time.process_time()
        judged = protect(new, released=earlier)
        seconds, spent_ = time.perf_counter() - before, time.process_time() - cpu
        yield Figure(f"statistics.audit{suffix}", round(seconds, 2), "s", bar)
        yield Figure(f"statistics.audit_processor{suffix}", round(spent_, 2), "s")
        yield Figure(f"statistics.audit_withheld{suffix}", round(judged.withheld / len(judged.why), 3), "share")


def _dimensions() -> dict[str, Dimension]:
    districts = [f"d{number:02}" for number in range(_DISTRICTS)]
    regions = {f"r{number}": tuple(districts[number * 4 : number * 4 + 4]) for number in range(3)}
    return {
        "district": Dimension.of("district", districts, regions),
        "kind": Dimension.of("kind", [f"k{number}" for number in range(_KINDS)]),
        "age": Dimension.of("age", [f"a{number}" for number in range(_AGES)]),
        "channel": Dimension.of("channel", ("visit", "phone", "group")),
    }


def _people(quarter: str) -> dict[tuple[str, ...], int]:
    chance, found = random.Random(quarter), {}
    codes = [each.leaves for each in _dimensions().values()]
    weight = {code: chance.lognormvariate(0, 0.5) for each in codes for code in each}
    for cell in itertools.product(*codes):
        mean = 2.0
        for code in cell:
            mean *= weight[code]
        found[cell] = max(0, round(chance.gauss(mean, mean**0.5)))
    return found


def _table(by: tuple[str, ...], quarter: str, only: dict[str, frozenset[str]] | None = None) -> Table:
    dimensions, counts = _dimensions(), dict[tuple[str, ...], int]()
    names = list(dimensions)
    for cell, count in _people(quarter).items():
        told = dict(zip(names, cell, strict=True))
        if all(told[name] in units for name, units in (only or {}).items()):
            at = tuple(told[name] for name in by)
            counts[at] = counts.get(at, 0) + count
    about = {"quarter": frozenset({quarter}), **(only or {})}
    return Table(
        Shape(tuple(dimensions[name] for name in by), about, "people", donor.SENSITIVE, frozenset(dimensions)), counts
    )


def _left(tables: Iterator[Table] | list[Table]) -> list[Published]:
    found = list[Published]()
    for table in tables:
        judged = protect(table, released=found)
        if not judged.refusal:
            found.append(judged.published())
    return found


def _over_quarters() -> tuple[Table, list[Published]]:
    """Four tables of each of ten quarters, three of the last one among them; the new one is its twelve by six."""
    shapes = [("district", "kind"), ("district", "age"), ("kind", "age"), ("channel",)]
    earlier = [_table(by, f"q{number}") for number in range(_QUARTERS) for by in shapes]
    earlier = [each for each in earlier if each.shape.dimensions != _newest().shape.dimensions or each.shape.about != _newest().shape.about]  # fmt: skip
    return _newest(), _left([*earlier, _table(("district",), f"q{_QUARTERS - 1}")])


def _newest() -> Table:
    return _table(("district", "kind"), f"q{_QUARTERS - 1}")


def _of_one_quarter() -> tuple[Table, list[Published]]:
    """Forty tables of one quarter: whole, and narrowed to each kind, age and region."""
    quarter, dimensions = f"q{_QUARTERS - 1}", _dimensions()
    narrowed = [("kind", frozenset({code})) for code in dimensions["kind"].leaves] + [("age", frozenset({code})) for code in dimensions["age"].leaves]  # fmt: skip
    asked = [_table((by,), quarter, {name: units}) for name, units in narrowed for by in ("district", "kind", "age") if by != name]  # fmt: skip
    asked += [_table(by, quarter) for by in (("district",), ("kind",), ("age",), ("district", "age"), ("kind", "age"))]
    asked += [_table((by,), quarter, {"district": dimensions["district"].units[region]}) for region in ("r0", "r1", "r2") for by in ("kind", "age")]  # fmt: skip
    asked += [_table((by,), quarter, {"district": frozenset({code})}) for code in list(dimensions["district"].leaves)[:9] for by in ("kind",)]  # fmt: skip
    return _newest(), _left(asked[:40])


# -- the donor --------------------------------------------------------------------------------------------------------


def _attacks(count: int) -> Iterator[Figure]:
    ours, theirs = donor.all_of(donor.duels(count))
    old = "hide below 5"
    yield Figure("statistics.histories", count, "data sets")
    yield Figure("statistics.small_counts", ours.withheld, "counts", None, old, theirs.withheld)
    yield Figure("statistics.recovered", ours.exact, "counts", "<= 0", old, theirs.exact)
    yield Figure("statistics.recovered_within_two", ours.near, "counts", "<= 0", old, theirs.near)
    yield Figure("statistics.refused", round(ours.refused / max(1, ours.refused + ours.released), 3), "share")
    pairs = list(donor.pairs(_PAIRS))
    yield Figure("statistics.pairs_told", sum(pair.told for pair in pairs), "pairs", "<= 0", old, len(pairs))
