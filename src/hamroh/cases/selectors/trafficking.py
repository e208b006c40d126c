"""Trafficking in a case: what was asked and what it shows, the time to recover, help that was given, her word about the police."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.policy import Decision
from hamroh.cases import lawbook
from hamroh.cases.models import Assistance, Case, Person, PoliceDecision, RecoveryPeriod, TraffickingScreen, Wants
from hamroh.cases.selectors.law import LawLine, law_lines
from hamroh.directory import selectors as directory
from hamroh.directory.models import Party
from hamroh.kernel import trafficking
from hamroh.kernel.law import Certainty, Rule
from hamroh.kernel.law.rules import LANGS
from hamroh.kernel.trafficking import Examined
from hamroh.vault import opening

#: what the rules of a state say about trafficking, and which of them gives the days to recover
MATTER, DAYS = "trafficking", "days"
#: states whose rules are known
STATES = ("TJ", "AZ")
CHILD_BEFORE = 18
#: organisations of the directory that a list offers
HELPERS = 400


@dataclass(frozen=True)
class Asked:
    """One asking, opened: what it comes to, under the tool that it was asked with."""

    row: TraffickingScreen
    answers: Mapping[str, str]
    is_child: bool
    found: Examined


def asked(*, row: TraffickingScreen, decision: Decision) -> Asked:
    """An asking with what its answers come to; questions that the tool no longer has are left out."""
    told = opening.open_each(row, ("answers",), decision=decision, purpose="trafficking")["answers"]
    kept = told if isinstance(told, Mapping) else {}
    known = {each.code for each in trafficking.tool().questions}
    answers = {code: said for code, said in kept.get("answers", {}).items() if code in known}
    is_child = bool(kept.get("child"))
    return Asked(row, answers, is_child, trafficking.examine(trafficking.tool(), answers, is_child=is_child))


def askings(*, case: Case) -> QuerySet[TraffickingScreen]:
    """Askings of a case, the newest first; nothing is opened."""
    return TraffickingScreen.objects.filter(case=case).select_related("person", "taken_by").order_by("-made_at", "pk")


def asking(*, case: Case, pk: UUID) -> TraffickingScreen:
    """One asking; Refused where the case has none such."""
    row = askings(case=case).filter(pk=pk).first()
    if row is None:
        raise policy.Refused("no such asking in this case")
    row.case = case
    return row


def recoveries(*, case: Case, decision: Decision) -> list[dict[str, Any]]:
    rows = RecoveryPeriod.objects.filter(case=case).select_related("person", "made_by").order_by("-began_date", "pk")
    return _opened(rows, decision)


def assistance(*, case: Case, decision: Decision) -> list[dict[str, Any]]:
    rows = Assistance.objects.filter(case=case).select_related("person", "made_by", "party")
    return _opened(rows.order_by("-from_date", "pk"), decision)


def police_decisions(*, case: Case, decision: Decision) -> list[dict[str, Any]]:
    """What she decided about the police, the newest first."""
    rows = PoliceDecision.objects.filter(case=case).select_related("taken_by").order_by("-made_at", "-pk")
    return _opened(rows, decision)


def _opened(rows: QuerySet[Any], decision: Decision) -> list[dict[str, Any]]:
    return [
        {"row": row, **opening.open_each(row, ("facts",), decision=decision, purpose="trafficking")} for row in rows
    ]


def is_asked_about(*, case: Case) -> bool:
    """Whether trafficking is a matter in this case: it was asked about, or something followed from it."""
    models = (TraffickingScreen, RecoveryPeriod, Assistance, PoliceDecision)
    return any(model.objects.filter(case=case).exists() for model in models)


def wants_police(*, case: Case) -> bool:
    """Whether she decided that the police is told: her newest word counts."""
    newest = (
        PoliceDecision.objects.filter(case=case).order_by("-made_at", "-pk").values_list("wants", flat=True).first()
    )
    return newest == Wants.WANTED


def rules_of(*, state: str, on: dt.date) -> list[Rule]:
    """What the packs know of trafficking in a state."""
    if state not in STATES:
        return []
    return [rule for rule in lawbook.book(on).pack(state.lower()) if rule.matter == MATTER]


def recovery_rule(*, state: str, on: dt.date) -> Rule | None:
    """The rule about how long the time to recover is; None where no pack has one."""
    return next((rule for rule in rules_of(state=state, on=on) if DAYS in rule.parameters), None)


def days_of(rule: Rule | None) -> int | None:
    """How many days a rule gives, where somebody saw them; None else."""
    days = None if rule is None or rule.certainty is Certainty.C else rule.parameters.get(DAYS)
    return days if isinstance(days, int) else None


def law(*, state: str, on: dt.date) -> list[LawLine]:
    """What the law of a state says about trafficking, as staff see it."""
    return law_lines(rules_of(state=state, on=on), on)


def counts_as_child(born: Mapping[str, int] | None, today: dt.date) -> bool | None:
    """By what is known of her birth; None where it does not say. Who may be under 18 counts as a child."""
    if not born or "year" not in born:
        return None
    youngest = dt.date(born["year"], born.get("month", 12), min(born.get("day", 28), 28))
    birthday = youngest.replace(year=youngest.year + CHILD_BEFORE)
    return today < birthday


def born_of(*, person: Person, decision: Decision) -> Any:
    """As far as the file knows when somebody was born."""
    told = opening.open_each(person, ("born",), decision=decision, purpose="trafficking")["born"]
    return told if isinstance(told, Mapping) else None


def recovery_that_ends(*, actor: Any, organisation: Organisation, until: dt.date) -> QuerySet[RecoveryPeriod]:
    """Times to recover that end by a day, the earliest first: codes and days alone."""
    rows = RecoveryPeriod.objects.filter(organisation=organisation, ended_date=None, last_date__lte=until)
    return policy.visible(actor, "case.list", rows).select_related("case").order_by("last_date", "pk")


def helpers(*, actor: Any) -> dict[str, Party]:
    """Organisations of the directory by each of their names, as a list to choose from offers them."""
    found: dict[str, Party] = {}
    for party in directory.public_parties(actor=actor)[:HELPERS]:
        found |= {name.casefold(): party for lang in LANGS if (name := party.names.get(lang))}
    return found
