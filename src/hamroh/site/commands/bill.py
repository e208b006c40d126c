"""``hamroh sbom``: the bill of materials of a source, from its locks."""

import json
from importlib.metadata import version
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[4]
LOCKS = ("base", "postgres", "bulk", "citations", "faces", "dev")


@click.command()
@click.option("--lock", type=click.Choice(LOCKS), default="base", help="Which lock is installed.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write there instead of showing it.")
def sbom(*, lock: str, out: Path | None) -> None:
    """Name every package that Hamroh is made of, with versions and hashes, as CycloneDX JSON. Run it at the source."""
    from hamroh.site.bill import bill

    file = ROOT / "requirements" / f"{lock}.lock"
    if not file.is_file():
        raise click.ClickException("the locks are not here: run it at the source")
    made = bill(file, ROOT / "tools" / "filler" / "package-lock.json", name="hamroh", version=version("hamroh"))
    text = json.dumps(made, ensure_ascii=False, indent=1) + "\n"
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
