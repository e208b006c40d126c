"""Make `data/names/registers.csv`: how often two records of one person, and of two strangers, meet at each level of a linkage of lists.

    python tools/register_weights.py > src/hamroh/data/names/registers.csv

with `hamroh[bulk]` installed; nothing at run time needs it. The people are those of the bench of names from a seed of their own. Run it
again after a change of the tables of letters or endings, or of `LEVELS` in `tracing/bulk.py`.
"""

# ruff: noqa: S311, S608, SLF001 - made-up people, and a bench's own way into the rooms it measures
import datetime as dt
import itertools
import random
import sys
from collections.abc import Iterator
from typing import Any

from hamroh.kernel.linkage.registers import Row, rows_of
from hamroh.kernel.names.reading import hearing
from hamroh.kernel.names.weights import shipped
from hamroh.site.benches.names import sets
from hamroh.site.benches.names.people import households
from hamroh.tracing import bulk

SEED, PEOPLE, STRANGERS, MEMORY = 11, 20_000, 2_000, 4_096
#: set by hand: the made-up people have neither; a telephone or a document weighs what it weighs in our own engine
BY_HAND = (
    ("sex", "same", 0.985, 0.53), ("sex", "against", 0.015, 0.47), ("exact", "same", 0.82, 0.0002), ("exact", "against", 0.5, 0.5),
)  # fmt: skip
#: what made-up people know too well (their offices agree on the home, and nearly on the year): here our engine's own bits count
BY_ENGINE = {
    ("first", "against"): "year/against", ("units", "within"): "place/within", ("units", "against"): "place/elsewhere",
}  # fmt: skip
HEAD = """\
# How often two records of one person (m) and of two strangers (u) meet at each level, for the linkage of whole lists.
# source: counted among generated people, each written twice by conventions of the region (m), and among random pairs of them (u), by tools/register_weights.py; years and homes that differ as our own engine weighs them; sex and exact set by hand
# licence: CC0 1.0
# date: {date}
comparison,level,m,u"""


def main() -> None:
    """Count, and write the file."""
    chance = random.Random(SEED)
    pairs = [sets._pair(str(at), each[0], chance) for at, each in enumerate(itertools.islice(households(SEED), PEOPLE))]
    asked = ({"id": query.true, **query.asked(facts=True)} for query, _found in pairs)
    database = bulk._database(MEMORY)
    bulk._fill(database, "a", _rows(asked))
    bulk._fill(database, "b", _rows({**found, "id": query.true} for query, found in pairs))
    print(HEAD.format(date=dt.datetime.now(dt.UTC).date()))
    for name in ("given", "surname", "father", "first", "units"):
        m, u = _shares(database, name, _ONE), _shares(database, name, _STRANGERS)
        for level in (*bulk.LEVELS[name], "against"):
            if code := BY_ENGINE.get((name, level)):
                m[level] = u[level] * 2 ** shipped().bits[code]
            print(f"{name},{level},{m[level]:.4f},{u[level]:.6f}")
    for row in BY_HAND:
        print(",".join(map(str, row)))


def _rows(records: Any) -> Iterator[Row]:
    hear = hearing(None)
    return (row for record in records for row in rows_of(record, hear))


#: a person's two records by the names that meet best; and any two rows of two people
_ONE = """SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY of_l ORDER BY {rank}) AS place FROM pairs WHERE of_l = of_r) WHERE place = 1"""
_STRANGERS = "SELECT * FROM pairs WHERE of_l <> of_r"


def _shares(database: Any, name: str, wanted: str) -> dict[str, float]:
    """The share of each level among those who know both."""
    columns = ", ".join(
        f'{side}."{column}" AS "{column}_{end}"' for side, end in (("a", "l"), ("b", "r")) for column in bulk.COLUMNS
    )
    sides = "a JOIN b ON a.of = b.of" if wanted is _ONE else f"{_some('a')} CROSS JOIN {_some('b')}"
    rank = " + ".join(f"CASE {_code(each)} END" for each in ("given", "surname", "father"))
    rows = database.execute(
        f"WITH pairs AS (SELECT {columns} FROM {sides}) SELECT CASE {_code(name)} END AS level, count(*) "
        f"FROM ({wanted.format(rank=rank)}) GROUP BY ALL"
    ).fetchall()
    counts = dict(rows)
    whole = sum(count for level, count in counts.items() if level >= 0)
    levels = (*bulk.LEVELS[name], "against")
    return {level: (counts.get(at, 0) + 0.5) / (whole + 0.5 * len(levels)) for at, level in enumerate(levels)}


def _some(side: str) -> str:
    return f"(SELECT * FROM {side} ORDER BY hash(unique_id + {SEED}) LIMIT {STRANGERS}) AS {side}"


def _code(name: str) -> str:
    """The number of the level as SQL: -1 where a comparison says nothing."""
    levels = " ".join(f"WHEN {condition} THEN {at}" for at, condition in enumerate(bulk.LEVELS[name].values()))
    return f"WHEN {bulk.SILENT[name]} THEN -1 {levels} ELSE {len(bulk.LEVELS[name])}"


if __name__ == "__main__":
    sys.exit(main())
