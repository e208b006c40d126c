"""A file of records from its bytes to what would become of it, and into the library."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.library.actions import Delivery, import_records
from hamroh.library.exchange.opening import Opened, open_file
from hamroh.library.exchange.planning import Plan, make_plan
from hamroh.library.exchange.tabular import Layout
from hamroh.library.exchange.texts import digest_of
from hamroh.library.models import Batch

Progress = Callable[[str, int], object]


@dataclass(frozen=True)
class Looked:
    """A file that was looked at: how it was read, and the plan."""

    opened: Opened
    plan: Plan
    digest: str
    catalogue: str


def look(
    *, actor: Any, organisation: Organisation, name: str, content: bytes, catalogue: str = "", shape: str = "", encoding: str = "",
    layout: Layout | None = None, despite_twins: bool = False, progress: Progress | None = None,
) -> Looked:  # fmt: skip
    """What would become of a file; nothing of it stays. Raises FileRefused."""
    policy.require(actor, "library.import", Batch(organisation=organisation))
    tell = progress or (lambda _step, _count: None)
    tell("open", 0)
    opened = open_file(name, content, shape=shape, encoding=encoding, layout=layout, kept=kept_columns(organisation))
    catalogue = catalogue_of(catalogue or PurePath(name).stem)
    plan = make_plan(
        actor=actor, organisation=organisation, rows=opened.rows, catalogue=catalogue, despite_twins=despite_twins,
        progress=lambda count: tell("check", count),
    )  # fmt: skip
    return Looked(opened, plan, digest_of(content), catalogue)


def catalogue_of(said: str) -> str:
    """The name of a list, short enough to stand before the names of its rows."""
    return " ".join(said.split())[:60] or "list"


def take_in(
    *, actor: Any, organisation: Organisation, looked: Looked, publish: bool = False, progress: Callable[[int], object] | None = None
) -> Batch:  # fmt: skip
    """Bring in what was looked at. Raises ImportRefused."""
    plan, layout = looked.plan, looked.opened.layout
    delivery = Delivery(
        looked.opened.shape, looked.digest, looked.catalogue, {"heading": list(layout.heading), "roles": list(layout.roles)} if layout else {},
        plan.counts, plan.lost,
    )  # fmt: skip
    return import_records(
        actor=actor,
        organisation=organisation,
        incoming=plan.incoming,
        delivery=delivery,
        publish=publish,
        progress=progress,
    )


def kept_columns(organisation: Organisation) -> Iterable[dict[str, Any]]:
    """How the columns of this house's lists were read, the newest first."""
    return [
        each
        for each in Batch.objects.filter(organisation=organisation)
        .order_by("-made_at")
        .values_list("columns", flat=True)[:50]
        if each
    ]
