"""``hamroh doctor``: what is wrong or risky here, one line each."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict

import click

from hamroh.site.commands.homes import at_home


@click.command()
@click.option("--in-spite-of", "passed_over", multiple=True, metavar="ID", help="Pass over a finding about age.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@at_home
def doctor(*, passed_over: tuple[str, ...], as_json: bool) -> None:
    """Say what is wrong or risky in this installation; exit code 1 where production must not start."""
    from hamroh.site.doctor import FAILING, examine
    from hamroh.site.doctor.records import ages

    found = examine()
    failing = [each for each in found if each.level == FAILING]
    over = [each for each in failing if each.waivable and each.id in passed_over]
    stops = [each for each in failing if each not in over]
    _tell_journal(each.id for each in over)
    if as_json:
        told = {"may_start": not stops, **ages(), "findings": [asdict(each) for each in found]}
        click.echo(json.dumps(told))
    else:
        for each in found:
            click.echo(f"{each.level.upper():<8} {each.id:<22} {each.says}. {each.do}")
        last = ", ".join(f"{name} {at}" for name, at in ages().items())
        click.echo(f"{len(stops)} stop production, {len(found) - len(stops)} more are to be known. Last: {last}")
    sys.exit(1 if stops else 0)


def _tell_journal(passed_over: Iterable[str]) -> None:
    """Who starts in spite of a finding leaves a line in the journal and in the security log."""
    from hamroh.vault import journal

    with journal.openings("command"):
        for finding in passed_over:
            journal.opened(
                actor_id=None,
                verb="site.pass_over",
                record=("site.finding", finding),
                fields=("",),
                purpose="in spite of it",
            )
