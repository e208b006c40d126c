"""The work on a case, on its page: how far it is and what may come next, needs, encounters, notes, tasks for people."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from hamroh.accounts import policy
from hamroh.accounts.policy import Decision
from hamroh.cases import guards, panels, selectors
from hamroh.cases.actions.moving import verb_of, who_asked
from hamroh.cases.models import Case
from hamroh.cases.selectors import districts
from hamroh.cases.states import AT_REST, CaseLife, by_hand

#: lines that the case's page shows of what may be many; the story shows all
SHOWN = 5
_FORWARD = {
    "intake": _("Begin the intake"),
    "assessed": _("She and her dangers are known"),
    "planned": _("The plan stands"),
    "active": _("The work begins"),
    "on_hold": _("Put on hold"),
    "closing": _("Ask to close the case"),
    "closed": _("Approve the closing"),
    "reopened": _("Reopen the case"),
}
_BACK = {
    ("closing", "active"): _("Send it back"),
    ("on_hold", "active"): _("Take it up again"),
    ("active", "planned"): _("Make the plan anew"),
    ("reopened", "active"): _("Take it up again"),
}
#: what a move is called on the page, by where from and where to
WORD_OF = {
    (before, after): _BACK.get((before, after), _FORWARD[after])
    for before in CaseLife.states
    for after in by_hand(before)
}


def how_far(actor: Any, case: Case, decision: Decision) -> Mapping[str, Any]:
    """The state, what may come next, and what is missing for it."""
    may = {verb: bool(policy.allowed(actor, verb, case)) for verb in ("case.write", "case.approve")}
    nexts = [after for after in by_hand(case.status) if may[verb_of(after)]]
    missing = guards.missing_each(case, nexts)
    asked_herself = "closed" in nexts and who_asked(case) == actor.pk
    latest = selectors.moves(case=case, decision=decision, most=1)
    return {
        "case": case,
        "latest": latest[0] if latest else None,
        "district": districts.named(case.area),
        "may_place": may["case.write"] and case.status not in AT_REST,
        "asked_herself": asked_herself,
        "nexts": [
            {"to": after, "word": WORD_OF[case.status, after], "missing": missing[after]}
            for after in nexts
            if not (after == "closed" and asked_herself)
        ],
    }


def _work(actor: Any, case: Case) -> dict[str, Any]:
    """What every panel of the work asks: may she write here now?"""
    return {"case": case, "may_write": case.status not in AT_REST and bool(policy.allowed(actor, "case.write", case))}


def needs(actor: Any, case: Case, decision: Decision) -> Mapping[str, Any]:
    found = selectors.needs(case=case, decision=decision)
    return {
        **_work(actor, case),
        "needs": found,
        "open": [each for each in found if not each["row"].outcome],
        "settled": [each for each in found if each["row"].outcome],
        "services": selectors.services(case=case, decision=decision, most=SHOWN),
    }


def encounters(actor: Any, case: Case, decision: Decision) -> Mapping[str, Any]:
    return {**_work(actor, case), "encounters": selectors.encounters(case=case, decision=decision, most=SHOWN)}


def notes(actor: Any, case: Case, decision: Decision) -> Mapping[str, Any]:
    found = selectors.notes(actor=actor, case=case, decision=decision, most=SHOWN)
    of_children = policy.allowed(actor, "case.own_note", case) or policy.allowed(actor, "case.psychology", case)
    return {**_work(actor, case), "notes": found, "of_children": bool(of_children)}


def errands(actor: Any, case: Case, _decision: Decision) -> Mapping[str, Any]:
    """Who works on the case sees whose tasks there are; who was lent it, or opened it in an emergency, sees her own."""
    found = selectors.errands(actor=actor, case=case)
    works = bool(policy.allowed(actor, "case.write", case))
    return {**_work(actor, case), "errands": [each for each in found if works or each.is_mine]}


panels.declare(panels.Panel("far", 5, "cases/moving/far.html", how_far, title=_("How far")))
panels.declare(
    panels.Panel(
        "needs", 30, "cases/work/needs.html", needs, title=_("What she needs, and the plan"),
        quiet=lambda shown: bool(shown["needs"]) and not shown["open"],
    )
)  # fmt: skip
panels.declare(
    panels.Panel(
        "encounters", 50, "cases/work/encounters.html", encounters, title=_("Talks with her"), quiet=lambda shown: not shown["encounters"]
    )
)  # fmt: skip
panels.declare(
    panels.Panel("notes", 60, "cases/notes/panel.html", notes, title=_("Notes"), quiet=lambda shown: not shown["notes"])
)
panels.declare(panels.Panel("errands", 70, "cases/errands/panel.html", errands, title=_("What is to be done")))
