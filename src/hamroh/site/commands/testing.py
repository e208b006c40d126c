"""``hamroh test``: tools, style, types, contracts and every test, with the counts last."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[4]
BROWSERS = ("chromium", "/usr/bin/chromium", "google-chrome", "chromium-browser")
STEPS: dict[str, list[str]] = {
    "style": ["ruff", "check", "-q", "."],
    "form": ["ruff", "format", "-q", "--check", "."],
    "floors": ["lint-imports"],
    "types": ["mypy", "--no-error-summary"],
}
#: what the databases do differently, on both of them in the short tier too: locks, one writer or many, once, limits, order, bytes
#: (row-level security and the search stand on both by themselves)
ON_BOTH = tuple(
    f"tests/rooms/{name}.py"
    for name in (
        "vault/test_once", "vault/test_journal_chain", "vault/test_journal_openings", "vault/test_fields",
        "vault/test_retention", "vault/test_rules", "vault/test_pools", "accounts/test_limits", "accounts/test_address",
        "accounts/test_retention", "cases/test_files", "cases/test_moving", "directory/test_import", "directory/test_people", "thesaurus/test_queries",
    )
)  # fmt: skip


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--long", "long_tier", is_flag=True, help="Also the tests that are marked long, and all on PostgreSQL.")
@click.option("--postgres", "on_postgres", is_flag=True, help="On a PostgreSQL of its own instead of SQLite.")
@click.option("--only-tests", is_flag=True, help="Leave out style, types and contracts.")
@click.argument("pytest_args", nargs=-1, type=click.UNPROCESSED)
def test(*, long_tier: bool, on_postgres: bool, only_tests: bool, pytest_args: Sequence[str]) -> None:
    """Run every check and test; arguments after the options go to pytest."""
    started = time.monotonic()
    _need("a browser", BROWSERS, "chromium")
    _need("PostgreSQL 15 or later", _postgres_servers(), "postgresql")
    whole = on_postgres or long_tier
    with ThreadPoolExecutor() as beside:
        checks = beside.submit(_checks, {} if only_tests else STEPS)
        on_both = None if whole or pytest_args else beside.submit(_pytest_on_postgres, False, ON_BOTH, beside=True)
        code = 0 if on_postgres else _told(_pytest(long_tier, pytest_args))
        if whole:
            code = _told(_pytest_on_postgres(long_tier, pytest_args)) or code
        if on_both:
            code = _told(on_both.result()) or code
        failed = [name for name, done in checks.result().items() if not _holds(name, done)]
    failed += ["tests"] if code else []
    click.echo(f"hamroh: {time.monotonic() - started:.0f} s; failed steps: {', '.join(failed) or 'none'}", err=True)
    sys.exit(code or bool(failed))


def _postgres_servers() -> list[str]:
    return [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))] + ["initdb"]


def _need(what: str, candidates: Sequence[str], package: str) -> None:
    """Install a missing tool where that is possible without asking; else say in one line what is missing."""
    if any(shutil.which(candidate) for candidate in candidates):
        return
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise click.ClickException(f"the tests need {what}; install it (on Debian: apt-get install {package})")
    click.echo(f"hamroh: installing {package}, since the tests need {what}", err=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-y", "-q", "--no-install-recommends", package],
    ):
        subprocess.run(command, check=True, env=environment, stdout=sys.stderr)  # noqa: S603 - fixed command lines


def _checks(steps: dict[str, list[str]]) -> dict[str, subprocess.CompletedProcess[str]]:
    """Run tools of this environment one after the other; beside the tests, since those leave a core idle now and then."""
    tools = Path(sys.executable).parent
    return {
        name: subprocess.run([tools / tool, *options], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603
        for name, (tool, *options) in steps.items()
    }


def _holds(name: str, done: subprocess.CompletedProcess[str]) -> bool:
    """Say how a tool found things; its words only when it has a complaint."""
    click.echo(f"hamroh: {name} {'holds' if done.returncode == 0 else 'fails'}", err=True)
    if done.returncode:
        click.echo(done.stdout[-4000:] + done.stderr[-4000:], err=True)
    return done.returncode == 0


def _told(done: subprocess.CompletedProcess[str]) -> int:
    """Exit code of tests, after what they said where that was kept back."""
    click.echo(done.stdout or "", nl=False)
    return done.returncode


def _pytest_on_postgres(
    long_tier: bool, arguments: Sequence[str], *, beside: bool = False
) -> subprocess.CompletedProcess[str]:
    """The same tests with a server of their own, on a free port, gone afterwards."""
    from hamroh.site.benches.postgres import server

    with server() as running:
        told = {"HAMROH_DATABASE": running.url(running.create())}
        return _pytest(long_tier, arguments, beside=beside, **told)


def _pytest(
    long_tier: bool, arguments: Sequence[str], *, beside: bool = False, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run tests with a worker for each core; beside others in one process alone, whose words are kept back until then."""
    marks = ["--hypothesis-profile", "long", "-m", ""] if long_tier else ["-m", "not long"]
    workers = "0" if beside else str(min(4, os.cpu_count() or 1))
    command = [sys.executable, "-m", "pytest", "-q", "-n", workers, "--dist", "loadfile", "--no-loadscope-reorder"]
    command += ["--max-worker-restart", "2"]  # who is lost a third time is lost for good
    return subprocess.run(  # noqa: S603 - our own tool
        [*command, *marks, *arguments], cwd=ROOT, check=False, text=True, env=_surroundings() | environment,
        stdout=subprocess.PIPE if beside else None, stderr=subprocess.STDOUT if beside else None,
    )  # fmt: skip


def _surroundings() -> dict[str, str]:
    """Variables of the tests; their many processes keep what Python compiled, since else each would compile it again."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
