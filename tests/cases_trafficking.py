"""Records under keys of their own in tests: Farzona's key, and where Gulnora is."""

import datetime as dt
import struct
import time
from typing import Any

from cases_world import THERE, Office
from desk_world import TODAY, at
from hamroh.accounts.sessions import OWN_KEY
from hamroh.cases.actions import trafficking as actions
from hamroh.cases.actions import whereabouts
from hamroh.cases.actions.whereabouts import Place
from hamroh.cases.models import (
    As,
    Assistance,
    Basis,
    Case,
    Identification,
    Part,
    Person,
    PoliceDecision,
    RecoveryPeriod,
    TraffickingScreen,
    Whereabouts,
)
from hamroh.kernel.trafficking import tool
from hamroh.vault import actions as keys
from hamroh.vault import journal, members
from hamroh.vault.models import RecoveryKey

ADDRESS = "кӯчаи Рӯдакӣ 14, дари кабуд"
CODES = [each.code for each in tool().questions]
WHO_KNOWS = "Апааш медонад; дарро ду бор кӯбед."


def with_keys(office: Office, *users: Any) -> None:
    """Papers for the organisation, and a key of her own for each of these."""
    if not RecoveryKey.objects.filter(organisation_id=office.centre.pk).exists():
        keys.make_recovery(actor=None, organisation_id=office.centre.pk)
    for user in users:
        if not members.has_key(user.pk):
            members.create(user.pk, bytes(32), name="passkey-1")


def client_of(case: Case) -> Person:
    row = Person.objects.select_related("case__organisation").get(case=case, part=Part.CLIENT)
    row.case = case
    return row


def hidden(office: Office, case: Case, *, actor: Any = None, address: str = ADDRESS) -> Whereabouts:
    """Where Gulnora is, which opens to its writer alone."""
    actor = actor or office.farzona
    with_keys(office, actor)
    place = Place(address=address, since=TODAY - dt.timedelta(days=3), words=WHO_KNOWS)
    with unlocked(actor):
        return whereabouts.hide(actor=actor, person=client_of(case), place=place)


def unlocked(user: Any) -> Any:
    """Her key open, within the block."""
    return members.unlocked(members.unlock(user.pk, bytes(32), name="passkey-1"), user_id=user.pk)


def opened_at(user: Any) -> Any:
    """Her browser, with her key open in its session."""
    client = at(user)
    private = members.unlock(user.pk, bytes(32), name="passkey-1")
    session = client.session
    session.put_secret(OWN_KEY, struct.pack(">dd", time.time(), time.time()) + bytes(private))
    session.save()
    return client


ADVICE, SAID = "A case may begin that cannot be stopped.", "Ман намехоҳам, ки милитсия донад."
GROUNDS, SHELTER = "Шиносномаашро гирифта, дар хона қулф карда буданд.", "Паноҳгоҳи Умед"
BROUGHT = {"brought": "yes", "locked": "yes", "debt": "yes", "forced_work": "yes", "hard_work": "yes"}


def begun(office: Office, case: Case, *, is_child: bool = False) -> TraffickingScreen:
    return actions.begin_asking(actor=office.farzona, person=client_of(case), is_child=is_child)


def asked(office: Office, case: Case, answers: Any = BROUGHT, *, is_child: bool = False) -> TraffickingScreen:
    """Asked to the end: what is not among the answers is a no."""
    row = begun(office, case, is_child=is_child)
    with journal.openings("task"):
        actions.keep_answers(actor=office.farzona, row=row, answers=dict.fromkeys(CODES, "no") | dict(answers))
    actions.finish_asking(actor=office.farzona, row=row)
    row.refresh_from_db()
    return row


def decided(office: Office, case: Case, *, wants: bool) -> PoliceDecision:
    told = actions.Advised(on=TODAY, advice=ADVICE, wants=wants, said=SAID)
    return actions.decide_police(actor=office.farzona, case=case, told=told)


def identified(office: Office, case: Case) -> Identification:
    with_keys(office, office.farzona)
    told = actions.Identified(by="Кумитаи занон", on=TODAY, as_=As.PRESUMED, grounds=GROUNDS)
    with unlocked(office.farzona):
        return actions.identify(actor=office.farzona, person=client_of(case), told=told)


def recovering(office: Office, case: Case, days: int = 30, basis: Basis = Basis.PAPER, **more: Any) -> RecoveryPeriod:
    time = actions.Time(began=TODAY, days=days, basis=basis, **more)
    return actions.begin_recovery(actor=office.farzona, person=client_of(case), time=time)


def helped(office: Office, case: Case, **more: Any) -> Assistance:
    told = actions.Help(**{"kind": "shelter", "began": TODAY, "whom": SHELTER} | more)
    return actions.give_assistance(actor=office.farzona, person=client_of(case), told=told)


THERE["asked"] = lambda office, case: begun(office, case).pk
THERE["group"] = lambda _office, _case: "road"
THERE["recovery"] = lambda office, case: recovering(office, case).pk
THERE["help"] = lambda office, case: helped(office, case).pk
THERE["identified"] = lambda office, case: identified(office, case).pk
THERE["place"] = lambda office, case: hidden(office, case).pk
THERE["user"] = lambda office, _case: office.zebo.pk
