"""A situation report is frozen: what it says stays as it was said."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from hamroh.emergencies import reporting
from hamroh.emergencies.actions.frame import NotNow, held
from hamroh.emergencies.models import Event, Report
from hamroh.vault import journal
from hamroh.web.texts import LANGUAGES


@transaction.atomic
def freeze_report(*, actor: Any, event: Event, words: Mapping[str, str], seen: int) -> Report:
    """The next report, with its digest. NotNow where another was made after ``seen``, the number of the last one that was read."""
    of = held(actor, event, "event.edit")
    last = Report.objects.filter(event=of).aggregate(last=Max("number"))["last"] or 0
    if last != seen:
        raise NotNow(_("Somebody has made a report meanwhile. Read it first."))
    content = reporting.composed(
        of, last + 1, {lang: text.strip() for lang, text in words.items() if lang in LANGUAGES}
    )
    row = Report(
        organisation_id=of.organisation_id,
        event=of,
        made_by=actor,
        number=last + 1,
        content=content,
        digest=reporting.digest_of(content),
    )
    row.save()
    journal.record(actor=actor, verb="report.freeze", about=of, facts={"number": row.number, "digest": row.digest})
    return row
