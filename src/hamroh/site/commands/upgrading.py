"""``hamroh upgrade``: what a home needs for this version, and whether the version that serves can live with it."""

import json
import sys

import click

from hamroh.site.commands.homes import at_home

#: the exit code of ``--check`` where the version that serves has to be stopped for the time
STOP_FIRST = 3


@click.command()
@click.option(
    "--check", is_flag=True, help="Change nothing; exit code 3 where the version before cannot go on meanwhile."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@at_home
def upgrade(*, check: bool, as_json: bool) -> None:
    """Bring a home up to this version: tables, static files, places and vocabulary. The old version may serve meanwhile."""
    from django.conf import settings

    from hamroh.site import upgrading
    from hamroh.site.preparing import prepare

    with upgrading.alone(settings.HOME.folder("run")):
        count, hurts = upgrading.waiting()
        if not check:
            prepare(demo=False)
    if as_json:
        click.echo(json.dumps({"migrations": count, "hurts": [str(each) for each in hurts]}))
    else:
        click.echo("\n".join([f"{count} migrations {'wait' if check else 'were made'}", *map(str, hurts)]))
    sys.exit(STOP_FIRST if check and hurts else 0)
