"""People of requests and of pools in the name pools of their organisation: found in any spelling, by whoever may read them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from hamroh.accounts import policy
from hamroh.tracing.models import KnownPhone, PoolRecord, Request, Route, standing
from hamroh.tracing.states import SEARCHED
from hamroh.vault import opening, pools
from hamroh.vault.decisions import Decision, Upkeep

RECORDS, REQUESTS = "tracing.record", "tracing.request"
#: what of a record and of a request is compared
OF_RECORD = ("name", "names", "born", "sex", "place", "phone")
OF_REQUEST = ("name", "names", "born", "home", "facts")
#: kinds of further names that the engine takes as what they are
SPECIAL = ("maiden", "father")


def as_record(pk: Any, told: Mapping[str, Any], phones: Sequence[str] = ()) -> dict[str, Any]:
    """Somebody as a record of the name engine: what is not known is left out. ``told`` is a request's or a record's."""
    born, names = told.get("born") or {}, told.get("names") or ()
    special = {kind: next((each["value"] for each in names if each["kind"] == kind), None) for kind in SPECIAL}
    found = {
        "id": str(pk), "name": told.get("name"), **special,
        "names": [each["value"] for each in names if each["kind"] not in SPECIAL],
        "year": (born["first"], born["last"]) if born else None,
        "sex": told.get("sex") or (told.get("facts") or {}).get("sex"),
        "place": told.get("place") or told.get("home"), "phone": list(phones),
    }  # fmt: skip
    return {key: value for key, value in found.items() if value}


def record_of(row: PoolRecord, told: Mapping[str, Any]) -> dict[str, Any]:
    return as_record(row.pk, told, [told["phone"]] if told.get("phone") else [])


def put_request(request: Request) -> None:
    """From now on records that arrive are compared with the request."""
    told = told_of(request, by_upkeep(request), "name index")
    pools.put(REQUESTS, request.organisation_id, [{**told, "id": str(request.pk)}])


def withdraw_request(request: Request) -> None:
    pools.withdraw(REQUESTS, request.organisation_id, [request.pk])


def told_of(request: Request, decision: Decision, purpose: str) -> dict[str, Any]:
    """A request as a query of the name engine, opened."""
    shown = _plain(opening.open_each(request, OF_REQUEST, decision=decision, purpose=purpose))
    rows = KnownPhone.objects.filter(request=request).order_by("pk")
    opened = [opening.open_each(row, ("value",), decision=decision, purpose=purpose)["value"] for row in rows]
    found = as_record(request.pk, shown, [each for each in opened if isinstance(each, str)])
    return {key: value for key, value in found.items() if key != "id"}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: None if isinstance(value, opening.Unshown) else value for name, value in values.items()}


# -- openers -------------------------------------------------------------------------------------------------------


class Records:
    """Opens records of pools that have not ended, those that ``decide`` says yes to; ``only`` one where it is given."""

    def __init__(self, rows: Any, decide: Any, only: UUID | None = None) -> None:
        found = standing(rows).filter(pool__ended_date=None)
        self._rows, self._decide = found if only is None else found.filter(pk=only), decide

    def ids(self) -> list[str]:
        """All of them, for work on a whole list."""
        return [str(pk) for pk in self._rows.order_by("pk").values_list("pk", flat=True)]

    def known(self, ids: Sequence[str]) -> set[str]:
        return {str(pk) for pk in self._rows.filter(pk__in=ids).values_list("pk", flat=True)}

    def opened(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        rows = self._rows.filter(pk__in=ids).select_related("pool")
        decided = ((row, self._decide(row)) for row in rows)
        return {
            str(row.pk): record_of(row, opening.open_to_score(row, OF_RECORD, decision=decision))
            for row, decision in decided
            if decision.yes
        }


def records_for(actor: Any, only: UUID | None = None) -> Records:
    """The records that an actor may read."""
    rows = policy.visible(actor, "pool.read", PoolRecord.objects.all())
    return Records(rows, lambda row: policy.allowed(actor, "pool.read", row), only)


def records_of(organisation_id: UUID) -> Records:
    """All records of an organisation, for the installation."""
    return Records(PoolRecord.objects.filter(organisation_id=organisation_id), by_upkeep)


class Requests:
    """Opens requests that are searched for: those that ``decide`` says yes to. Requests at rest or with a protection officer are never seen."""

    def __init__(self, rows: Any, decide: Any, but: UUID | None = None) -> None:
        self._rows = rows.filter(route=Route.SEARCH, state__in=SEARCHED).exclude(pk=but)
        self._decide = decide

    def ids(self) -> list[str]:
        """All of them, for work on a whole list."""
        return [str(pk) for pk in self._rows.order_by("pk").values_list("pk", flat=True)]

    def known(self, ids: Sequence[str]) -> set[str]:
        return {str(pk) for pk in self._rows.filter(pk__in=ids).values_list("pk", flat=True)}

    def opened(self, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        rows = list(self._rows.filter(pk__in=ids))
        phones = _phones([row.pk for row in rows])
        decided = ((row, self._decide(row)) for row in rows)
        return {
            str(row.pk): as_record(
                row.pk,
                opening.open_to_score(row, OF_REQUEST, decision=decision),
                [_phone(each, decision) for each in phones.get(row.pk, ())],
            )
            for row, decision in decided
            if decision.yes
        }


def _phones(ids: Sequence[UUID]) -> dict[UUID, list[KnownPhone]]:
    found: dict[UUID, list[KnownPhone]] = {}
    for row in KnownPhone.objects.filter(request__in=ids):
        found.setdefault(row.request_id, []).append(row)
    return found


def _phone(row: KnownPhone, decision: Decision) -> str:
    return str(opening.open_to_score(row, ("value",), decision=decision)["value"] or "")


def by_upkeep(row: Any) -> Upkeep:
    """The installation's own decision about the record that a row belongs to, for work that shows nothing to anybody."""
    return Upkeep(row.sealed_under() if hasattr(row, "sealed_under") else _ref(row))


def _ref(row: Any) -> tuple[str, str]:
    return row._meta.label_lower, str(row.pk)  # noqa: SLF001 - Django's documented face


# -- entries made anew ---------------------------------------------------------------------------------------------


def records_again(organisation_id: UUID, ids: Sequence[UUID]) -> Iterator[Mapping[str, Any]]:
    for row in PoolRecord.objects.filter(organisation_id=organisation_id, pk__in=ids, gone_at=None):
        shown = opening.open_each(row, OF_RECORD, decision=by_upkeep(row), purpose="name index")
        yield record_of(row, _plain(shown))


def requests_again(organisation_id: UUID, ids: Sequence[UUID]) -> Iterator[Mapping[str, Any]]:
    for row in Request.objects.filter(organisation_id=organisation_id, pk__in=ids):
        yield {**told_of(row, by_upkeep(row), "name index"), "id": str(row.pk)}


pools.declare(RECORDS, records_again)
pools.declare(REQUESTS, requests_again)
