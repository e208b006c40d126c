"""Names in plain Latin letters, words sorted, compared letter by letter with everybody: token_sort_ratio or Jaro-Winkler of rapidfuzz.

rapidfuzz is under the MIT licence, Unidecode under GPL-2.0-or-later.
"""

from collections.abc import Iterable
from typing import Any

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from hamroh.site.benches.names.contestants.plain import ranked, sorted_words, wanted

#: words are sorted already, so a plain ratio is token_sort_ratio
_SCORERS: dict[str, tuple[Any, float]] = {
    "token_sort": (fuzz.ratio, 1.0),
    "jaro_winkler": (JaroWinkler.similarity, 100.0),
}


def prepare() -> None:
    """Load what is not the index's own memory."""
    sorted_words("Раҳмон")


class Contestant:
    def __init__(self, records: Iterable[dict[str, Any]], scorer: str) -> None:
        self._records = list(records)
        self._names = [sorted_words(record["name"]) for record in self._records]
        self._scorer, self._times = _SCORERS[scorer]

    def search(self, query: dict[str, Any], limit: int) -> list[tuple[str, float, str]]:
        name, many = sorted_words(query["name"]), wanted(query, limit)
        near = process.extract(name, self._names, scorer=self._scorer, processor=None, limit=many)
        return ranked(query, ((self._records[at], score * self._times) for _name, score, at in near), limit)
