"""The lines of a table become figures, or are left out with a reason."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from hamroh.directory.exchange.tables import Line
from hamroh.evidence.areas import WORLD, Area, find_area
from hamroh.evidence.exchange.layouts import DIMS, Layout, indicator_called, rank_of, sex_code
from hamroh.evidence.exchange.values import (
    NOTHING,
    Said,
    Unreadable,
    decimal_sign,
    machine_value,
    plain,
    printed_value,
    read_period,
)
from hamroh.evidence.incoming import Incoming, LeftOut

Progress = Callable[[int], object]
#: what stands for "all together" in a dimension of SDMX
_TOTALS = frozenset({"", "_T", "_Z", "_X", "TOTAL", "T", "ALL"})
_QUALIFIERS = {"ABOUT": "~", "BELOW": "<", "ABOVE": ">", "UP_TO": "<=", "FROM": ">="}
_PLACES = ("area", "origin", "destination")
_NOTE = re.compile(r"^([*†‡]+|[¹²³⁰⁴-⁹]+|\(?[a-z0-9]{1,2}[).\]])\s*(\S.*)$", re.DOTALL)
#: a number as a program writes one that it keeps in binary
_BINARY = re.compile(r"-?\d+\.(?:0|\d{7,})")
_LONGEST = 40


class _Out(Exception):
    """The row or cell does not come in."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(code)


@dataclass
class Reading:
    """What a file says: figures, what was left out, and sentences under the table."""

    figures: list[Incoming] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    rows: int = 0


def read_lines(lines: Sequence[Line], layout: Layout, progress: Progress | None = None) -> Reading:
    """All figures of a table under its heading; of a figure that stands there twice the first."""
    reader, found, met = _Reader(layout, lines), Reading(), dict[tuple[str, ...], Incoming]()
    for line in lines[layout.heading + 1 :]:
        if reader.is_told(line):
            found.told.append(line.cells[0])
            continue
        found.rows += 1
        for each in reader.read(line):
            _take(each, found, met)
        if progress and not found.rows % 500:
            progress(500)
    return found


def _take(each: Incoming | LeftOut, found: Reading, met: dict[tuple[str, ...], Incoming]) -> None:
    if isinstance(each, LeftOut):
        found.left_out.append(each)
        return
    before = met.setdefault((*each.key, each.cited, each.variant), each)
    if before is each:
        found.figures.append(each)
    else:
        code = "twice" if before.said == each.said else "otherwise"
        found.left_out.append(LeftOut(each.line, code, f"{each.printed} ({before.line}: {before.printed})"))


class _Reader:
    """Reads lines by a layout; what it looked up once it does not look up again."""

    def __init__(self, layout: Layout, lines: Sequence[Line]) -> None:
        self.layout, self.settled = layout, layout.settled
        self.columns = {role: self._best_first(role) for role in set(layout.roles.values())}
        self.is_ours = "ref_period" in self.columns
        self.coded = [":" in each and layout.shape == "sdmx" for each in layout.header]
        self.nothing = {
            **NOTHING,
            **{str(sign).casefold(): code for sign, code in self.settled.get("nothing", {}).items()},
        }
        body = lines[layout.heading + 1 :]
        self.decimal = self.settled.get("decimal") or decimal_sign(self._numbers(body))
        self.notes = {} if layout.by_machine else _notes(body)
        self.dims = [name for name in DIMS if name not in _PLACES and (name in self.columns or self.settled.get(name))]
        self.has_more = bool({"flag", "low", "high", "missing", "qualifier"} & self.columns.keys())
        self.areas: dict[str, Area | None] = {}
        self.periods: dict[str, str | None] = {}
        self.dimensions: dict[tuple[str, str], str] = {}

    def _best_first(self, role: str) -> list[int]:
        return sorted(self.layout.places_of(role), key=lambda at: (rank_of(role, self.layout.header[at]), at))

    def _numbers(self, lines: Sequence[Line]) -> list[str]:
        return [each for line in lines[:200] for at in self.layout.values for each in [_cell(line, at)] if each]

    def is_told(self, line: Line) -> bool:
        """Whether a line is a sentence under the table, or a heading within it, and no row."""
        filled = [at for at, each in enumerate(line.cells) if each]
        return filled == [0] and not line.formulas and self._area(line.cells[0]) is None

    def read(self, line: Line) -> Iterator[Incoming | LeftOut]:
        cells = [(at, _cell(line, at)) for at in self.layout.values]
        if len(cells) > 1 and not any(each for _at, each in cells) and not line.formulas:
            yield LeftOut(line.number, "blank", _short(line.cells[0] if line.cells else ""))
            return
        try:
            shared = self._shared(line)
        except _Out as out:
            yield LeftOut(line.number, out.code, _short(out.detail))
            return
        for at, cell in cells:
            try:
                yield self._figure(line, at, cell, shared)
            except _Out as out:
                yield LeftOut(line.number, out.code, _short(out.detail))

    def _shared(self, line: Line) -> dict[str, Any]:
        """What a row says of all its figures."""
        if self.text(line, "action").upper() in ("D", "DELETE"):
            raise _Out("deleted")
        said: dict[str, Any] = {name: self._place(line, name) for name in _PLACES}
        said |= {name: self._dimension(line, name) for name in self.dims}
        said["period"] = self._period(line)
        said["indicator"] = indicator_called(self.text(line, "indicator")) or self.settled.get("indicator", "")
        return said

    def _place(self, line: Line, name: str) -> str:
        """The code of a place; empty where the row names none, or all countries together as an end of a movement."""
        if name not in self.columns:
            return str(self.settled.get(name, ""))
        texts = [text for at in self.columns[name] if (text := self._at(line, at))]
        if not texts:
            raise _Out("area")
        if name != "area" and self.is_ours:  # groups of countries, too
            return "" if texts[0] in _TOTALS else texts[0]
        if name != "area" and texts[0].upper() in _TOTALS:
            return WORLD
        area = next((found for text in texts if (found := self._area(text))), None)
        if area is None:
            raise _Out("area", texts[0])
        if area.is_group and area.code != WORLD:
            raise _Out("group", texts[-1])
        return area.code

    def _area(self, text: str) -> Area | None:
        if text not in self.areas:
            self.areas[text] = find_area(text)
        return self.areas[text]

    def _when(self, text: str) -> str:
        if text not in self.periods:
            self.periods[text] = read_period(text)
        if self.periods[text] is None:
            raise _Out("period", text)
        return self.periods[text] or ""

    def _period(self, line: Line) -> str:
        """What the row says of its time. Where it says apart which time the source told, that, though it be none."""
        if self.is_ours:
            return self._when(text) if (text := self.text(line, "ref_period")) else ""
        return (
            self._when(self.text(line, "period")) if "period" in self.columns else str(self.settled.get("period", ""))
        )

    def _dimension(self, line: Line, name: str) -> str:
        text = self.text(line, name) or str(self.settled.get(name, ""))
        if (name, text) not in self.dimensions:
            sex = sex_code(text) if name == "sex" else None
            self.dimensions[name, text] = sex if sex is not None else "" if text.upper() in _TOTALS else text
        return self.dimensions[name, text]

    def _figure(self, line: Line, at: int, cell: str, shared: Mapping[str, Any]) -> Incoming:
        if at in line.formulas:
            raise _Out("formula", self.layout.header[at])
        facts = {**shared, **self.layout.values[at]}
        if not facts["indicator"]:
            raise _Out("indicator", self.layout.header[at])
        if not facts["period"] and "period" not in self.settled and not self.is_ours:
            raise _Out("period")
        area, dims = (
            self._as_told(line, facts) if self.is_ours else _ends(facts, str(self.settled.get("counted_at", "")))
        )
        said = self._flagged(line, self._said(cell)) if self.has_more else self._said(cell)
        multiplier = self._multiplier(line)
        return self._scaled(Incoming(
            line=line.number, column=self.layout.header[at], indicator=facts["indicator"], area=area, dims=dims, period=facts["period"],
            value=said.value, low=said.low, high=said.high, qualifier=said.qualifier, printed=self._printed(line, cell, said),
            missing=said.missing, flags=said.flags, note=self.text(line, "note") or self.notes.get(said.mark.strip("()[]. "), ""),
            unit=self.text(line, "unit"), **self._told_by_us(line),
        ), multiplier)  # fmt: skip

    def _as_told(self, line: Line, facts: Mapping[str, Any]) -> tuple[str, tuple[tuple[str, str], ...]]:
        """Place and dimensions as they are told; some words that are no identifiers stand apart."""
        texts = self.text(line, "texts")
        try:
            apart = {str(name): str(text) for name, text in json.loads(texts).items()} if texts else {}
        except (ValueError, AttributeError):
            raise _Out("number", texts) from None
        said = {
            **{name: facts.get(name, "") for name in DIMS},
            **{name: text for name, text in apart.items() if name in DIMS},
        }
        return facts["area"], tuple(sorted((name, text[:60]) for name, text in said.items() if text))

    def _told_by_us(self, line: Line) -> dict[str, Any]:
        if not self.is_ours:
            return {}
        said = {name: self.text(line, name) for name in ("cited", "variant", "locator", "definition")}
        return {name: "" if text in _TOTALS else text for name, text in said.items()}

    def _said(self, cell: str) -> Said:
        try:
            if self.layout.by_machine:
                return machine_value(cell, self.nothing)
            return printed_value(cell, self.nothing, self.decimal)
        except Unreadable:
            raise _Out("number", cell) from None

    def _flagged(self, line: Line, said: Said) -> Said:
        """With what other columns say of the figure: flags, bounds, why there is none."""
        told = self.text(line, "flags" if "flags" in self.columns else "flag").upper()
        flags = [each for each in re.split(r"[\s;,|]+", told) if each and (self.is_ours or each != "A")]
        low, high = self._bound(line, "low"), self._bound(line, "high")
        missing, qualifier = said.missing, self.text(line, "qualifier")
        if missing and (low is not None or high is not None):
            missing = ""
        elif missing:
            missing = self.text(line, "missing") or next((each for each in flags if each in "OMLQ"), missing)
        return replace(
            said, flags=tuple(sorted({*flags, *said.flags})), low=low if low is not None else said.low,
            high=high if high is not None else said.high, missing=missing[:1], qualifier=_QUALIFIERS.get(qualifier, qualifier)[:2] or said.qualifier,
        )  # fmt: skip

    def _bound(self, line: Line, name: str) -> Decimal | None:
        text = self.text(line, name)
        return self._said(text).value if text else None

    def _multiplier(self, line: Line) -> int:
        text = self.text(line, "multiplier")
        try:
            return max(-6, min(12, int(float(text)))) if text else int(self.settled.get("multiplier", 0))
        except ValueError:
            raise _Out("unit", text) from None

    def _scaled(self, figure: Incoming, power: int) -> Incoming:
        if not power:
            return figure
        scaled = {
            name: each.scaleb(power) for name in ("value", "low", "high") if (each := getattr(figure, name)) is not None
        }
        return replace(figure, thousands=power, **scaled)

    def _printed(self, line: Line, cell: str, said: Said) -> str:
        """As it stands in the file; of a program's file the number without what a binary fraction leaves."""
        printed = self.text(line, "printed")
        if printed or self.is_ours:
            return printed[:120]
        if said.value is not None and (self.layout.by_machine or _BINARY.fullmatch(cell)):
            return plain(said.value)
        return cell[:120]

    def text(self, line: Line, role: str) -> str:
        """What the best column of a role says."""
        if role not in self.columns:
            return ""
        return next((text for at in self.columns.get(role, ()) if (text := self._at(line, at))), "")

    def _at(self, line: Line, at: int) -> str:
        text = _cell(line, at)
        return text.partition(":")[0].strip() if self.coded[at] else text


def _ends(facts: Mapping[str, Any], counted_at: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The place that a figure is of, and its dimensions: both ends of a movement, neither where one of them is all countries."""
    area, origin, destination = (facts.get(name, "") for name in _PLACES)
    if not area:
        area = (origin or destination) if counted_at == "origin" else (destination or origin)
    if not area:
        raise _Out("area")
    origin, destination = (
        origin or (area if destination and destination != area else ""),
        destination or (area if origin and origin != area else ""),
    )
    if WORLD in (origin, destination) or origin == destination:
        origin = destination = ""
    said = [
        ("destination", destination),
        ("origin", origin),
        *((name, facts[name]) for name in DIMS if name not in _PLACES and name in facts),
    ]
    return area, tuple(sorted((name, str(value)[:60]) for name, value in said if value))


def _notes(lines: Sequence[Line]) -> dict[str, str]:
    """Notes under a table by their signs."""
    told = [line.cells[0] for line in lines[-60:] if line.cells and line.cells[0] and not any(line.cells[1:])]
    found = (_NOTE.match(each) for each in told)
    return {each[1].strip("()[]. "): each[2].strip()[:400] for each in found if each}


def _cell(line: Line, at: int) -> str:
    return line.cells[at] if at < len(line.cells) else ""


def _short(text: str) -> str:
    return text[:_LONGEST]
