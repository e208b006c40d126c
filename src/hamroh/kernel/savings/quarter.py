"""A savings group's quarter in the terms that savings groups report in; where something is missing it says what, and gives no figure."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Met:
    """A meeting of the quarter: who came and who was expected; None where attendance was not written down."""

    number: int
    came: int | None
    expected: int | None
    closed: bool = True
    unsettled: int = 0


@dataclass(frozen=True, slots=True)
class Quarter:
    """What is known of a group at the end of a quarter. Amounts are minor units. ``sexes`` holds None where it was not stated.

    ``at_start`` counts members when the cycle began, ``left`` those who went since.
    """

    meetings: Sequence[Met]
    sexes: Sequence[str | None]
    at_start: int
    left: int
    saved: int
    loans: int
    borrowers: int
    past_due: int
    cash: int
    social: int
    gain: int
    shared_out: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: a ``count``, an ``amount`` in minor units, or a ``rate`` in hundredths; None where nothing can be divided by."""

    key: str
    unit: str
    value: int | Fraction | None


@dataclass(frozen=True, slots=True)
class Lacking:
    """What is missing: why, and of which meeting, or of how many members."""

    code: str
    number: int = 0


def lacking(told: Quarter) -> list[Lacking]:
    """What has to be there before there are figures."""
    found = [] if told.meetings else [Lacking("no_meeting")]
    for met in told.meetings:
        if not met.closed:
            found.append(Lacking("open", met.number))
        if met.came is None or not met.expected:
            found.append(Lacking("attendance", met.number))
        if met.unsettled:
            found.append(Lacking("unsettled", met.number))
    if unknown := sum(sex is None for sex in told.sexes):
        found.append(Lacking("sex", unknown))
    if not told.sexes:
        found.append(Lacking("no_member"))
    return found


def figures(told: Quarter) -> list[Figure]:
    """The figures of a quarter to which nothing is lacking; ValueError otherwise."""
    if lacking(told):
        raise ValueError("the quarter is not complete")
    came, expected = sum(met.came or 0 for met in told.meetings), sum(met.expected or 0 for met in told.meetings)
    held = told.cash + told.loans
    rows = (
        ("members", "count", len(told.sexes)),
        ("women", "rate", _rate(sum(sex == "f" for sex in told.sexes), len(told.sexes))),
        ("meetings", "count", len(told.meetings)),
        ("attendance", "rate", _rate(came, expected)),
        ("left", "rate", _rate(told.left, told.at_start)),
        ("saved", "amount", told.saved),
        ("saved_each", "amount", told.saved // len(told.sexes)),
        ("borrowers", "count", told.borrowers),
        ("loans", "amount", told.loans),
        ("past_due", "amount", told.past_due),
        ("past_due_rate", "rate", _rate(told.past_due, told.loans)),
        ("lent", "rate", _rate(told.loans, held)),
        ("cash", "amount", told.cash),
        ("social", "amount", told.social),
        ("gain", "amount", told.gain),
        ("return", "rate", _rate(told.gain, told.saved)),
    )
    found = [Figure(*row) for row in rows]
    return found if told.shared_out is None else [*found, Figure("shared_out", "amount", told.shared_out)]


def _rate(part: int, whole: int) -> Fraction | None:
    return Fraction(part * 100, whole) if whole else None
