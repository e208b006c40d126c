"""What officers say of a pair, once they have talked with those of the other side. Nothing is merged and nobody is told."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hamroh.accounts import policy
from hamroh.tracing.actions.exchangekeys import ExchangeRefused
from hamroh.tracing.models import ExchangePair, ExchangeVerdict, Same
from hamroh.vault import journal


@transaction.atomic
def judge(*, actor: Any, pair: ExchangePair, answer: str, words: str) -> ExchangeVerdict:
    """Say whether our record is the person whom they have under this number, and why."""
    policy.require(actor, "exchange.judge", pair)
    if pair.exchange.state != "matched" or answer not in Same.values:
        raise ExchangeRefused(_("Somebody was faster, or the time is over. Look at how it stands now."))
    row = ExchangeVerdict(
        exchange=pair.exchange, organisation_id=pair.organisation_id, pair=pair, answer=answer, words=words.strip(), made_by=actor
    )  # fmt: skip
    row.save()
    ExchangePair.objects.filter(pk=pair.pk).update(seen_at=timezone.now())
    facts = {"number": pair.exchange.number, "pair": pair.number, "answer": answer}
    journal.record(actor=actor, verb="exchange.judge", about=pair.exchange, facts=facts)
    return row
