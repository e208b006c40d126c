"""The frame of a chart with upright numbers: lines at round numbers, categories beneath."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from hamroh.evidence.charts.paper import SMALL, WIDTH, Paper, folded, width
from hamroh.evidence.charts.scales import Scale, said, scale

HEIGHT = 210


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the categories lie from left to right, and where numbers lie from the foot up."""

    up: Scale
    left: float
    step: float

    def middle(self, number: int) -> float:
        """The middle of a category."""
        return self.left + self.step * (number + 0.5)


def frame(
    paper: Paper, numbers: Sequence[Decimal], categories: Sequence[str], lang: str, *, from_zero: bool = True
) -> Frame:
    """Draw the frame and say where things go."""
    top, foot = paper.y + 12, paper.y + 12 + HEIGHT
    up = scale(numbers, foot, top, from_zero=from_zero)
    words = [said(tick, lang) for tick in up.ticks]
    left = max(width(word, SMALL) for word in words) + 8
    for tick, word in zip(up.ticks, words, strict=True):
        at = up.at(tick)
        paper.add("path", "axis" if tick == 0 else "grid", d=f"M{left:.1f} {at:.1f}H{WIDTH}")
        paper.write(word, left - 5, at + 4, style="soft", anchor="end", size=SMALL)
    made = Frame(up, left, (WIDTH - left) / max(len(categories), 1))
    paper.y = foot
    _name(paper, categories, made)
    return made


def _name(paper: Paper, categories: Sequence[str], made: Frame) -> None:
    """Names beneath, folded; where even a word is too wide, every second one or third, so that none lies on another."""
    folds = [folded(name, made.step - 4, SMALL) for name in categories]
    widest = max((width(line, SMALL) for lines in folds for line in lines), default=0)
    every = max(1, -(-int(widest + 4) // max(int(made.step), 1)))
    for number, lines in enumerate(folds):
        if number % every == 0:
            for at, line in enumerate(lines):
                paper.write(line, made.middle(number), paper.y + 16 + 14 * at, anchor="middle", size=SMALL)
    paper.y += 16 + 14 * max((len(lines) for lines in folds), default=1)
