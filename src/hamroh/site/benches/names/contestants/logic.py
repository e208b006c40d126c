"""nomenklatura's logic-v2 (MIT) over an index like yente's: words, their sounds and name symbols, the best hundred compared in full.

yente itself needs Elasticsearch; what its index does is done here by inverse document frequencies in memory.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from followthemoney import EntityProxy, model
from followthemoney.names import entity_names
from nomenklatura.matching import get_algorithm

Record = dict[str, Any]
_COMPARED = 100
#: what a common word, its sound, a symbol of a name count
_WORD, _SOUND, _SYMBOL = 1.0, 0.7, 1.0
#: keys that so large a share of all has find nobody
_TOO_COMMON = 0.1
#: many come out alike at 1.0: among those the index's own order holds
_TIE = 1e-6


def prepare() -> None:
    """Load what is not the index's own memory."""
    get_algorithm("logic-v2")
    list(_keys(_entity("0", {"name": "Раҳмон"})))


class Contestant:
    def __init__(self, records: Iterable[Record]) -> None:
        self._records: list[Record] = []
        self._asked = 0
        self._having: dict[str, list[int]] = defaultdict(list)
        for at, record in enumerate(records):
            self._records.append(record)
            for key, _weight in _keys(_entity(record["id"], record)):
                self._having[key].append(at)
        self._algorithm = get_algorithm("logic-v2")
        self._config = self._algorithm.default_config()

    def search(self, query: Record, limit: int) -> list[tuple[str, float, str]]:
        # logic-v2 remembers what it read of an entity by its id: each query has one of its own.
        self._asked += 1
        asked = _entity(f"asked {self._asked}", query, _born(query, about=1))
        found = [
            (self._records[at]["id"], self._score(asked, self._records[at]) + weight * _TIE, "")
            for at, weight in self._near(asked)
        ]
        return sorted(found, key=lambda one: -one[1])[:limit]

    def _score(self, asked: EntityProxy, record: Record) -> float:
        score: float = self._algorithm.compare(asked, _entity(record["id"], record, _born(record)), self._config).score
        return score

    def _near(self, asked: EntityProxy) -> list[tuple[int, float]]:
        total = len(self._records)
        weights: dict[int, float] = defaultdict(float)
        for key, weight in _keys(asked):
            having = self._having.get(key, ())
            if having and len(having) < max(100, _TOO_COMMON * total):
                rare = weight * math.log(total / len(having))
                for at in having:
                    weights[at] += rare
        return sorted(weights.items(), key=lambda found: -found[1])[:_COMPARED]


def _entity(name: str, record: Record, years: Iterable[int] = ()) -> EntityProxy:
    entity = model.make_entity("Person")
    entity.id = name
    entity.add("name", record["name"])
    for year in years:
        entity.add("birthDate", str(year))
    return entity


def _born(record: Record, *, about: int = 0) -> range:
    """The year of birth as far as it is known, with those about it: logic-v2 has no other way to say that a year is about right."""
    return range(0) if record["year"] is None else range(record["year"] - about, record["year"] + about + 1)


def _keys(entity: EntityProxy) -> Iterator[tuple[str, float]]:
    found: dict[str, float] = {}
    for name in entity_names(entity, consolidate=False):
        for part in name.parts:
            found[f"w {part.comparable}"] = _WORD
            if part.metaphone and len(part.metaphone) > 2:
                found[f"m {part.metaphone}"] = _SOUND
        for symbol in name.symbols:
            found[f"s {symbol.category} {symbol.id}"] = _SYMBOL
    yield from found.items()
