"""``hamroh bench``: runs benchmarks, each in a throw-away home, and prints their figures."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path

import click

from hamroh.site.benches import BENCHES, beginning, brief, whole
from hamroh.site.benches.figures import Figure

_COLUMNS = "{:<44} {:>12} {:<10} {:<10} {:<5} {}"
_SIZES = {
    True: "The full counts.",
    False: "Brief: counts are small, so a bar that holds here says nothing of the counts that it is about.",
}


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(sorted(BENCHES)))
@click.option("--full", is_flag=True, help="Also the figures that take long (a million records).")
@click.option("--brief", "is_brief", is_flag=True, help="The smallest counts; without a name all benches run so.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a bench.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Where table and picture of several go.")
@click.option("--limit", type=float, help="Seconds that each of several may take (120 where they are brief).")
def bench(
    names: tuple[str, ...], *, full: bool, is_brief: bool, as_json: bool, out: Path | None, limit: float | None
) -> None:
    """Measure Hamroh here: quality, speed, memory, beside what others reach. Without a NAME everything, briefly."""
    if full and is_brief:
        raise click.UsageError("--full or --brief, not both")
    if len(names) == 1 and out is None:
        sys.exit(_one(names[0], full=full, is_brief=is_brief, as_json=as_json))
    is_brief = is_brief or not (names or full)
    options = [flag for flag, wanted in (("--full", full), ("--brief", is_brief)) if wanted]
    run = _all(names or sorted(BENCHES), options, limit or (120 if is_brief else None), as_json=as_json)
    folder = out or Path(f"hamroh-bench-{run.began.translate({ord(sign): None for sign in '-: UTC'})}")
    run.written(folder)
    click.echo(f"{run.machine}\n{run.began}. Table and picture: {folder}", err=as_json)
    sys.exit(0 if all(each.holds for each in run.benches) else 1)


def _all(names: Sequence[str], options: Sequence[str], limit: float | None, *, as_json: bool) -> whole.Run:
    """Each in a process of its own, since what one bench loads is not in the memory of the next; none stops the others."""
    began, machine = whole.began(), whole.machine()
    click.echo(f"{machine}\n{began}", err=True)
    with tempfile.TemporaryDirectory(prefix="hamroh-bench-") as home:
        _made(home)
        os.environ[beginning.VARIABLE] = home
        ran = tuple(_told(names, options, limit, as_json=as_json))
    return whole.Run(began, machine, _SIZES["--full" in options] if options else "The usual counts.", ran)


def _made(home: str) -> None:
    """A migrated home that each bench takes a copy of; whoever cannot make it leaves that to each bench."""
    settled = {name: value for name, value in os.environ.items() if name != "HAMROH_DATABASE"} | {"HAMROH_HOME": home}
    command = [sys.executable, "-m", "hamroh.site.cli", "manage", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=settled, check=True)  # noqa: S603 - our own command


def _told(names: Sequence[str], options: Sequence[str], limit: float | None, *, as_json: bool) -> Iterator[whole.Ran]:
    for name in names:
        one = whole.ran(name, whole.command_of(name, *options), limit)
        click.echo(_as_json(name, one.figures) if as_json else f"{_as_table(name, one.figures)}\n{one.failed}")
        click.echo(f"{name}: {one.failed or 'done'}, {one.clock:g} s, {one.processors:g} s of processors", err=True)
        yield one


def _one(name: str, *, full: bool, is_brief: bool, as_json: bool) -> int:
    """Run one bench in a home that is gone afterwards; 1 when a bar does not hold."""
    with tempfile.TemporaryDirectory(prefix="hamroh-bench-") as home:
        beginning.begin(home)
        os.environ["HAMROH_HOME"] = home
        os.environ.pop("HAMROH_DATABASE", None)  # a bench writes: never into a database that somebody uses
        _settle()
        if is_brief:
            brief.shorten(name)
        found = list(import_module(BENCHES[name]).figures(full=full))
    click.echo(_as_json(name, found) if as_json else _as_table(name, found))
    return int(any(figure.holds is False for figure in found))


def _settle() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _as_json(name: str, found: Iterable[Figure]) -> str:
    return json.dumps({"bench": name, "figures": [figure.as_json() for figure in found]}, ensure_ascii=False)


def _as_table(name: str, found: Iterable[Figure]) -> str:
    head = _COLUMNS.format(name, "value", "unit", "bar", "holds", "beside")
    return "\n".join([head, "-" * len(head), *map(_as_row, found)])


def _as_row(figure: Figure) -> str:
    holds = {True: "yes", False: "NO", None: ""}[figure.holds]
    beside = f"{figure.peer}: {figure.peer_value:g}" if figure.peer_value is not None else ""
    return _COLUMNS.format(figure.id, f"{figure.value:g}", figure.unit, figure.bar or "", holds, beside).rstrip()
