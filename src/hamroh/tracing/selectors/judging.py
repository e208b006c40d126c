"""What was judged, pair by pair, and who is one person by it: read from the log each time, so that nothing has to be unmerged."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Q

from hamroh.accounts import policy
from hamroh.tracing.models import PairVerdict, PoolRecord, Request, Verdict
from hamroh.tracing.selectors.requests import faced
from hamroh.tracing.verdicts import Weight, weigh
from hamroh.vault import opening

#: a request or a record, by its id
Node = tuple[str, UUID]


def _ends(row: Verdict | PairVerdict) -> tuple[Node, Node] | None:
    """The two of a verdict; None where the one is erased."""
    if isinstance(row, PairVerdict):
        return (("record", row.record_id), ("record", row.beside_id)) if row.record_id and row.beside_id else None
    if row.record_id:
        return ("request", row.request_id), ("record", row.record_id)
    if row.other_id:
        return ("request", row.request_id), ("request", row.other_id)
    return None


def pair_rows(*, request: Request, record: PoolRecord | None = None, other: Request | None = None) -> Any:
    """The verdicts on one pair, the oldest first, from whichever of two requests they were given."""
    if record is not None:
        pair = Q(request=request, record=record)
    else:
        pair = Q(request=request, other=other) | Q(request=other, other=request)
    return Verdict.objects.filter(pair).select_related("made_by", "request").order_by("made_at", "pk")


def said_of(*, actor: Any, rows: Iterable[Verdict]) -> list[dict[str, Any]]:
    """Verdicts with their words, the newest first."""
    decided = [(row, policy.allowed(actor, "tracing.search", row)) for row in rows]
    return [
        {"row": row, **opening.open_each(row, ("words",), decision=decision, purpose="page")}
        for row, decision in reversed(decided)
        if decision.yes
    ]


def weights(rows: Iterable[Verdict | PairVerdict]) -> dict[frozenset[Node], Weight]:
    """What the log says of each pair in it; ``rows`` are the oldest first."""
    said: dict[frozenset[Node], list[tuple[Any, str]]] = {}
    for row in rows:
        if ends := _ends(row):
            said.setdefault(frozenset(ends), []).append((row.made_by_id, row.answer))
    return {pair: weigh(each) for pair, each in said.items()}


def rows_about(nodes: Iterable[Node]) -> Any:
    """Verdicts in which any of these is judged; records that are gone count no more."""
    ids: dict[str, list[UUID]] = {"request": [], "record": []}
    for kind, pk in nodes:
        ids[kind].append(pk)
    about = Q(request__in=ids["request"]) | Q(other__in=ids["request"]) | Q(record__in=ids["record"])
    return Verdict.objects.filter(about).exclude(record__gone_at__isnull=False).order_by("made_at", "pk")


def all_about(nodes: Iterable[Node]) -> Iterator[Verdict | PairVerdict]:
    """The same, and what was said of records of two lists."""
    among = list(nodes)
    yield from rows_about(among)
    ids = [pk for kind, pk in among if kind == "record"]
    rows = PairVerdict.objects.filter(Q(record__in=ids) | Q(beside__in=ids))
    yield from rows.filter(record__gone_at=None, beside__gone_at=None).order_by("made_at", "pk")


@dataclass(frozen=True)
class Cluster:
    """Everybody who is one person by the log; ``contested`` where somebody says of two of them that they are not."""

    requests: list[Request] = field(default_factory=list)
    records: list[PoolRecord] = field(default_factory=list)
    contested: bool = False


def cluster_nodes(start: Node) -> tuple[set[Node], bool]:
    """All that hangs together with one by pairs that two people judged the same, and whether a pair among them is judged different."""
    seen, edge = {start}, {start}
    while edge:
        same = [pair for pair, weight in weights(all_about(edge)).items() if weight is Weight.SAME]
        edge = {node for pair in same for node in pair} - seen
        seen |= edge
    against = (pair for pair, weight in weights(all_about(seen)).items() if weight is Weight.DIFFERENT)
    return seen, any(pair <= seen for pair in against)


def cluster_of(*, actor: Any, request: Request) -> Cluster:
    """Who else is the person of a request, as far as the actor may read."""
    nodes, contested = cluster_nodes(("request", request.pk))
    ids = {kind: [pk for each, pk in nodes if each == kind] for kind in ("request", "record")}
    others = faced(actor, "tracing.search").filter(pk__in=ids["request"]).exclude(pk=request.pk)
    rows = policy.visible(actor, "pool.read", PoolRecord.objects.filter(pk__in=ids["record"], gone_at=None))
    return Cluster(
        list(others.order_by("made_at", "pk")), list(rows.select_related("pool").order_by("made_at", "pk")), contested
    )
