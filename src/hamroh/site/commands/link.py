"""``hamroh link``: whole lists of people compared, here instead of in the worker."""

import json
import sys
from typing import Any

import click
from tqdm import tqdm

from hamroh.site.commands.homes import at_home


@click.command()
@click.argument("code", required=False)
@click.argument("beside", required=False)
@click.option("--by", "username", help="The tracing officer or supervisor in whose name it is done.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@at_home
def link(*, code: str | None, beside: str | None, username: str | None, as_json: bool) -> None:
    """Compare the list CODE as a whole with the list BESIDE, or with everybody who is looked for; who may be one waits to be judged.

    Without a list it says whether what it needs is installed: ``./hamroh link`` installs it, for the worker, too.
    """
    if code is None:
        _ready()
    elif not username:
        raise click.UsageError("say with --by who does it")
    else:
        _linked(code, beside, username, as_json=as_json)


def _ready() -> None:
    from hamroh.tracing.actions import PoolRefused, linking

    try:
        linking.refuse_unprepared()
    except PoolRefused as fault:
        raise click.ClickException(str(fault)) from None
    click.echo(f"ready: lists are compared in memory alone, {linking.memory()} MiB at most")


def _linked(code: str, beside: str | None, username: str, *, as_json: bool) -> None:
    from hamroh.accounts.policy import Refused
    from hamroh.tracing.actions import PoolRefused, linking
    from hamroh.tracing.models import Linkage
    from hamroh.vault import journal

    try:
        with journal.openings("command"):
            row = linking.begin(actor=_who(username), pool=_list(code), beside=_list(beside) if beside else None)
            with tqdm(disable=not sys.stderr.isatty(), unit="people") as bar:
                linking.work_off(row.pk, lambda done, whole: _told(bar, done, whole))
    except Refused:
        raise click.ClickException("no such list for this person") from None
    except PoolRefused as fault:
        raise click.ClickException(str(fault)) from None
    _say(Linkage.objects.get(pk=row.pk), as_json=as_json)


def _told(bar: Any, done: int, whole: int) -> None:
    bar.total = whole
    bar.update(done - bar.n)


def _say(row: Any, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps({"state": row.state, "fault": row.fault, "proposed": row.proposed, "new": row.new}))
    elif row.state == "done":
        click.echo(f"{row.proposed} pairs may be one person, {row.new} of them new; they wait at the desk to be judged")
    if row.state != "done":
        why = "the lists are too large for the memory" if row.fault == "memory" else "something went wrong"
        raise click.ClickException("it was stopped" if row.state == "stopped" else why)


def _who(username: str) -> Any:
    from hamroh.accounts.models import User

    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise click.ClickException(f"nobody is called {username}: hamroh user list says who is there")
    return found


def _list(code: str) -> Any:
    from hamroh.accounts.policy import Refused
    from hamroh.tracing.models import Pool

    found = Pool.objects.filter(code=code.lower()).first()
    if found is None:
        raise Refused("no such list")
    return found
