"""What partners are shown of a request: a skeleton in a row of their own, as long as everything that it rests on holds.

The installation does it, in the background. What may be shown is asked again whenever a partner reads (`partnered.live`); here
rows are made, brought up to date and emptied.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from hamroh.accounts.models import Organisation
from hamroh.accounts.zones import local_date
from hamroh.cases.forms.dates import as_text
from hamroh.tracing import naming, partnered
from hamroh.tracing.actions.asking import request_for_work
from hamroh.tracing.models import Request, Route, SeekerConsent, Share, Shown
from hamroh.tracing.selectors.requests import has_consent
from hamroh.tracing.states import SEARCHED
from hamroh.vault import journal, opening

PURPOSE = "partner desk"


@transaction.atomic
def follow(request_id: UUID) -> int:
    """Bring what partners are shown of a request to what is agreed to now; to how many it is shown."""
    row = request_for_work(request_id)
    if row is None:
        return 0
    due = _due(row)
    shares = Share.objects.select_for_update(of=("self",)).filter(request=row).select_related("to_organisation")
    there = {share.to_organisation_id: share for share in shares}
    told = _skeleton(row) if due else None
    for partner in due:
        _show(row, partner, there.get(partner.pk), told)
    kept = {partner.pk for partner in due}
    for share in there.values():
        if share.to_organisation_id not in kept and share.ended_at is None:
            _hide(share)
    return len(due)


def follow_partner(organisation_id: UUID, partner_id: UUID) -> int:
    """The same for every request that may be shown between two organisations; how many requests were looked at."""
    agreed = SeekerConsent.objects.filter(organisation=organisation_id, to_organisation=partner_id).values("request")
    found = set(Request.objects.filter(pk__in=agreed).values_list("pk", flat=True))
    for pk in sorted(found, key=str):
        follow(pk)
    return len(found)


def _due(row: Request) -> list[Organisation]:
    """The partners who may be shown a request now."""
    today = local_date(timezone.now(), row.organisation)
    if row.route != Route.SEARCH or row.state not in SEARCHED or row.until_date < today:
        return []
    partners = (each.partner for each in partnered.in_force(row.organisation_id) if partnered.holds(each))
    return [each for each in partners if has_consent(request=row, organisation_id=each.pk)]


def _skeleton(row: Request) -> dict[str, Any]:
    """What may be shown of who is sought, made plain."""
    from hamroh.kernel.linkage.skeletons import Skeleton

    decision = naming.by_upkeep(row)
    news = opening.open(row, "news", decision=decision, purpose=PURPOSE) or {}
    year = as_text(news.get("on"))[:4] if news.get("on") else ""
    query = naming.told_of(row, decision, PURPOSE)
    return Skeleton.of(query, int(year) if year.isdigit() else None).plain()


def _show(row: Request, partner: Organisation, share: Share | None, told: Any) -> None:
    """Write what the partner reads. Where it reads the same already, only the moment for which it stands."""
    from hamroh.kernel.linkage.skeletons import Skeleton

    share = share or Share(organisation_id=row.organisation_id, request=row, to_organisation=partner)
    theirs = Shown.objects.filter(request_id=row.pk, organisation=partner).first()
    if theirs is not None and theirs.ended_at is None and _reads(theirs) == told:
        theirs.as_of = row.changed_at
        theirs.save()
        return
    theirs = theirs or Shown(
        organisation=partner, from_organisation_id=row.organisation_id, request_id=row.pk, code=share.code
    )  # fmt: skip
    theirs.skeleton, theirs.as_of, theirs.ended_at, theirs.shown_at = told, row.changed_at, None, timezone.now()
    theirs.save()
    share.told, share.ended_at, share.shown_at = list(Skeleton.of_plain(told).told), None, theirs.shown_at
    share.save()
    facts = {"to": str(partner.pk), "fields": " ".join(share.told)}
    journal.record(actor=None, verb="partner.show", about=share, facts=facts)


def _reads(theirs: Shown) -> Any:
    return opening.open(theirs, "skeleton", decision=naming.by_upkeep(theirs), purpose=PURPOSE)


def _hide(share: Share) -> None:
    """Empty what the partner reads."""
    now = timezone.now()
    for theirs in Shown.objects.filter(request_id=share.request_id, organisation=share.to_organisation_id):
        theirs.skeleton, theirs.ended_at = None, now
        theirs.save()
    share.ended_at = now
    share.save()
    journal.record(actor=None, verb="partner.hide", about=share, facts={"to": str(share.to_organisation_id)})


def hide_all(request: Request) -> None:
    """Before a request is erased: no partner keeps anything of it."""
    with partnered.across(request.organisation_id, *_partners(request)):
        for share in Share.objects.filter(request=request, ended_at=None):
            _hide(share)


def _partners(request: Request) -> list[UUID]:
    return list(Share.objects.filter(request=request).values_list("to_organisation", flat=True))
