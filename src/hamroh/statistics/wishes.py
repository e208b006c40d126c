"""Which table somebody asks for: a source, quarters, up to three variables, and whom it is about; never a question of one's own."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from hamroh.kernel.disclosure import Rules, Step
from hamroh.statistics import facts
from hamroh.statistics.facts import FactSource, Variable
from hamroh.statistics.quarters import Quarter

#: the variable of time, in a wish
TIME = "time"
MOST_QUARTERS, MOST_VARIABLES = 12, 3


@dataclass(frozen=True)
class Wish:
    """A table of one source. ``by`` are codes of its variables, ``TIME`` among them; ``only`` narrows others to some categories.

    ``coarse`` names those that are told less finely: by regions, by half-years.
    """

    source: str
    first: Quarter
    last: Quarter
    by: tuple[str, ...]
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    coarse: tuple[str, ...] = ()

    @property
    def codes(self) -> dict[str, Any]:
        """The same in codes, for the register."""
        return {
            "facts": self.source, "first": self.first.code, "last": self.last.code, "by": list(self.by),
            "only": {name: sorted(chosen) for name, chosen in sorted(self.only.items())},
            "coarse": sorted(self.coarse),
        }  # fmt: skip

    @classmethod
    def of(cls, codes: Mapping[str, Any]) -> "Wish":
        only = {name: tuple(chosen) for name, chosen in codes["only"].items()}
        return cls(
            codes["facts"],
            Quarter.of(codes["first"]),
            Quarter.of(codes["last"]),
            tuple(codes["by"]),
            only,
            tuple(codes.get("coarse", ())),
        )

    @property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps(self.codes, sort_keys=True).encode()).hexdigest()

    @cached_property
    def of_source(self) -> FactSource:
        """The source; LookupError where it is none any more."""
        found = facts.of(self.source)
        if found is None:
            raise LookupError("no such source")
        return found

    @property
    def quarters(self) -> list[Quarter]:
        return Quarter.between(self.first, self.last)

    @property
    def variables(self) -> list[Variable]:
        """The variables that it is told by, without time."""
        found = (self.of_source.variable(code) for code in self.by if code != TIME)
        return [each for each in found if each]

    @property
    def rules(self) -> Rules:
        """Five; ten where two sensitive variables meet, which the table's shape tells. A nought is small, too."""
        return Rules()

    @property
    def title(self) -> str:
        """What it counts, in the reader's language."""
        told = [self._word(code, each) for code, each in self._by]
        over = str(self.first) if self.first == self.last else f"{self.first.start:%Y-%m} – {str(self.last)[-7:]}"
        what = gettext("%(what)s, %(over)s, by %(by)s") % {
            "what": self.of_source.unit, "over": over, "by": ", ".join(told),
        }  # fmt: skip
        return f"{what} ({gettext('only some')})" if self.only else what

    def _word(self, code: str, variable: Any) -> str:
        if code in self.coarse:
            return (
                gettext("half-year")
                if code == TIME
                else gettext("%(what)s, less finely") % {"what": str(variable.title).lower()}
            )
        return gettext("quarter") if code == TIME else str(variable.title).lower()

    def stepped(self, steps: Iterable[tuple[Step, str]]) -> "Wish":
        """The wish of a proposal: ``steps`` name the audit's variables."""
        by, coarse = list(self.by), list(self.coarse)
        for step, name in steps:
            code = next(each for each in self.by if self.audited(each) == name)
            if step is Step.COARSER:
                coarse.append(code)
            else:
                by.remove(code)
        return replace(self, by=tuple(by), coarse=tuple(each for each in coarse if each in by))

    def audited(self, code: str) -> str:
        """The audit's name of a variable."""
        found = self.of_source.variable(code)
        return self.of_source.time if code == TIME else found.audited if found else code

    @property
    def _by(self) -> list[tuple[str, Any]]:
        found = [(code, self.of_source.variable(code)) for code in self.by]
        return [(code, each) for code, each in found if each or code == TIME]
