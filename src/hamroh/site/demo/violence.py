"""Acts of violence of the demonstration, written down in files of its invented families by who works on them."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from hamroh.accounts import policy
from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date
from hamroh.cases.actions import incidents
from hamroh.cases.models import Case, Incident, Part, Person
from hamroh.cases.states import AT_REST
from hamroh.kernel import datafiles
from hamroh.vault import journal

FILE = "demo/violence.yml"


def load_violence() -> None:
    """Through the same actions as at the desk; a house that has some already is left alone."""
    with journal.openings("command"):
        for code, acts in datafiles.document(FILE)["houses"].items():
            house = Organisation.objects.get(code=code)
            if not Incident.objects.filter(organisation=house).exists():
                with policy.remembered(), transaction.atomic():
                    for case, told in zip(_cases(house), acts, strict=False):
                        _write(case, told)


def _cases(house: Organisation) -> list[Case]:
    rows = Case.objects.filter(organisation=house, owner__isnull=False).exclude(status__in=(*AT_REST, "draft"))
    return list(rows.select_related("owner", "organisation").order_by("opened_week", "code"))


def _write(case: Case, told: Mapping[str, Any]) -> None:
    client = Person.objects.get(case=case, part=Part.CLIENT)
    client.case = case
    today = local_date(timezone.now(), case.organisation)
    row = incidents.begin(actor=case.owner, person=client, happened=_happened(today, told["days"]), told_on=today)
    for question, said in told["answers"].items():
        incidents.keep_answer(actor=case.owner, row=row, question=question, said=said)
    incidents.finish(actor=case.owner, row=row)


def _happened(today: dt.date, days: int | None) -> dict[str, int] | None:
    """A day where it is not long ago, else a year and a month: that is how people remember."""
    if days is None:
        return None
    on = today - dt.timedelta(days=days)
    known = {"year": on.year, "month": on.month, "day": on.day}
    return known if days < 100 else {"year": on.year, "month": on.month}
