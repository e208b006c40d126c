"""What violence that she tells of stops at once: talks with who hurts her. A reunification bears the mark of it."""

from collections.abc import Mapping
from typing import Any

from hamroh.cases.models import Case, Mediation, Reunification
from hamroh.cases.reaching import today_there
from hamroh.kernel import risk
from hamroh.kernel.mediation import violence_in
from hamroh.vault import journal


def is_harm(answers: Mapping[str, str], *, is_raised: bool) -> bool:
    """Whether answers about danger, or the judgement of who asked, tell of violence."""
    yes, _open = violence_in(risk.tool(), answers)
    return bool(yes) or is_raised


def is_among_them(case: Case) -> bool:
    """Whether talks are under way or they live together again. The case's row is held, so that none begins meanwhile."""
    Case.objects.select_for_update().filter(pk=case.pk).first()
    talks = Mediation.objects.filter(case=case, state="open").exists()
    return talks or Reunification.objects.filter(case=case, apart_date__isnull=True).exists()


def stop(*, actor: Any, case: Case) -> None:
    """Talks that are under way are broken off; a reunification counts as harmed from its first such day on."""
    today = today_there(case)
    for row in Mediation.objects.filter(case=case, state="open"):
        Mediation.objects.filter(pk=row.pk).update(state="broken_off", ended_date=today)
        journal.record(actor=actor, verb="case.break_off_mediation", about=case, facts={"mediation": str(row.pk)})
    Reunification.objects.filter(case=case, apart_date__isnull=True, harm_date__isnull=True).update(harm_date=today)
