"""Who counts in tests: Lola plans, Manizha supervises, Rustam is the donor's; two quarters of women who came, in three districts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from cases_world import GULNORA, Office, gulnoras, open_office
from desk_world import employ
from hamroh.accounts.models import Organisation, Role, User
from hamroh.cases.models import Case
from hamroh.directory.models import AdminUnit, UnitAncestor
from hamroh.statistics import actions, facts
from hamroh.statistics.actions import book_now
from hamroh.statistics.forms.tables import query_of
from hamroh.statistics.models import Book
from hamroh.statistics.quarters import Quarter
from hamroh.statistics.wishes import TIME, Wish
from hamroh.vault import journal

FIRST, SECOND = Quarter(2026, 1), Quarter(2026, 2)
#: how many came in each quarter from each district
CAME = {
    ("asht", FIRST): 12,
    ("ayni", FIRST): 14,
    ("vose", FIRST): 3,
    ("asht", SECOND): 11,
    ("ayni", SECOND): 13,
    ("vose", SECOND): 9,
}
REGION = {"asht": "sughd", "ayni": "sughd", "vose": "khatlon"}


@dataclass(frozen=True)
class Desk:
    """A house that counts: its people, and a donor who is given tables."""

    office: Office
    lola: User  #: programme manager
    firuz: User  #: analyst
    rustam: User  #: of a donor
    vusal: User  #: programme manager of the other house

    @property
    def house(self) -> Organisation:
        return self.office.centre

    @property
    def manizha(self) -> User:
        return self.office.manizha


def open_desk() -> Desk:
    office = open_office()
    Organisation.objects.update(zone="Asia/Dushanbe")
    office.centre.refresh_from_db()
    _land()
    return Desk(
        office, employ("lola", office.centre, Role.PROGRAMME_MANAGER), employ("firuz", office.centre, Role.ANALYST),
        employ("rustam", office.centre, Role.DONOR), employ("vusal", office.other, Role.PROGRAMME_MANAGER),
    )  # fmt: skip


def _land() -> None:
    country = AdminUnit.objects.create(
        key="tj", code=1, names={"en": "Tajikistan"}, level="country", iso="TJ", certainty="A"
    )
    UnitAncestor.objects.create(unit=country, ancestor=country, distance=0)
    number, regions = 2, dict[str, AdminUnit]()
    for key, level, above in [
        ("sughd", "region", "tj"), ("khatlon", "region", "tj"), *((key, "district", region) for key, region in REGION.items())
    ]:  # fmt: skip
        parent = country if above == "tj" else regions[above]
        unit = AdminUnit.objects.create(
            key=key,
            code=number,
            names={"en": key.title(), "tg": f"Ноҳияи {key}"},
            level=level,
            parent=parent,
            certainty="A",
        )
        number += 1
        regions[key] = unit
        line = [unit, parent, *([country] if parent != country else [])]
        UnitAncestor.objects.bulk_create(
            UnitAncestor(unit=unit, ancestor=each, distance=at) for at, each in enumerate(line)
        )


def fill(desk: Desk, came: dict[tuple[str, Quarter], int] | None = None) -> list[Case]:
    """So many women who came: one is opened as at the desk, the others are copies of her row."""
    model = gulnoras(desk.office, told=GULNORA)
    rows = []
    for (district, quarter), count in (came or CAME).items():
        for number in range(count):
            rows.append(Case(
                organisation=desk.house, owner=desk.office.farzona, country="TJ", status="open", opened_week=quarter.start + dt.timedelta(days=7),
                channel="visit" if number % 2 else "phone", risk="high" if number % 3 == 0 else "low", area=f"/tj/{REGION[district]}/{district}/",
            ))  # fmt: skip
    for row in rows:
        row.save()
    Case.objects.filter(pk=model.pk).update(status="draft")
    return rows


def books(desk: Desk, source: str = "came", *, on: dt.date = dt.date(2026, 11, 20)) -> list[Book]:
    """The books of both quarters, closed."""
    of: Any = facts.of(source)
    with journal.openings("task"):
        return [book_now(organisation=desk.house, source=of, quarter=each, day=on) for each in (FIRST, SECOND)]


def wish(*by: str, first: Quarter = FIRST, last: Quarter = SECOND, source: str = "came", **more: Any) -> Wish:
    return Wish(source, first, last, by or ("district", TIME), **more)


#: the table of districts and quarters, as an address carries it
QUERY = urlencode(query_of(wish()))


def let_out(desk, asked: Any = None, audience: str = "donor") -> Any:
    asked = asked or wish()
    found = actions.judged(actor=desk.lola, organisation=desk.house, wish=asked)
    return actions.release_table(
        actor=desk.lola, organisation=desk.house, wish=asked, mark=found.mark, audience=audience
    )
