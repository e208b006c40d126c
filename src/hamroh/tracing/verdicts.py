"""What the log of verdicts says of a pair: recomputed whenever it is asked, so that a new verdict undoes an old one."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from hamroh.tracing.models import Same

#: so many people have to say that two are one
NEEDED = 2


class Weight(StrEnum):
    NOTHING = "nothing"
    HALF = "half"
    SAME = "same"
    DIFFERENT = "different"


def weigh(said: Iterable[tuple[Any, str]]) -> Weight:
    """Of (who, answer), the oldest first: each person's newest answer counts, and one person's no outweighs every yes.

    >>> weigh([("a", "same"), ("a", "same")]), weigh([("a", "same"), ("b", "same")])
    (<Weight.HALF: 'half'>, <Weight.SAME: 'same'>)
    >>> weigh([("a", "same"), ("b", "same"), ("a", "different")])
    <Weight.DIFFERENT: 'different'>
    """
    newest = dict(said)
    if Same.DIFFERENT in newest.values():
        return Weight.DIFFERENT
    agree = sum(answer == Same.SAME for answer in newest.values())
    if agree >= NEEDED:
        return Weight.SAME
    return Weight.HALF if agree else Weight.NOTHING
