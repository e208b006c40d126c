"""``hamroh bench``: runs benchmarks, each in a throw-away home, and prints their figures."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from importlib import import_module

import click

from hamroh.site.benches import BENCHES
from hamroh.site.benches.figures import Figure

_COLUMNS = "{:<44} {:>12} {:<10} {:<10} {:<5} {}"


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(sorted(BENCHES)))
@click.option("--full", is_flag=True, help="Also the figures that take long (a million records).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a bench.")
def bench(names: tuple[str, ...], *, full: bool, as_json: bool) -> None:
    """Measure Hamroh here: quality, speed, memory, beside what others reach."""
    if len(names) == 1:
        sys.exit(_run(names[0], full=full, as_json=as_json))
    # A process each: what one bench loads is not in the memory of the next.
    options = [flag for flag, wanted in (("--full", full), ("--json", as_json)) if wanted]
    command = [sys.executable, "-m", "hamroh.site.cli", "bench", *options]
    sys.exit(max(subprocess.run([*command, name], check=False).returncode for name in names or sorted(BENCHES)))  # noqa: S603 - our own command


def _run(name: str, *, full: bool, as_json: bool) -> int:
    """Run one bench in a home that is gone afterwards; 1 when a bar does not hold."""
    with tempfile.TemporaryDirectory(prefix="hamroh-bench-") as home:
        os.environ["HAMROH_HOME"] = home
        os.environ.pop("HAMROH_DATABASE", None)  # a bench writes: never into a database that somebody uses
        _settle()
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
