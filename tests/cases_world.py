"""Who works on cases in tests, and the case of Gulnora, whose husband stopped writing."""

from dataclasses import dataclass
from typing import Any

from desk_world import employ
from hamroh.accounts.models import Organisation, Role, User
from hamroh.cases import actions
from hamroh.cases.actions import Told
from hamroh.cases.models import Case, Part, Side

GULNORA = Told(
    name="Гулнора Раҳмонова", names=[{"kind": "maiden", "value": "Ҳакимова"}], born={"year": 1992, "month": 3},
    phone="+992 93 555-00-12", document="A 01234567", places=[{"kind": "home", "key": "", "words": "Кӯлоб"}],
    facts={"sex": "f"},
)  # fmt: skip
ZAFAR = Told(name="Зафар Қурбонов", born={"year": 1988}, facts={"sex": "m"})


@dataclass(frozen=True)
class Office:
    """A reception centre, another organisation, and their people."""

    centre: Organisation
    other: Organisation
    farzona: User  #: lawyer
    zebo: User  #: social worker
    nigora: User  #: psychologist
    manizha: User  #: supervisor
    temur: User  #: administrator
    nermin: User  #: lawyer of the other organisation


def open_office() -> Office:
    centre = Organisation.objects.create(code="centre", names={"en": "Reception centre"}, country="tj")
    other = Organisation.objects.create(code="other", names={"en": "Women’s organisation"}, country="az")
    roles = {
        "farzona": Role.LAWYER, "zebo": Role.SOCIAL_WORKER, "nigora": Role.PSYCHOLOGIST, "manizha": Role.SUPERVISOR,
        "temur": Role.ADMINISTRATOR,
    }  # fmt: skip
    people = {name: employ(name, centre, role) for name, role in roles.items()}
    return Office(centre=centre, other=other, nermin=employ("nermin", other, Role.LAWYER), **people)


def gulnoras(office: Office, *, actor: Any = None, told: Told = GULNORA, **more: Any) -> Case:
    """Gulnora's case, Farzona's unless somebody else opens it."""
    facts = {"channel": "visit", "country": "TJ"} | more
    return actions.open_case(actor=actor or office.farzona, organisation=office.centre, client=told, **facts)


def with_husband(office: Office, case: Case) -> Any:
    return actions.add_person(actor=office.farzona, case=case, part=Part.HUSBAND, side=Side.AGAINST, told=ZAFAR)


#: what addresses of the room name besides a case's code: how to make one of it, by the name in the address
THERE: dict[str, Any] = {}
#: names in addresses that stand for rows of a whole organisation, which belong to no case
OF_A_HOUSE: set[str] = set()
