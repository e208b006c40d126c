"""The groups ``hamroh import`` and ``hamroh export``: records of one kind by a command of theirs, a whole organisation by an option."""

from pathlib import Path
from typing import Any

import click

from hamroh.site.commands.moving import export_organisation, import_organisation

_HOME = click.option("--home", type=click.Path(path_type=Path, file_okay=False), help="The installation's folder.")
_KEY_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group("import", invoke_without_command=True)
@click.option(
    "--organisation",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="RECEIPT",
    help="Take in the organisation that was written out with this receipt.",
)
@click.option("--identity", type=_KEY_FILE, help="With --organisation: the secret key that opens her rows.")
@click.option("--keys-identity", type=_KEY_FILE, help="With --organisation: the secret key that opens her keys.")
@click.option("--json", "as_json", is_flag=True, help="With --organisation: one JSON object.")
@_HOME
def import_group(*, organisation: Path | None, **told: Any) -> None:
    """Bring records in from a file, or a whole organisation with --organisation; --dry-run shows what would happen."""
    _require_one_thing(organisation)
    if organisation is not None:
        import_organisation(organisation, **told)


@click.group("export", invoke_without_command=True)
@click.option("--organisation", metavar="CODE", help="Write out everything that is this organisation's.")
@click.option("--by", default="", metavar="USER", help="With --organisation: an administrator of hers.")
@click.option("--second", default="", metavar="USER", help="With --organisation: a supervisor or an auditor of hers.")
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), help="With --organisation: where it goes.")
@click.option("--recipient", "recipients", multiple=True, help="With --organisation: who opens her rows, age1...")
@click.option("--keys-recipient", "keys_recipients", multiple=True, help="With --organisation: who opens her keys.")
@click.option("--json", "as_json", is_flag=True, help="With --organisation: one JSON object.")
@_HOME
def export_group(*, organisation: str | None, **told: Any) -> None:
    """Write records out to a file, or a whole organisation with --organisation."""
    _require_one_thing(organisation)
    if organisation is not None:
        export_organisation(organisation, **told)


def _require_one_thing(organisation: object) -> None:
    """An organisation or one of the group's commands, not both; neither of them shows the help."""
    context = click.get_current_context()
    if organisation is not None and context.invoked_subcommand:
        raise click.UsageError(f"say --organisation or {context.invoked_subcommand}, not both")
    if organisation is None and not context.invoked_subcommand:
        click.echo(context.get_help())
