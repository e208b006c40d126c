"""``demo``, ``serve`` and ``worker``: running a home."""

import os
import subprocess
import sys
import threading
import time
import webbrowser
from pathlib import Path

import click

from hamroh.site import counting
from hamroh.site.commands.homes import at_home
from hamroh.site.home import DEMO, PRODUCTION, Home, HomeRefused
from hamroh.site.manager import listen
from hamroh.site.supervisor import Child, Web, supervise

HOME_OPTION = click.option(
    "--home", type=click.Path(path_type=Path, file_okay=False), default=Path(".demo"), show_default=True,
    help="The folder that holds the database, files and keys.",
)  # fmt: skip
#: web processes that are started unasked: twice as many stand side by side while some take over from others
_MOST = 4
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
@PORT_OPTION
@HOME_OPTION
@click.option("--in-spite-of", "passed_over", multiple=True, metavar="ID", help="Pass over a finding about age.")
@click.option(
    "--processes", type=click.IntRange(1, 64), metavar="N",
    help="Web processes on the one socket; else one for each processor (at most 4) on PostgreSQL, and one on SQLite, where one writes at a time.",
)  # fmt: skip
def serve(port: int, home: Path, passed_over: tuple[str, ...], processes: int | None) -> None:
    """Serve the web pages of a home that was set up before; a production home only when the doctor lets it.

    On SIGUSR2 new processes take over from those that serve, with no request lost.
    """
    os.umask(0o077)
    place = Home(home.resolve())
    os.environ["HAMROH_HOME"] = str(place.path)
    if place.mode == PRODUCTION:
        _ask_doctor(passed_over)
    (place.folder("run") / "serve.pid").write_text(f"{os.getpid()}\n", encoding="ascii")
    counting.begin(place.folder("run"))
    sys.exit(supervise([_web(port, processes or _by_itself())]))


def _by_itself() -> int:
    """One for each processor that this service may use, up to what its unit gives memory for; SQLite lets one write at a time."""
    return min(len(os.sched_getaffinity(0)), _MOST) if os.environ.get("HAMROH_DATABASE") else 1


@click.command()
@at_home
def worker() -> None:
    """Work off background tasks until stopped; what a worker before left in the middle is run again."""
    from django.conf import settings
    from django.core.management import call_command

    from hamroh.accounts.tasks import review_retention_nightly, tidy_daily
    from hamroh.archive.tasks import tidy_archive_daily
    from hamroh.bulletins.tasks import send_bulletins_often
    from hamroh.cases.tasks import lapse_referrals_daily, wipe_exports_daily, wipe_intakes_daily
    from hamroh.directory.tasks import drop_lapsed_daily
    from hamroh.emergencies.tasks import raise_late_tasks_often
    from hamroh.evidence.tasks import remind_reviewers_daily
    from hamroh.fieldwork.tasks import wipe_answers_daily
    from hamroh.groups.tasks import look_after_groups_daily
    from hamroh.library.exchange.harvesting import harvest_daily
    from hamroh.pages.tasks import publish_scheduled
    from hamroh.site import retrying
    from hamroh.site.takingup import be_patient, only_worker, take_up
    from hamroh.statistics.tasks import keep_books_nightly
    from hamroh.tracing.tasks import carry_exchanges, expire_searches_daily, tell_seekers_weekly
    from hamroh.vault.sealer import start_sealer
    from hamroh.vault.tasks import keep_house_daily

    be_patient()
    retrying.begin()
    start_sealer()
    keep_house_daily.enqueue()
    drop_lapsed_daily.enqueue()
    tidy_daily.enqueue()
    review_retention_nightly.enqueue()
    wipe_intakes_daily.enqueue()
    wipe_exports_daily.enqueue()
    wipe_answers_daily.enqueue()
    lapse_referrals_daily.enqueue()
    remind_reviewers_daily.enqueue()
    expire_searches_daily.enqueue()
    tell_seekers_weekly.enqueue()
    raise_late_tasks_often.enqueue()
    look_after_groups_daily.enqueue()
    carry_exchanges.enqueue()
    harvest_daily.enqueue()
    tidy_archive_daily.enqueue()
    publish_scheduled.enqueue()
    keep_books_nightly.enqueue()
    send_bulletins_often.enqueue()
    with only_worker(settings.HOME.folder("run")) as alone:
        if alone and (left := take_up()):
            click.echo(f"hamroh: {left} tasks that were left in the middle are run again", err=True)
        call_command("db_worker", verbosity=0)


def _ask_doctor(passed_over: tuple[str, ...]) -> None:
    """Stop here with the doctor's words where production must not start; it has a process of its own, gone afterwards."""
    options = [word for each in passed_over for word in ("--in-spite-of", each)]
    command = [sys.executable, "-m", "hamroh.site.cli", "doctor", *options]
    if subprocess.run(command, check=False, stdout=sys.stderr).returncode:  # noqa: S603 - our own command
        raise click.ClickException("this home must not be served before that is mended")


def _settle(home: Path, mode: str) -> None:
    try:
        Home(home.resolve()).settle(mode)
    except HomeRefused as refused:
        raise click.ClickException(str(refused)) from refused


def _web(port: int, processes: int = 1) -> Web:
    """The web on a socket that stays ours, so that other processes of it can follow (``SIGUSR2``)."""
    try:
        heard = listen(port)
    except OSError as taken:
        raise click.ClickException(f"port {port} of 127.0.0.1: {taken.strerror}; choose another --port") from taken
    command = [sys.executable, "-m", "hamroh.site.listening"]
    return Web("web", command, socket=heard.detach(), processors=processes)


def _worker() -> Child:
    return Child("worker", [sys.executable, "-m", "hamroh.site.cli", "worker"], restarts=True)
