"""``hamroh import directory`` and ``hamroh export directory``."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click
from tqdm import tqdm

from hamroh.site.commands.homes import at_home

FORMATS = ("hsds-csv", "csv", "xlsx", "hsds-json")
LANGS = click.Choice(["en", "az", "ru", "tg"])


@click.command("directory")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--by", "username", required=True, help="The editor in whose name the rows come in.")
@click.option("--dry-run", is_flag=True, help="Say what would become of each row and write nothing.")
@click.option("--only-good", is_flag=True, help="Take the good rows and leave out the refused ones.")
@click.option("--json", "as_json", is_flag=True, help="The fate of each row as JSON.")
@at_home
def import_directory(file: Path, *, username: str, dry_run: bool, only_good: bool, as_json: bool) -> None:
    """Bring in organisations, services, places and phones from CSV, XLSX or HSDS JSON."""
    from hamroh.directory.exchange.files import digest_of, read_file, take_in
    from hamroh.directory.exchange.importing import dry_run as tried
    from hamroh.directory.exchange.tables import FileRefused

    editor, content = _editor(username), _content(file)
    try:
        read = read_file(file.name, content)
    except FileRefused as refused:
        raise click.ClickException(str(refused)) from None
    with _bar(len(read.rows)) as step:
        if dry_run:
            outcome, written = tried(actor=editor, rows=read.rows, progress=step), False
        else:
            taken = take_in(
                actor=editor, rows=read.rows, digest=digest_of(content), only_good=only_good, progress=step
            )  # fmt: skip
            outcome, written = taken.imported, taken.imported.written
    _report(outcome, read.ignored, written=written, as_json=as_json)
    sys.exit(0 if written or dry_run else 1)


@click.command("directory")
@click.option("--format", "form", type=click.Choice(FORMATS), required=True)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write here instead of to the output.")
@click.option("--lang", type=LANGS, default="en", show_default=True, help="Language of the texts in HSDS.")
@click.option("--all", "everything", is_flag=True, help="Drafts too, as far as the editor may see them (csv, xlsx).")
@click.option("--by", "username", help="The editor who asks for --all.")
@at_home
def export_directory(*, form: str, out: Path | None, lang: str, everything: bool, username: str | None) -> None:
    """Write the public directory as an HSDS data package, HSDS JSON, or our own template."""
    if everything and (form.startswith("hsds") or not username):
        raise click.UsageError("--all goes with --by and with csv or xlsx: HSDS holds only what is public")
    if out is None and form in ("xlsx", "hsds-csv") and sys.stdout.isatty():
        raise click.UsageError("this format is not for a screen: give --out FILE")
    with _bar(None) as step:
        lines = _lines(step, username if everything else None)
        with out.open("wb") if out else click.open_file("-", "wb") as file:
            _write(form, file, lines, lang)


def _lines(step: Any, username: str | None) -> Iterator[Any]:
    from hamroh.directory.exchange.exporting import editors_lines, public_lines

    return editors_lines(actor=_editor(username), progress=step) if username else public_lines(step)


def _write(form: str, file: IO[bytes], lines: Iterator[Any], lang: str) -> None:
    from django.conf import settings
    from django.utils import timezone

    from hamroh.directory.api.hsds import TITLE
    from hamroh.directory.exchange.exporting import as_csv, as_xlsx
    from hamroh.directory.exchange.hsds.package import data_package
    from hamroh.directory.exchange.hsds.whole import as_document, whole_directory

    today = timezone.localdate()
    if form == "csv":
        file.writelines(text.encode() for text in as_csv(lines))
    elif form == "xlsx":
        as_xlsx(lines, file)
    elif form == "hsds-csv":
        file.writelines(data_package(whole_directory(lang, today), lang=lang, title=TITLE))
    else:
        document = as_document(lang, today, f"{settings.PUBLIC_URL}/api/hsds/profile")
        file.write(json.dumps(document, ensure_ascii=False, indent=1).encode())


def _editor(username: str | None) -> Any:
    from hamroh.accounts import policy
    from hamroh.accounts.models import User

    user = User.objects.filter(username=username).first()
    if user is None or not policy.allowed(user, "directory.import"):
        raise click.ClickException(f"{username} is no editor here; hamroh user add makes one")
    return user


def _content(file: Path) -> bytes:
    from hamroh.directory.exchange.files import LARGEST_FILE

    if file.stat().st_size > LARGEST_FILE:
        raise click.ClickException(f"the file is larger than {LARGEST_FILE // 2**20} MB: split it")
    return file.read_bytes()


@contextmanager
def _bar(total: int | None) -> Iterator[Any]:
    with tqdm(total=total, unit=" rows", file=sys.stderr, leave=False) as bar:
        yield bar.update


def _report(outcome: Any, ignored: tuple[str, ...], *, written: bool, as_json: bool) -> None:
    if as_json:
        rows = [each.as_json() for each in outcome.outcomes]
        told = {"written": written, "counts": outcome.counts, "ignored_columns": ignored, "rows": rows}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    for each in outcome.outcomes:
        if each.fate != "unchanged":
            click.echo(f"{each.sheet or '?'} {each.number}: {each.fate} {each.key}".rstrip())
        for change in each.changes:
            click.echo(f"    {change.column}: {change.before or '(empty)'} -> {change.after or '(empty)'}")
        for fault in each.faults:
            click.echo(f"    {fault.column or 'the row'}: {fault.message}")
    if ignored:
        click.echo(f"not read, since the template has no such column: {', '.join(ignored)}")
    click.echo(", ".join(f"{count} {fate}" for fate, count in outcome.counts.items()))
    click.echo("written" if written else "nothing was written")
