"""What searches in files, judged or not, teach the name engine: new weights and probabilities, and a report of how they do."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hamroh.kernel.linkage import Index
from hamroh.kernel.linkage.facts import Facts
from hamroh.kernel.linkage.judging import Search, Tried, searched, taught, tried, tried_apart
from hamroh.kernel.linkage.learning import Learned
from hamroh.kernel.linkage.probability import BANDS, Calibration, shipped_calibration
from hamroh.kernel.linkage.unjudged import Guessed, Unjudged, learn_unjudged, looked_at
from hamroh.kernel.names.weights import Weights, shipped

#: searches below which nothing is learned: what a few say is chance
FEWEST = 50


@dataclass(frozen=True, slots=True)
class Report:
    """What was learned, for a program and for a reader."""

    figures: dict[str, Any]
    lines: Callable[[dict[str, Any]], Iterator[str]]

    def json(self) -> str:
        return json.dumps(self.figures, ensure_ascii=False)

    def text(self) -> str:
        return "\n".join(self.lines(self.figures))


def taught_by(pool: Path, judged: Path, out: Path | None = None) -> Report:
    """Learn from files of JSON lines, write the result into a folder; ValueError says what is wrong with which line."""
    searches = searched(Index.from_records(_lines(pool)), _judged(judged))
    _enough(searches, "judged")
    learned, calibration = taught(searches, shipped(), shipped_calibration())
    if out:
        _write(out, learned.weights, calibration)
    return Report(_report(searches, learned, calibration), _told)


def guessed_by(pool: Path, searches: Path, out: Path | None = None) -> Report:
    """The same where nobody judged: an answer in the file is passed over."""
    people = list(_lines(pool))
    found = looked_at(Index.from_records(people), [each["query"] for each in _searches(searches)], people, shipped())
    _enough(found, "there")
    guessed = learn_unjudged(found, shipped(), shipped_calibration())
    if out:
        _write(out, guessed.weights, guessed.calibration)
    return Report(_report_of_guesses(found, guessed), _told_of_guesses)


def _enough(searches: Sequence[object], what: str) -> None:
    if len(searches) < FEWEST:
        raise ValueError(f"{len(searches)} searches are {what}; {FEWEST} are the fewest that teach more than chance")


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                found = json.loads(line)
            except ValueError as fault:
                raise _fault(path, number, f"it is no JSON ({fault})") from fault
            if not isinstance(found, dict):
                raise _fault(path, number, "a record in braces is expected")
            yield found


def _searches(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_lines(path), 1):
        if not isinstance(line.get("query"), dict):
            raise _fault(path, number, 'it needs a "query", a record in braces')
        try:
            Facts.of(line["query"])
        except ValueError as fault:
            raise _fault(path, number, str(fault)) from fault
        yield line


def _judged(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_searches(path), 1):
        if not isinstance(line.get("same"), str):
            raise _fault(path, number, 'it needs "same", the id of the one or "" for nobody')
        yield line


def _fault(path: Path, number: int, what: str) -> ValueError:
    return ValueError(f"{path.name}, line {number}: {what}")


def _report(searches: list[Search], learned: Learned, calibration: Calibration) -> dict[str, Any]:
    before = tried(searches, shipped(), shipped_calibration())
    return {
        "searches": len(searches),
        "surprise": {"before": round(learned.before, 3), "after": round(learned.after, 3)},
        "as shipped": _figures(before),
        "learned, tried on the other half": _figures(tried_apart(searches, shipped(), shipped_calibration())),
        "weights": {
            code: {"before": shipped().bits[code], "after": round(bits, 2), "times": round(learned.times.get(code, 0))}
            for code, bits in learned.weights.bits.items()
        },
        "calibration": _calibrated(calibration),
    }


def _calibrated(calibration: Calibration) -> dict[str, float]:
    return {name: round(getattr(calibration, name), 3) for name in ("scale", "nobody", "growth")}


def _report_of_guesses(searches: list[Unjudged], guessed: Guessed) -> dict[str, Any]:
    return {
        "searches": len(searches),
        "rounds": guessed.rounds,
        "share whose one is in the pool": round(guessed.share, 3),
        "as shipped": _bands(searches, shipped(), shipped_calibration()),
        "learned": _bands(searches, guessed.weights, guessed.calibration),
        "weights": {
            code: {
                "before": shipped().bits[code],
                "after": round(guessed.weights.bits[code], 2),
                "times": round(times),
                "m": round(guessed.ones[code], 4),
                "u": round(guessed.strangers[code], 6),
            }
            for code, times in guessed.times.items()
        },
        "calibration": _calibrated(guessed.calibration),
    }


def _bands(searches: list[Unjudged], weights: Weights, calibration: Calibration) -> dict[str, int]:
    """How many candidates are in each band; whether they are right nobody knows."""
    nameless = [Search((), each.grounds, each.pool, "") for each in searches]
    return {band: count for band, (count, _right) in tried(nameless, weights, calibration).bands.items()}


def _told_of_guesses(report: dict[str, Any]) -> Iterator[str]:
    yield f"{report['searches']} searches, judged by nobody; guessed in {report['rounds']} rounds"
    yield f"of {report['share whose one is in the pool']:.1%} the one is in the pool, as far as can be guessed"
    for name in ("as shipped", "learned"):
        yield f"{name}: " + ", ".join(f"{count} candidates {band}" for band, count in report[name].items())
    yield "weights in bits (before, learned, how often they were a ground of the one; m among the ones, u among strangers):"
    for code, each in report["weights"].items():
        yield (
            f"  {code:24} {each['before']:+6.2f} {each['after']:+6.2f} {each['times']:8}"
            f"  m {each['m']:.4f}  u {each['u']:.6f}"
        )
    yield _told_of_calibration(report)
    yield "whether this is better only judged searches can say"


def _told_of_calibration(report: dict[str, Any]) -> str:
    return "calibration: " + ", ".join(f"{name} {value}" for name, value in report["calibration"].items())


def _figures(found: Tried) -> dict[str, Any]:
    bands = {band: {"candidates": count, "right": right} for band, (count, right) in found.bands.items()}
    return {"first": round(found.first, 3), "among ten": round(found.ten, 3), "bands": bands}


def _told(report: dict[str, Any]) -> Iterator[str]:
    yield f"{report['searches']} judged searches"
    yield f"surprise of an answer: {report['surprise']['before']} bits as shipped, {report['surprise']['after']} learned"
    for name in ("as shipped", "learned, tried on the other half"):
        figures = report[name]
        yield f"{name}: the one is first in {figures['first']:.1%}, among ten in {figures['among ten']:.1%}"
        for band in BANDS:
            count, right = figures["bands"][band]["candidates"], figures["bands"][band]["right"]
            yield f"  {band}: {count} candidates" + (f", {right / count:.1%} of them the one" if count else "")
    yield "weights in bits (before, learned, how often they were a ground):"
    for code, weight in report["weights"].items():
        yield f"  {code:24} {weight['before']:+6.2f} {weight['after']:+6.2f} {weight['times']:8}"
    yield _told_of_calibration(report)


def _write(folder: Path, weights: Weights, calibration: Calibration) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    head = "# source: learned from searches by hamroh learn-names\n"
    lines = [f"{code},{bits:.3f}\n" for code, bits in weights.bits.items()]
    (folder / "weights.csv").write_text("".join([head, "code,bits\n", *lines]), encoding="utf-8")
    values = [f"{name},{getattr(calibration, name):.4g}\n" for name in Calibration.__dataclass_fields__]
    (folder / "calibration.csv").write_text("".join([head, "code,value\n", *values]), encoding="utf-8")
