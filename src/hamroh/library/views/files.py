"""Files of a record on the desk: added, opened to everybody, closed, removed; and handed out to who may have them."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hamroh.accounts import policy
from hamroh.library import actions, selectors, tasks
from hamroh.library.forms.desk import FileForm
from hamroh.library.models import Attachment, Record
from hamroh.library.serving import served


@login_required
@require_http_methods(["GET", "POST"])
def files(request: HttpRequest, code: str) -> HttpResponse:
    """The files of a record, and one more."""
    found = selectors.record_on_desk(actor=request.user, code=code)
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            _add(request, found, form.cleaned_data)
        except actions.FileRefused as refused:
            form.add_error("file", str(refused))
        else:
            messages.success(request, _("The file is here. Nobody but the desk reaches it before you open it."))
            return redirect("library-desk:files", code=code)
    context = {"record": found, "form": form, "files": found.attachments.order_by("position")}
    return render(request, "library/desk/files.html", context, status=422 if form.errors else 200)


def _add(request: HttpRequest, record: Record, typed: dict[str, Any]) -> None:
    """Take it in; the worker reads its words afterwards."""
    file = typed.pop("file")
    kept = actions.add_file(actor=request.user, record=record, content=file.file, name=file.name, **typed)
    tasks.take_words.enqueue(str(kept.pk))


@login_required
@require_POST
def file(request: HttpRequest, code: str, file: uuid.UUID) -> HttpResponse:
    """Open a file to everybody, close it again, or remove it."""
    found = _file(request, code, file)
    do = request.POST.get("do")
    if do == "remove":
        actions.remove_file(actor=request.user, file=found)
        messages.success(request, _("The file is removed."))
    elif do in ("open", "close"):
        actions.open_file(actor=request.user, file=found, is_open=do == "open")
        messages.success(request, _("Saved."))
    return redirect("library-desk:files", code=code)


@login_required
@require_safe
def content(request: HttpRequest, code: str, file: uuid.UUID) -> HttpResponseBase:
    """A file for who works at the desk, open or not."""
    return served(request, _file(request, code, file), private=True)


def _file(request: HttpRequest, code: str, file: uuid.UUID) -> Attachment:
    found = selectors.record_on_desk(actor=request.user, code=code).attachments.filter(pk=file).first()
    if found is None:
        raise policy.Refused
    return found


@require_safe
def public(request: HttpRequest, code: str, file: uuid.UUID) -> HttpResponseBase:
    """An open file of a published record."""
    found = selectors.open_file(code=code, file=file)
    if found is None:
        raise Http404
    return served(request, found, private=False)
