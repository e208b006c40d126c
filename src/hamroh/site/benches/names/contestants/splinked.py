"""Splink on DuckDB, both MIT: parsed columns in plain Latin letters, eight blocking rules, weights learnt by EM on the tables themselves.

It links tables, so all queries are one table; its time a query is a share of the whole run, learning included.
"""

import logging
import re
from collections.abc import Iterable
from typing import Any

import duckdb
import pyarrow as pa
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from hamroh.site.benches.names.contestants.plain import plain

Record = dict[str, Any]
_PATRONYMIC = re.compile(r"(?:[oey]v[iy]t?ch?|[oe]vna|vich|vna)$")
_SURNAME = re.compile(r"(?:[oe](?:v|ff?|w)a?|z[oa]da?[eah]?|li|iyon|[iy]|skiy|skaya)$")
_KIN = re.compile(r"\b(?:o?g'?h?l[iuy]|ug'?li|q[iy]zi|k[iy]z[iy]|g[iy]z[iy]|uulu)\b")
_ABSENT: dict[str, Any] = {"surname": None, "patronymic": None, "given": None}


def prepare() -> None:
    """Load what is not the index's own memory."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    duckdb.sql("SELECT 1").fetchall()


class Contestant:
    def __init__(self, records: Iterable[Record]) -> None:
        self._pool = pa.Table.from_pylist([_row(record["id"], record) for record in records])

    def search_all(self, queries: list[Record], limit: int) -> list[list[tuple[str, float, str]]]:
        """The best of each query, out of one run over both tables."""
        asked = pa.Table.from_pylist([_row(f"q{number:07}", query) for number, query in enumerate(queries)])
        database = DuckDBAPI()
        tables = [
            database.register(asked, dataset_display_name="asked"),
            database.register(self._pool, dataset_display_name="pool"),
        ]
        with_facts = any(query["year"] is not None for query in queries)
        linker = Linker(tables, _settings(self._pool.num_rows, with_facts=with_facts), log_level=logging.ERROR)
        _train(linker)
        found: list[list[tuple[str, float, str]]] = [[] for _query in queries]
        for pair in linker.inference.predict(threshold_match_weight=-20).as_record_list():
            ends = sorted((pair["unique_id_l"], pair["unique_id_r"]), key=lambda name: name[0] != "q")
            found[int(ends[0][1:])].append((ends[1], pair["match_weight"], ""))
        return [sorted(each, key=lambda one: -one[1])[:limit] for each in found]


def _settings(count: int, *, with_facts: bool) -> SettingsCreator:
    names = [
        cl.JaroWinklerAtThresholds(column, [0.95, 0.88, 0.8]).configure(term_frequency_adjustments=True)
        for column in ("given", "surname", "patronymic")
    ]
    facts = [_years(), cl.JaroWinklerAtThresholds("place", [0.95, 0.85])] if with_facts else []
    rules = [
        block_on("given"),
        block_on("surname"),
        block_on("patronymic", "g3"),
        block_on("g3", "s3"),
        block_on("year", "g3"),
        block_on("year", "s3"),
        "l.given = r.surname",
        "l.surname = r.given",
    ]
    return SettingsCreator(
        link_type="link_only",
        comparisons=names + facts,
        blocking_rules_to_generate_predictions=rules,
        probability_two_random_records_match=1 / count,
    )


def _years() -> cl.CustomComparison:
    apart = "abs(year_l - year_r)"
    levels = [
        cll.NullLevel("year"),
        *(cll.CustomLevel(f"{apart} <= {most}", f"{most} apart") for most in (0, 1, 3)),
        cll.ElseLevel(),
    ]
    return cl.CustomComparison(levels, output_column_name="year")


def _train(linker: Linker) -> None:
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=7)
    for rule in (block_on("surname"), block_on("given")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)


def _row(name: str, record: Record) -> Record:
    parts = _parsed(record["name"])
    year, place = record["year"], record["place"]
    begun = {"g3": (parts["given"] or "")[:3] or None, "s3": (parts["surname"] or "")[:3] or None}
    return {"unique_id": name, **parts, **begun, "year": year, "place": plain(place) if place else None}


def _parsed(name: str) -> Record:
    """Patronymic and surname by their endings, the rest is the given name; in the usual order where no ending tells."""
    words = _KIN.sub("", plain(name)).split()
    found = dict(_ABSENT)
    for role, pattern in (("patronymic", _PATRONYMIC), ("surname", _SURNAME)):
        fits = [word for word in words if pattern.search(word) and len(words) > 1]
        if fits:
            found[role] = fits[0]
            words.remove(fits[0])
    for role in ("given", "surname", "patronymic"):
        if words and found[role] is None:
            found[role] = words.pop(0)
    return found
