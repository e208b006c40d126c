"""Reasons in words: a code and its facts, said in the languages of the house."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from hamroh.kernel.datafiles import rows

TABLE = "law/reasons.csv"


@dataclass(frozen=True)
class Reason:
    """Why something is so, or what is missing; ``facts`` fill the sentence of the code, as they are or by language."""

    code: str
    facts: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)

    def said(self, lang: str = "en") -> str:
        """The reason in words, in ``en``, ``tg``, ``az`` or ``ru``."""
        facts = {key: fact if isinstance(fact, str) else fact[lang] for key, fact in self.facts.items()}
        return phrase(self.code)[lang].format(**facts)


class Missing(ValueError):
    """Nothing is worked out because something is not known; ``reasons`` say what."""

    def __init__(self, *reasons: Reason) -> None:
        self.reasons = reasons
        super().__init__("; ".join(reason.said() for reason in reasons))


def phrase(code: str) -> Mapping[str, str]:
    """A sentence or a name of the table by language, such as ``role/penalty`` or ``state/TJ``."""
    return _sentences()[code]


@functools.cache
def _sentences() -> Mapping[str, Mapping[str, str]]:
    return {row["code"]: row for row in rows(TABLE)}
