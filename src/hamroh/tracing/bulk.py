"""Whole lists linked by Splink on DuckDB, in memory alone. The only file that knows either.

What is linked are the columns of our own engine (`kernel.linkage.registers`), by weights that ship with us: lists are often too
small to learn from. Nothing of it may touch a disk, so DuckDB has no folder for what does not fit and no way to any file: too much for
the memory is refused, never written down.
"""

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from itertools import count, islice
from typing import TYPE_CHECKING, Any

from hamroh.kernel.datafiles import rows as data_rows
from hamroh.kernel.linkage.registers import Row

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from splink import Linker

WEIGHTS = "names/registers.csv"
#: the share of the smaller list that is expected on the other; with the sizes it says how likely any two are one
EXPECTED = 0.1
#: lists count as no smaller than this, so that brothers on two short lists are not taken for one; and from so many people on the lists
#: themselves say how rare a name is
SMALLEST, TELLING = 1_000, 1_000
#: rows that are handed over at once, and rows of the one list that are linked at once
_LOT, _PART = 5_000, 10_000
_NAMES = ("given", "surname", "father")
_GAP = "greatest(0, first_l - last_r, first_r - last_l)"
#: the columns of a list, and their kinds
COLUMNS = {
    "unique_id": "BIGINT", "of": "VARCHAR", **dict.fromkeys(_NAMES, "VARCHAR"),
    **{f"{name}_roman": "VARCHAR" for name in _NAMES}, **{f"{name}_keys": "VARCHAR[]" for name in _NAMES},
    "first": "INTEGER", "last": "INTEGER", "sex": "VARCHAR", "units": "VARCHAR[]", "around": "VARCHAR[]", "exact": "VARCHAR[]",
}  # fmt: skip
#: a comparison's column and the conditions of its levels, from the nearest on; what meets none is against
LEVELS: dict[str, dict[str, str]] = {
    **{
        name: {
            "same": f"{name}_l = {name}_r", "keys": f"list_has_any({name}_keys_l, {name}_keys_r)",
            "sounds": f"jaro_winkler_similarity({name}_roman_l, {name}_roman_r) >= 0.86",
        }
        for name in _NAMES
    },
    "first": {"same": f"{_GAP} <= 0", "one": f"{_GAP} <= 1", "near": f"{_GAP} <= 3", "far": f"{_GAP} <= 5"},
    "units": {
        "same": "list_has_any(units_l, units_r)",
        "within": "list_has_any(units_l, around_r) OR list_has_any(around_l, units_r)",
    },
    "sex": {"same": "sex_l = sex_r"},
    "exact": {"same": "list_has_any(exact_l, exact_r)"},
}  # fmt: skip
#: where a comparison says nothing, since one of the two does not know it
SILENT = {
    **{name: f"{name}_l IS NULL OR {name}_r IS NULL" for name in (*_NAMES, "first", "sex")},
    "units": "len(units_l) = 0 OR len(units_r) = 0", "exact": "len(exact_l) = 0 OR len(exact_r) = 0",
}  # fmt: skip
#: two are compared where they have all of these in common: columns, and the lists of which any one is enough
BLOCKS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("given", "surname"), ()), (("surname", "first"), ()), (("surname", "units"), ("units",)),
    (("given_keys", "surname_keys"), ("given_keys", "surname_keys")), (("surname_keys", "first"), ("surname_keys",)),
    (("surname_keys", "units"), ("surname_keys", "units")), (("given_keys", "father_keys"), ("given_keys", "father_keys")),
    (("given_keys", "first", "units"), ("given_keys", "units")), (("exact",), ("exact",)),
)  # fmt: skip
#: the same where the years are next to each other
_BESIDE_YEARS = "l.given = r.given AND l.father = r.father AND abs(l.first - r.first) <= 1"
#: how far the linkage is, in parts of the whole; whoever is told may raise
Told = Callable[[int, int], None]


class TooMuch(Exception):
    """The lists do not fit into the memory that a linkage may take."""


class Failed(Exception):
    """The linkage ended with a fault; its own words may name somebody and are not kept."""


def is_there() -> bool:
    """Whether Splink and DuckDB are installed."""
    return all(find_spec(name) is not None for name in ("splink", "duckdb", "pyarrow"))


def memory() -> int:
    """MiB that a linkage may take: a quarter of the machine's."""
    return max(512, os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**22)


def linked(
    ours: Iterable[Row], theirs: Iterable[Row], *, least: float, tell: Told, limit: int | None = None
) -> dict[tuple[str, str], float]:
    """Who of the one list may be who of the other, from this probability on, each pair once. TooMuch, Failed.

    ``limit`` is the memory in MiB. What ``tell`` raises passes.
    """
    import duckdb
    from pyarrow import ArrowException
    from splink.internals.exceptions import SplinkException

    database = _database(limit or memory())
    try:
        linker = _linker(database, ours, theirs)
        return _pairs(linker, _parts(database), least, tell)
    except (duckdb.Error, ArrowException, SplinkException, MemoryError) as fault:
        raise _told(fault) from None  # its words, and those of what it came from, could name somebody
    finally:
        database.close()


def _told(fault: BaseException) -> TooMuch | Failed:
    """Whether a fault, or what it came from, is for want of memory."""
    import duckdb

    found: BaseException | None = fault
    while found is not None:
        if isinstance(found, duckdb.OutOfMemoryException | MemoryError):
            return TooMuch()
        found = found.__cause__ or found.__context__
    return Failed()


def _database(limit: int) -> "DuckDBPyConnection":
    """A database that has no file and cannot open one."""
    import duckdb

    logging.getLogger("splink").setLevel(logging.CRITICAL)
    database = duckdb.connect(
        ":memory:",
        config={
            "temp_directory": "", "memory_limit": f"{limit}MiB", "threads": os.cpu_count() or 1,
            "autoinstall_known_extensions": "false", "autoload_known_extensions": "false",
        },
    )  # fmt: skip
    database.execute("SET enable_external_access = false")
    database.execute("SET lock_configuration = true")
    return database


def _linker(database: "DuckDBPyConnection", ours: Iterable[Row], theirs: Iterable[Row]) -> "Linker":
    from splink import DuckDBAPI, Linker

    sides = {"a_ours": ours, "b_theirs": theirs}
    counts = [_fill(database, f"{name}_rows", rows) for name, rows in sides.items()]
    api = DuckDBAPI(database)
    tables = [api.register(database.table(f"{name}_rows"), dataset_display_name=name) for name in sides]
    return Linker(tables, settings(*counts), log_level=logging.CRITICAL)


def _fill(database: "DuckDBPyConnection", name: str, rows: Iterable[Row]) -> int:
    """Hand a list over a lot at a time, so that it is in this memory once; how many people."""
    import pyarrow as pa

    kinds = {"BIGINT": pa.int64(), "INTEGER": pa.int32(), "VARCHAR": pa.string(), "VARCHAR[]": pa.list_(pa.string())}
    schema = pa.schema([(column, kinds[kind]) for column, kind in COLUMNS.items()])
    columns = ", ".join(f'"{column}" {kind}' for column, kind in COLUMNS.items())
    database.execute(f"CREATE TABLE {name} ({columns})")
    people, numbers, left = set[str](), count(1), iter(rows)
    while some := list(islice(left, _LOT)):
        people.update(row.of for row in some)
        lot = [{"unique_id": next(numbers), **row.columns()} for row in some]
        database.from_arrow(pa.Table.from_pylist(lot, schema=schema)).insert_into(name)
    return len(people)


def settings(ours: int, theirs: int) -> dict[str, Any]:
    """What Splink is told: comparisons with their weights, rules by which pairs are proposed, how likely any two are one."""
    from splink import SettingsCreator, block_on
    from splink.blocking_rule_library import CustomRule

    rules = [block_on(*columns, arrays_to_explode=list(lists) or None) for columns, lists in BLOCKS]
    found: dict[str, Any] = SettingsCreator(
        link_type="link_only", comparisons=[_comparison(name, by_rarity=ours + theirs >= TELLING) for name in LEVELS],
        blocking_rules_to_generate_predictions=[*rules, CustomRule(_BESIDE_YEARS)],
        probability_two_random_records_match=EXPECTED / max(SMALLEST, ours, theirs), retain_matching_columns=False,
        additional_columns_to_retain=["of"],
    ).create_settings_dict("duckdb")  # fmt: skip
    return found


def _comparison(name: str, *, by_rarity: bool) -> dict[str, Any]:
    """A comparison as Splink knows it; the nearest level of a name weighs by how rare the name is in these lists where they can tell."""
    weights = {row["level"]: row for row in data_rows(WEIGHTS) if row["comparison"] == name}
    conditions = {**LEVELS[name], "against": "ELSE"}
    levels: list[dict[str, Any]] = [
        {"sql_condition": SILENT[name], "label_for_charts": "silent", "is_null_level": True}
    ]
    for level, condition in conditions.items():
        if level in weights:
            rare = {"tf_adjustment_column": name} if by_rarity and name in _NAMES and level == "same" else {}
            levels.append(
                {
                    "sql_condition": condition, "label_for_charts": level,
                    "m_probability": float(weights[level]["m"]), "u_probability": float(weights[level]["u"]), **rare,
                }
            )  # fmt: skip
    return {"output_column_name": name, "comparison_levels": levels}


def _parts(database: "DuckDBPyConnection") -> int:
    ((rows,),) = database.execute("SELECT count(*) FROM a_ours_rows").fetchall()
    return max(1, -(-int(rows) // _PART))


def _pairs(linker: "Linker", parts: int, least: float, tell: Told) -> dict[tuple[str, str], float]:
    """Link a part of our list after the other; of two people with several names the likeliest counts."""
    found: dict[tuple[str, str], float] = {}
    for part in range(1, parts + 1):
        tell(part - 1, parts)
        for one, other, chance in _linked(linker, (part, parts), least):
            found[one, other] = max(chance, found.get((one, other), 0.0))
    tell(parts, parts)
    return found


def _linked(linker: "Linker", part: tuple[int, int], least: float) -> Iterator[tuple[str, str, float]]:
    frame = linker.inference.predict_chunk(
        left_chunk=part, right_chunk=(1, 1), threshold_match_probability=least, warning_mode="never"
    )
    yield from frame.as_duckdbpyrelation().project("of_l, of_r, match_probability").fetchall()
    frame.drop_table_from_database_and_remove_from_cache()
