"""Who looks for people in tests: Gulnora misses Zafar; a diaspora group has met somebody in Perm."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cases_world import Office, gulnoras, open_office
from desk_world import employ
from hamroh.accounts.models import Organisation, Role, User
from hamroh.cases.models import Case
from hamroh.tracing import actions
from hamroh.tracing.actions import Met, Sought, imports, routing
from hamroh.tracing.models import Pool, PoolImport, PoolRecord, Request
from hamroh.tracing.rows import Row
from hamroh.vault import journal

#: told of a record, so that it must be found where an officer looks and nowhere else
PLACE, NOTE = "Zwqxplace", "Zwqxnote: seen at the market of Perm"
NO = {"violence": "no", "protection": "no", "hidden": "no", "threat": "no", "afraid": "no"}
ZAFAR = Sought(
    name="Зафар Қурбонов", names=[{"kind": "father", "value": "Раҳим"}], born={"first": 1986, "last": 1989}, home="Кӯлоб",
    news={"what": "He wrote that he works on a building.", "on": {"year": 2024, "month": 3}, "place": "Perm", "source": "a cousin"},
    facts={"sex": "m", "why": "Their daughter asks for him."}, phones=("+7 912 555-44-33",),
)  # fmt: skip
MET = Met(
    name="Zafar Kurbonov Rahimovich", born={"first": 1988, "last": 1988}, sex="m", place="Kulyab", note=NOTE,
    consent={"given": True, "sign": "by word"},
)  # fmt: skip


@dataclass(frozen=True)
class Search:
    """An office with two tracing officers, Farzona's case of Gulnora, and a list."""

    office: Office
    case: Case
    bahrom: User  #: tracing officer
    shahlo: User  #: tracing officer, too

    @property
    def centre(self) -> Organisation:
        return self.office.centre

    @property
    def farzona(self) -> User:
        return self.office.farzona

    @property
    def manizha(self) -> User:
        return self.office.manizha


def open_search() -> Search:
    office = open_office()
    people = (employ(name, office.centre, Role.TRACING_OFFICER) for name in ("bahrom", "shahlo"))
    return Search(office, gulnoras(office), *people)


def asked(search: Search, *, sought: Sought = ZAFAR, weighed: bool = True, **more: Any) -> Request:
    """A request, Farzona's for Gulnora unless somebody else asks; weighed, as the worker does it."""
    facts: dict[str, Any] = {
        "actor": search.farzona, "organisation": search.centre, "case": search.case, "answers": NO, "way": "voice", "lang": "tg",
    }  # fmt: skip
    row = actions.ask(**facts | {"sought": sought} | more)
    if weighed:
        settle(row)
    return row


def settle(row: Request) -> None:
    with journal.openings("task"):
        routing.settle(row.pk)
    row.refresh_from_db()


def listed(search: Search, **more: Any) -> Pool:
    """A list of people met by a diaspora group, lent for thirty days."""
    facts = {
        "name": "Met in Perm", "origin": "diaspora", "basis": "consent", "of_a_shelter": False, "is_lent": True, "days": 30,
        "facts": {"from": "Somon", "contact": "Aziz, officer"},
    }  # fmt: skip
    return actions.make_pool(actor=search.bahrom, organisation=search.centre, **facts | more)


def met(search: Search, pool: Pool, of: Met = MET) -> PoolRecord:
    return actions.add_record(actor=search.bahrom, pool=pool, met=of)


def handed_over(search: Search, pool: Pool, lines: list[list[str]], header: list[str] | None = None) -> PoolImport:
    from hamroh.tracing.rows import guessed

    titles = header or ["Name", "Year of birth", "Home", "Consent"]
    rows = [Row(number, tuple(cells)) for number, cells in enumerate(lines, start=2)]
    return imports.hand_over(
        actor=search.bahrom,
        pool=pool,
        header=titles,
        rows=rows,
        digest=f"{len(lines)}{lines[:1]}",
        mapping=guessed(titles),
    )


def judged(
    who: User, row: Request, record: PoolRecord, answer: str = "same", words: str = "The father is the same."
) -> Any:
    return actions.judge(actor=who, request=row, record=record, answer=answer, words=words)


def again(pk: UUID) -> Request:
    return Request.objects.get(pk=pk)
