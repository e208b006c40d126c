"""``hamroh import thesaurus`` and ``hamroh export thesaurus``."""

import json
import sys
from pathlib import Path
from typing import Any, Self

import click
from tqdm import tqdm

from hamroh.site.commands.homes import at_home

_STEPS = {"read": "reading", "check": "checking", "write": "writing"}


@click.command("thesaurus")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--scheme", default="", help="Short code of the vocabulary; made of its title where none is given.")
@click.option("--layer", type=click.Choice(["base", "national", "organisation"]), default="base", show_default=True)
@click.option("--extends", default="", help="Code of the vocabulary that this layer lies on.")
@click.option("--dry-run", is_flag=True, help="Say what would change and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="The outcome or the faults as JSON.")
@at_home
def import_thesaurus(file: Path, *, scheme: str, layer: str, extends: str, dry_run: bool, as_json: bool) -> None:
    """Bring in a vocabulary or a newer version of one: SKOS as Turtle, N-Triples, RDF/XML or JSON-LD, or a sheet (CSV, XLSX)."""
    from hamroh.thesaurus import tasks
    from hamroh.thesaurus.exchange import LARGEST_FILE, DraftRefused, import_file, reasons

    with file.open("rb") as opened, _Bar() as bar:
        try:
            outcome = import_file(
                actor=None, content=opened.read(LARGEST_FILE + 1), code=scheme, layer=layer, extends=extends,
                dry_run=dry_run, progress=bar.tell,
            )  # fmt: skip
        except DraftRefused as refused:
            bar.close()
            _refuse(reasons(refused), as_json=as_json)
    if not dry_run:
        tasks.index_scheme.enqueue(outcome.code)
    _report(outcome, as_json=as_json)


@click.command("thesaurus")
@click.argument("code")
@click.option(
    "--format",
    "form",
    type=click.Choice(["ttl", "rdf", "jsonld", "nt", "csv", "xlsx"]),
    default="ttl",
    show_default=True,
)
@click.option("--labels", is_flag=True, help="Write every label as a thing of its own, too (SKOS-XL).")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write here instead of to the screen.")
@at_home
def export_thesaurus(code: str, *, form: str, labels: bool, output: Path | None) -> None:
    """Write a vocabulary out as SKOS with all that its source said, or as a sheet for people."""
    from hamroh.thesaurus.exchange import export
    from hamroh.thesaurus.models import Scheme

    scheme = Scheme.objects.filter(code=code).first()
    if scheme is None:
        known = ", ".join(Scheme.objects.order_by("code").values_list("code", flat=True)) or "none yet"
        raise click.ClickException(f"no vocabulary has the code {code}; there are: {known}")
    content = export(actor=None, scheme=scheme, form=form, labels=labels)
    if output is None:
        click.echo(content, nl=False)
    else:
        output.write_bytes(content)


class _Bar:
    """One bar for the three steps, on the error stream so that the outcome can be piped."""

    def __enter__(self) -> Self:
        self.bar, self.step = tqdm(desc="hamroh", unit="", file=sys.stderr, leave=False), ""
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def tell(self, step: str, done: int, total: int) -> None:
        if step != self.step:
            self.step = step
            self.bar.reset(total)
            self.bar.set_description(f"hamroh: {_STEPS[step]}")
        self.bar.update(done - self.bar.n)

    def close(self) -> None:
        self.bar.close()


def _report(outcome: Any, *, as_json: bool) -> None:
    counts = outcome.difference.counts()
    if as_json:
        facts = {"scheme": outcome.code, "uri": outcome.uri, "new": outcome.is_new, "dry_run": outcome.dry_run}
        listed = {name: list(getattr(outcome.difference, name)) for name in ("added", "changed", "removed")}
        rows = [fate._asdict() for fate in outcome.fates]
        click.echo(json.dumps({**facts, "counts": counts, **listed, "rows": rows}, ensure_ascii=False))
        return
    would = "would be " if outcome.dry_run else ""
    click.echo(f"{outcome.code} ({outcome.uri}), {'new' if outcome.is_new else 'known'}")
    click.echo(
        f"concepts: {counts['added']} {would}added, {counts['changed']} {would}changed, "
        f"{counts['removed']} {would}marked as no longer used, {counts['unchanged']} unchanged"
    )
    for fate in outcome.fates if outcome.dry_run else ():
        click.echo(f"row {fate.line}: {fate.key}: {fate.fate}")
    if outcome.dry_run:
        click.echo("nothing was written")


def _refuse(reasons: list[Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"refused": [reason._asdict() for reason in reasons]}, ensure_ascii=False))
    else:
        click.echo("The file was not imported; nothing was changed.", err=True)
        for reason in reasons:
            click.echo(f"{f'line {reason.line}' if reason.line else 'file'}: {reason.text}", err=True)
    raise SystemExit(1)
