"""``hamroh verify-journal``: is every line of the journal there, unchanged and in its place?"""

import json
import sys
from typing import TYPE_CHECKING

import click
from tqdm import tqdm

from hamroh.site.commands.homes import at_home

if TYPE_CHECKING:
    from hamroh.vault.verifying import Verdict


@click.command("verify-journal")
@click.option("--against", metavar="HEAD", help="A head that somebody else kept: also find a tail that was cut.")
@click.option(
    "--head", "only_head", is_flag=True, help="Chain what waits, print the head for a second party, and stop."
)
@click.option("--seal", is_flag=True, help="Chain what waits before reading.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@at_home
def verify_journal(*, against: str | None, only_head: bool, seal: bool, as_json: bool) -> None:
    """Read the whole journal and name the first line that is edited, deleted, moved or put in, or where it was cut."""
    from hamroh.vault import anchors, chain

    if only_head or seal:
        sealed = sum(batch.lines for batch in chain.seal_all())
        click.echo(f"hamroh: {sealed} lines chained", err=True)
    if only_head:
        _print_head(as_json=as_json)
        return
    try:
        head = anchors.Head.read(against) if against else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--against") from error
    verdict = _read(head)
    click.echo(json.dumps(verdict.as_json()) if as_json else _told(verdict))
    sys.exit(0 if verdict.holds else 1)


def _print_head(*, as_json: bool) -> None:
    from hamroh.vault import anchors, chain

    batch = chain.last_batch()
    if batch is None:
        raise click.ClickException("the journal is empty: there is no head yet")
    head = str(anchors.Head.of(batch))
    click.echo(json.dumps({"head": head, "sealed_at": batch.sealed_at.isoformat()}) if as_json else head)


def _read(head: object) -> "Verdict":
    from hamroh.vault import chain
    from hamroh.vault.anchors import Head
    from hamroh.vault.verifying import verify

    last = chain.last_batch()
    total = last.last if last else 0
    with tqdm(total=total, desc="hamroh: journal", unit=" lines", file=sys.stderr, leave=False, disable=None) as bar:
        return verify(against=head if isinstance(head, Head) else None, tick=lambda count: bar.update(count) and None)


def _told(verdict: "Verdict") -> str:
    late = f", {verdict.late} of them chained over an hour late" if verdict.late else ""
    counts = f"{verdict.lines} lines in {verdict.batches} batches{late}; {verdict.waiting} wait for the sealer"
    if verdict.broken is None:
        return f"The journal holds: {counts}. Head: {verdict.head or 'none yet'}"
    broken = verdict.broken
    where = f" (id {broken.id}, written {broken.written_at})" if broken.id else ""
    return f"THE JOURNAL IS BROKEN: {broken.says}{where}. Before it: {counts}."
