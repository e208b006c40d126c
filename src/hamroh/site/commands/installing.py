"""``hamroh init``: a production home, step by step; each step is a command that can be given again later."""

import os
import subprocess
import sys
from pathlib import Path

import click

from hamroh.site.home import PRODUCTION, Home, HomeRefused

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("home", type=_FOLDER)
@click.option(
    "--host", "hosts", multiple=True, help="A host name under which people reach it; more than once if several."
)
@click.option("--admin", help="User name of the first administrator.")
@click.option("--organisation", default="home", show_default=True, help="Code of the first organisation.")
@click.option("--country", default="tj", show_default=True, help="Its country.")
@click.option("--backup-to", type=_FOLDER, help="Where backups go.")
@click.option("--recipient", help="The recipient key age1... of backups.")
@click.option(
    "--identity", type=click.Path(path_type=Path), help="Secret key file for the first drill; made when absent."
)
@click.option("--no-questions", is_flag=True, help="Ask nothing; what no option says is left out.")
def init(
    home: Path, *, hosts: tuple[str, ...], admin: str | None, organisation: str, country: str, backup_to: Path | None,
    recipient: str | None, identity: Path | None, no_questions: bool,
) -> None:  # fmt: skip
    """Make a production home: keys, database and knowledge, first administrator, first backup and drill."""
    os.umask(0o077)
    asks = sys.stdin.isatty() and not no_questions
    _make(home, hosts or _asked_hosts(asks=asks))
    admin = admin or (_asked("User name of the first administrator (empty: later)") if asks else "")
    if admin:
        told = ("--role", "administrator", "--organisation", organisation, "--country", country)
        _run(home, "The first administrator", "user", "add", admin, *told)
    if asks and backup_to is None and (folder := _asked("Folder for backups (empty: later)")):
        backup_to = Path(folder)
        identity = Path(_asked("File of the secret key for backups; made when absent", str(home) + "-recovery.key"))
    if backup_to:
        _first_backup(home, backup_to, recipient, identity)
    _examine(home)


def _make(home: Path, hosts: tuple[str, ...]) -> None:
    click.echo(
        f"hamroh: making {home}: its keys (0400, random), its mode (production, for ever), its database", err=True
    )
    place = Home(home.resolve())
    try:
        place.settle(PRODUCTION)
    except HomeRefused as refused:
        raise click.ClickException(str(refused)) from refused
    place.path.chmod(0o700)
    if hosts:
        place.tell(hosts=list(hosts), url=f"https://{hosts[0]}")
    os.environ["HAMROH_HOME"] = str(place.path)
    from hamroh.site.preparing import prepare

    prepare(demo=False)


def _first_backup(home: Path, folder: Path, recipient: str | None, identity: Path | None) -> None:
    if identity and not identity.exists():
        _run(home, "A secret key for backups; take it off this machine", "backup", "--new-identity", str(identity))
    if recipient is None and identity:
        from hamroh.site.backup.archive import identities

        recipient = str(identities(identity)[0].to_public())
    if recipient is None:
        raise click.UsageError("say --recipient age1..., or --identity FILE to make a key")
    _run(home, "The first backup", "backup", "--to", str(folder), "--recipient", recipient)
    if identity:
        _run(home, "The first drill", "drill", str(folder), "--identity", str(identity))


def _examine(home: Path) -> None:
    click.echo("hamroh: what the doctor says now:", err=True)
    done = _hamroh(home, "doctor")
    if done:
        click.echo(f"hamroh: mend what stops production, then: hamroh serve --home {home}", err=True)
    else:
        click.echo(f"hamroh: {home} is ready: hamroh serve --home {home}, and hamroh worker beside it", err=True)


def _run(home: Path, what: str, *command: str) -> None:
    click.echo(f"hamroh: {what}: hamroh {' '.join(command)}", err=True)
    if _hamroh(home, *command):
        raise click.ClickException(f"this step failed; the home stays, so give the same command again: {command[0]}")


def _hamroh(home: Path, *command: str) -> int:
    line = [sys.executable, "-m", "hamroh.site.cli", *command, "--home", str(home)]
    return subprocess.run(line, check=False).returncode  # noqa: S603 - our own command


def _asked(question: str, default: str = "") -> str:
    return str(click.prompt(question, default=default, show_default=bool(default), err=True)).strip()


def _asked_hosts(*, asks: bool) -> tuple[str, ...]:
    return tuple(_asked("Host names, with spaces (empty: only this machine)").split()) if asks else ()
