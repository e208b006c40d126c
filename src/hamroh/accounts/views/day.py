"""Tasks of one's own, and the organisation that one works for."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from hamroh.accounts import actions, desk_forms, policy, records, selectors, workplace
from hamroh.accounts.forms import say
from hamroh.accounts.models import Organisation, Task
from hamroh.accounts.views import paths
from hamroh.accounts.views.words import NO_RECORD
from hamroh.accounts.workplace import here
from hamroh.accounts.zones import local_date
from hamroh.vault import once

require_form = require_http_methods(["GET", "HEAD", "POST"])


def _task(request: HttpRequest, task: UUID) -> Task:
    found, _decision = policy.fetch(request.user, "desk.task", Task.objects.filter(pk=task))
    row: Task = found
    return row


@login_required
@require_form
def new_task(request: HttpRequest) -> HttpResponseBase:
    policy.require(request.user, "desk.task")
    house = here(request)
    today = local_date(timezone.now(), house)
    form = desk_forms.NewTask(request.POST or None, today=today, initial={"due_date": today})
    if form.is_valid() and _add(request, form, house):
        return redirect("desk")
    return render(request, "accounts/new_task.html", {"form": form}, status=422 if form.errors else 200)


def _add(request: HttpRequest, form: desk_forms.NewTask, house: Organisation) -> bool:
    """Add the task; False where the record that it names is not there for this person."""
    told = form.cleaned_data
    record = records.find_readable(told["code"], request.user) if told["code"] else None
    if told["code"] and record is None:
        say(form, NO_RECORD, "code")
        return False

    def add() -> str:
        task = actions.add_task(
            actor=request.user, organisation=house, words=told["words"], due_date=told["due_date"], record=record
        )
        return str(task.pk)

    once.write(request, add)
    return True


@login_required
@require_form
def task(request: HttpRequest, task: UUID) -> HttpResponseBase:
    """One task: to another day, or done."""
    row = _task(request, task)
    today = local_date(timezone.now(), here(request))
    form = desk_forms.DueDate(request.POST or None, today=today, initial={"due_date": max(row.due_date, today)})
    if form.is_valid():
        actions.move_task(actor=request.user, task=row, due_date=form.cleaned_data["due_date"])
        return redirect("desk")
    words = selectors.task_words(actor=request.user, task=row)
    context = {"form": form, "task": row, "words": words}
    return render(request, "accounts/task.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def finish_task(request: HttpRequest, task: UUID) -> HttpResponseBase:
    actions.finish_task(actor=request.user, task=_task(request, task))
    return redirect("desk")


@login_required
@require_POST
def reopen_task(request: HttpRequest, task: UUID) -> HttpResponseBase:
    actions.reopen_task(actor=request.user, task=_task(request, task))
    return redirect("desk")


@login_required
@require_POST
def work_for(request: HttpRequest) -> HttpResponseBase:
    """Work for another of one's organisations from now on; where none is named, nothing changes."""
    policy.require(request.user, "desk.open")
    wanted = request.POST.get("organisation", "")
    if wanted:
        workplace.choose(request, wanted)
    return redirect(paths.asked_for(request) or "desk")
