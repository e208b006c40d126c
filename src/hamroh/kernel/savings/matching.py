"""Two records of one meeting: what both say counts once, what differs is put side by side. Nothing is added up, nothing let go."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hamroh.kernel.savings.lines import Kind, Line

#: what two records are compared by: the kind of thing, and the member's number where it is hers
About = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """What one record says of something and what the other does, each in the order in which amounts grow."""

    kind: str
    member: int | None
    ours: tuple[str, ...]
    theirs: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.kind}.{'' if self.member is None else self.member}"


def meaning(lines: Iterable[Line]) -> dict[About, list[str]]:
    """Lines by what they are about; a fund that is not the usual one belongs to the kind, and so does the day of a loan to its amount."""
    found: dict[About, list[tuple[int, str]]] = {}
    for line in lines:
        said = f"{line.amount}" + (f" {line.due.isoformat()}" if line.due else "")
        found.setdefault((kind_of(line), line.member), []).append((line.amount, said))
    return {about: [said for _amount, said in sorted(each)] for about, each in found.items()}


def kind_of(line: Line) -> str:
    return (
        f"{line.kind}:{line.fund}"
        if line.kind in (Kind.FINE, Kind.INCOME, Kind.EXPENSE, Kind.OPENING)
        else line.kind.value
    )


def compare(ours: Mapping[About, list[str]], theirs: Mapping[About, list[str]]) -> list[Difference]:
    """What the two records do not say alike, in the order of kinds and members."""
    keys = sorted(set(ours) | set(theirs), key=lambda about: (about[0], -1 if about[1] is None else about[1]))
    pairs = ((about, tuple(ours.get(about, ())), tuple(theirs.get(about, ()))) for about in keys)
    return [Difference(about[0], about[1], mine, other) for about, mine, other in pairs if mine != other]
