"""Records whose time is over: the queue, what was proposed, the release by a second person, and the certificate."""

import contextlib
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hamroh.accounts import policy, recency, retention_forms, tasks
from hamroh.accounts.actions import retention as actions
from hamroh.accounts.models import Role
from hamroh.accounts.retention_words import FAULTS, GROUNDS, OUTCOMES, rule_said
from hamroh.accounts.selectors import retention as selectors
from hamroh.accounts.workplace import here
from hamroh.accounts.zones import local_date
from hamroh.vault import certificates, once, retention
from hamroh.vault.actions.retention import MOST, RetentionRefused
from hamroh.vault.models import Release
from hamroh.vault.retention import RecordClass

require_form = require_http_methods(["GET", "HEAD", "POST"])
PAGE = "accounts/retention/"


@login_required
@require_GET
def queue(request: HttpRequest) -> HttpResponseBase:
    """What is due, class by class, and what waits for a second person."""
    policy.require(request.user, "retention.see")
    house, classes = here(request), retention.classes()
    of = retention.find(request.GET.get("of", "")) or next(iter(classes), None)
    context = {
        "house": house, "classes": classes, "of": of,
        "proposals": selectors.proposals(actor=request.user, organisation=house),
        "may_propose": policy.allowed(request.user, "retention.propose"),
        "is_whole": policy.allowed(request.user, "retention.see", house),
    }  # fmt: skip
    if of is not None:
        rows = selectors.queue(actor=request.user, organisation=house, of=of)
        page = Paginator(rows, selectors.QUEUE_PAGE).get_page(request.GET.get("page"))
        lines = selectors.in_queue(actor=request.user, organisation=house, of=of, rows=page.object_list)
        context |= {"page": page, "lines": lines, "rule": _rule(of, house)}
    return render(request, f"{PAGE}queue.html", context)


def _rule(of: RecordClass, house: Any) -> Any:
    length = retention.length_for(of, house.pk)
    return rule_said(f"{of.rule.event} {length} {of.rule.unit}")


def _asked_for(request: HttpRequest) -> tuple[RecordClass, set[UUID]] | None:
    """The class and the records that were ticked; None where none was."""
    told = request.POST if request.method == "POST" else request.GET
    of = retention.find(told.get("of", ""))
    ids = {found for each in told.getlist("record") if (found := _id(each))}
    return (of, ids) if of and ids else None


def _id(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


@login_required
@require_form
def propose(request: HttpRequest) -> HttpResponseBase:
    """Look at the chosen records once more, then propose to let them go."""
    policy.require(request.user, "retention.propose")
    asked, house = _asked_for(request), here(request)
    if asked is None:
        return redirect("retention:queue")
    of, ids = asked

    def do() -> str:
        row = actions.propose(actor=request.user, organisation=house, of=of, ids=ids)
        return reverse("retention:proposal", kwargs={"release": row.pk})

    return _confirmed(request, asked, "propose.html", None, do)


@login_required
@require_form
def keep(request: HttpRequest) -> HttpResponseBase:
    """Keep the chosen records longer: why, and until when."""
    policy.require(request.user, "retention.propose")
    asked, house = _asked_for(request), here(request)
    if asked is None:
        return redirect("retention:queue")
    of, ids = asked
    form = retention_forms.Longer(request.POST or None, today=local_date(timezone.now(), house))

    def do() -> str:
        told = form.cleaned_data
        actions.keep_longer(
            actor=request.user, organisation=house, of=of, ids=ids, why=told["why"], until_date=told["due_date"]
        )
        return f"{reverse('retention:queue')}?of={of.code}"

    return _confirmed(request, asked, "keep.html", form, do)


def _confirmed(
    request: HttpRequest, asked: tuple[RecordClass, set[UUID]], page: str, form: Any, do: Callable[[], str]
) -> HttpResponseBase:
    """Show the records, and do it once they are sent; a form sent twice does it once."""
    (of, ids), fault = asked, ""
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            return redirect(once.write(request, do))
        except RetentionRefused as refused:
            fault = str(FAULTS[refused.fault])
    house = here(request)
    rows = selectors.chosen(actor=request.user, verb="retention.propose", organisation=house, of=of, ids=ids)
    if len(rows) > MOST:
        raise Http404
    lines = selectors.in_queue(actor=request.user, organisation=house, of=of, rows=rows)
    context = {"of": of, "lines": lines, "rule": _rule(of, house), "fault": fault, "form": form}
    status = 422 if fault or (form is not None and form.errors) else 200
    return render(request, f"{PAGE}{page}", context, status=status)


# -- the second person ---------------------------------------------------------------------------------------------


@login_required
@require_GET
def proposal(request: HttpRequest, release: UUID) -> HttpResponseBase:
    """What somebody proposes, line by line."""
    policy.require(request.user, "retention.see")
    return _proposal_page(request, release)


def _proposal_page(request: HttpRequest, release: UUID, fault: Any = "") -> HttpResponseBase:
    house = here(request)
    found = selectors.proposal(actor=request.user, organisation=house, release=release)
    rows = found.of.rows().filter(pk__in=[line.record_id for line in found.lines]).order_by(found.of.counted, "pk")
    context = {
        "proposal": found, "rule": rule_said(found.release.rule), "ground": GROUNDS[found.release.ground],
        "lines": selectors.in_queue(actor=request.user, organisation=house, of=found.of, rows=rows),
        "role": Role(found.release.proposed_as).label if found.release.proposed_as else "", "fault": fault,
        "is_open": found.release.opens_at <= timezone.now(),
    }  # fmt: skip
    return render(request, f"{PAGE}proposal.html", context, status=422 if fault else 200)


@login_required
@never_cache
@require_POST
def release(request: HttpRequest, release: UUID) -> HttpResponseBase:
    """The second person lets go; who she is is asked first."""
    policy.require(request.user, "retention.release")
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, reverse("retention:proposal", kwargs={"release": release}))

    def do() -> str:
        found = selectors.proposal(actor=request.user, organisation=here(request), release=release)
        actions.release(actor=request.user, organisation=here(request), row=found.release)
        return reverse("retention:done")

    try:
        to = once.write(request, do)
    except RetentionRefused as refused:
        return _proposal_page(request, release, FAULTS[refused.fault])
    tasks.erase_released.enqueue(str(release))
    return redirect(to)


@login_required
@require_POST
def send_back(request: HttpRequest, release: UUID) -> HttpResponseBase:
    policy.require(request.user, "retention.see")
    found = selectors.proposal(actor=request.user, organisation=here(request), release=release)
    with contextlib.suppress(RetentionRefused):  # it ended in the same moment: then there is nothing to send back
        actions.send_back(actor=request.user, organisation=here(request), row=found.release)
    return redirect("retention:queue")


# -- what was done -------------------------------------------------------------------------------------------------


@login_required
@require_GET
def done(request: HttpRequest) -> HttpResponseBase:
    """Releases that were carried out, with their certificates."""
    policy.require(request.user, "retention.see")
    rows = selectors.done(actor=request.user, organisation=here(request))
    page = Paginator(rows, selectors.QUEUE_PAGE).get_page(request.GET.get("page"))
    told = [{"release": row, "title": _title(row), "rule": rule_said(row.rule)} for row in page.object_list]
    return render(request, f"{PAGE}done.html", {"page": page, "rows": told})


def _title(row: Release) -> Any:
    of = retention.find(row.record_class)
    return of.title if of else row.record_class


@login_required
@require_GET
def certificate(request: HttpRequest, release: UUID) -> HttpResponseBase:
    """The certificate, to be printed."""
    policy.require(request.user, "retention.see")
    row = selectors.done_one(actor=request.user, organisation=here(request), release=release)
    told = certificates.certificate(row, organisation=here(request).code)
    context = {
        "release": row, "house": here(request), "told": told, "title": _title(row), "rule": rule_said(row.rule),
        "ground": GROUNDS[row.ground], "outcomes": [(OUTCOMES[name], count) for name, count in told["records"].items()],
        "roles": [Role(told[part]["by"]).label if told[part]["by"] else "" for part in ("proposed", "released")],
        "backups_until": row.ended_at + certificates.BACKUPS_KEPT if row.ended_at else None,
    }  # fmt: skip
    return render(request, f"{PAGE}certificate.html", context)


@login_required
@require_GET
def certificate_file(request: HttpRequest, release: UUID) -> HttpResponseBase:
    """The same as a file, which ``hamroh retention verify`` reads."""
    policy.require(request.user, "retention.see")
    row = selectors.done_one(actor=request.user, organisation=here(request), release=release)
    told = certificates.certificate(row, organisation=here(request).code)
    response = HttpResponse(json.dumps(told, indent=1, ensure_ascii=False), content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="certificate-{row.pk.hex[:8]}.json"'
    return response
