"""``hamroh rotate-keys``, ``unseal``, ``seal`` and ``recovery``: the keys of an installation, from the shell."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click
from tqdm import tqdm

from hamroh.site.commands.homes import at_home

_PASSPHRASE = "Passphrase of the vault"  # noqa: S105 - what is asked, not the answer


@contextmanager
def _said() -> Iterator[None]:
    """Say in one line why the vault refuses."""
    from hamroh.vault.actions.recovery import RecoveryRefused
    from hamroh.vault.actions.rotation import RotationRefused
    from hamroh.vault.errors import VaultError

    try:
        yield
    except (VaultError, RotationRefused, RecoveryRefused) as refused:
        raise click.ClickException(str(refused)) from refused


def _organisation(code: str) -> Any:
    from hamroh.accounts.models import Organisation

    found = Organisation.objects.filter(code=code).first()
    if found is None:
        known = ", ".join(Organisation.objects.order_by("code").values_list("code", flat=True)) or "none yet"
        raise click.ClickException(f"no organisation has the code {code}; there are: {known}")
    return found


@click.command("rotate-keys")
@click.option("--organisation", metavar="CODE", help="Seal the rows of this organisation by a new key.")
@click.option("--finish", is_flag=True, help="Destroy its old key, an hour after the last row was sealed anew.")
@click.option("--in-background", is_flag=True, help="Leave the rows to the worker.")
@click.option("--master", is_flag=True, help="A new master key file; every organisation's key is wrapped anew.")
@click.option("--passphrase", is_flag=True, help="With --master: a passphrase that is typed after each start.")
@click.option("--credential", is_flag=True, help="With --master: the systemd credential hamroh-master.")
@click.option("--wrap", metavar="COMMAND", help="With --master: a key service's command that wraps; needs --unwrap.")
@click.option("--unwrap", metavar="COMMAND", help="With --master: a key service's command that unwraps.")
@at_home
def rotate_keys(*, organisation: str | None, finish: bool, in_background: bool, master: bool, **how: Any) -> None:
    """Exchange the master key or an organisation's keys; what was interrupted is gone on with."""
    if master == bool(organisation):
        raise click.UsageError("say --organisation CODE or --master")
    with _said():
        if master:
            _exchange_master(**how)
        elif finish:
            _finish(str(organisation))
        else:
            _rotate(str(organisation), in_background=in_background)


def _exchange_master(*, passphrase: bool, credential: bool, wrap: str | None, unwrap: str | None) -> None:
    import shlex

    from hamroh.vault import actions

    if passphrase:
        words = click.prompt(_PASSPHRASE, hide_input=True, confirmation_prompt=True)
        count = actions.set_passphrase(actor=None, passphrase=words)
        click.echo("hamroh: type it after every start: hamroh unseal", err=True)
    elif credential:
        count = actions.exchange_master(actor=None, said={"provider": "credential"})
    elif wrap and unwrap:
        said = {"provider": "command", "wrap": shlex.split(wrap), "unwrap": shlex.split(unwrap)}
        count = actions.exchange_master(actor=None, said=said)
    else:
        count = actions.exchange_master(actor=None)
    click.echo(f"{count} keys are wrapped by the new master key")


def _rotate(code: str, *, in_background: bool) -> None:
    from hamroh.vault import actions, tasks

    organisation_id = _organisation(code).pk
    actions.begin_rotation(actor=None, organisation_id=organisation_id)
    if in_background:
        tasks.rotate_organisation.enqueue(str(organisation_id))
        click.echo("the worker seals the rows")
        return
    with tqdm(desc="hamroh: sealing", unit=" rows", file=sys.stderr, leave=False, disable=None) as bar:

        def tell(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        rows = actions.continue_rotation(organisation_id, progress=tell)
    click.echo(f"{rows} rows are sealed by the new key; in an hour: hamroh rotate-keys --organisation {code} --finish")


def _finish(code: str) -> None:
    from hamroh.vault import actions

    gone = actions.finish_rotation(actor=None, organisation_id=_organisation(code).pk)
    click.echo(f"{gone} old keys are destroyed")


@click.command()
@click.option("--foreground", is_flag=True, help="Keep the key in this process (for a service manager).")
@at_home
def unseal(*, foreground: bool) -> None:
    """Open the vault after a start: asks for the passphrase; its key lives in one small process and nowhere else."""
    from hamroh.vault import actions

    with _said():
        keys = actions.keep_passphrase(click.prompt(_PASSPHRASE, hide_input=True))
    if foreground:
        actions.keep(keys, _say_open)
    elif _left_behind(keys):
        _say_open()
    else:
        raise click.ClickException("the keeper of the key did not start; to see why: hamroh unseal --foreground")


def _say_open() -> None:
    click.echo("the vault is open until: hamroh seal")


def _left_behind(keys: dict[str, bytes]) -> bool:
    """Leave a keeper behind that belongs to no terminal; True when it can be asked, False where it ended before."""
    hears, tells = os.pipe()
    if os.fork():
        os.close(tells)
        with os.fdopen(hears, "rb") as pipe:
            return bool(pipe.read(1))
    os.close(hears)
    return _be_keeper(keys, tells)


def _be_keeper(keys: dict[str, bytes], tells: int) -> NoReturn:
    from hamroh.vault import actions

    def ready() -> None:
        os.write(tells, b"+")
        os.close(tells)

    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    actions.keep(keys, ready)
    sys.exit(0)


@click.command()
@at_home
def seal() -> None:
    """Seal the vault: the key is forgotten here at once and by every process within seconds."""
    from hamroh.vault import actions

    click.echo("the vault is sealed" if actions.forget_passphrase() else "the vault was sealed already")


@click.group()
def recovery() -> None:
    """An organisation's recovery key: three papers, of which two bring it back."""


@recovery.command()
@click.argument("code")
@click.option("--again", is_flag=True, help="Exchange papers that exist: asks for two of the old ones.")
@at_home
def make(code: str, *, again: bool) -> None:
    """Print three papers once. Give them to three people in three places, then hold the drill."""
    from hamroh.vault import actions

    organisation = _organisation(code)
    old = _papers() if again else []
    with _said():
        papers = actions.make_recovery(actor=None, organisation_id=organisation.pk, old_papers=old)
    for number, paper in enumerate(papers, 1):
        click.echo(f"\nPaper {number} of 3 for {code}: two of the three recover its records.\n\n{paper}\n")
    click.echo(f"Nobody can print them again. Next: hamroh recovery drill {code}", err=True)


@recovery.command("drill")
@click.argument("code")
@at_home
def drill_recovery(code: str) -> None:
    """Prove that two papers recover, as typed by the people who keep them. Real records are accepted only afterwards."""
    from hamroh.vault import actions

    organisation = _organisation(code)
    with _said():
        actions.hold_drill(actor=None, organisation_id=organisation.pk, papers=_papers())
    click.echo(f"{code} can recover; real records are accepted")


@recovery.command()
@click.argument("code")
@click.argument("username")
@at_home
def readmit(code: str, username: str) -> None:
    """Let somebody who lost her passphrase, and has a new one, open her locating records again."""
    from hamroh.accounts.models import User
    from hamroh.vault import actions, members

    organisation, user = _organisation(code), User.objects.filter(username=username).first()
    if user is None:
        raise click.ClickException(f"nobody has the user name {username}")
    with _said():
        mark = members.fingerprint(user.pk)
    click.echo(f"{user.display_name} reads these signs from her own screen, and you hear them from herself: {mark}")
    click.confirm("Are they the same?", abort=True)
    with _said():
        keys = actions.readmit(actor=None, organisation_id=organisation.pk, papers=_papers(), user_id=user.pk)
    click.echo(f"{username} opens {keys} record keys again")


def _papers() -> list[str]:
    return [click.prompt(f"Paper {number} of 2", hide_input=True) for number in (1, 2)]
