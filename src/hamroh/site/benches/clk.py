"""Linkage by Bloom filters beside the exchange: clkhash encodes both lists under a key that both sides have, anonlink compares them.

It runs in an environment of its own, where Hamroh's packages are not. A job is a JSON file: ``{"lists": [[[name, year, place], ...], ...],
"guesses": [...], "strangers": [numbers in the second list], "threshold": number, "answer": path}``.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

SECRET = "known to both sides"  # noqa: S105 - as the method asks for
BITS = 1024


def main() -> None:
    """Do the job of the file named on the command line."""
    import anonlink
    from clkhash import clk

    job = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    schema, started = _schema(), time.perf_counter()
    ours, theirs = (clk.generate_clks(rows, schema, SECRET, validate=False) for rows in job["lists"])
    found = anonlink.candidate_generation.find_candidate_pairs(
        [ours, theirs], anonlink.similarities.dice_coefficient, job["threshold"]
    )
    groups = anonlink.solving.greedy_solve(found)
    took = time.perf_counter() - started
    pairs = [[number for _side, number in sorted(group)] for group in groups if len(group) == 2]
    answer = {
        "pairs": pairs,
        "seconds": took,
        "bytes": (len(ours) + len(theirs)) * BITS // 8,
        "known": _attacked(clk, schema, theirs, job),
    }
    Path(job["answer"]).write_text(json.dumps(answer), encoding="utf-8")


def _schema() -> Any:
    """Names and places by two letters at a time, years by how near they are; settings as the library's own tutorial has them."""
    from clkhash.comparators import NgramComparison, NumericComparison
    from clkhash.field_formats import BitsPerFeatureStrategy, FieldHashingProperties, MissingValueSpec, StringSpec
    from clkhash.schema import Schema

    def field(name: str, comparison: Any, bits: int) -> Any:
        how = FieldHashingProperties(
            comparator=comparison, strategy=BitsPerFeatureStrategy(bits), missing_value=MissingValueSpec("", "")
        )
        return StringSpec(name, how)

    return Schema(
        [
            field("name", NgramComparison(2), 200),
            field("year", NumericComparison(threshold_distance=3, resolution=3, fractional_precision=0), 100),
            field("place", NgramComparison(2), 100),
        ],
        BITS,
    )


def _attacked(clk: Any, schema: Any, theirs: Any, job: dict[str, Any]) -> int:
    """How many strangers of the second list the first side knows afterwards: it encodes its guesses and looks for the same bits."""
    guessed = {encoded.tobytes() for encoded in clk.generate_clks(job["guesses"], schema, SECRET, validate=False)}
    return sum(theirs[number].tobytes() in guessed for number in job["strangers"])


if __name__ == "__main__":
    main()
