"""``hamroh backup``, ``restore`` and ``drill``: copies of a home that only its recipient can open."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from hamroh.site.commands.homes import at_home

_FOLDER = click.Path(path_type=Path, file_okay=False)
_FILE = click.Path(path_type=Path, dir_okay=False, exists=True)
_IDENTITY = click.option(
    "--identity", type=_FILE, required=True, help="File with the secret key (AGE-SECRET-KEY-1...)."
)
_WHICH = click.option("--backup", "wanted", default="", help="Name of a backup; the newest when left out.")
_JSON = click.option("--json", "as_json", is_flag=True, help="One JSON object.")


@click.command()
@click.option("--to", type=_FOLDER, help="Where the archive of data and the receipt go.")
@click.option("--recipient", "recipients", multiple=True, help="Recipient key age1...; may be given more than once.")
@click.option("--keys-to", type=_FOLDER, help="Where the archive of keys goes; beside the data when left out.")
@click.option(
    "--keys-recipient", "keys_recipients", multiple=True, help="Recipient of the keys; the same when left out."
)
@click.option("--new-identity", type=click.Path(path_type=Path), help="Write a new secret key to this file and stop.")
@_JSON
@at_home
def backup(
    to: Path | None, recipients: tuple[str, ...], keys_to: Path | None, keys_recipients: tuple[str, ...],
    new_identity: Path | None, *, as_json: bool,
) -> None:  # fmt: skip
    """Back the home up: database and files, and apart from them the keys, each encrypted to a recipient key.

    Without options it goes where the last one went, to the same recipients.
    """
    from hamroh.site.backup import archive

    if new_identity:
        _make_identity(new_identity)
        return
    try:
        receipt = _take(_plan(to, recipients, keys_to, keys_recipients))
    except archive.BackupRefused as refused:
        raise click.ClickException(str(refused)) from refused
    if as_json:
        click.echo(json.dumps({"receipt": str(receipt.path), **receipt.facts}))
    else:
        click.echo(f"{receipt.path}\n{receipt.archive('data')}\n{receipt.archive('keys')}")


@click.command()
@click.argument("folder", type=_FOLDER)
@_IDENTITY
@_WHICH
@click.option("--home", type=_FOLDER, required=True, help="The folder to restore into: absent or empty.")
@_JSON
def restore(folder: Path, identity: Path, wanted: str, home: Path, *, as_json: bool) -> None:
    """Restore the newest backup of FOLDER into an empty home and check what came back."""
    from hamroh.site.backup import archive, receipts, restoring

    os.umask(0o077)
    url = os.environ.get("HAMROH_DATABASE", "")
    try:
        receipt = receipts.newest(folder, wanted)
        restoring.restore(receipt, identity, home.resolve(), url)
        found = restoring.check(home.resolve(), receipt.facts["journal_head"], url)
    except archive.BackupRefused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(json.dumps(found) if as_json else f"{home} holds the backup {receipt.facts['id']}.\n{_told(found)}")
    sys.exit(0 if found["journal"]["holds"] else 1)


@click.command()
@click.argument("folder", type=_FOLDER)
@_IDENTITY
@_WHICH
@click.option("--database", default="", help="Of a PostgreSQL backup: address of an empty database to try it in.")
@_JSON
@at_home
def drill(folder: Path, identity: Path, wanted: str, database: str, *, as_json: bool) -> None:
    """Prove that the newest backup of FOLDER can be restored: restore it aside, verify its journal, open a sample."""
    from hamroh.site.backup import archive, drilling, receipts

    try:
        found = drilling.drill(receipts.newest(folder, wanted), identity, database)
    except archive.BackupRefused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(json.dumps(found) if as_json else f"The backup {found['backup']} can be restored.\n{_told(found)}")


def _told(found: dict[str, Any]) -> str:
    journal = found["journal"]
    says = "holds" if journal["holds"] else f"IS BROKEN: {journal['broken']['says']}"
    lines = [f"Its journal {says} ({journal['lines']} lines)."]
    lines += [sample["says"] for sample in found["samples"]]
    return "\n".join(lines)


def _make_identity(path: Path) -> None:
    from hamroh.site.backup.archive import new_identity

    try:
        public = new_identity(path)
    except FileExistsError as error:
        raise click.ClickException(f"{path} exists; a key is never written over") from error
    click.echo(f"Recipient key: {public}")
    click.echo(f"hamroh: {path} opens every backup made to it. Keep it off this machine, twice.", err=True)


def _plan(
    to: Path | None, recipients: tuple[str, ...], keys_to: Path | None, keys_recipients: tuple[str, ...]
) -> dict[str, Any]:
    """Where and to whom: as told, else as the last time."""
    from hamroh.site.backup import records

    before = records.known().get("plan", {})
    plan = {"to": str(to.resolve()) if to else before.get("to"), "recipients": recipients or before.get("recipients")}
    if not plan["to"] or not plan["recipients"]:
        raise click.UsageError("say --to FOLDER and --recipient age1... the first time")
    plan["keys_to"] = str(keys_to.resolve()) if keys_to else before.get("keys_to") or plan["to"]
    plan["keys_recipients"] = keys_recipients or before.get("keys_recipients") or plan["recipients"]
    records.remember(plan=plan)
    return plan


def _take(plan: dict[str, Any]) -> Any:
    from hamroh.site.backup import taking

    total = taking.size_of_home()
    with tqdm(total=total, desc="hamroh: backup", unit="B", unit_scale=True, leave=False, disable=None) as bar:
        return taking.take(
            to=Path(plan["to"]),
            recipients=plan["recipients"],
            keys_to=Path(plan["keys_to"]),
            keys_recipients=plan["keys_recipients"],
            tick=bar.update,
        )
