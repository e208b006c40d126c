"""``hamroh import records`` and ``hamroh harvest``."""

import json
import sys
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from hamroh.site.commands.homes import at_home

SHAPES = ("auto", "table", "ris", "bibtex", "marcxml", "mods", "dc")
_SHOWN = 20


@click.command("records")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--shape",
    type=click.Choice(SHAPES),
    default="auto",
    show_default=True,
    help="What the file is; auto reads its content.",
)
@click.option(
    "--list",
    "catalogue",
    default="",
    help="Whose list it is: names of rows are its own. The name of the file where none is given.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="HEADING=COLUMN",
    help="What a column of a table is, such as Haupttitel=title_en; nothing to leave it out.",
)
@click.option(
    "--encoding", default="", help="Encoding of a text file that is neither UTF-8 nor UTF-16, such as cp1251."
)
@click.option("--despite-twins", is_flag=True, help="Bring in what seems to be in the library already, too.")
@click.option("--publish", is_flag=True, help="Publish new records at once; otherwise they come in as drafts.")
@click.option("--by", "username", required=True, help="The editor in whose name the records come in.")
@click.option("--dry-run", is_flag=True, help="Say what would become of each row and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="The outcome as JSON.")
@at_home
def import_records(file: Path, *, as_json: bool, **options: Any) -> None:
    """Bring in records of the library from CSV, XLSX, RIS, BibTeX, MARCXML, MODS or Dublin Core."""
    from hamroh.directory.exchange.tables import FileRefused
    from hamroh.library.actions import ImportRefused

    try:
        told = _brought(file, **options)
    except (FileRefused, ImportRefused) as refused:
        raise click.ClickException(str(refused)) from None
    _report(told, as_json=as_json)


def _brought(file: Path, *, username: str, dry_run: bool, publish: bool, **options: Any) -> dict[str, Any]:
    from hamroh.library.exchange import bringing

    editor, organisation = editor_of(username)
    content = _content(file)
    with tqdm(desc="hamroh", unit="", file=sys.stderr, leave=False) as bar:
        looked = bringing.look(
            actor=editor, organisation=organisation, name=file.name, content=content, catalogue=options["catalogue"],
            shape="" if options["shape"] == "auto" else options["shape"], encoding=options["encoding"],
            layout=_layout(file.name, content, organisation, options), despite_twins=options["despite_twins"],
            progress=lambda _step, count: bar.update(count),
        )  # fmt: skip
        bar.reset(len(looked.plan.incoming))
        batch = (
            None
            if dry_run
            else bringing.take_in(
                actor=editor, organisation=organisation, looked=looked, publish=publish, progress=bar.update
            )
        )
    return _told(looked, batch)


def _layout(name: str, content: bytes, organisation: Any, options: dict[str, Any]) -> Any:
    """How a table is read where the options say so."""
    from hamroh.library.exchange import bringing, tabular

    if not options["columns"]:
        return None
    table = tabular.table_of(name, content, options["encoding"])
    layout = tabular.layout_of(table.header, bringing.kept_columns(organisation))
    roles = list(layout.roles)
    for each in options["columns"]:
        heading, equals, role = each.rpartition("=")
        if not equals or heading not in layout.heading or role not in ("", *tabular.COLUMNS):
            raise click.UsageError(f"{each}: a heading of the file, =, and one of {', '.join(tabular.COLUMNS)}")
        roles[layout.heading.index(heading)] = role
    return tabular.Layout(layout.heading, tuple(roles))


def editor_of(username: str) -> tuple[Any, Any]:
    """The editor with the organisation for which she works."""
    from hamroh.accounts import policy
    from hamroh.accounts.models import Organisation, User
    from hamroh.library.models import Batch

    user = User.objects.filter(username=username).first()
    for each in Organisation.objects.filter(memberships__user=user).distinct() if user else ():
        if policy.allowed(user, "library.import", Batch(organisation=each)):
            return user, each
    raise click.ClickException(f"{username} is no editor here; hamroh user add makes one")


def _content(file: Path) -> bytes:
    from hamroh.library.exchange.texts import LARGEST

    if file.stat().st_size > LARGEST:
        raise click.ClickException(f"the file is larger than {LARGEST // 2**20} MB: split it")
    return file.read_bytes()


def _told(looked: Any, batch: Any) -> dict[str, Any]:
    layout = looked.opened.layout
    return {
        "shape": looked.opened.shape, "list": looked.catalogue, "written": batch is not None, "counts": looked.plan.counts,
        "columns": dict(zip(layout.heading, layout.roles, strict=True)) if layout else {},
        "rows": [each.as_json() for each in looked.plan.outcomes], "unmatched": dict(looked.plan.words),
    }  # fmt: skip


def _report(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for heading, role in told["columns"].items():
        click.echo(f"column {heading}: {role or 'left out'}")
    for each in [row for row in told["rows"] if row["fate"] in ("refused", "twin")][:_SHOWN]:
        why = "; ".join(": ".join(filter(None, reason)) for reason in each["reasons"])
        where = f"record {each['code']}" if each["code"] else f"line {each['line']}"
        click.echo(f"line {each['number']}: {each['fate']}: {why or 'the same as ' + where}")
    for word, count in list(told["unmatched"].items())[:_SHOWN]:
        click.echo(f"no concept is called {word} ({count})")
    counts = told["counts"]
    click.echo(", ".join(f"{counts[name]} {name}" for name in ("read", "new", "changed", "same", "twin", "refused")))
    click.echo("written" if told["written"] else "nothing was written")


@click.command()
@click.argument("centre")
@click.option("--json", "as_json", is_flag=True, help="The outcome as JSON.")
@at_home
def harvest(centre: str, *, as_json: bool) -> None:
    """Harvest what is new at a CENTRE (its key) now, from where the last run stopped."""
    from hamroh.library.exchange.harvesting import run_through
    from hamroh.library.models import Centre

    found = Centre.objects.filter(key=centre).first()
    if found is None:
        known = ", ".join(Centre.objects.order_by("key").values_list("key", flat=True)) or "none"
        raise click.ClickException(f"there is no centre {centre}; there are: {known}")
    with tqdm(desc="hamroh: harvesting", unit="", file=sys.stderr, leave=False) as bar:
        run = run_through(found, progress=bar.update)
    if as_json:
        click.echo(
            json.dumps(
                {
                    "counts": run.counts,
                    "left_out": run.left_out,
                    "trouble": run.trouble,
                    "whole": run.ended_at is not None,
                },
                ensure_ascii=False,
            )
        )
    else:
        click.echo(", ".join(f"{count} {name}" for name, count in run.counts.items()) or "nothing new")
    if run.trouble:
        raise click.ClickException(run.trouble)
