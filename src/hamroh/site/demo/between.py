"""What happens between a family and others in the demonstration: talks with him, other organisations, offices of the state."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.db import transaction

from hamroh.accounts.models import Organisation, User
from hamroh.cases.actions import mediation, receiving, referrals, support, together
from hamroh.cases.actions.consent import answer_consent
from hamroh.cases.actions.deadlines import Stated
from hamroh.cases.actions.working import Done
from hamroh.cases.models import Case, Matter, Received, TogetherCheck

if TYPE_CHECKING:
    from hamroh.site.demo.families import Family, House

#: how far the other organisation is with a referral, in turn
ANSWERS = ("completed", "sent", "accepted", "declined")
#: days since they live together again: the checks after one and three months are due
TOGETHER = dt.timedelta(days=100)


def load_between(house: "House", family: "Family", case: Case) -> None:
    """Of a family whose case is under way: talks where nobody fears him, her wish where somebody does, or a referral."""
    if not family.danger:
        _reconciled(house, family, case)
    elif "hit" in family.danger:
        _refused(house, family, case)
    else:
        _referred(house, family, case)


def _refused(house: "House", family: "Family", case: Case) -> None:
    """She was hit and asks for talks all the same; her supervisor does not sign."""
    told = house.told["mediation"]
    wish = mediation.write_wish(actor=family.worker, case=case, on_date=house.today, words=told["wish"])
    mediation.answer_wish(actor=house.supervisor, case=case, wish=wish, answer="declined", words=told["unsigned"])


def _reconciled(house: "House", family: "Family", case: Case) -> None:
    """They talked and agreed; every second couple lives together again, and is safe after three months."""
    told, worker, today = house.told["mediation"], family.worker, house.today
    talks = mediation.Talks(told["whom"], told["mediator"], told["wants"])
    row = mediation.begin_mediation(actor=worker, case=case, talks=talks)
    mediation.hold_session(actor=worker, mediation=row, done=Done(today, 60, told["said"]), present=told["present"])
    due = today + dt.timedelta(days=20)
    mediation.agree_term(actor=worker, mediation=row, who=told["whom"], what=told["term"], due_date=due)
    mediation.end_mediation(actor=worker, mediation=row, state="agreed", words=told["said"])
    if family.number % 4 == 0:
        again = together.begin_together(
            actor=worker, case=case, began=today - TOGETHER, whom=told["whom"], wants=told["wants"]
        )
        answers = together.Answers(together=True, violence=False, words=told["well"])
        for check in TogetherCheck.objects.filter(reunification=again, due_date__lte=today).select_related("case"):
            together.make_check(actor=worker, check=check, answers=answers)


def _referred(house: "House", family: "Family", case: Case) -> None:
    """On her yes the other organisation of the demonstration is asked for help, and answers."""
    told, worker = house.told["referral"], family.worker
    other = Organisation.objects.get(code=told["to"])
    answer_consent(
        actor=worker, case=case, purpose="share", answer="given", way="signature", lang=house.told["lang"], to_organisation=other
    )  # fmt: skip
    wanted = referrals.Wanted(
        age="30-44", district=told["district"], need="legal", urgency="soon", until_date=house.today + dt.timedelta(days=12),
        chosen=("name", "contact", "matters"),
    )  # fmt: skip
    row = referrals.draft_referral(actor=worker, case=case, wanted=wanted, to=referrals.To(other))
    referrals.send_referral(actor=worker, referral=row)
    theirs = Received.objects.select_related("organisation").get(referral_id=row.pk)
    _answered(User.objects.get(username=told["by"]), theirs, ANSWERS[family.number // 3 % len(ANSWERS)], told)


def _answered(actor: User, theirs: Received, how: str, told: Any) -> None:
    if how == "declined":
        receiving.decline(actor=actor, received=theirs, reason=told["declined"])
    if how in ("accepted", "completed"):
        receiving.accept(actor=actor, received=theirs)
    if how == "completed":
        with transaction.atomic():
            receiving.open_own_case(actor=actor, received=theirs, note=told["note"])
            theirs.refresh_from_db()
            receiving.complete(actor=actor, received=theirs, feedback=told["feedback"])


def load_applications(house: "House", family: "Family", matter: Matter) -> None:
    """Support that a rule knows and the office granted, and one of which nobody knows a rule: its office is silent."""
    told, worker, today = house.told["support"], family.worker, house.today
    known = support.begin(actor=worker, matter=matter, support=told["known"], told=_asked("", told["known_office"]))
    filed = support.Filed(today - dt.timedelta(days=50), told["number"], ("id_card",))
    support.hand_in(actor=worker, application=known, filed=filed, seen="collecting")
    granted = support.Said(today - dt.timedelta(days=31), {"words": told["granted"]})
    support.answer(actor=worker, application=known, state="granted", said=granted, seen="filed")
    other = support.begin(actor=worker, matter=matter, support="", told=_asked(told["asked"], told["office"]))
    on = today - dt.timedelta(days=25)
    period = Stated(20, told["article"]) if family.worker.username in ("farzona", "nermin") else None
    waiting = support.Filed(on, papers=("id_card", "birth_child"), stated=period, ask_on=on + dt.timedelta(days=28))
    support.hand_in(actor=worker, application=other, filed=waiting, seen="collecting")


def _asked(asked: str, office: str) -> dict[str, Any]:
    return {"asked": asked, "authority": "", "named": {}, "office": office}
