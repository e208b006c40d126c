"""People and roles at the desk of an administrator."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hamroh.accounts import actions, factors, forms, policy, recency, selectors
from hamroh.accounts.models import Link, Membership, Organisation

require_form = require_http_methods(["GET", "HEAD", "POST"])


def _house(request: HttpRequest, code: str, verb: str) -> Organisation:
    house = Organisation.objects.filter(code=code).first()
    policy.require(request.user, verb, house or Organisation())
    if house is None:
        raise Http404
    return house


def _member(request: HttpRequest, member: UUID, verb: str) -> Membership:
    found = Membership.objects.select_related("user", "organisation").filter(pk=member).first()
    if found is None:
        raise Http404
    policy.require(request.user, verb, found)
    return found


@login_required
@require_GET
def houses(request: HttpRequest) -> HttpResponseBase:
    """The people of one's organisation; of which, where there are several."""
    policy.require(request.user, "accounts.see_people")
    mine = selectors.organisations_to_manage(actor=request.user)
    if len(mine) == 1:
        return redirect("accounts-desk:people", house=mine[0].code)
    return render(request, "accounts/houses.html", {"houses": mine})


@login_required
@require_GET
def people(request: HttpRequest, house: str) -> HttpResponseBase:
    """Who has which role there, and what still opens something."""
    found = _house(request, house, "accounts.see_people")
    members = list(selectors.members(actor=request.user, organisation=found))
    have, need = factors.of_many(row.user for row in members)
    rows = [(row, row.user_id in have, row.user_id in need) for row in members]
    context = {
        "house": found,
        "members": [row for row in rows if not row[0].has_ended],
        "former": [row for row in rows if row[0].has_ended],
        "links": selectors.open_links(actor=request.user, organisation=found),
        "may_manage": policy.allowed(request.user, "accounts.manage_people", found),
    }
    return render(request, "accounts/people.html", context)


@login_required
@never_cache
@require_form
def invite(request: HttpRequest, house: str) -> HttpResponseBase:
    """An invitation with its role; the link is shown once."""
    found = _house(request, house, "accounts.manage_people")
    form = forms.Invite(request.POST or None)
    if form.is_valid():
        _link, secret = actions.invite(
            actor=request.user, organisation=found, for_whom=form.cleaned_data["for_whom"],
            role=form.cleaned_data["role"], area=form.cleaned_data["area"], role_expires_at=form.expires_at,
        )  # fmt: skip
        return _handed_over(request, found, secret, form.cleaned_data["for_whom"])
    return render(request, "accounts/invite.html", {"form": form, "house": found}, status=422 if form.errors else 200)


def _handed_over(request: HttpRequest, house: Organisation, secret: str, for_whom: str) -> HttpResponseBase:
    address = f"{settings.PUBLIC_URL}{reverse('accounts:arrive', kwargs={'secret': secret})}"
    return render(request, "accounts/link_made.html", {"house": house, "address": address, "for_whom": for_whom})


@login_required
@require_form
def member(request: HttpRequest, member: UUID) -> HttpResponseBase:
    """One person's role: change it, or what can be done for her."""
    row = _member(request, member, "accounts.manage_people")
    form = forms.RoleFields(request.POST) if request.method == "POST" else forms.RoleFields.of(row)
    if form.is_valid():
        try:
            actions.change_role(
                actor=request.user, membership=row, role=form.cleaned_data["role"], area=form.cleaned_data["area"],
                expires_at=form.expires_at,
            )  # fmt: skip
        except actions.RolesClash as clash:
            forms.say(form, str(clash), "role")
        else:
            return redirect("accounts-desk:people", house=row.organisation.code)
    context = {"form": form, "row": row, "has_factor": factors.has_any(row.user)}
    return render(request, "accounts/member.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end_role(request: HttpRequest, member: UUID) -> HttpResponseBase:
    row = _member(request, member, "accounts.manage_people")
    actions.end_role(actor=request.user, membership=row)
    return redirect("accounts-desk:people", house=row.organisation.code)


@login_required
@never_cache
@require_POST
def password_link(request: HttpRequest, member: UUID) -> HttpResponseBase:
    """A link for a new password, to be handed over."""
    row = _member(request, member, "accounts.manage_people")
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(request, reverse("accounts-desk:member", kwargs={"member": row.pk}))
    secret = actions.link_for_password(actor=request.user, membership=row)
    return _handed_over(request, row.organisation, secret, row.user.display_name)


@login_required
@require_POST
def ask_factor_reset(request: HttpRequest, member: UUID) -> HttpResponseBase:
    """The first of two people asks for a new second factor of a member."""
    row = _member(request, member, "accounts.manage_people")
    actions.ask_for_factor_reset(actor=request.user, membership=row)
    return redirect("accounts-desk:people", house=row.organisation.code)


def _link(request: HttpRequest, link: UUID) -> Link:
    found = Link.objects.select_related("organisation", "user").filter(pk=link, organisation__isnull=False).first()
    if found is None:
        raise Http404
    policy.require(request.user, "accounts.manage_people", found)
    return found


@login_required
@never_cache
@require_POST
def agree_factor_reset(request: HttpRequest, link: UUID) -> HttpResponseBase:
    """The second person agrees; the link is shown to her once."""
    found = _link(request, link)
    assert found.organisation is not None and found.user is not None  # noqa: PT018 - a reset has both
    if not recency.recently_confirmed(request):
        return recency.ask_to_confirm(
            request, reverse("accounts-desk:people", kwargs={"house": found.organisation.code})
        )
    secret = actions.agree_to_factor_reset(actor=request.user, link=found)
    return _handed_over(request, found.organisation, secret, found.user.display_name)


@login_required
@require_POST
def take_back(request: HttpRequest, link: UUID) -> HttpResponseBase:
    found = _link(request, link)
    actions.take_back(actor=request.user, link=found)
    assert found.organisation is not None
    return redirect("accounts-desk:people", house=found.organisation.code)
