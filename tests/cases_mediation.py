"""Talks between Gulnora and Zafar in tests, her wish for them, and their living together again."""

import datetime as dt
from typing import Any

from cases_world import THERE, Office
from desk_world import TODAY
from hamroh.cases.actions import Done
from hamroh.cases.actions import mediation as actions
from hamroh.cases.actions import together as again
from hamroh.cases.actions.mediation import Talks
from hamroh.cases.actions.risk import screen_risk
from hamroh.cases.models import AgreedTerm, Case, Mediation, MediationWish, Reunification, RiskScreen, TogetherCheck
from hamroh.kernel import risk
from hamroh.kernel.mediation import asked_of_violence
from hamroh.vault import journal

CLEAR = dict.fromkeys(asked_of_violence(risk.tool()), "no")
HURT = CLEAR | {"hit": "yes"}
WANTS = "Мехоҳад, ки ҳар моҳ пул фиристад."
SAID = "Зафар гуфт, ки шарм медорад."
WROTE = "Ман, Гулнора, мехоҳам бо Зафар гап занам."
TALKS = Talks(whom="Зафар", mediator="Мулло Ҳасан", wants=WANTS)
TERM = "200 сомонӣ ҳар моҳ"


def asked(office: Office, case: Case, answers: Any = CLEAR, **more: Any) -> RiskScreen:
    return screen_risk(actor=office.farzona, case=case, answers=answers, **more)


def begun(office: Office, case: Case) -> Mediation:
    """Talks under way, danger asked and nothing found."""
    asked(office, case)
    return begin(office, case)


def begin(office: Office, case: Case) -> Mediation:
    with journal.openings("task"):
        return actions.begin_mediation(actor=office.farzona, case=case, talks=TALKS)


def wished(office: Office, case: Case, **more: Any) -> MediationWish:
    told = {"on_date": TODAY, "words": WROTE} | more
    return actions.write_wish(actor=office.farzona, case=case, **told)


def signed(office: Office, case: Case, answer: str = "signed", **more: Any) -> MediationWish:
    wish = wished(office, case, **more)
    actions.answer_wish(actor=office.manizha, case=case, wish=wish, answer=answer, words="Танҳо бо ман меояд.")
    return wish


def held(office: Office, mediation: Mediation, on_date: dt.date = TODAY) -> Any:
    done = Done(on_date=on_date, minutes=50, words=SAID)
    with journal.openings("task"):
        return actions.hold_session(actor=office.farzona, mediation=mediation, done=done, present="Апааш")


def agreed(office: Office, mediation: Mediation, due_date: dt.date | None = None) -> AgreedTerm:
    with journal.openings("task"):
        return actions.agree_term(actor=office.farzona, mediation=mediation, who="Зафар", what=TERM, due_date=due_date)


def together(office: Office, case: Case, began: dt.date = TODAY) -> Reunification:
    with journal.openings("task"):
        return again.begin_together(actor=office.farzona, case=case, began=began, whom="Зафар", wants=WANTS)


def check_of(row: Reunification, month: int = 3) -> TogetherCheck:
    return TogetherCheck.objects.select_related("case__organisation").get(reunification=row, month=month)


def _a_term(office: Office, case: Case) -> Any:
    return agreed(office, Mediation.objects.select_related("case__organisation").get(case=case)).pk


THERE["wish"] = lambda office, case: wished(office, case).pk
THERE["mediation"] = lambda office, case: begun(office, case).pk
THERE["agreed"] = _a_term
THERE["reunion"] = lambda office, case: together(office, case).pk
THERE["check"] = lambda _office, case: check_of(Reunification.objects.get(case=case)).pk
