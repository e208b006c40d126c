"""Who is missed in the demonstration: requests as they are asked, lists on which somebody wrote the same man down, and days gone by."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone

from hamroh.accounts.models import Organisation, User
from hamroh.accounts.zones import local_date, zone_of
from hamroh.cases.models import Case
from hamroh.tracing import actions
from hamroh.tracing.actions import Met, Sought, routing
from hamroh.tracing.models import Approach, Choice, Letter, PoolRecord, Request, Screening, SeekerConsent, Step, Verdict

NO = {"violence": "no", "protection": "no", "hidden": "no", "threat": "no", "afraid": "no"}
#: what is written for a request with the moment
_DATED: tuple[Any, ...] = (Approach, Choice, Letter, Screening, SeekerConsent, Step, Verdict)
#: the longest that the demonstration takes to load: what is newer was written by it
_FRESH = dt.timedelta(hours=6)


@dataclass(frozen=True)
class Desk:
    """An organisation, who asks and who searches there, and its invented words."""

    organisation: Organisation
    staff: Mapping[str, User]
    told: Mapping[str, Any]

    @property
    def today(self) -> dt.date:
        return local_date(timezone.now(), self.organisation)

    @property
    def officers(self) -> list[User]:
        return [self.staff[name] for name in self.told["officers"]]

    def asks(self, number: int) -> User:
        names = self.told["asked_by"]
        return self.staff[names[number % len(names)]]

    def turn(self, name: str, number: int) -> Any:
        """One of several texts, in turn."""
        return self.told[name][number % len(self.told[name])]

    def noon(self, day: dt.date) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(12), zone_of(self.organisation))


def asked(desk: Desk, one: Mapping[str, Any], number: int, case: Case | None = None) -> Request:
    """A request as whoever asks tells it; the questions about violence are weighed at once."""
    first, last = one["born"]
    facts = {
        "sex": one.get("sex", "m"), "work": desk.turn("work", number), "companions": desk.turn("companions", number),
        "why": one.get("why") or desk.turn("why", number),
        **({} if case else {"asker": one.get("seeker") or desk.turn("seekers", number)}),
    }  # fmt: skip
    on = {"year": desk.today.year - 2 - number % 2, "month": 1 + number % 12}
    sought = Sought(
        name=one["name"], names=[{"kind": "father", "value": one["father"]}] if one.get("father") else [],
        born={"first": first, "last": last}, home=one.get("home"), facts=facts,
        news={"what": desk.turn("what", number), "on": on, "place": one["place"], "source": desk.turn("source", number)},
    )  # fmt: skip
    row = actions.ask(
        actor=case.owner if case else desk.asks(number), organisation=desk.organisation, case=case, sought=sought,
        answers=NO | dict(one.get("answers", {})), way="signature", lang=desk.told["lang"],
    )  # fmt: skip
    routing.settle(row.pk)
    row.refresh_from_db()
    return row


def listed(desk: Desk, pools: Mapping[str, Any], one: Mapping[str, Any], number: int) -> PoolRecord:
    """The same man as somebody elsewhere wrote him down, found by nobody yet."""
    can_answer = desk.told["lists"][one["list"]]["basis"] == "consent"
    met = Met(
        name=one["met"], born={"first": one["year"], "last": one["year"]}, sex="m", place=one["from"],
        phone=phone_of(number), note=desk.told["note"],
        consent={"given": True, "sign": desk.told["said"]} if can_answer else None,
    )  # fmt: skip
    return actions.add_record(actor=desk.officers[0], pool=pools[one["list"]], met=met)


def phone_of(number: int) -> str:
    """A number far too short for any network."""
    return f"+7 000 {number + 10:02d}"


def judged(desk: Desk, request: Request, record: PoolRecord, people: int) -> None:
    for number, officer in enumerate(desk.officers[:people]):
        actions.judge(
            actor=officer, request=request, record=record, answer="same", words=desk.turn("judged", number)
        )  # fmt: skip


def aged(request: Request, asked: dt.datetime) -> None:
    """It was asked on an earlier day; what followed so far, with it."""
    Request.objects.filter(pk=request.pk).update(made_at=asked, changed_at=asked)
    shift(request, timezone.now() - asked)
    request.refresh_from_db()


def shift(request: Request, age: dt.timedelta) -> None:
    """Everything that was written for a request in these minutes was written earlier, in the same order."""
    for model in _DATED:
        rows = model._default_manager.filter(request=request, made_at__gt=timezone.now() - _FRESH)  # noqa: SLF001 - Django's documented face
        rows.update(made_at=F("made_at") - age)
