"""All benches in a row: what each said, how long it took, and a table and a picture of it with machine and date."""

import datetime as dt
import json
import os
import platform
import resource
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from hamroh.site.benches.figures import Figure

_ROW, _LEFT, _ROOM, _MOST = 19, 190, 150, 2.0


@dataclass(frozen=True)
class Ran:
    """What became of a bench: its figures, its seconds by the clock and of processors, and why it has none where it failed."""

    name: str
    figures: tuple[Figure, ...]
    clock: float
    processors: float
    failed: str = ""

    @property
    def holds(self) -> bool:
        """Whether it ended and every bar of it holds."""
        return not self.failed and all(figure.holds is not False for figure in self.figures)


@dataclass(frozen=True)
class Run:
    """A run of them all: when, on what, and how large."""

    began: str
    machine: str
    size: str
    benches: tuple[Ran, ...]

    def written(self, folder: Path) -> None:
        """``figures.json``, ``table.md`` and ``picture.svg`` in the folder."""
        folder.mkdir(parents=True, exist_ok=True)
        told = {**asdict(self), "benches": [_as_json(each) for each in self.benches]}
        (folder / "figures.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
        (folder / "table.md").write_text(table(self), encoding="utf-8")
        (folder / "picture.svg").write_text(picture(self), encoding="utf-8")


def machine() -> str:
    """What this machine is: processor, how many, memory, system, Python, and how busy it is now."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return (
        f"{_processor()}, {os.cpu_count()} processors, {memory:.0f} GiB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, load {load:.1f} at the beginning"
    )


def ran(name: str, command: Sequence[str], limit: float | None) -> Ran:
    """Run a bench in a process of its own, for so many seconds at most; whatever becomes of it, it is told."""
    before, worked = time.perf_counter(), _worked()
    found, why = _asked(command, limit)
    return Ran(name, found, round(time.perf_counter() - before, 1), round(_worked() - worked, 1), why)


def _asked(command: Sequence[str], limit: float | None) -> tuple[tuple[Figure, ...], str]:
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)  # noqa: S603 - our own command
    try:
        said, _nothing = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)  # with the servers that it had started
        process.wait()
        return (), f"did not end within {limit:.0f} s"
    except BaseException:
        os.killpg(process.pid, 9)
        raise
    return _read(said, process.returncode)


def _read(said: str, code: int) -> tuple[tuple[Figure, ...], str]:
    """A bench ends with 1 when a bar does not hold, and has said its figures; else it failed."""
    try:
        rows = json.loads(said.strip().splitlines()[-1])["figures"]
    except (IndexError, ValueError, KeyError, TypeError):
        return (), f"ended with {code} and no figures"
    return tuple(Figure(**{key: value for key, value in row.items() if key != "holds"}) for row in rows), ""


def table(run: Run) -> str:
    """The run as Markdown: a line a bench, then a line for each figure that has a bar or stands beside another."""
    head = [f"# Benchmarks of {run.began}", "", f"{run.machine}. {run.size}", ""]
    short = ["| bench | figures | bars that hold | seconds | of processors |", "|---|---|---|---|---|"]
    long = ["", "| id | value | bar | holds | beside |", "|---|---|---|---|---|"]
    return "\n".join([*head, *short, *map(_line, run.benches), *long, *_figures(run.benches), ""])


def _line(one: Ran) -> str:
    bars = [figure.holds for figure in one.figures if figure.holds is not None]
    held = one.failed or (f"{sum(bars)} of {len(bars)}" if bars else "")
    return f"| {one.name} | {len(one.figures)} | {held} | {one.clock:g} | {one.processors:g} |"


def _figures(benches: Iterable[Ran]) -> Iterator[str]:
    words = {True: "yes", False: "**no**", None: ""}
    for figure in (each for one in benches for each in one.figures):
        if figure.bar is not None or figure.peer_value is not None:
            beside = f"{figure.peer}: {figure.peer_value:g}" if figure.peer_value is not None else ""
            yield f"| `{figure.id}` | {figure.value:g} {figure.unit} | {figure.bar or ''} | {words[figure.holds]} | {beside} |"


def picture(run: Run) -> str:
    """How much of its bar each figure takes, as SVG: what reaches past the line does not hold."""
    from hamroh.evidence.charts.drawing import alone
    from hamroh.evidence.charts.paper import SMALL, WIDTH, Paper, folded

    told = [figure for one in run.benches for figure in one.figures if figure.bar is not None]
    title = f"How much of its bar each figure takes, {run.began}"
    missed = ", ".join(figure.id for figure in told if figure.holds is False) or "none"
    paper = Paper(title=title, alt=f"{len(told)} figures; past their bar: {missed}", lang="en", seed=run.machine)
    for line in (title, *folded(f"{run.machine}. {run.size}", WIDTH - 8, SMALL)):
        paper.y += 16
        paper.write(line, 2, paper.y, size=SMALL)
    paper.y += 10
    above = paper.y
    for figure in told:
        _bar(paper, figure)
    bar = _LEFT + _ROOM / _MOST
    paper.add("path", "axis", d=f"M{bar:.0f} {above:.0f}V{paper.y + 4:.0f}", stroke_width=1.5)
    paper.y += 12
    return alone(paper.done())


def _bar(paper: Any, figure: Figure) -> None:
    share = taken(figure)
    paper.y += _ROW
    paper.write(figure.id[-30:], 2, paper.y, size=10)
    paper.add(
        "rect", x=_LEFT, y=paper.y - 10, width=max(1.0, _ROOM * min(share, _MOST) / _MOST), height=12,
        told=f"{figure.id}: {figure.value:g} {figure.unit}, bar {figure.bar}", **paper.filled(0 if figure.holds else 1),
    )  # fmt: skip
    paper.write(f"{figure.value:g} {figure.bar}", _LEFT + _ROOM + 4, paper.y, size=10)


def taken(figure: Figure) -> float:
    """How much of its bar a figure takes: 1 is the bar itself, more does not hold."""
    sign, limit = str(figure.bar).split()
    part, whole = (figure.value, float(limit)) if sign == "<=" else (float(limit), figure.value)
    if whole == 0:
        return 0.0 if part <= 0 else _MOST
    return max(0.0, part / whole)


def began() -> str:
    """Now, as a run is dated."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M UTC")


def command_of(name: str, *options: str) -> list[str]:
    """The command line of one bench."""
    return [sys.executable, "-m", "hamroh.site.cli", "bench", name, "--json", *options]


def _as_json(one: Ran) -> dict[str, Any]:
    return {**asdict(one), "figures": [figure.as_json() for figure in one.figures]}


def _worked() -> float:
    """Seconds of processors of the processes that were started here and ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _processor() -> str:
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.exists() else []
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
