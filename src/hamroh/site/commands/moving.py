"""``hamroh export --organisation`` and ``hamroh import --organisation``: an organisation leaves one installation and arrives in another."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from hamroh.site.commands.homes import open_home


def export_organisation(code: str, *, by: str, second: str, as_json: bool, home: Path | None, **where: Any) -> None:
    """Write an organisation out, for the two people who decide it."""
    if not (by and second and where["to"] and where["recipients"] and where["keys_recipients"]):
        raise click.UsageError("say --by, --second, --to, --recipient and --keys-recipient")
    open_home(home)
    from hamroh.accounts.models import Organisation
    from hamroh.site.backup.archive import BackupRefused
    from hamroh.site.moving import leaving

    organisation = Organisation.objects.filter(code=code).first()
    if organisation is None:
        raise click.ClickException(f"no organisation has the code {code}")
    people = [_proved(by), _proved(second)]
    try:
        with tqdm(desc="hamroh", unit="B", unit_scale=True, file=sys.stderr, leave=False) as bar:
            receipt = leaving.leave(organisation, by=people, tick=bar.update, **where)
    except (leaving.MoveRefused, BackupRefused, ValueError) as refused:
        raise click.ClickException(str(refused)) from refused
    if as_json:
        click.echo(json.dumps({"receipt": str(receipt.path), **receipt.facts}))
        return
    click.echo(f"{receipt.path}\n{receipt.archive('data')}\n{receipt.archive('keys')}")
    click.echo("Tell the other side by voice how the digests begin:")
    click.echo("\n".join(f"{part} {receipt.facts[part]['sha256'][:16]}" for part in ("data", "keys")))


def import_organisation(
    receipt: Path, *, identity: Path | None, keys_identity: Path | None, as_json: bool, home: Path | None
) -> None:
    """Take an organisation in."""
    if identity is None or keys_identity is None:
        raise click.UsageError("say --identity and --keys-identity")
    open_home(home)
    from hamroh.site.backup.archive import BackupRefused
    from hamroh.site.backup.receipts import Receipt
    from hamroh.site.moving import arriving, leaving

    try:
        told = Receipt(receipt, json.loads(receipt.read_text(encoding="utf-8")))
        with tqdm(desc="hamroh", unit=" rows", file=sys.stderr, leave=False) as bar:
            found = arriving.arrive(told, identity, keys_identity, tick=bar.update)
    except (leaving.MoveRefused, BackupRefused, ValueError, KeyError) as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(json.dumps(found.as_json()) if as_json else _told(found))


def _told(found: Any) -> str:
    if not found.is_new:
        return f"{found.organisation} is here already, as she left there: nothing was changed."
    lines = [f"{found.organisation}: {found.rows} rows, {found.files} files; every table reads as it read there."]
    lines += [f"{before} is called {now} here" for before, now in found.renamed.items()]
    return "\n".join([*lines, "Now: hamroh reindex; then let her people in."])


def _proved(username: str) -> Any:
    """Somebody who types her own password."""
    from hamroh.accounts.models import User

    person = User.objects.filter(username=username, is_active=True).first()
    typed = click.prompt(f"Password of {username}", hide_input=True, err=True)
    if person is None or not person.check_password(typed):
        raise click.ClickException(f"this is not the password of {username}")
    return person
