"""Reads of searches."""

from hamroh.tracing.selectors.judging import Cluster, cluster_of, pair_rows, said_of
from hamroh.tracing.selectors.linking import (
    PairLine,
    TwoOfLists,
    candidates,
    linkage_of,
    linkages,
    others,
    pair_lines,
    pair_of,
    pairs,
    pairs_to_look_at,
    two_of_lists,
    verdicts_on,
    words_of,
)
from hamroh.tracing.selectors.pools import (
    files,
    import_facts,
    import_of,
    people,
    pool_facts,
    pool_of,
    pools,
    record_details,
    record_of,
    records,
)
from hamroh.tracing.selectors.requests import (
    Outward,
    agreed,
    details,
    faced,
    grounds_of,
    has_consent,
    is_careful,
    lines,
    mine,
    of_case,
    outward,
    request_of,
    steps,
    to_look_at,
)
from hamroh.tracing.selectors.shortlist import Beside, Found, beside, shortlist

__all__ = [
    "Beside", "Cluster", "Found", "Outward", "PairLine", "TwoOfLists", "agreed", "beside", "candidates",
    "cluster_of", "details", "faced", "files", "grounds_of", "has_consent", "import_facts", "import_of",
    "is_careful", "lines", "linkage_of", "linkages", "mine", "of_case", "others", "outward", "pair_lines",
    "pair_of", "pair_rows", "pairs", "pairs_to_look_at", "people", "pool_facts", "pool_of", "pools",
    "record_details", "record_of", "records", "request_of", "said_of", "shortlist", "steps", "to_look_at",
    "two_of_lists", "verdicts_on", "words_of",
]  # fmt: skip
