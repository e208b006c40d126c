"""The page of work in the background: what waits, runs and failed, and two buttons."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from hamroh.accounts import policy
from hamroh.accounts.deskpages import at_desk
from hamroh.site import upkeeping


@login_required
@require_GET
@at_desk
@never_cache
def tasks(request: HttpRequest) -> HttpResponseBase:
    """What the worker has to do, did and could not do."""
    found = upkeeping.tasks(actor=request.user)
    may = policy.allowed(request.user, "upkeep.manage")
    return render(request, "site/upkeep.html", {"tasks": found, "may": may, "most": upkeeping.TRIES})


@login_required
@require_POST
@at_desk
def retry(request: HttpRequest, task: UUID) -> HttpResponseBase:
    """Try a task again."""
    return _done(request, upkeeping.retry_task, task, _("It is tried again as soon as the worker is free."))


@login_required
@require_POST
@at_desk
def drop(request: HttpRequest, task: UUID) -> HttpResponseBase:
    """Do without a task."""
    return _done(request, upkeeping.drop_task, task, _("It is not tried again."))


def _done(request: HttpRequest, act: Callable[..., None], task: UUID, said: Any) -> HttpResponseBase:
    act(actor=request.user, task=task)
    messages.success(request, said)
    return redirect("upkeep:tasks")


urls = (
    [
        path("", tasks, name="tasks"),
        path("<uuid:task>/retry/", retry, name="retry"),
        path("<uuid:task>/drop/", drop, name="drop"),
    ],
    "upkeep",
)
