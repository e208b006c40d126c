"""Work on a list that waits: looking at it and taking it in, at once where it is small, else by the worker."""

from typing import Any

from django_tasks import task

from hamroh.accounts.models import Organisation, User
from hamroh.directory.exchange.tables import FileRefused
from hamroh.library.actions import ImportRefused
from hamroh.library.exchange import bringing, waiting
from hamroh.library.exchange.tabular import Layout
from hamroh.library.exchange.waiting import Waiting
from hamroh.library.models import Batch

#: a list of more bytes is work for the worker
SMALL = 60_000
#: rows that are kept to be shown; all are counted
MOST_SHOWN = 200


def begin(held: Waiting, stage: str) -> None:
    """Set out to look at a list or to take it in."""
    waiting.SHELF.set_out(held, stage, {"looking": look_at, "taking": take_in}[stage], SMALL)


@task()
def look_at(token: str) -> None:
    """Work out what would become of a list."""
    waiting.SHELF.work(token, "looking", _look, back="refused", refusals=(FileRefused,))


@task()
def take_in(token: str) -> None:
    """Bring a list in as was decided; once, however often it is asked."""
    waiting.SHELF.work(token, "taking", _take, back="looked", refusals=(FileRefused, ImportRefused))


def _look(held: Waiting) -> None:
    held.outcome, held.stage = _outcome(_looked(held)), "looked"


def _take(held: Waiting) -> None:
    held.batch, held.stage = str(_taken(held).pk), "done"


def _looked(held: Waiting) -> bringing.Looked:
    layout = Layout(tuple(held.heading), tuple(held.roles)) if held.roles else None
    return bringing.look(
        actor=User.objects.get(pk=held.actor), organisation=Organisation.objects.get(pk=held.organisation), name=held.name,
        content=waiting.content_of(held), catalogue=held.catalogue, shape=held.shape, encoding=held.encoding, layout=layout,
        despite_twins=held.despite_twins, progress=_teller(held),
    )  # fmt: skip


def _teller(held: Waiting) -> Any:
    done = 0

    def tell(step: str, count: int) -> None:
        nonlocal done
        done += count
        waiting.tell(held.token, step, done)

    return tell


def _taken(held: Waiting) -> Batch:
    looked, tell = _looked(held), _teller(held)
    return bringing.take_in(
        actor=User.objects.get(pk=held.actor), organisation=Organisation.objects.get(pk=held.organisation), looked=looked,
        publish=held.publish, progress=lambda count: tell("write", count),
    )  # fmt: skip


def _outcome(looked: bringing.Looked) -> dict[str, Any]:
    """What the page shows: all counts, and the rows that somebody should look at first."""
    order = {"refused": 0, "twin": 1, "changed": 2, "new": 3, "same": 4}
    rows = sorted(looked.plan.outcomes, key=lambda each: (order[each.fate], each.number))
    layout = looked.opened.layout
    return {
        "counts": looked.plan.counts, "rows": [each.as_json() for each in rows[:MOST_SHOWN]], "words": looked.plan.words[:MOST_SHOWN],
        "unread": layout.unread if layout else [], "shape": looked.opened.shape,
    }  # fmt: skip
