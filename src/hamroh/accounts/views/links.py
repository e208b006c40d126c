"""Links that open one door once, and the way back for who forgot the password."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import login
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from hamroh.accounts import actions, factors, forms, limits, recency, selectors, tasks, watch
from hamroh.accounts.models import Link, LinkKind, User
from hamroh.accounts.views import paths

LINK = "link"
require_form = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_GET
def arrive(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the secret out of the address at once; looking at a link does not use it up."""
    if limits.take(limits.ADDRESS, limits.address(request), LINK) and selectors.link_of(secret) is not None:
        request.session[LINK] = secret
        return redirect("accounts:link")
    watch.note("link_refused")
    return _spent(request)


def _spent(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/link_spent.html", status=404)


@never_cache
@sensitive_post_parameters("password")
@require_form
def follow(request: Any) -> HttpResponse:
    """What the link is for."""
    link = selectors.link_of(request.session.get(LINK, ""))
    if link is None:
        return _spent(request)
    pages = {LinkKind.INVITATION: _invitation, LinkKind.PASSWORD: _password, LinkKind.SECOND_FACTOR: _second_factor}
    try:
        return pages[LinkKind(link.kind)](request, link)
    except actions.LinkSpent:
        return _spent(request)


def _invitation(request: Any, link: Link) -> HttpResponse:
    """A new account, or the role for the account that is signed in."""
    if request.user.is_authenticated:
        return _invited_again(request, link)
    form = forms.Accept(request.POST or None, initial={"display_name": link.for_whom})
    if form.is_valid():
        try:
            user = actions.accept_as_new(
                link=link, username=form.cleaned_data["username"], display_name=form.cleaned_data["display_name"],
                password=form.cleaned_data["password"] or None, language=get_language() or settings.LANGUAGE_CODE,
            )  # fmt: skip
        except IntegrityError:
            form.add_error("username", form.fields["username"].error_messages["invalid"])
        else:
            return _first_time_in(request, user)
    return render(request, "accounts/invitation.html", {"form": form, "link": link})


def _first_time_in(request: HttpRequest, user: User) -> HttpResponse:
    """Signed in with a new account: on to the second factor where the role or the missing password asks for one."""
    login(request, user)
    request.session.pop(LINK, None)
    request.session[factors.BY_LINK] = True
    recency.note_confirmed(request)
    bring_one = factors.needs_second_factor(user) or not user.has_usable_password()
    return redirect("accounts:security" if bring_one else settings.LOGIN_REDIRECT_URL)


def _invited_again(request: Any, link: Link) -> HttpResponse:
    fault = ""
    if request.method == "POST":
        fresh = not factors.needs_second_factor(request.user)
        try:
            actions.accept_as(actor=request.user, link=link)
        except actions.RolesClash as clash:
            fault = str(clash)
        else:
            request.session.pop(LINK, None)
            if fresh:
                request.session[factors.BY_LINK] = True
            return redirect(settings.LOGIN_REDIRECT_URL)
    return render(request, "accounts/invited_again.html", {"link": link, "fault": fault}, status=422 if fault else 200)


def _password(request: Any, link: Link) -> HttpResponse:
    form = forms.NewPassword(request.POST or None, user=link.user)
    if form.is_valid():
        actions.use_for_password(link=link, password=form.cleaned_data["password"])
        request.session.flush()
        return render(request, "accounts/password_set.html")
    return render(request, "accounts/password.html", {"form": form, "person": link.user, "by_link": True})


def _second_factor(request: Any, link: Link) -> HttpResponse:
    """Only who shows the password, too, may bring a new factor."""
    person = paths.who(request)
    if person is None or person.pk != link.user_id:
        return redirect(f"/accounts/sign-in/?next={request.path}")
    if request.method == "POST":
        actions.use_for_factor(actor=person, link=link)
        request.session.pop(LINK, None)
        request.session[factors.BY_LINK] = True
        return redirect("accounts:security")
    return render(request, "accounts/factor_link.html", {"person": person})


@never_cache
@require_form
def forgot(request: HttpRequest) -> HttpResponse:
    """A letter with a link where letters can be sent; the answer is the same for every name."""
    form = forms.Forgot(request.POST or None)
    if form.is_valid() and settings.EMAIL_HOST_SET:
        name = User.normalize_username(form.cleaned_data["username"])
        watch.note("letter_asked", name=watch.hashed(name))
        if limits.take(limits.ADDRESS, limits.address(request)) and limits.take(limits.LETTER, name.casefold()):
            user = User.objects.filter(username=name, is_active=True).exclude(email="").first()
            tasks.send_password_link.enqueue(str(user.pk if user else uuid4()))
        return render(request, "accounts/forgot_sent.html")
    return render(request, "accounts/forgot.html", {"form": form, "mail": settings.EMAIL_HOST_SET})
