"""``hamroh learn-names``: weights and probabilities of the name engine learned from judged searches, with a report."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from hamroh.kernel.linkage import Index
from hamroh.kernel.linkage.judging import Search, Tried, searched, taught, tried, tried_apart
from hamroh.kernel.linkage.learning import Learned
from hamroh.kernel.linkage.probability import BANDS, Calibration, shipped_calibration
from hamroh.kernel.names.weights import Weights, shipped

#: judged searches below which nothing is learned: what a few say is chance
FEWEST = 50


@click.command("learn-names")
@click.argument("pool", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("judged", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="A folder for weights.csv and calibration.csv."
)
@click.option("--json", "as_json", is_flag=True, help="For a program.")
def learn_names(pool: Path, judged: Path, out: Path | None, as_json: bool) -> None:
    """Learn from JUDGED searches in a POOL of people, each a file of JSON lines: records as the index takes them, and lines as
    {"query": record, "same": "id"}, where "same" is "" for nobody."""
    try:
        searches = searched(Index.from_records(_lines(pool)), _searches(judged))
    except ValueError as fault:
        raise click.ClickException(str(fault)) from fault
    if len(searches) < FEWEST:
        raise click.ClickException(
            f"{len(searches)} searches are judged; {FEWEST} are the fewest that teach more than chance"
        )
    learned, calibration = taught(searches, shipped(), shipped_calibration())
    report = _report(searches, learned, calibration)
    click.echo(json.dumps(report, ensure_ascii=False) if as_json else "\n".join(_told(report)))
    if out:
        _write(out, learned.weights, calibration)
        click.echo(f"{out.name}: weights.csv and calibration.csv are written", err=True)


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
        "calibration": {name: round(getattr(calibration, name), 3) for name in ("scale", "nobody", "growth")},
    }


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
    yield "calibration: " + ", ".join(f"{name} {value}" for name, value in report["calibration"].items())


def _write(folder: Path, weights: Weights, calibration: Calibration) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    head = "# source: learned from judged searches by hamroh learn-names\n"
    lines = [f"{code},{bits:.3f}\n" for code, bits in weights.bits.items()]
    (folder / "weights.csv").write_text("".join([head, "code,bits\n", *lines]), encoding="utf-8")
    values = [f"{name},{getattr(calibration, name):.4g}\n" for name in Calibration.__dataclass_fields__]
    (folder / "calibration.csv").write_text("".join([head, "code,value\n", *values]), encoding="utf-8")
