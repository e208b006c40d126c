"""How good lists of candidates are: recall among the first ones, mean reciprocal rank, precision of a band."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

#: id of a record, its score, and the band that its finder put it in ("" where it has none)
Found = tuple[str, float, str]


def rank(found: Sequence[Found], true: str) -> int | None:
    """The place of the record sought, None where it is not among those found.

    Ties are counted against the finder: of equal scores the sought one is the last. It is not asked in which order they were given, for
    who looks at them cannot tell them apart either.
    """
    scores = [score for name, score, _band in found if name == true]
    return sum(score >= max(scores) for _name, score, _band in found) if scores else None


@dataclass(frozen=True, slots=True)
class Quality:
    """Of ``count`` queries: the share with the record sought first, among the first ten, and the mean of 1 / rank within them."""

    count: int
    r1: float
    r10: float
    mrr: float


def quality(ranks: Iterable[int | None]) -> Quality:
    """Means over the ranks of queries; a rank behind the tenth counts as not found."""
    within = [place if place and place <= 10 else None for place in ranks]
    count = max(1, len(within))
    return Quality(
        len(within),
        round(sum(place == 1 for place in within) / count, 4),
        round(sum(place is not None for place in within) / count, 4),
        round(sum(1 / place for place in within if place) / count, 4),
    )


def measured(answers: Iterable[Sequence[Found]], truths: Iterable[str]) -> list[tuple[str, float]]:
    """The three measures of answers by name: ``r1``, ``r10``, ``mrr``."""
    found = quality(rank(each, true) for each, true in zip(answers, truths, strict=True))
    return [("r1", found.r1), ("r10", found.r10), ("mrr", found.mrr)]


@dataclass(frozen=True, slots=True)
class Band:
    """Of the candidates that were put in a band: how many, and the share that is right."""

    shown: int
    precision: float


def band(answers: Iterable[Sequence[Found]], truths: Iterable[str | None], name: str) -> Band:
    """Precision of a band over all candidates shown in it; a truth of None is a person who is in no pool."""
    right = [each[0] == true for found, true in zip(answers, truths, strict=True) for each in found if each[2] == name]
    return Band(len(right), round(sum(right) / len(right), 4) if right else 1.0)
