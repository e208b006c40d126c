"""``hamroh retention``: what is due, the nightly work by hand, and whether a certificate is genuine."""

import json
import sys
from typing import IO, Any

import click

from hamroh.site.commands.homes import at_home


@click.group()
def retention() -> None:
    """Records whose time is over: how many are due, what was released, and whether a certificate is genuine."""


@retention.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@at_home
def due(*, as_json: bool) -> None:
    """How many records of each class are due in each organisation, and since when; codes and contents are not told."""
    from hamroh.vault.actions import retention as actions

    rows = [row for row in _told(actions.count_due()) if row["due"]]
    if as_json:
        click.echo(json.dumps({"due": rows}))
    for row in () if as_json else rows:
        click.echo(f"{row['organisation']:<24} {row['record_class']:<20} {row['due']:>7}  since {row['since']}")
    if not rows and not as_json:
        click.echo("nothing is due")


def _told(counts: list[Any]) -> list[dict[str, Any]]:
    from hamroh.accounts.models import Organisation

    codes = dict(Organisation.objects.values_list("pk", "code"))
    return [
        {
            "organisation": codes.get(row.organisation_id, str(row.organisation_id)), "record_class": row.record_class,
            "due": row.due, "since": row.oldest_due_date.isoformat() if row.oldest_due_date else None,
        }
        for row in sorted(counts, key=lambda row: (str(row.organisation_id), row.record_class))
    ]  # fmt: skip


@retention.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@at_home
def run(*, as_json: bool) -> None:
    """Do now what the worker does every night: erase what was released, count what is due, tell reviewers once a month."""
    from hamroh.accounts.actions import retention as actions

    told = actions.night()
    if as_json:
        click.echo(json.dumps(told))
    else:
        click.echo(f"{told['erased']} records erased, {told['due']} due, {told['told']} reviewers told")


@retention.command()
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@at_home
def verify(file: IO[str], *, as_json: bool) -> None:
    """Say whether a certificate is this installation's own and unchanged, and whether the journal's lines that it names are there."""
    from hamroh.vault.certificates import check

    found = check(file.read(2**20))
    if as_json:
        click.echo(json.dumps(found.as_json()))
    elif not found.genuine:
        click.echo("NOT GENUINE: this installation did not write it, or it was changed.")
    else:
        click.echo(f"Genuine. {found.lines_there} of {found.lines} lines of the journal that it names are there.")
    sys.exit(0 if found.holds else 1)
