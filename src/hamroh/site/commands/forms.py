"""``open-forms``: what a house's own key keeps shut, opened on a machine of its own; needs no home and no network."""

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from hamroh.fieldwork.shutforms import Opened


@click.command("open-forms")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--key", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False), help="The private key."
)
@click.option(
    "--to", "folder", required=True, type=click.Path(path_type=Path, file_okay=False), help="Where the forms go."
)
def open_forms(files: tuple[Path, ...], key: Path, folder: Path) -> None:
    """Open filled forms that were sealed to a key which the organisation keeps alone; nothing that is there is overwritten."""
    from hamroh.fieldwork import shutforms

    os.umask(0o077)
    faults = 0
    try:
        private = shutforms.key_of_pem(key.read_bytes())
    except shutforms.WillNotOpen as fault:
        raise click.ClickException(f"{key}: {fault}") from None
    for file in files:
        try:
            for form in shutforms.opened(file.read_bytes(), private):
                _write(folder, form)
        except (shutforms.WillNotOpen, FileExistsError) as fault:
            faults += 1
            why = "was opened here before" if isinstance(fault, FileExistsError) else fault
            click.echo(f"{file.name}: {why}", err=True)
    click.echo(f"opened {len(files) - faults} of {len(files)} files", err=True)
    if faults:
        raise SystemExit(1)


def _write(folder: Path, form: "Opened") -> None:
    place = folder / re.sub(r"[^A-Za-z0-9-]", "-", form.instance)
    place.mkdir(parents=True)
    (place / "form.xml").write_bytes(form.xml)
    for name, content in form.files.items():
        with (place / f"file-{re.sub(r'[^A-Za-z0-9._-]', '-', name)}").open("xb") as out:
            out.write(content)
