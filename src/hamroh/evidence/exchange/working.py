"""Work on a file that waits: looking at it and taking it in, at once where it is small, else by the worker."""

from decimal import Decimal
from typing import Any

from django_tasks import task

from hamroh.accounts.models import Organisation, User
from hamroh.directory.exchange.tables import FileRefused
from hamroh.evidence.actions import RecordingRefused, Release
from hamroh.evidence.exchange import bringing, waiting
from hamroh.evidence.exchange.layouts import Layout, propose
from hamroh.evidence.exchange.opening import Grid
from hamroh.evidence.exchange.planning import Plan
from hamroh.evidence.exchange.waiting import Waiting
from hamroh.evidence.models import ImportBatch, Source

#: a file of more bytes is work for the worker
SMALL = 200_000
#: lines of a kind that are kept to be shown; all are counted
MOST_SHOWN = 200


def layout_of(held: Waiting, content: bytes) -> tuple[Grid, Layout]:
    """The table of a file that waits, read as was chosen."""
    grid = bringing.table_of(held.name, content, encoding=held.encoding)
    layout = propose(grid.lines, held.shape)
    return grid, layout.with_columns(held.roles, held.settled) if held.roles else layout


def begin(held: Waiting, stage: str) -> None:
    """Set out to look at a file or to take it in."""
    waiting.SHELF.set_out(held, stage, {"looking": look_at, "taking": take_in}[stage], SMALL)


@task()
def look_at(token: str) -> None:
    """Work out what would become of a file."""
    waiting.SHELF.work(token, "looking", _look, back="refused", refusals=(FileRefused,))


@task()
def take_in(token: str) -> None:
    """Bring a file in as was decided; once, however often it is asked."""
    waiting.SHELF.work(token, "taking", _take, back="looked", refusals=(FileRefused, RecordingRefused))


def _look(held: Waiting) -> None:
    held.outcome, held.stage = _outcome(_looked(held)), "looked"


def _take(held: Waiting) -> None:
    held.batch, held.stage = str(_taken(held).pk), "done"


def _looked(held: Waiting) -> bringing.Looked:
    content = waiting.content_of(held)
    _grid, layout = layout_of(held, content)
    done = {"read": 0}

    def progress(step: str, count: int) -> None:
        done[step] = done.get(step, 0) + count
        waiting.tell(held.token, step, done[step])

    source = Source.objects.filter(key=held.key).first()
    return bringing.look(
        name=held.name, content=content, source=source, layout=layout, encoding=held.encoding, progress=progress
    )


def _taken(held: Waiting) -> ImportBatch:
    actor = User.objects.get(pk=held.actor)
    organisation = Organisation.objects.get(pk=held.organisation)
    looked = _looked(held)
    mapping = None
    if held.remember:
        mapping = bringing.keep_layout(actor=actor, organisation=organisation, name=held.remember, layout=looked.layout)
    facts = {"title": held.title, **bringing.facts_of_source(held.key)}
    release = Release(
        key=held.key, label=held.label, digest="", released=held.released, language=held.language, facts=facts
    )
    return bringing.take_in(
        actor=actor, organisation=organisation, looked=looked, release=release, mapping=mapping, despite=held.despite,
        progress=lambda count: waiting.tell(held.token, "write", count),
    )  # fmt: skip


def _outcome(looked: bringing.Looked) -> dict[str, Any]:
    """What is kept of a plan for the page."""
    plan: Plan = looked.plan
    return {
        "counts": plan.counts, "reasons": plan.reasons, "blocks": plan.blocks, "told": list(plan.told[:10]),
        "findings": [[each.rule, str(each.severity), each.code, dict(each.facts)] for each in plan.findings],
        "changed": [
            [each.line, each.indicator, each.area, each.dims_key, each.period, text(each.before), text(each.after)]
            for each in plan.large[:MOST_SHOWN]
        ],
        "left_out": [[each.line, each.code, each.detail] for each in plan.left_out[:MOST_SHOWN]],
        "first": [
            [each.line, each.indicator, each.area, each.dim("origin"), each.dim("destination"), each.period, text(each.value), each.printed]
            for each in plan.figures[:5]
        ],
    }  # fmt: skip


def text(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
