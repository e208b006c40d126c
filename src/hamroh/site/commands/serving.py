"""``demo``, ``init``, ``serve`` and ``worker``: making a home and running it."""

import os
import sys
import threading
import time
import webbrowser
from pathlib import Path

import click

from hamroh.site.commands.doors import at_home
from hamroh.site.home import DEMO, PRODUCTION, Home, HomeRefused
from hamroh.site.supervisor import Child, supervise

HOME_OPTION = click.option(
    "--home", type=click.Path(path_type=Path, file_okay=False), default=Path(".demo"), show_default=True,
    help="The folder that holds the database, files and keys.",
)  # fmt: skip
PORT_OPTION = click.option("--port", default=8000, show_default=True, help="Port on 127.0.0.1.")


@click.command()
@PORT_OPTION
@HOME_OPTION
@click.option("--tour", is_flag=True, help="Open a guided walk through the rooms.")
@click.option("--prepare-only", is_flag=True, help="Set everything up and stop before serving.")
def demo(port: int, home: Path, tour: bool, prepare_only: bool) -> None:
    """Set up a demonstration and serve it; the second start takes seconds."""
    started = time.monotonic()
    _settle(home, DEMO)
    os.environ["HAMROH_URL"] = f"http://127.0.0.1:{port}"
    os.environ["HAMROH_HOME"] = str(home.resolve())
    from hamroh.site.preparing import prepare

    prepare(demo=True)
    click.echo(f"hamroh: ready after {time.monotonic() - started:.1f} s", err=True)
    if prepare_only:
        return
    address = f"http://127.0.0.1:{port}/{'en/tour/' if tour else 'accounts/sign-in/'}"
    click.echo(f"hamroh: open {address}   (stop with Ctrl-C)", err=True)
    if sys.stdout.isatty():
        threading.Timer(3, webbrowser.open, [address]).start()
    sys.exit(supervise([_web(port), _worker()]))


@click.command()
@click.argument("home", type=click.Path(path_type=Path, file_okay=False))
def init(home: Path) -> None:
    """Make an empty production home: database, keys, places and vocabulary, but no entry."""
    _settle(home, PRODUCTION)
    os.environ["HAMROH_HOME"] = str(home.resolve())
    from hamroh.site.preparing import prepare

    prepare(demo=False)
    click.echo(f"hamroh: {home} is ready. Next: hamroh user add NAME --role editor --home {home}", err=True)


@click.command()
@PORT_OPTION
@HOME_OPTION
def serve(port: int, home: Path) -> None:
    """Serve the web pages of a home that was set up before."""
    os.environ["HAMROH_HOME"] = str(home.resolve())
    sys.exit(supervise([_web(port)]))


@click.command()
@at_home
def worker() -> None:
    """Work off background tasks until stopped."""
    from django.core.management import call_command

    from hamroh.directory.tasks import drop_lapsed_daily
    from hamroh.vault.sealer import start_sealer

    start_sealer()
    drop_lapsed_daily.enqueue()
    call_command("db_worker", verbosity=0)


def _settle(home: Path, mode: str) -> None:
    try:
        Home(home.resolve()).settle(mode)
    except HomeRefused as refused:
        raise click.ClickException(str(refused)) from refused


def _web(port: int) -> Child:
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
        "hamroh.site.wsgi:application",
    ]  # fmt: skip
    return Child("web", command)


def _worker() -> Child:
    return Child("worker", [sys.executable, "-m", "hamroh.site.cli", "worker"], restarts=True)
