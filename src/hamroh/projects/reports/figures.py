"""The figures of a report while it is gathered: each under its key, with what it was read from and where that is found."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from hamroh.kernel import reporting
from hamroh.projects.reports import told
from hamroh.web.texts import LANGUAGES, pick

#: the language of a name that is in none of ours
UNSAID = "und"


@dataclass(frozen=True)
class Span:
    """The time of a report, and from when on figures are gathered so that they can be compared with the last one."""

    starts: str
    ends: str
    since: str
    #: the time of the last report, whose own figures are counted again
    last: tuple[str, str] | None = None

    def holds(self, starts: str, ends: str) -> bool:
        """Whether something falls into the report's own time; what has no date does not."""
        return bool(starts or ends) and reporting.meet(starts, ends or starts, self.starts, self.ends)

    def holds_wider(self, starts: str, ends: str) -> bool:
        """The same from the beginning of the last report on."""
        return bool(starts or ends) and reporting.meet(starts, ends or starts, self.since, self.ends)


@dataclass
class Figures:
    """All figures by their keys."""

    found: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, key: str, labels: Mapping[str, str], value: Decimal | int | None, source: Mapping[str, Any] | None, **more: Any) -> str:  # fmt: skip
        """Write a figure down; what is withheld leaves no number behind."""
        withheld = bool(more.get("withheld"))
        kept = {name: each for name, each in more.items() if each not in (None, "", False) or name == "confirmed"}
        self.found[key] = {
            "labels": dict(labels), "value": None if withheld or value is None else reporting.plain(value),
            "source": dict(source) if source else None, **kept,
        }  # fmt: skip
        return key

    def add_together(
        self, rows: Sequence[tuple[str, Mapping[str, str], int, Mapping[str, Any]]], **more: Any
    ) -> list[str]:
        """Numbers of people that are parts of one whole: all of them are withheld where one is small."""
        hidden = not reporting.tells_parts(number for _key, _labels, number, _source in rows)
        return [self.add(key, labels, number, source, **more, withheld=hidden) for key, labels, number, source in rows]

    def at_least(self, key: str, *, is_so: bool, **more: Any) -> None:
        """Say of a figure that it was more; of one that is withheld not even that."""
        figure = self.found[key]
        figure.update(more)
        if is_so and not figure.get("withheld"):
            figure["at_least"] = True


def labelled(*parts: Mapping[str, str] | Callable[[str], str]) -> dict[str, str]:
    """What a figure is called in each language: texts, and words that are made in the language."""
    found = {}
    for lang in LANGUAGES:
        said = (part(lang) if callable(part) else str(pick(part, lang)) for part in parts)
        found[lang] = ", ".join(filter(None, said))
    return found


def when(starts: str, ends: str) -> Callable[[str], str]:
    """The days of a figure, for its label."""
    return lambda lang: told.days(starts, ends, lang)
